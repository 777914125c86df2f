"""Days, buckets and what they are compared with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.errors import PeriodError
from kpis.periods import (
    COMPARISONS,
    DAY,
    GRAINS,
    Comparison,
    Grain,
    Period,
    bucket_name,
    buckets,
    parse_day,
    spanned,
)

DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31))
PERIODS = st.builds(lambda start, days: Period(start, start + days * DAY), DAYS, st.integers(0, 900))


@pytest.mark.parametrize(
    ("grain", "name", "first", "last"),
    [
        ("day", "2026-03-05", (3, 5), (3, 5)),
        ("week", "2026-03-02", (3, 2), (3, 8)),
        ("month", "2026-03", (3, 1), (3, 31)),
        ("quarter", "2026-Q1", (1, 1), (3, 31)),
        ("year", "2026", (1, 1), (12, 31)),
    ],
)
def test_a_day_falls_into_its_bucket(
    grain: Grain, name: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert bucket_name(dt.date(2026, 3, 5), grain) == name
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    found = next(bucket for bucket in buckets(year, grain) if bucket.name == name)
    assert found.period == Period(dt.date(2026, *first), dt.date(2026, *last))


@given(PERIODS, st.sampled_from(GRAINS))
def test_buckets_tile_the_period(period: Period, grain: Grain) -> None:
    parts = buckets(period, grain)
    assert parts[0].period.start == period.start
    assert parts[-1].period.end == period.end
    assert sum(part.period.days for part in parts) == period.days
    assert len({part.name for part in parts}) == len(parts)
    for part in parts:
        assert {bucket_name(day, grain) for day in (part.period.start, part.period.end)} == {part.name}


@given(PERIODS)
def test_without_a_grain_there_is_one_nameless_bucket(period: Period) -> None:
    (only,) = buckets(period, None)
    assert (only.name, only.period) == (None, period)


@given(PERIODS, st.sampled_from(COMPARISONS))
def test_a_period_is_compared_with_an_earlier_one_as_long(period: Period, comparison: Comparison) -> None:
    former = period.compared(comparison)
    if comparison == "none":
        assert former is None
        return
    assert former is not None
    assert former.start < period.start
    assert abs(former.days - period.days) <= (1 if comparison == "year" else 0)
    if comparison == "previous":
        assert former.end == period.start - DAY
    if comparison == "year-weekday":
        assert former.start.weekday() == period.start.weekday()


@given(PERIODS, st.sampled_from(GRAINS))
def test_each_bucket_is_compared_with_as_many_days_just_before(period: Period, grain: Grain) -> None:
    for bucket in buckets(period, grain):
        former = bucket.period.compared("previous")
        assert former is not None
        assert (former.days, former.end) == (bucket.period.days, bucket.period.start - DAY)


@given(st.integers(1990, 2035), st.integers(1, 3), st.sampled_from(["month", "quarter", "year"]))
def test_whole_months_are_compared_with_whole_months_of_the_year_before(
    year: int, years: int, grain: Grain
) -> None:
    now = Period(dt.date(year, 1, 1), dt.date(year + years - 1, 12, 31))
    before = Period(dt.date(year - 1, 1, 1), dt.date(year + years - 2, 12, 31))
    former = [bucket.period.compared("year") for bucket in buckets(now, grain)]
    assert former == [bucket.period for bucket in buckets(before, grain)]
    assert now.compared("year") == before


@given(PERIODS, st.sampled_from(["month", "quarter", "year"]))
def test_a_cut_bucket_is_compared_with_the_same_dates_of_the_year_before(
    period: Period, grain: Grain
) -> None:
    for bucket in buckets(period, grain):
        former = bucket.period.compared("year")
        assert former is not None
        assert abs(former.days - bucket.period.days) <= 1
        assert former.start.month == bucket.period.start.month
        assert former.end.month == bucket.period.end.month
        if 29 not in (bucket.period.start.day, bucket.period.end.day):
            assert former.start.day == bucket.period.start.day


@pytest.mark.parametrize(
    ("start", "end", "former_start", "former_end"),
    [
        ("2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31"),
        ("2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31"),
        ("2024-01-01", "2024-03-31", "2023-01-01", "2023-03-31"),
        ("2025-02-01", "2025-02-28", "2024-02-01", "2024-02-29"),
        ("2024-02-01", "2024-02-29", "2023-02-01", "2023-02-28"),
        ("2025-01-01", "2025-02-28", "2024-01-01", "2024-02-29"),
        # not whole months: the same dates
        ("2025-02-02", "2025-02-28", "2024-02-02", "2024-02-28"),
        ("2024-02-29", "2024-03-06", "2023-02-28", "2023-03-06"),
    ],
)
def test_a_year_with_29_february_is_compared_by_date(
    start: str, end: str, former_start: str, former_end: str
) -> None:
    asked = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    expected = Period(dt.date.fromisoformat(former_start), dt.date.fromisoformat(former_end))
    assert asked.compared("year") == expected


def test_a_leap_day_is_compared_with_the_28th() -> None:
    leap = Period(dt.date(2024, 2, 29), dt.date(2024, 2, 29))
    assert leap.compared("year") == Period(dt.date(2023, 2, 28), dt.date(2023, 2, 28))


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_before_the_calendar_begins_there_is_nothing_to_compare_with(comparison: Comparison) -> None:
    assert Period(dt.date.min, dt.date(2024, 6, 30)).compared(comparison) is None


@pytest.mark.parametrize("grain", GRAINS)
def test_buckets_reach_to_the_ends_of_the_calendar(grain: Grain) -> None:
    for start, end in ((dt.date.min, dt.date(2, 1, 1)), (dt.date(9998, 12, 1), dt.date.max)):
        parts = buckets(Period(start, end), grain)
        assert (parts[0].period.start, parts[-1].period.end) == (start, end)


def test_the_span_of_periods_holds_them_all() -> None:
    june, july = (
        Period(dt.date(2024, 6, 3), dt.date(2024, 6, 9)),
        Period(dt.date(2024, 7, 1), dt.date(2024, 7, 2)),
    )
    assert spanned([july, None, june]) == Period(june.start, july.end)
    assert spanned([None]) is None


@pytest.mark.parametrize("given_day", ["2026-02-30", "yesterday", "", "2026/01/01", "01.02.2026"])
def test_what_is_no_day_is_refused_with_an_example(given_day: str) -> None:
    with pytest.raises(PeriodError, match="YYYY-MM-DD"):
        parse_day(given_day)
