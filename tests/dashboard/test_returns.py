"""The page Returns and service: what it says is what the files hold."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from dashboard import data, figures, returns_panels, trend_panel
from dashboard.filters import Filters
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.evaluate import Query
from kpis.periods import Period
from tests.dashboard import small_shop
from tests.dashboard.opened import VIEWS, open_page, spoken
from tests.dashboard.test_evidence import _room

RATE = catalogue()["return_rate"]
JUNE = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
SAY = Say("en", "CNY")


@pytest.mark.parametrize("section", ["rates", "reasons", "refunds", "stores", "service", "targets"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("at_home")
def test_every_section_runs(section, language):
    page = open_page(VIEWS["returns"], language, after=section, channel="app")
    assert not page.exception
    assert not page.error
    assert page.session_state["after"] == section


@pytest.mark.parametrize("measure", returns_panels.MEASURES)
@pytest.mark.usefixtures("at_home")
def test_a_figure_of_service_that_nobody_delivers_names_what_is_missing(measure):
    page = open_page(VIEWS["returns"], after="service", service_figure=measure)
    assert not page.exception
    assert [text for text in spoken(page) if "Needs " in text]


@pytest.mark.parametrize("basis", returns_panels.BASES)
@pytest.mark.usefixtures("at_home")
def test_the_basis_is_said_and_kept(basis):
    page = open_page(VIEWS["returns"], basis=basis, rate="return_rate_units", returns_by="region")
    assert not page.exception
    assert page.session_state["basis"] == basis
    assert [text for text in spoken(page) if ("came back within 30 days" in text) == (basis == "cohort")]


def test_each_basis_counts_its_own_days(pinned, options):
    room = _room(pinned, options, Filters(period="custom", custom=JUNE))
    tables = small_shop.tables()
    asked = pl.col("requested_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    event = figures.one(room, RATE.on("event"))
    assert event["numerator"] == tables["returns"].filter(asked.is_between(JUNE.start, JUNE.end)).height
    assert event["low"] is None
    cohort = figures.one(room, RATE)
    assert cohort["numerator"] != event["numerator"]
    assert cohort["denominator"] == event["denominator"]
    told = data.results(pinned, Query(("return_rate",), JUNE.start, JUNE.end, basis="event"))
    assert told["value"].item() == event["value"]


def test_only_what_has_two_bases_is_ever_on_the_event_basis():
    assert figures.basis_of(RATE) == "cohort"
    assert figures.basis_of(RATE.on("event")) == "event"
    assert {figures.basis_of(kpi) for kpi in catalogue().values()} == {"cohort"}


def test_nothing_waits_where_every_refund_is_settled(pinned):
    told = data.backlog(pinned)
    assert told is not None
    assert told["count"].sum() == 0


@pytest.mark.usefixtures("at_home")
def test_targets_of_returns_are_told_in_counts():
    page = open_page(VIEWS["returns"], after="targets", period="28d")
    told = [text for text in spoken(page) if "count against it" in text]
    assert len(told) == 1
    assert "**Return rate**" in told[0]
    other = open_page(VIEWS["returns"], after="targets", period="month")
    assert [text for text in spoken(other) if "business" in text]


def test_ages_of_pending_refunds_are_words():
    assert [returns_panels.age(*ends, SAY) for ends in ((0, 2), (31, None), (None, None))] == [
        "0–2 days",
        "31 days or more",
        "request day unknown",
    ]


def test_the_message_names_two_reasons_and_no_share_of_few():
    rows = pl.DataFrame({"part": ["size", "other"], "value": [0.6, 0.4], "denominator": [100.0, 100.0]})
    titles = {"size": "Size", "other": "Other"}
    assert returns_panels.reasons_message(rows, titles, SAY) == "Most often: Size (60.0%), then: Other"
    few = rows.with_columns(value=pl.lit(None, pl.Float64), denominator=12.0)
    assert returns_panels.reasons_message(few, titles, SAY) == "Too few returns for shares: 12"


def test_the_last_final_week_stands_beside_the_worst(pinned, options):
    room = _room(pinned, options)
    weeks = pl.DataFrame(
        {
            "from": [dt.date(2026, 6, 1) + dt.timedelta(weeks=week) for week in range(4)],
            "value": [0.10, 0.20, 0.12, 0.30],
            "final": [True, True, True, False],
        }
    )
    assert trend_panel.message(room, RATE, weeks) == (
        "Return rate: 12.0% in the last final week; highest 20.0% in the week of 8 Jun"
    )
    on_time = catalogue()["on_time_delivery"]
    assert "lowest 10.0% in the week of 1 Jun" in trend_panel.message(room, on_time, weeks)
    assert trend_panel.message(room, RATE, weeks.head(2)) == "Return rate week by week"
    rising = weeks.with_columns(final=pl.lit(value=True))
    assert trend_panel.message(room, RATE, rising).endswith("30.0% in the last final week, the highest shown")


def test_weeks_that_all_count_too_few_are_said_to_and_one_that_does_not_is_drawn():
    """A rate needs 30: of weeks with 29 and 12 nothing is drawn, with 30 the line has a point."""
    weeks = pl.DataFrame({"value": [None, None], "denominator": [29.0, 12.0], "small": ["counted"] * 2})
    told = "No week counts enough to say: 29 at most, of 30 needed. Fewer filters count more."
    few = weeks.cast({"value": pl.Float64})
    assert trend_panel.too_few(RATE, few, SAY) == told
    hidden = few.with_columns(denominator=pl.lit(None, pl.Float64), small=pl.lit("hidden"))
    assert "under 10 at most" in str(trend_panel.too_few(RATE, hidden, SAY))
    enough = pl.DataFrame({"value": [0.1, None], "denominator": [30.0, 12.0], "small": ["shown", "counted"]})
    assert trend_panel.too_few(RATE, enough, SAY) is None
    assert trend_panel.too_few(RATE, few.clear(), SAY) is None


def test_dotted_weeks_are_told_with_the_day_on_which_the_last_is_final():
    days = [dt.date(2026, 7, 7), dt.date(2026, 7, 14), dt.date(2026, 7, 21)]
    weeks = pl.DataFrame({"final": [True, False, False], "final_on": days})
    assert trend_panel.still_open(weeks, SAY) == ["Dotted: may still change, final on 21 Jul 2026."]
    assert trend_panel.still_open(weeks.head(1), SAY) == []
