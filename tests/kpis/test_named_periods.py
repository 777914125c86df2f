"""Periods that people name: their days, and the like of them before."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.named_periods import CALENDAR, NAMES, ROLLING, RUNNING, WHOLE, former, named
from kpis.periods import COMPARISONS, DAY, Comparison, Period

LAST_DAYS = st.dates(dt.date(1996, 1, 1), dt.date(2035, 12, 31))


def _period(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("name", "last", "start", "end"),
    [
        ("7d", "2026-11-20", "2026-11-14", "2026-11-20"),
        ("28d", "2024-03-01", "2024-02-03", "2024-03-01"),
        ("90d", "2026-11-20", "2026-08-23", "2026-11-20"),
        ("mtd", "2026-11-20", "2026-11-01", "2026-11-20"),
        ("mtd", "2026-11-30", "2026-11-01", "2026-11-30"),
        ("mtd", "2026-11-01", "2026-11-01", "2026-11-01"),
        ("month", "2026-11-29", "2026-10-01", "2026-10-31"),
        ("month", "2026-11-30", "2026-11-01", "2026-11-30"),
        ("month", "2024-03-15", "2024-02-01", "2024-02-29"),
        ("month", "2026-01-05", "2025-12-01", "2025-12-31"),
        ("qtd", "2026-11-20", "2026-10-01", "2026-11-20"),
        ("quarter", "2026-11-20", "2026-07-01", "2026-09-30"),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31"),
        ("quarter", "2024-05-01", "2024-01-01", "2024-03-31"),
        ("ytd", "2026-11-20", "2026-01-01", "2026-11-20"),
    ],
)
def test_a_name_stands_for_its_days(name: str, last: str, start: str, end: str) -> None:
    assert named(name, dt.date.fromisoformat(last)) == _period(start, end)


@pytest.mark.parametrize(
    ("name", "days", "comparison", "before"),
    [
        ("28d", ("2026-10-24", "2026-11-20"), "previous", ("2026-09-26", "2026-10-23")),
        ("28d", ("2026-10-24", "2026-11-20"), "year", ("2025-10-24", "2025-11-20")),
        ("mtd", ("2026-11-01", "2026-11-20"), "previous", ("2026-10-01", "2026-10-20")),
        ("mtd", ("2026-11-01", "2026-11-20"), "year", ("2025-11-01", "2025-11-20")),
        # November ends with its 30th: the whole month, so all of October
        ("mtd", ("2026-11-01", "2026-11-30"), "previous", ("2026-10-01", "2026-10-31")),
        # thirty days of March: February has only 28
        ("mtd", ("2026-03-01", "2026-03-30"), "previous", ("2026-02-01", "2026-02-28")),
        ("month", ("2026-03-01", "2026-03-31"), "previous", ("2026-02-01", "2026-02-28")),
        ("month", ("2025-02-01", "2025-02-28"), "year", ("2024-02-01", "2024-02-29")),
        ("month", ("2024-02-01", "2024-02-29"), "year", ("2023-02-01", "2023-02-28")),
        ("month", ("2026-01-01", "2026-01-31"), "previous", ("2025-12-01", "2025-12-31")),
        ("qtd", ("2026-10-01", "2026-11-20"), "previous", ("2026-07-01", "2026-08-20")),
        ("qtd", ("2026-10-01", "2026-11-20"), "year", ("2025-10-01", "2025-11-20")),
        ("quarter", ("2024-01-01", "2024-03-31"), "previous", ("2023-10-01", "2023-12-31")),
        ("quarter", ("2024-01-01", "2024-03-31"), "year", ("2023-01-01", "2023-03-31")),
        # 61 days of 2024, whose February has 29: as many days of 2023 end on 2 March
        ("ytd", ("2024-01-01", "2024-03-01"), "year", ("2023-01-01", "2023-03-02")),
        ("ytd", ("2026-01-01", "2026-11-20"), "previous", ("2025-01-01", "2025-11-20")),
        ("ytd", ("2024-01-01", "2024-12-31"), "year", ("2023-01-01", "2023-12-31")),
        # the 365th day of 2024 is the last but one: all of 2023
        ("ytd", ("2024-01-01", "2024-12-30"), "year", ("2023-01-01", "2023-12-31")),
        ("mtd", ("2026-11-01", "2026-11-20"), "year-weekday", ("2025-11-02", "2025-11-21")),
        ("mtd", ("2026-11-01", "2026-11-11"), "festival", ("2025-11-01", "2025-11-11")),
        ("custom", ("2026-11-01", "2026-11-20"), "previous", ("2026-10-12", "2026-10-31")),
    ],
)
def test_a_period_is_compared_with_its_like(
    name: str, days: tuple[str, str], comparison: Comparison, before: tuple[str, str]
) -> None:
    assert former(name, _period(*days), comparison) == _period(*before)


@given(st.sampled_from(NAMES), LAST_DAYS)
def test_no_name_reaches_beyond_the_last_day(name: str, last: dt.date) -> None:
    found = named(name, last)
    assert found.start <= found.end <= last
    if name not in WHOLE:
        assert found.end == last
    else:
        assert named(name, last + DAY).start in {found.start, found.end + DAY}
        assert found.end == last or named(name, found.end + DAY) == found


@given(st.sampled_from(list(ROLLING)), LAST_DAYS)
def test_rolling_periods_keep_their_length(name: str, last: dt.date) -> None:
    assert named(name, last).days == ROLLING[name]


@given(st.sampled_from(list(CALENDAR)), LAST_DAYS, st.sampled_from(["previous", "year"]))
def test_whole_with_whole_and_running_with_as_many_days(
    name: str, last: dt.date, comparison: Comparison
) -> None:
    period = named(name, last)
    before = former(name, period, comparison)
    assert before is not None
    assert before.end < period.start
    assert before.start.day == 1
    months = CALENDAR[name]
    assert before.start.month % months == 1 % months
    if period.end + DAY == _after(period.start, months):
        assert before.end + DAY == _after(before.start, months)
    else:
        assert before.end < _after(before.start, months)
        shortest = {1: 28, 3: 90, 12: 365}[months]
        assert before.days == period.days or shortest <= before.days < period.days


@given(st.sampled_from(list(RUNNING)), LAST_DAYS)
def test_a_running_period_ends_as_the_whole_one(name: str, last: dt.date) -> None:
    """On its last day `this month` is the last whole month, and is compared with the same days."""
    end = _after(named(name, last).start, RUNNING[name]) - DAY
    whole = {"mtd": "month", "qtd": "quarter"}.get(name)
    if whole:
        assert named(name, end) == named(whole, end)
        assert former(name, named(name, end), "previous") == former(whole, named(whole, end), "previous")


@given(st.sampled_from(NAMES), LAST_DAYS, st.sampled_from(COMPARISONS))
def test_what_is_compared_lies_before(name: str, last: dt.date, comparison: Comparison) -> None:
    period = named(name, last)
    before = former(name, period, comparison)
    assert (before is None) == (comparison == "none")
    if before:
        assert before.start < period.start
        assert before.end < period.end


@pytest.mark.parametrize("name", NAMES)
def test_before_the_calendar_begins_there_is_nothing_to_compare_with(name: str) -> None:
    first = Period(dt.date(1, 1, 1), dt.date(1, 1, 20))
    assert former(name, first, "year") is None
    assert former(name, first, "previous") is None


def _after(start: dt.date, months: int) -> dt.date:
    """The first day behind a month, quarter or year, counted month by month."""
    day = start
    for _ in range(months):
        day += calendar.monthrange(day.year, day.month)[1] * DAY
    return day
