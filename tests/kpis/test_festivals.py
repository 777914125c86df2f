"""Festivals: their days, the one that days lie around, and the same days around it a year before."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.festivals import FESTIVALS, around, black_friday, spring_festival
from kpis.periods import DAY, Period

YEARS = range(1990, 2030)
DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16",
        "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29",
        "2026-02-17", "2027-02-06", "2028-01-26", "2033-01-31", "2034-02-19",
    ],
)  # fmt: skip
def test_spring_festival_falls_on_the_published_day(day: str) -> None:
    """Source: the tables of the Hong Kong Observatory."""
    assert spring_festival(int(day[:4])) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("day", ["2022-11-25", "2023-11-24", "2024-11-29", "2025-11-28", "2026-11-27"])
def test_black_friday_follows_thanksgiving(day: str) -> None:
    assert black_friday(int(day[:4])) == dt.date.fromisoformat(day)


def test_every_festival_comes_once_a_year_within_its_season() -> None:
    seasons = ((1, 21, 2, 20), (6, 18, 6, 18), (11, 11, 11, 11), (11, 23, 11, 29))
    for festival, (month, day, last_month, last_day) in zip(FESTIVALS, seasons, strict=True):
        for year in YEARS:
            found = festival.day_in(year)
            assert found is not None
            assert dt.date(year, month, day) <= found <= dt.date(year, last_month, last_day)


@pytest.mark.parametrize("year", [1, 1949, 2101, 9999])
def test_a_year_that_nobody_has_computed_has_no_spring_festival(year: int) -> None:
    assert spring_festival(year) is None


@pytest.mark.parametrize(
    ("start", "end", "festival", "former_start", "former_end"),
    [
        # two weeks before the festival and none after: 17 February 2026 is 19 days later than 29 January
        ("2026-02-03", "2026-02-16", "Spring Festival", "2025-01-15", "2025-01-28"),
        # the other way round: 10 February 2024 lies later than 29 January 2025
        ("2025-01-29", "2025-02-04", "Spring Festival", "2024-02-10", "2024-02-16"),
        ("2026-06-01", "2026-06-18", "618", "2025-06-01", "2025-06-18"),
        ("2026-11-01", "2026-11-11", "Double 11", "2025-11-01", "2025-11-11"),
        # Black Friday moved from 28 to 27 November: the same weekdays, 364 days before
        ("2026-11-23", "2026-11-29", "Black Friday", "2025-11-24", "2025-11-30"),
        # 29 February belongs to the nearest festival like any other day
        ("2024-02-29", "2024-02-29", "Spring Festival", "2023-02-10", "2023-02-10"),
        # the middle of November is the 15th, four days after Double 11
        ("2026-11-01", "2026-11-30", "Double 11", "2025-11-01", "2025-11-30"),
        # 19 November lies 8 days from both: the earlier one counts
        ("2026-11-19", "2026-11-19", "Double 11", "2025-11-19", "2025-11-19"),
        ("2026-11-20", "2026-11-20", "Black Friday", "2025-11-21", "2025-11-21"),
        # New Year's Eve lies 34 days after Black Friday and 37 before Spring Festival of 6 February
        ("2026-12-31", "2026-12-31", "Black Friday", "2026-01-01", "2026-01-01"),
        ("2027-01-03", "2027-01-03", "Spring Festival", "2026-01-14", "2026-01-14"),
    ],
)
def test_days_keep_their_distance_from_the_festival(
    start: str, end: str, festival: str, former_start: str, former_end: str
) -> None:
    asked = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    found = around(asked.start, asked.end)
    assert found is not None
    assert found.festival.title.en == festival
    expected = Period(dt.date.fromisoformat(former_start), dt.date.fromisoformat(former_end))
    assert asked.compared("festival") == expected


@given(DAYS, st.integers(0, 400))
def test_offset_and_length_are_the_same_a_year_before(start: dt.date, days: int) -> None:
    asked = Period(start, start + days * DAY)
    found, former = around(asked.start, asked.end), asked.compared("festival")
    assert found is not None
    assert former is not None
    assert found.day_before == found.festival.day_in(found.day.year - 1)
    assert former.days == asked.days
    assert former.start - found.day_before == asked.start - found.day
    assert 353 <= found.shift.days <= 385


@given(DAYS, st.integers(0, 400))
def test_no_other_festival_is_nearer_to_the_middle(start: dt.date, days: int) -> None:
    found = around(start, start + days * DAY)
    assert found is not None
    middle = start.toordinal() + days / 2
    others = [
        abs(day.toordinal() - middle)
        for festival in FESTIVALS
        for year in range(start.year - 1, start.year + 4)
        if (day := festival.day_in(year))
    ]
    assert abs(found.day.toordinal() - middle) == min(others)


def test_figures_are_told_without_loading_the_calendar() -> None:
    code = "import sys, kpis.commands; print('holidays' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
