"""The address: codes to filters and back, whatever it says."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from connectors.text import Text
from dashboard.filters import (
    BACKWARDS,
    COMPARISONS,
    DIMENSIONS,
    EARLIEST,
    FIELDS,
    LATEST,
    PERIODS,
    Filters,
    Options,
    Rejected,
    read,
    write,
)
from dashboard.spans import Shown, shown, trend
from kpis.periods import Period

LAST = dt.date(2026, 8, 8)
OPTIONS = Options(
    channels={"web": Text("Web", "网店"), "store": Text("Stores", "门店")},
    kinds={"web": "online", "store": "offline"},
    regions=("East", "North & South"),
    first_day=dt.date(2025, 1, 1),
    last_day=LAST,
    stores={"S1": Text("First", "一店"), "S2": Text("Second", "二店")},
    categories=("Home & garden", "Tea"),
    customer_types=("new", "returning"),
)
days = some.dates(EARLIEST, LATEST)


@given(
    period=some.sampled_from([code for code in PERIODS if code != "custom"]),
    ends=some.none() | some.tuples(days, days),
    compare=some.sampled_from(COMPARISONS),
    chosen=some.fixed_dictionaries(
        {name: some.sets(some.sampled_from(OPTIONS.values(name))) for name in DIMENSIONS}
    ),
)
def test_filters_survive_the_address(period, ends, compare, chosen):
    slices = {
        field: tuple(value for value in OPTIONS.values(name) if value in chosen[name])
        for name, field in FIELDS.items()
    }
    filters = Filters(
        period="custom" if ends else period,
        custom=Period(*sorted(ends)) if ends else None,
        compare=compare,
        **slices,
    )
    assert read(write(filters), OPTIONS) == (filters, ())


@given(
    some.dictionaries(
        some.sampled_from(["period", "from", "to", "compare", *DIMENSIONS, "lang", "other"]),
        some.lists(some.text(max_size=12), max_size=3),
    )
)
def test_no_address_breaks_the_filters(codes):
    filters, _ = read(codes, OPTIONS)
    assert read(write(filters), OPTIONS)[0] == filters


def test_a_bare_address_shows_the_defaults():
    assert read({}, OPTIONS) == (Filters(), ())
    assert write(Filters()) == {}


@pytest.mark.parametrize(
    ("codes", "rejected"),
    [
        ({"period": ["29d"]}, Rejected("period", "29d")),
        ({"compare": ["easter"]}, Rejected("compare", "easter")),
        ({"channel": ["web", "wbe"]}, Rejected("channel", "wbe")),
        ({"region": ["Mars"]}, Rejected("region", "Mars")),
        ({"store": ["S1", "S9"]}, Rejected("store", "S9")),
        ({"category": ["tea"]}, Rejected("category", "tea")),
        ({"customer_type": ["old"]}, Rejected("customer_type", "old")),
        (
            {"period": ["custom"], "from": ["2026-13-01"], "to": ["2026-12-01"]},
            Rejected("from", "2026-13-01"),
        ),
        (
            {"period": ["custom"], "from": ["2026-05-02"], "to": ["2026-05-01"]},
            Rejected(BACKWARDS, "2026-05-02 – 2026-05-01"),
        ),
    ],
)
def test_what_does_not_exist_is_reported_and_falls_back(codes, rejected):
    filters, found = read(codes, OPTIONS)
    assert found == (rejected,)
    assert filters.regions == filters.categories == filters.customer_types == ()
    assert filters.compare == "previous"


def test_several_values_of_a_filter_mean_any_of_them():
    filters, rejected = read({"category": ["Tea", "Home & garden"], "store": ["S2"]}, OPTIONS)
    assert not rejected
    assert filters.where == (("store", ("S2",)), ("category", ("Home & garden", "Tea")))
    assert filters.uncarried(["store", "region"]) == ("category",)


def test_days_alone_ask_for_those_days_and_bad_ones_are_named():
    filters, rejected = read({"from": ["2026-05-01"], "to": ["2026-05-03"]}, OPTIONS)
    assert (filters.period, rejected) == ("custom", ())
    assert filters.custom == Period(dt.date(2026, 5, 1), dt.date(2026, 5, 3))
    assert read({"from": ["2026-13-01"]}, OPTIONS)[1] == (Rejected("from", "2026-13-01"),)


def test_custom_without_days_is_the_last_four_weeks():
    filters, rejected = read({"period": ["custom"]}, OPTIONS)
    assert filters.custom == Period(dt.date(2026, 7, 12), LAST)
    assert not rejected


@pytest.mark.parametrize(
    ("period", "lag", "start", "end"),
    [
        ("28d", 0, "2026-07-12", "2026-08-08"),
        ("28d", 30, "2026-06-12", "2026-07-09"),
        ("7d", 7, "2026-07-26", "2026-08-01"),
        ("mtd", 0, "2026-08-01", "2026-08-08"),
        ("mtd", 8, "2026-07-01", "2026-07-31"),
        ("month", 0, "2026-07-01", "2026-07-31"),
        ("month", 8, "2026-07-01", "2026-07-31"),
        ("month", 9, "2026-06-01", "2026-06-30"),
        ("qtd", 0, "2026-07-01", "2026-08-08"),
        ("quarter", 0, "2026-04-01", "2026-06-30"),
        ("quarter", 90, "2026-01-01", "2026-03-31"),
        ("ytd", 30, "2026-01-01", "2026-07-09"),
    ],
)
def test_a_named_period_is_the_latest_that_is_final(period, lag, start, end):
    found = shown(Filters(period=period, compare="none"), LAST, lag)
    assert found == Shown(Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)))


@pytest.mark.parametrize(
    ("period", "compare", "start", "end"),
    [
        ("28d", "previous", "2026-06-14", "2026-07-11"),
        ("mtd", "previous", "2026-07-01", "2026-07-08"),
        ("mtd", "year", "2025-08-01", "2025-08-08"),
        ("month", "previous", "2026-06-01", "2026-06-30"),
        ("qtd", "previous", "2026-04-01", "2026-05-09"),
        ("ytd", "previous", "2025-01-01", "2025-08-08"),
        ("7d", "year-weekday", "2025-08-03", "2025-08-09"),
        ("7d", "festival", "2025-08-02", "2025-08-08"),
    ],
)
def test_a_period_is_compared_with_its_like(period, compare, start, end):
    found = shown(Filters(period=period, compare=compare), LAST, 0)
    assert found.before == Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@given(
    period=some.sampled_from([code for code in PERIODS if code != "custom"]),
    last=days,
    lag=some.integers(0, 400),
)
def test_no_named_period_reaches_a_day_that_may_still_change(period, last, lag):
    if last - EARLIEST < dt.timedelta(days=900):
        return
    found = shown(Filters(period=period), last, lag)
    assert found.period.end <= last - dt.timedelta(days=lag)
    assert found.final_on is None


def test_a_custom_period_is_shown_as_asked_and_says_when_it_is_final():
    custom = Period(dt.date(2026, 7, 1), dt.date(2026, 7, 31))
    filters = Filters(period="custom", custom=custom, compare="none")
    assert shown(filters, LAST, 7) == Shown(custom)
    assert shown(filters, LAST, 30) == Shown(custom, dt.date(2026, 8, 30))


@given(days)
def test_the_trend_is_thirteen_whole_weeks(end):
    if end - EARLIEST > dt.timedelta(days=100):
        weeks = trend(end)
        assert weeks.days == 91
        assert (weeks.start.weekday(), weeks.end.weekday()) == (0, 6)
        assert dt.timedelta() <= end - weeks.end < dt.timedelta(days=7)
