"""What targets still allow, recounted from the files of the small shop."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from dashboard import allowances
from dashboard.allowances import lines
from dashboard.filters import Filters
from dashboard.overview_figures import headlines
from dashboard.view import Room
from dashboard.wording import Say
from kpis.periods import DAY, Period
from tests.dashboard import small_shop

LAG = 30


def _lines(pinned, options, filters, language="en"):
    room = Room(pinned, None, options, filters, Say(language, "CNY"), None)
    return lines(room, headlines(pinned, options, filters))


def _orders(days, channel=None):
    """Day and whether returned, of every order of these days; each return comes six days after its order."""
    tables = small_shop.tables()
    orders = tables["orders"].select(
        "channel",
        day=pl.col("placed_at").dt.convert_time_zone("Asia/Shanghai").dt.date(),
        returned=pl.col("order_id").is_in(tables["returns"]["order_id"].implode()),
    )
    kept = orders.filter(pl.col("day").is_between(days.start, days.end))
    return kept if channel is None else kept.filter(channel=channel)


def _leave(orders, count, window, last_day):
    """By brute force: the first day on which so many returned orders are out of the window read that day."""
    returned = orders.filter("returned")["day"].to_list()
    today = last_day
    while sum(day < today - (window + LAG - 1) * DAY for day in returned) < count:
        today += DAY
    return today


def test_too_many_returns_are_counted_and_told_when_they_leave(pinned, options):
    days = Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9))
    orders = _orders(days)
    counted, returned = orders.height, orders["returned"].sum()
    too_many = returned - counted // 10
    assert too_many > 0
    leave = _leave(orders, too_many, 28, options.last_day)
    told = _lines(pinned, options, Filters(period="28d"))
    assert (
        f"**Return rate** ≤ 10.0%: {returned} of {counted:,} count against it, {counted // 10} may: "
        f"{too_many} too many. Oldest first, that many are out of these days on "
        f"{leave.day} {leave:%b %Y}; new ones count like them."
    ) in told
    zh = _lines(pinned, options, Filters(period="28d"), "zh")
    assert any(f"超出 {too_many} 例。从最早的算起，超出的部分到 {leave:%Y} 年" in line for line in zh)


def test_room_is_told_where_the_target_is_reached(pinned, options):
    filters = Filters(period="90d", channels=("web",))
    days = Period(dt.date(2026, 4, 11), dt.date(2026, 7, 9))
    orders = _orders(days, "web")
    most, returned = orders.height // 10, orders["returned"].sum()
    assert returned < most
    told = next(line for line in _lines(pinned, options, filters) if "Return rate" in line)
    assert told == (
        f"**Return rate** ≤ 10.0%: {returned} of {orders.height:,} count against it, {most} may. "
        f"{most - returned} more are still within the target."
    )


def test_a_running_month_starts_anew(pinned, options):
    """Data to 8 August tell of returns to 9 July; the first days of August are told 30 days after them."""
    filters = Filters(period="mtd", channels=("market",))
    told = next(line for line in _lines(pinned, options, filters) if "Return rate" in line)
    assert told.endswith("too many. Counting starts anew on 31 Aug 2026.")


@pytest.mark.parametrize("period", ["month", "quarter", "custom"])
def test_of_a_period_that_is_over_nothing_is_said(pinned, options, period):
    custom = Period(dt.date(2026, 5, 1), dt.date(2026, 5, 31)) if period == "custom" else None
    assert _lines(pinned, options, Filters(period=period, custom=custom)) == []


def test_days_add_up_to_the_counts_of_the_period(pinned, options):
    """Else the day on which enough old ones are gone would be of other defects."""
    asked = Filters(period="28d")
    for headline in headlines(pinned, options, asked):
        period = headline.shown.period
        question = allowances.Query((headline.kpi.id,), period.start, period.end, ("day",))
        daily = allowances.data.results(pinned, question)
        if not headline.kpi.needs_period and headline.kpi.kind == "ratio":
            assert daily["numerator"].sum() == headline.row["numerator"]
            assert daily["denominator"].sum() == headline.row["denominator"]
