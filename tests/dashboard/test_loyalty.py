"""The Loyalty page: what is drawn is what the engine tells, young cohorts stay blank, groups are named."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from dashboard import cohort_panel, customer_data, data, flow_panel, pace_panel, returning, small_groups
from dashboard.charts.curves import curves
from dashboard.charts.estimates import Estimate, estimates
from dashboard.charts.flow_map import flow_map
from dashboard.charts.second_orders import second_orders
from dashboard.charts.triangle import triangle
from dashboard.filters import Filters
from dashboard.wording import Say
from kpis.cohorts import COLUMNS, cohorts
from kpis.first_orders import ALL, FirstOrders
from kpis.periods import Period
from tests.dashboard import small_shop
from tests.dashboard.opened import HAN, VIEWS, every_language, open_page, spoken
from tests.dashboard.test_evidence import _room
from tests.dashboard.worlds import EVIL

LOYALTY = VIEWS["loyalty"]
SAY = Say("en", "CNY")
SHARES = ("cumulative", "value", "cumulative_low", "cumulative_high", "low", "high")
COUNTS = ("customers", "back", "back_so_far")
parts = pytest.mark.parametrize("part", ["cohorts", "pace", "where", "cross"])


def _cohort(name: str, offset: int, customers: int, back: int | None, **more: object) -> dict[str, object]:
    share = None if back is None else back / customers
    day = dt.date.fromisoformat(f"{name}-01") if name != ALL else None
    row = {"cohort": name, "from": day, "to": day, "burn_in": False, "cohorts": 1, "customers": customers}
    row |= {"offset": offset, "back": back, "back_so_far": back, **dict.fromkeys(SHARES, share)}
    return row | more


def _triangle(*rows: dict[str, object]) -> pl.DataFrame:
    told = pl.DataFrame(rows, infer_schema_length=None).select(list(COLUMNS))
    return small_groups.cohorts(told, SHARES, COUNTS)


def test_what_is_not_over_stays_blank_and_all_is_the_last_line():
    rows = _triangle(
        _cohort("2026-01", 0, 200, 10, burn_in=True), _cohort("2026-01", 1, 200, 50),
        _cohort("2026-02", 0, 100, 4), _cohort("2026-02", 1, 100, None),
        _cohort(ALL, 0, 300, 14), _cohort(ALL, 1, 200, 50),
    )  # fmt: skip
    drawn = triangle(rows, "cumulative", SAY)
    heat = drawn.figure.data[0]
    assert np.allclose(heat.z, [[0.05, 0.25], [0.04, np.nan], [14 / 300, 0.25]], equal_nan=True)
    assert heat.text.tolist() == [["5%", "25%"], ["4%", ""], ["5%", "25%"]]
    assert list(drawn.figure.layout.yaxis.ticktext) == ["2026-01 †  200", "2026-02  100", "<b>All</b>"]
    assert drawn.table.height == 5
    assert "+1 25.0%" in drawn.alt


def test_few_customers_are_counted_and_very_few_neither_counted_nor_named():
    rows = _triangle(
        _cohort("2026-01", 0, 20, 3), _cohort("2026-02", 0, 8, 2), _cohort("2026-03", 0, 9, 1),
        _cohort("2026-04", 0, 500, 50), _cohort(ALL, 0, 537, 56),
    )  # fmt: skip
    drawn = triangle(rows, "value", SAY)
    assert drawn.figure.data[0].text[:, 0].tolist() == ["3 of 20", "", "", "10%", "10%"]
    labels = list(drawn.figure.layout.yaxis.ticktext)
    assert labels == ["2026-01  20", "2026-02  few", "2026-03  few", "2026-04  500", "<b>All</b>"]
    assert drawn.table["Customers"].to_list() == [20, 500, None]


def test_an_observed_stretch_is_solid_and_an_estimated_one_dotted():
    row = {"from": None, "to": None, "burn_in": False, "customers": 90, "back": 9, "low": 0.05, "high": 0.2}
    told = [
        row | {"cohort": name, "days": days, "value": value, "basis": basis, "small": "shown"}
        for name, days, value, basis in (
            ("2026-Q1", 30, 0.1, "observed"), ("2026-Q1", 60, 0.2, "estimate"),
            ("2026-Q2", 30, 0.1, "estimate"), (ALL, 30, 0.1, "observed"), (ALL, 90, None, None),
        )
    ]  # fmt: skip
    drawn = curves(pl.DataFrame(told), SAY)
    lines = {(line.name, line.line.dash): list(line.x) for line in drawn.figure.data if line.x[0] is not None}
    assert lines["2026-Q1", None] == [30]
    assert lines["2026-Q1", "dot"] == [30, 60]
    assert lines["2026-Q2", "dot"] == [30]
    assert lines["All", None] == [30]
    assert drawn.table["Basis"].to_list()[:3] == ["observed", "estimate", "estimate"]
    named = [line.name for line in drawn.figure.data if line.showlegend is not False]
    assert sorted(named) == ["2026-Q1", "2026-Q2", "All", "estimate"], "each name stands once in the legend"


def test_a_way_between_channels_is_named_as_text_and_gives_its_first_channel():
    row = {"first_kind": "online", "second_kind": "offline", "first_customers": 400, "came_back": 100}
    told = pl.DataFrame(
        [
            row | {"first_channel": "web", "second_channel": second, "customers": count, "value": count / 100,
                   "low": 0.1, "high": 0.9, "median_days": 30.0, "followed_back": 25, "small": "shown"}
            for second, count in (("web", 70), ("store", 30))
        ]
    )  # fmt: skip
    drawn = flow_map(told, {"web": EVIL, "store": "Stores"}, {"web": "online", "store": "offline"}, SAY)
    assert drawn.figure.data[0].z.tolist() == [[0.7, 0.3]]
    chosen = flow_map(told, {"web": "Web"}, {"web": "online"}, SAY, chosen=("web",))
    assert list(chosen.figure.layout.yaxis.ticktext) == ["<b>▸ ● Web  100</b>"]
    assert list(drawn.figure.data[1].customdata) == ["web", "web"]
    assert "median 30.0 d (n = 25)" in drawn.figure.data[1].text[0]
    assert "<script" not in drawn.figure.to_json()
    assert "\u202e" not in drawn.figure.to_json() + drawn.alt


def test_a_group_of_few_has_words_instead_of_a_point():
    groups = [
        Estimate("Cross", "cross", 0.4, 0.3, 0.5, 50),
        Estimate("Online", "online", None, None, None, None),
    ]
    drawn = estimates(
        [*groups, Estimate("Offline", "offline", None, None, None, 12)], "x", "percent", SAY, hidden="few"
    )
    assert [note.text for note in drawn.figure.layout.annotations] == [
        "<b>40.0%</b>  n = 50", "few", "n = 12, too few",
    ]  # fmt: skip
    assert np.isnan(drawn.figure.data[0].x[1:]).all()


def test_a_share_of_money_has_its_value_beside_it_and_a_long_name_takes_two_lines():
    name = "Online range in shops: stock"
    drawn = estimates([Estimate(name, "online", 1.0, 0.9, 1.0, None)], "x", "percent", SAY, hidden="")
    layout, (points,) = drawn.figure.layout, drawn.figure.data
    assert [note.text for note in layout.annotations] == ["<b>100.0%</b>"]
    assert list(layout.yaxis.ticktext) == ["Online range in shops:<br>stock"]
    assert points.cliponaxis is False, "a mark at the end of the axis is whole"


def test_the_parts_add_up_to_those_who_are_back(pinned, options):
    room = _room(pinned, options)
    found = returning.told(room, "cohorts", "second", returning.asked(room))
    rows = small_groups.second_orders(found)
    assert rows["back_then"].sum() == rows["back"][0]
    drawn = second_orders(rows, SAY)
    assert drawn.table["Came back"].sum() == rows["back"][0]
    back, customers = _recounted()
    assert pace_panel.second_message(rows, room).startswith(f"{back:,} of {customers:,} first-time customers")


def _recounted() -> tuple[int, int]:
    """Computed afresh from the files: customers with orders on two days or more, and all of them."""
    day = pl.col("placed_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    days = (
        small_shop.tables()["orders"].drop_nulls("customer_ref").group_by("customer_ref").agg(day.n_unique())
    )
    return days.filter(pl.col("placed_at") > 1).height, days.height


def test_the_page_tells_the_engines_figures(pinned, options):
    room = _room(pinned, options)
    asked = returning.asked(room)
    assert (asked.start, asked.end) == (dt.date(2025, 8, 1), dt.date(2026, 8, 8))
    rows = customer_data.after_first(pinned, "cohorts", "months", asked)
    assert rows.equals(cohorts(data._shop(pinned.place), asked))
    (share,) = rows.filter(cohort=ALL, offset=3)["cumulative"]
    assert cohort_panel.message(rows, "month", room).startswith(f"{100 * share:.1f}% of first-time")
    flows = small_groups.flows(customer_data.after_first(pinned, "flows", "channels", asked))
    across = flows.filter(pl.col("first_channel") != pl.col("second_channel")).sort("value")
    assert f"{100 * across['value'][-1]:.1f}%" in flow_panel.message(flows, room)


def test_days_of_ones_own_are_those_of_the_first_orders(pinned, options):
    march = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    room = _room(pinned, options, Filters(period="custom", custom=march, channels=("web",)))
    where = (("channel", ("web",)),)
    assert returning.asked(room) == FirstOrders(march.start, march.end, where=where)
    assert returning.of_the_year(room) == FirstOrders(march.start, march.end, where=where)
    found = returning.told(room, "cohorts", "months", returning.asked(room))
    assert set(found["cohort"]) == {"2026-03", ALL}
    flows = returning.told(room, "flows", "channels", returning.asked(room))
    assert set(flows["first_channel"]) == {"web"}


def test_a_filter_that_first_orders_do_not_have_is_named(pinned, options):
    room = _room(pinned, options, Filters(customer_types=("new",)))
    assert returning.told(room, "cohorts", "months", returning.asked(room)) is None
    assert returning.why_nothing(room) == "not split by: New or returning"
    nobody = _room(
        pinned, options, Filters(period="custom", custom=Period(dt.date(2020, 1, 1), dt.date(2020, 1, 2)))
    )
    assert returning.told(nobody, "cohorts", "months", returning.asked(nobody)) is None
    assert returning.why_nothing(nobody).startswith("No identified customer")


@parts
@every_language
@pytest.mark.usefixtures("at_home")
def test_every_part_of_the_page_runs_and_speaks_one_language(part, language):
    page = open_page(LOYALTY, language, part=part, cohort="quarter", told="value", by="region", region="East")
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert page.get("plotly_chart")
    if language == "en":
        assert not [text for text in spoken(page) if HAN.search(text)]


@pytest.mark.usefixtures("at_home")
def test_codes_that_mean_nothing_are_said():
    page = open_page(LOYALTY, part="tree", cohort="day", told="all")
    assert not page.exception
    assert all(code in page.warning[0].value for code in ("tree", "day", "all"))
