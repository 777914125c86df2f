"""What slices bring to a change: worked out by hand, and laws over every KPI and dimension."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from kpis.catalogue import catalogue
from kpis.change_rows import driver_notes, driver_rows
from kpis.contributions import Driver, adds_up, contributions, is_reversal, main_driver
from kpis.errors import PeriodError, SliceError
from kpis.evaluate import Query, evaluate
from kpis.explained import Drivers, drivers, explained
from kpis.periods import Period
from kpis.shop import Shop
from kpis.slices import all_dimensions
from tests.kpis.frames import shop_of

RETURNS, NPS, VISITS = (catalogue()[name] for name in ("return_rate", "nps", "visits"))
BEFORE, NOW = (Period(dt.date(2024, month, 1), dt.date(2024, month + 2, 20)) for month in (3, 6))
EFFECTS = ("rate_effect", "mix_effect", "contribution")
Sums = dict[str | None, tuple[float, float]]
some_slices = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.integers(0, 400), st.integers(400, 900)), min_size=1
)


def slices(sums: Sums, half: float = 0.01) -> pl.DataFrame:
    """Results by channel as evaluation has them, with intervals of a given half-width."""
    rows = [
        (name, above, below, above / below, above / below - half, above / below + half)
        for name, (above, below) in sums.items()
    ]
    columns = ("channel", "numerator", "denominator", "value", "low", "high")
    schema = {name: pl.String if name == "channel" else pl.Float64 for name in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def told(before: Sums, now: Sums) -> pl.DataFrame:
    return contributions(RETURNS, "channel", slices(before), slices(now))


def test_the_largest_contribution_comes_first() -> None:
    """All: 60 of 1,000 -> 90 of 1,000; market from 10 % to 25 % of a fifth, web unchanged."""
    parts = told({"web": (40, 800), "market": (20, 200)}, {"web": (40, 800), "market": (50, 200)})
    assert parts.select("slice", *EFFECTS, "share", "size").rows() == [
        ("market", pytest.approx(0.03), pytest.approx(0), pytest.approx(0.03), pytest.approx(1), 0.2),
        ("web", 0, pytest.approx(0), pytest.approx(0), pytest.approx(0), 0.8),
    ]
    assert main_driver(parts) == Driver("channel", "market", pytest.approx(0.03), pytest.approx(1))


def test_growth_alone_is_all_mix() -> None:
    """Rates stay; market (20 %) grows from a tenth to half: 0.4 x (0.2 - 0.1) and -0.4 x (0.05 - 0.1)."""
    parts = told({"web": (45, 900), "market": (20, 100)}, {"web": (25, 500), "market": (100, 500)})
    assert parts["slice"].to_list() == ["market", "web"]
    assert parts["rate_effect"].to_list() == pytest.approx([0, 0])
    assert parts["mix_effect"].to_list() == pytest.approx([0.4 * (0.2 - 0.095), -0.4 * (0.05 - 0.095)])


def test_slices_of_one_side_only_are_told_with_what_they_had() -> None:
    parts = told({"web": (10, 100), None: (2, 10)}, {"web": (10, 100), "app": (30, 100)})
    rows = {row["slice"]: row for row in parts.iter_rows(named=True)}
    assert rows["app"]["value_before"] is None
    assert (rows["app"]["denominator_before"], rows["app"]["rate_effect"]) == (0, 0)
    assert rows[None]["value"] is None
    assert parts["contribution"].sum() == pytest.approx(40 / 200 - 12 / 110)


def test_orders_of_shops_whose_visitors_nobody_counts_leave_no_rest() -> None:
    """Numerators without any denominator below them belong to the change all the same."""
    before = slices({"web": (10, 100)})
    uncounted = pl.DataFrame({"channel": ["store"], "numerator": [30.0], "denominator": [0.0]})
    now = pl.concat([slices({"web": (10, 100)}), uncounted], how="diagonal")
    parts = contributions(catalogue()["orders_per_visit"], "channel", before, now)
    assert parts.select("slice", "contribution").rows() == [("store", pytest.approx(0.3)), ("web", 0)]


def test_a_score_is_told_in_points_and_a_count_by_its_own_change() -> None:
    before, now = slices({"web": (10, 100), "app": (30, 100)}), slices({"web": (10, 100), "app": (10, 100)})
    assert contributions(NPS, "channel", before, now)["contribution"].to_list() == pytest.approx([-10, 0])
    counted = contributions(VISITS, "channel", before, now)
    assert counted.select("slice", "contribution", "rate_effect", "size").rows() == [
        ("app", -20, None, (0.75 + 0.5) / 2),
        ("web", 0, None, (0.25 + 0.5) / 2),
    ]


def test_nobody_is_named_where_all_moved_alike() -> None:
    """Three quarters of the change are from three quarters of the orders: its size, nothing more."""
    parts = told({"web": (30, 300), "app": (10, 100)}, {"web": (60, 300), "app": (20, 100)})
    assert parts["share"].to_list() == pytest.approx([0.75, 0.25])
    assert main_driver(parts) is None


def test_nobody_is_named_where_it_may_be_chance() -> None:
    before, now = {"web": (30, 300), "app": (30, 300)}, {"web": (45, 300), "app": (33, 300)}
    sure, unsure = (
        contributions(RETURNS, "channel", slices(before, half), slices(now, half)) for half in (0.005, 0.05)
    )
    assert main_driver(sure) == Driver("channel", "web", pytest.approx(0.025), pytest.approx(15 / 18))
    assert main_driver(unsure) is None


def test_what_is_unknown_is_never_named() -> None:
    for name in (None, "unknown"):
        assert (
            main_driver(told({name: (10, 100), "web": (10, 100)}, {name: (50, 100), "web": (10, 100)}))
            is None
        )


def test_slices_that_all_move_against_the_whole_are_told() -> None:
    """Both return less, but shoes, which are returned often, are sold far more."""
    assert is_reversal(told({"bags": (10, 100), "shoes": (8, 20)}, {"bags": (1, 20), "shoes": (35, 100)}))
    assert not is_reversal(told({"bags": (10, 100)}, {"bags": (12, 100)}))


@given(some_slices, some_slices)
def test_contributions_add_up_and_turn_round_with_the_sides(before: Sums, now: Sums) -> None:
    there, back = told(before, now), told(now, before)
    totals = [[sum(pair[side] for pair in sums.values()) for side in (0, 1)] for sums in (now, before)]
    change = totals[0][0] / totals[0][1] - totals[1][0] / totals[1][1]
    assert there["contribution"].sum() == pytest.approx(change, abs=1e-12)
    reverse = dict(back.select("slice", "contribution").iter_rows())
    for name, contribution in there.select("slice", "contribution").iter_rows():
        assert reverse[name] == pytest.approx(-contribution, abs=1e-12)


@given(some_slices, some_slices, st.integers(0, 99))
def test_the_order_of_slices_changes_nothing(before: Sums, now: Sums, seed: int) -> None:
    shuffled = [slices(sums).sample(fraction=1, shuffle=True, seed=seed) for sums in (before, now)]
    there, again = told(before, now), contributions(RETURNS, "channel", *shuffled)
    summed = ["slice", *EFFECTS, "size"]
    assert_frame_equal(
        there.select(summed).sort("slice"), again.select(summed).sort("slice"), abs_tol=1e-12, rel_tol=0
    )


def test_slices_that_miss_something_do_not_add_up() -> None:
    whole, part = slices({"all": (40, 100)}), slices({"web": (30, 100)})
    assert adds_up(RETURNS, (whole, whole), (whole, whole))
    assert not adds_up(RETURNS, (whole, whole), (whole, part))
    assert not adds_up(catalogue()["refund_hours"], (whole, whole), (whole, whole))


@pytest.fixture(scope="module")
def there(rolled_up_shop: Shop) -> dict[str, Drivers]:
    return explained(rolled_up_shop, Query(tuple(catalogue()), by=tuple(all_dimensions())), NOW, BEFORE)


@pytest.fixture(scope="module")
def back(rolled_up_shop: Shop) -> dict[str, Drivers]:
    return explained(rolled_up_shop, Query(tuple(catalogue()), by=tuple(all_dimensions())), BEFORE, NOW)


@pytest.mark.parametrize("name", catalogue())
def test_the_slices_of_every_dimension_add_up_to_the_change(there: dict[str, Drivers], name: str) -> None:
    found = there[name]
    assert (found.not_additive is None) == (found.kpi.kind not in ("quantile", "survival"))
    if found.not_additive is not None or found.change is None:
        return
    by_dimension = found.slices.group_by("dimension").agg(pl.col("contribution").sum())
    assert set(by_dimension["dimension"]) == set(found.kpi.dimensions)
    assert by_dimension["contribution"].to_list() == pytest.approx(
        [found.change] * by_dimension.height, rel=1e-9, abs=1e-9
    )
    if found.kpi.kind != "count":
        rest = found.slices["contribution"] - found.slices["rate_effect"] - found.slices["mix_effect"]
        assert rest.abs().max() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", catalogue())
def test_swapping_the_days_turns_every_sign_round(
    there: dict[str, Drivers], back: dict[str, Drivers], name: str
) -> None:
    forth, reverse = (each[name].slices.sort("dimension", "slice", nulls_last=True) for each in (there, back))
    assert_frame_equal(forth.select("dimension", "slice"), reverse.select("dimension", "slice"))
    for effect in EFFECTS:
        assert_frame_equal(forth.select(effect), reverse.select(-pl.col(effect)), abs_tol=1e-9)
    assert there[name].reversed_by == back[name].reversed_by


def test_drivers_explain_the_change_that_the_table_prints(rolled_up_shop: Shop) -> None:
    query = Query(("return_rate",), NOW.start, NOW.end, compare="previous")
    printed = evaluate(rolled_up_shop, query).row(0, named=True)
    found = drivers(rolled_up_shop, query)
    assert (found.previous, found.value) == (printed["previous"], printed["value"])
    assert found.change == pytest.approx(printed["change"])
    assert found.period == NOW
    assert found.before == NOW.before()


def test_dimensions_of_which_nothing_is_known_are_named_in_a_line() -> None:
    """Channels are known, regions are not, and devices are only said to be unknown."""
    visits = [
        {"day": day, "channel": channel, "visits": 10, "device": "unknown"}
        for day in (BEFORE.end, NOW.start)
        for channel in ("web", "app")
    ]
    asked = Query(("visits",), by=("channel", "region", "device"))
    told = explained(shop_of(visit_facts=visits), asked, NOW, BEFORE)["visits"]
    assert set(told.slices["dimension"]) == {"channel", "region", "device"}
    assert driver_rows(told)["dimension"].to_list() == ["channel", "channel"]
    assert driver_notes(told)[0].en == "unknown in every row: region, device."


def test_a_dimension_of_which_one_value_is_kept_is_not_looked_at(rolled_up_shop: Shop) -> None:
    query = Query(("return_rate",), NOW.start, NOW.end, where=(("channel", ("web",)),), compare="previous")
    assert "channel" not in set(drivers(rolled_up_shop, query).slices["dimension"])


def test_questions_that_cannot_be_asked_say_so_in_a_line(rolled_up_shop: Shop) -> None:
    asked = Query(("return_rate",), NOW.start, NOW.end)
    with pytest.raises(PeriodError, match="say what to compare with"):
        drivers(rolled_up_shop, asked)
    with pytest.raises(SliceError, match="there is no dimension 'carrier'"):
        drivers(rolled_up_shop, Query(("return_rate",), by=("carrier",), compare="previous"))
    with pytest.raises(PeriodError, match="begins before the data"):
        drivers(rolled_up_shop, Query(("return_rate",), compare="previous"))
    after = rolled_up_shop.last_day
    assert after is not None
    later = Period(after + dt.timedelta(days=30), after + dt.timedelta(days=36))
    with pytest.raises(PeriodError, match="there is no data from 2025-07-30"):
        drivers(rolled_up_shop, Query(("return_rate",), later.start, later.end, compare="previous"))
    with pytest.raises(SliceError, match="drivers are of one KPI"):
        drivers(rolled_up_shop, Query(("return_rate", "nps"), compare="previous"))


@pytest.mark.parametrize("more", ["New", "Returning"])
def test_what_a_kpi_counts_is_never_named_as_why_it_changed(more: str) -> None:
    """Of 50 customers a month 25 are returning ones, then 45, or the other way round."""
    few, many = ((25, 25), (5, 45)) if more == "Returning" else ((5, 45), (25, 25))
    days = [
        {
            "customer_id": f"{month}-{kind}-{number}", "day": dt.date(2025, month, 10), "customer_type": kind,
            "channel": "web", "channel_kind": "online", "history_from": dt.date(2024, 1, 1),
            "previous_day": dt.date(2024, 12, 1) if kind == "Returning" else None,
        }
        for month, (new, returning) in ((1, few), (2, many))
        for kind, count in (("New", new), ("Returning", returning))
        for number in range(count)
    ]  # fmt: skip
    query = Query(
        ("returning_customer_share",), dt.date(2025, 2, 1), dt.date(2025, 2, 28), compare="previous"
    )
    told = drivers(shop_of(customer_days=days), query)
    assert told.change == pytest.approx(0.4 if more == "Returning" else -0.4)
    assert told.main is None
