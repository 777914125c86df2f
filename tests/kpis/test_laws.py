"""Laws that hold for every KPI, on every basis, over every dimension it carries."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.facts import FACTS
from kpis.catalogue import catalogue
from kpis.evaluate import Query, evaluate
from kpis.kpi import Basis, Kpi
from kpis.needs import missing
from kpis.periods import GRAINS
from kpis.shop import Shop
from tests.kpis.frames import DELIVERED, drawn_tables, manifest, shop_of

EVERY = [
    pytest.param(name, basis, id=f"{name}-{basis}")
    for name, kpi in catalogue().items()
    for basis in (("cohort", "event") if kpi.event else ("cohort",))
]
EVERY_SLICED = [
    pytest.param(name, basis, dimension, id=f"{name}-{basis}-{dimension}")
    for name, kpi in catalogue().items()
    for basis in (("cohort", "event") if kpi.event else ("cohort",))
    for dimension in kpi.on(basis).dimensions
]
EVERY_STORED = [
    pytest.param(name, basis, by, id=f"{name}-{basis}-{'-'.join(by) or 'whole'}")
    for name, kpi in catalogue().items()
    for basis in (("cohort", "event") if kpi.event else ("cohort",))
    for by in ((), ("month",), ("channel",), ("week", "channel_kind"), ("region",))
    if set(by) <= {*GRAINS, *kpi.on(basis).dimensions}
]
NEEDS = [
    pytest.param(name, need, id=f"{name}-{need}") for name, kpi in catalogue().items() for need in kpi.needs
]
OF_ONE_KIND = {
    "in_store_return_share": ("channel_kind", "store"),
    "store_after_visit": ("channel_kind",),
}
SUMS = ("numerator", "denominator", "excluded")
START, END = dt.date(2024, 3, 6), dt.date(2025, 5, 20)
TOLD_FROM = {"returning_customer_share": dt.date(2024, 6, 5)}


@pytest.fixture(scope="module")
def shuffled(shop: Shop) -> Shop:
    """The drawn shop with its rows in another order."""
    return shop_of(
        **{table: frame.sample(fraction=1, shuffle=True, seed=3) for table, frame in _tables(shop).items()}
    )


@pytest.fixture(scope="module")
def twice(shop: Shop) -> Shop:
    """The drawn shop beside another that is its copy under other names."""
    ids = [column for facts in FACTS.values() for column in facts.column_names() if column.endswith("_id")]
    return shop_of(
        **{
            table: pl.concat([frame, frame.with_columns(pl.col(set(ids) & set(frame.columns)) + " again")])
            for table, frame in _tables(shop).items()
        }
    )


@pytest.fixture(scope="module")
def empty() -> Shop:
    return shop_of(about=manifest(first_day=None, last_day=None, data_time=None))


def _ask(shop: Shop, name: str, basis: Basis = "cohort", **asked: Any) -> pl.DataFrame:
    return evaluate(shop, Query((name,), **({"start": _start(name), "end": END, "basis": basis} | asked)))


@cache
def _whole(shop: Shop, name: str, basis: Basis) -> dict[str, Any]:
    """The figure of all days and slices, which many parts are compared with."""
    return _ask(shop, name, basis).row(0, named=True)


def _start(name: str) -> dt.date:
    """What was before the first days of the data, nobody knows."""
    return TOLD_FROM.get(name, START)


def _kpi(name: str, basis: Basis) -> Kpi:
    return catalogue()[name].on(basis)


@pytest.mark.parametrize(("name", "basis", "dimension"), EVERY_SLICED)
def test_slices_add_up_to_the_total(shop: Shop, name: str, basis: Basis, dimension: str) -> None:
    whole = _whole(shop, name, basis)
    parts = _ask(shop, name, basis, by=(dimension,))
    assert parts.height > (0 if dimension in {"customer_type", *OF_ONE_KIND.get(name, ())} else 1)
    for column in SUMS:
        assert parts[column].sum() == pytest.approx(whole[column] or 0), column


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_days_add_up_to_the_total(shop: Shop, name: str, basis: Basis, grain: str) -> None:
    kpi = _kpi(name, basis)
    whole = _whole(shop, name, basis)
    parts = _ask(shop, name, basis, by=(grain,))
    assert parts["from"].min() == _start(name)
    assert parts["to"].max() == END
    for column in SUMS:
        if kpi.lookback_days is not None:
            assert parts[column].last() == whole[column], "the last part looks back from the same day"
        elif kpi.id == "returning_customer_share" and column == "numerator":
            _new_customers_add_up(parts, whole)
        elif kpi.needs_period and (column in ("numerator", "denominator") or name in TOLD_FROM):
            _lies_between(parts[column], whole[column], column)
        else:
            assert parts[column].sum() == pytest.approx(whole[column] or 0), column


def _lies_between(parts: pl.Series, whole: float, column: str) -> None:
    """Customers, and orders with returns, are counted once a period: no less than in any of its parts.

    The second day of a customer may lie in another part, so numerators only have a lower bound.
    """
    largest = parts.cast(pl.Float64).max()
    assert isinstance(largest, float)
    assert largest <= whole
    if column == "denominator":
        assert whole <= parts.sum()


def _new_customers_add_up(parts: pl.DataFrame, whole: dict[str, Any]) -> None:
    """Who is new in one part may have bought before the next; each customer is new in one part only."""
    new = parts["denominator"].sum() - parts["numerator"].sum()
    assert whole["denominator"] - whole["numerator"] == new


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_the_order_of_rows_does_not_matter(shop: Shop, shuffled: Shop, name: str, basis: Basis) -> None:
    by = ("month", _kpi(name, basis).dimensions[0])
    asked = {"by": by, "compare": "previous"}
    assert_frame_equal(_ask(shop, name, basis, **asked), _ask(shuffled, name, basis, **asked))


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_an_empty_shop_has_no_values(empty: Shop, name: str, basis: Basis) -> None:
    for asked in ({"start": None, "end": None}, {}, {"by": ("month",)}, {"compare": "year"}):
        rows = _ask(empty, name, basis, **asked)
        assert rows.height
        assert rows["value"].is_null().all()
    assert _ask(empty, name, basis, by=(_kpi(name, basis).dimensions[0],)).height == 0


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_twice_the_shop_has_twice_the_sums_and_the_same_value(
    shop: Shop, twice: Shop, name: str, basis: Basis
) -> None:
    once = _whole(shop, name, basis)
    doubled = _ask(twice, name, basis).row(0, named=True)
    for column in SUMS:
        assert doubled[column] == (None if once[column] is None else pytest.approx(2 * once[column])), column
    if _kpi(name, basis).kind == "count":
        assert doubled["value"] == 2 * once["value"]
    elif _kpi(name, basis).kind != "quantile":
        assert doubled["value"] == pytest.approx(once["value"])


@pytest.mark.parametrize(("name", "need"), NEEDS)
def test_what_is_missing_names_itself(shop: Shop, name: str, need: str) -> None:
    tables, columns = set(), set()
    for alternative in need.split("|"):
        table, _, column = alternative.partition(".")
        columns.add((table, column)) if column else tables.add(table)
    lacking = {
        table: [column for column in delivered if (table, column) not in columns]
        for table, delivered in DELIVERED.items()
        if table not in tables
    }
    without = Shop(shop.tables, shop.business)
    without.tables = type(shop.tables)(_tables(shop), manifest(delivered=lacking))
    for row in _ask(without, name, by=("month",), compare="previous").iter_rows(named=True):
        assert row["status"] == f"missing: {missing(catalogue()[name], lacking)}"
        assert row["status"].removeprefix("missing: ") in {*tables, *(".".join(pair) for pair in columns)}
        assert all(row[column] is None for column in ("numerator", "denominator", "value", "low", "excluded"))


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_intervals_hold_their_value(shop: Shop, name: str, basis: Basis) -> None:
    known = _ask(shop, name, basis, by=("month",)).drop_nulls(["value", "low", "high"])
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_intervals_of_less_confidence_lie_within(shop: Shop, name: str, basis: Basis) -> None:
    both = _ask(shop, name, basis, by=("month",), inner=True)
    told = both.filter(pl.col("low").is_not_null() & pl.col("high").is_not_null())
    assert told.filter((pl.col("low90") < pl.col("low")) | (pl.col("high90") > pl.col("high"))).is_empty()
    # Two order statistics may enclose both: there is none between.
    if told["high"].max() != told["low"].min() and _kpi(name, basis).kind != "quantile":
        assert told["high90"].sum() - told["low90"].sum() < told["high"].sum() - told["low"].sum()
    assert told["low90"].null_count() == 0


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_shares_are_at_most_one_unless_declared(shop: Shop, name: str, basis: Basis) -> None:
    kpi = _kpi(name, basis)
    if kpi.unit == "percent" and not kpi.may_exceed_one:
        rows = _ask(shop, name, basis, by=("week",)).drop_nulls("value")
        assert rows["value"].is_between(0, 1).all()


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_what_can_be_divided_has_a_value(shop: Shop, name: str, basis: Basis) -> None:
    """Also on days on which only one side has a row."""
    rows = _ask(shop, name, basis, by=("day",)).filter(pl.col("denominator") > 0)
    if _kpi(name, basis).kind == "survival":
        # Half of few customers may never be seen to return; where all did, there is a median.
        rows = rows.filter(pl.col("numerator") == pl.col("denominator"))
    assert rows.height or _kpi(name, basis).kind == "count"
    assert rows["value"].is_not_null().all()


@pytest.mark.parametrize(("name", "basis"), EVERY)
def test_coverage_tells_what_was_left_out(shop: Shop, name: str, basis: Basis) -> None:
    row = _whole(shop, name, basis)
    if row["excluded"] == 0:
        assert row["coverage"] in (None, 1.0)
    else:
        assert 0 < row["coverage"] < 1


@pytest.mark.parametrize(("name", "basis", "by"), EVERY_STORED)
def test_stored_sums_say_what_rows_say(
    shop: Shop, rolled_up_shop: Shop, name: str, basis: Basis, by: tuple[str, ...]
) -> None:
    asked: dict[str, Any] = {"by": by, "compare": "previous", "start": dt.date(2025, 1, 7)}
    assert_frame_equal(
        _ask(shop, name, basis, **asked), _ask(rolled_up_shop, name, basis, **asked), abs_tol=1e-6
    )


@pytest.mark.parametrize(("name", "basis", "dimension"), EVERY_SLICED)
def test_a_slice_is_the_same_kept_alone(
    rolled_up_shop: Shop, name: str, basis: Basis, dimension: str
) -> None:
    parts = _ask(rolled_up_shop, name, basis, by=(dimension,))
    for row in parts.iter_rows(named=True):
        kept = ((dimension, (row[dimension] or "",)),)
        alone = _ask(rolled_up_shop, name, basis, where=kept).row(0, named=True)
        assert [alone[column] for column in SUMS] == pytest.approx([row[column] for column in SUMS])
        assert alone["value"] == pytest.approx(row["value"])


def _tables(shop: Shop) -> dict[str, pl.DataFrame]:
    return {table: shop.tables.scan(table).collect() for table in FACTS}


def test_another_seed_draws_another_shop() -> None:
    assert not drawn_tables(1)["order_facts"].equals(drawn_tables(2)["order_facts"])
