"""The Delivery page: what it says is what the command line counts."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from dashboard import data, faults, figures, split_panel, state, taken_apart
from dashboard.charts.stacks import Stack, stacks
from dashboard.delivery_panels import SPLITS
from dashboard.filters import Filters
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.periods import Period
from tests.dashboard import small_shop
from tests.dashboard.opened import VIEWS, open_page
from tests.dashboard.test_evidence import _room
from tests.dashboard.worlds import EVIL

PARTS = ("promise", "time", "perfect", "parcels", "pickup", "targets")
ON_TIME = catalogue()["on_time_delivery"]
SAY = Say("en", "CNY")


def _small_shop_delivery() -> pl.DataFrame:
    """The orders of the small shop with their promised and actual days, from its files."""
    parcels = small_shop.tables()["shipments"]
    days = {
        name: pl.col(name).dt.convert_time_zone("Asia/Shanghai").dt.date()
        for name in ("promised_at", "delivered_at")
    }
    return parcels.with_columns(
        **days, hours=(pl.col("delivered_at") - pl.col("shipped_at")).dt.total_hours() + 8
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("at_home")
def test_every_part_of_the_page_runs(part, language):
    page = open_page(VIEWS["delivery"], language, delivery=part)
    assert not page.exception
    assert not page.error
    assert page.session_state["delivery"] == part


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.usefixtures("at_home")
def test_on_time_delivery_can_be_split(split):
    page = open_page(VIEWS["delivery"], delivery_by=split, category="Tea")
    assert not page.exception
    assert page.session_state["delivery_by"] == split


@pytest.mark.usefixtures("at_home")
def test_a_part_that_does_not_exist_is_said():
    page = open_page(VIEWS["delivery"], delivery="prommise")
    assert "prommise" in page.warning[0].value
    assert page.session_state["delivery"] == "promise"


def test_days_against_the_promise_are_those_of_the_files(pinned, options):
    room = _room(
        pinned, options, Filters(period="custom", custom=Period(dt.date(2026, 5, 1), dt.date(2026, 5, 31)))
    )
    due = _small_shop_delivery().filter(
        pl.col("promised_at").is_between(dt.date(2026, 5, 1), dt.date(2026, 5, 31))
    )
    late = (pl.col("delivered_at") - pl.col("promised_at")).dt.total_days()
    told = dict(taken_apart.parts(room, "promised_and_actual").select("part", "numerator").rows())
    assert told["on_day"] == due.filter(late == 0).height
    assert told["late_1"] == due.filter(late == 1).height
    assert told["late_4"] == due.filter(late >= 4).height
    assert sum(told.values()) == due.height > 0


def test_the_spread_is_of_the_hours_of_the_files(pinned, options):
    room = _room(pinned, options)
    days = figures.days(room, catalogue()["delivery_hours"]).period
    told = data.spread(pinned, "delivery_hours", days)
    row = figures.one(room, catalogue()["delivery_hours"])
    assert told.count == row["denominator"]
    assert told.at(0.5) == pytest.approx(row["value"])
    assert told.bins["count"].sum() + told.beyond == told.count


def test_a_breakdown_follows_the_filters_and_says_nothing_where_it_cannot(pinned, options):
    web = taken_apart.parts(_room(pinned, options, Filters(channels=("web",))), "on_time_by_promise")
    every = taken_apart.parts(_room(pinned, options), "on_time_by_promise")
    assert 0 < web["denominator"].sum() < every["denominator"].sum()
    assert taken_apart.parts(_room(pinned, options), "on_time_by_promise", "carrier").is_empty()


def test_few_have_counts_without_a_rate(pinned, options):
    day = Period(dt.date(2026, 5, 1), dt.date(2026, 5, 1))
    room = _room(pinned, options, Filters(period="custom", custom=day, regions=("East",)))
    rows = taken_apart.parts(room, "promised_and_actual")
    assert set(rows["small"]) == {"counted"}
    assert rows["value"].null_count() == rows.height
    assert rows["denominator"].min() > 0


def test_faults_tell_orders_with_several_apart():
    any_of = pl.DataFrame({"part": ["late", "damaged", "complaint"], "numerator": [10.0, 6.0, 1.0]})
    alone = pl.DataFrame({"part": ["damaged", "late", "complaint"], "numerator": [3.0, 7.0, 0.0]})
    found = faults.faults({"numerator": 87.0, "denominator": 100.0}, any_of, alone)
    assert (found.orders, found.failed, found.several) == (100, 13, 3)
    assert [(fault.code, fault.alone, fault.with_others) for fault in found.faults] == [
        ("late", 7, 3), ("damaged", 3, 3), ("complaint", 0, 1),
    ]  # fmt: skip


def test_stacks_say_their_counts_in_words_and_in_a_table():
    chart = stacks(
        [Stack(EVIL, (7, 3), "10"), Stack("Damaged", (3, 3), "6")], ["Only", "Others"], "Faults", SAY
    )
    assert chart.table.columns == ["Name", "Only", "Others", "Count"]
    assert chart.table.rows()[1] == ("Damaged", 3, 3, 6)
    assert "Damaged 6" in chart.alt
    assert len(chart.table["Name"][0]) <= 60
    assert "<script" not in chart.figure.to_json()
    assert "nothing to draw" in stacks([], ["Only", "Others"], "Faults", SAY).alt


ROWS = pl.DataFrame(
    {
        "region": ["East", "North", "South", None],
        "value": [0.92, 0.95, None, 0.99],
        "low": [0.90, 0.94, None, 0.97],
        "high": [0.93, 0.96, None, 1.0],
        "denominator": [500.0, 400.0, 12.0, 90.0],
        "excluded": [3, 0, 1, 0],
        "small": ["shown", "shown", "counted", "shown"],
    }
)


def test_the_message_names_the_lowest_and_the_highest():
    told = split_panel.message(ON_TIME, ROWS, "region", {"East": "![x](y)"}, SAY)
    assert told == "On-time delivery: \\!\\[x\\]\\(y\\) lowest with 92.0%, unknown highest with 99.0%"
    near = ROWS.with_columns(high=pl.lit(0.99))
    assert "may be chance" in split_panel.message(ON_TIME, near, "region", {}, SAY)
    assert split_panel.message(ON_TIME, ROWS.head(1), "region", {}, SAY) == "On-time delivery: East 92.0%"
    assert "too few" in split_panel.message(ON_TIME, ROWS[2:3], "region", {}, SAY)


def test_what_bars_rest_on_is_said(pinned, options):
    shown = figures.days(_room(pinned, options), ON_TIME)
    told = split_panel.about(ON_TIME, ROWS, shown, SAY)
    assert told[0].startswith("n = 1,002 · ")
    assert told[1] == "4 left out: outcome not known (99.6% covered)"
    assert "under 30" in told[2]
    assert split_panel.worst_first(ON_TIME, ROWS)["region"].to_list() == ["East", "North", None, "South"]


def test_the_choices_of_the_page_are_its_own():
    assert {"delivery", "delivery_by", "carrier_figure"}.isdisjoint(state.OF_THE_FILTERS)
