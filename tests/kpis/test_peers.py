"""Slices against their peers: worked out by hand, and what must always hold."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.catalogue import catalogue
from kpis.peers import FEWEST_PEERS, peers

RETURNS, ON_TIME, DISCOUNT, MONEY, VISITS = (
    catalogue()[name]
    for name in ("return_rate", "on_time_delivery", "discount_rate", "average_order_value", "visits")
)
VALUES = st.lists(st.integers(0, 100), min_size=FEWEST_PEERS, max_size=30)


def stores(values: dict[str, float | None], half: float = 0.01, below: float = 1_000) -> pl.DataFrame:
    """Results by store as evaluation has them, with intervals of a given half-width."""
    rows = [
        (name, below, value, None if value is None else value - half, None if value is None else value + half)
        for name, value in values.items()
    ]
    columns = ("store", "denominator", "value", "low", "high")
    schema = {name: pl.String if name == "store" else pl.Float64 for name in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_by_hand() -> None:
    """2, 4, 6, 8, 20 %: median 6 %, a quarter return 4 % or less; 8 % of 1,000 are 40 too many for that."""
    found = peers(RETURNS, stores({"a": 0.08, "b": 0.02, "c": 0.04, "d": 0.2, "e": 0.06}, half=0.03))
    assert found is not None
    assert (found.median, found.best) == (pytest.approx(0.06), pytest.approx(0.04))
    assert found.rows.select("store", "from_median", "standing", "lacking").rows() == [
        ("b", pytest.approx(-0.04), "ahead", 0),
        ("c", pytest.approx(-0.02), "level", pytest.approx(0)),
        ("e", pytest.approx(0), "level", pytest.approx(20)),
        ("a", pytest.approx(0.02), "level", pytest.approx(40)),
        ("d", pytest.approx(0.14), "behind", pytest.approx(160)),
    ]


def test_where_up_is_good_the_best_quarter_is_the_highest() -> None:
    """80, 90, 92, 96 %: median 91 %, three quarters of the way lie at 93 %; 80 % of 1,000 lack 130."""
    found = peers(ON_TIME, stores({"a": 0.8, "b": 0.9, "c": 0.92, "d": 0.96}))
    assert found is not None
    assert (found.median, found.best) == (pytest.approx(0.91), pytest.approx(0.93))
    assert found.rows["store"].to_list() == ["d", "c", "b", "a"]
    assert found.rows["standing"].to_list() == ["ahead", "level", "level", "behind"]
    assert found.rows["lacking"].to_list() == pytest.approx([0, 10, 30, 130])


def test_where_no_direction_is_good_there_is_no_best() -> None:
    found = peers(DISCOUNT, stores({"a": 0.1, "b": 0.11, "c": 0.11, "d": 0.5}))
    assert found is not None
    assert found.best is None
    assert found.rows["standing"].to_list()[0] == "apart"
    assert found.rows["lacking"].null_count() == found.rows.height


def test_money_lacks_no_cases_and_what_has_no_interval_is_not_judged() -> None:
    untold = stores(dict.fromkeys("abcd", 100.0)).with_columns(low=pl.lit(None, pl.Float64))
    found = peers(MONEY, untold)
    assert found is not None
    assert found.rows["lacking"].null_count() == FEWEST_PEERS
    assert set(found.rows["standing"]) == {"untold"}


def test_few_and_unknown_are_no_peers() -> None:
    assert peers(RETURNS, stores({"a": 0.1, "b": 0.1, "c": 0.1, "d": None})) is None
    assert peers(RETURNS, stores(dict.fromkeys("abcdef", 0.1), below=29)) is None
    assert peers(RETURNS, stores(dict.fromkeys("abcdef", 0.1), below=30)) is not None
    counted = stores(dict.fromkeys("abcd", 5.0)).with_columns(denominator=pl.lit(None, pl.Float64))
    assert peers(VISITS, counted) is not None


@given(VALUES)
def test_half_lie_on_each_side_of_the_median_and_a_quarter_reach_the_best(values: list[int]) -> None:
    shares = {str(place): value / 100 for place, value in enumerate(values)}
    for kpi, sign in ((ON_TIME, 1), (RETURNS, -1)):
        found = peers(kpi, stores(shares))
        assert found is not None
        assert found.best is not None
        listed = found.rows["value"].to_list()
        assert sum(value <= found.median + 1e-9 for value in listed) * 2 >= len(listed)
        assert sum(value >= found.median - 1e-9 for value in listed) * 2 >= len(listed)
        assert sum(sign * (value - found.best) >= -1e-9 for value in listed) * 4 >= len(listed)
        assert min(found.rows["lacking"]) >= 0
        assert sign * (found.best - found.median) >= -1e-9


@given(VALUES)
def test_slices_that_are_alike_are_level(values: list[int]) -> None:
    """Intervals as wide as all that can be leave nothing but chance."""
    found = peers(ON_TIME, stores({str(n): value / 100 for n, value in enumerate(values)}, half=1.01))
    assert found is not None
    assert set(found.rows["standing"]) == {"level"}
