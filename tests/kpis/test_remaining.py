"""What a target still allows in counts, and when old defects leave the window."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.business import Target
from kpis.catalogue import catalogue
from kpis.periods import DAY
from kpis.remaining import Allowance, allowance, counts_defects, leave_on
from kpis.targets import status_of

FIRST = dt.date(2026, 11, 1)
LIMITS = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
COUNTS = st.tuples(st.integers(0, 3000), st.integers(1, 3000)).map(lambda pair: (min(pair), max(pair)))
DAILY = st.lists(st.integers(0, 4), min_size=1, max_size=28)


def _at_least(share: float) -> Target:
    return Target("on_time_delivery", {}, None, None, at_least=share, at_most=None)


def _at_most(share: float) -> Target:
    return Target("return_rate", {}, None, None, at_least=None, at_most=share)


@pytest.mark.parametrize(
    ("counts", "target", "allowed", "too_many"),
    [
        # 8 % of 1,000 are 80: 68 are there, 12 may come
        ((68, 1000), _at_most(0.08), 12, 0),
        ((80, 1000), _at_most(0.08), 0, 0),
        ((81, 1000), _at_most(0.08), 0, 1),
        # 29 % of 100 are 29, though in binary fractions a little less
        ((29, 100), _at_most(0.29), 0, 0),
        # 8 % of 99 are 7.92: seven whole ones
        ((7, 99), _at_most(0.08), 0, 0),
        ((8, 99), _at_most(0.08), 0, 1),
        # 94 % on time leave 6 late of 100
        ((97, 100), _at_least(0.94), 3, 0),
        ((90, 100), _at_least(0.94), 0, 4),
        ((100, 100), _at_least(1.0), 0, 0),
        ((3, 100), _at_most(0.0), 0, 3),
        ((0, 0), _at_most(0.08), 0, 0),
    ],
)
def test_counts_by_hand(counts: tuple[int, int], target: Target, allowed: int, too_many: int) -> None:
    found = allowance(*counts, target)
    assert (found.allowed, found.too_many) == (allowed, too_many)


@given(COUNTS, LIMITS, st.sampled_from([1, -1]))
def test_none_too_many_is_on_target_and_one_more_than_allowed_is_not(
    counts: tuple[int, int], limit: float, sign: int
) -> None:
    """A defect adds to what a target bounds from above, and takes from what it bounds from below."""
    target = _at_most(limit) if sign > 0 else _at_least(limit)
    numerator, denominator = counts
    found = allowance(numerator, denominator, target)
    assert (found.too_many == 0) == (status_of(numerator / denominator, target) == "good")
    if found.too_many == 0 and found.defects + found.allowed < denominator:
        last = numerator + sign * found.allowed
        assert status_of(last / denominator, target) == "good"
        assert status_of((last + sign) / denominator, target) == "bad"
    if found.too_many:
        assert status_of((numerator - sign * found.too_many) / denominator, target) == "good"


@pytest.mark.parametrize(
    ("defects", "count", "window", "behind", "day"),
    [
        # the defect of 1 November is in windows of 7 days up to that of 7 November
        ([1], 1, 7, 0, dt.date(2026, 11, 8)),
        # a figure that is final after 30 days is read 30 days later
        ([1], 1, 7, 30, dt.date(2026, 12, 8)),
        ([3, 0, 2], 3, 28, 0, dt.date(2026, 11, 29)),
        ([3, 0, 2], 4, 28, 0, dt.date(2026, 12, 1)),
        ([3, 0, 2], 6, 28, 0, None),
        ([], 1, 28, 0, None),
    ],
)
def test_days_by_hand(defects: list[int], count: int, window: int, behind: int, day: dt.date | None) -> None:
    daily = [(FIRST + place * DAY, found) for place, found in enumerate(defects)]
    assert leave_on(daily, count, window_days=window, days_behind=behind) == day


@given(DAILY, st.integers(1, 60))
def test_on_that_day_enough_are_gone_and_not_the_day_before(defects: list[int], count: int) -> None:
    daily = [(FIRST + place * DAY, found) for place, found in enumerate(defects)]
    found = leave_on(daily, count, window_days=len(defects))
    if found is None:
        assert sum(defects) < count
        return

    def gone(end: dt.date) -> int:
        return sum(number for day, number in daily if day <= end - len(defects) * DAY)

    assert gone(found) >= count > gone(found - DAY)


@pytest.mark.parametrize(
    ("kpi", "target", "counts"),
    [
        ("on_time_delivery", {"at_least": 0.94}, True),
        ("return_rate", {"at_most": 0.08}, True),
        ("payment_success", {"at_least": 0.97}, True),
        # nothing to count out: most visits buy nothing
        ("conversion_per_visit", {"at_least": 0.05}, False),
        ("repurchase_rate_90d", {"at_least": 0.27}, False),
        # no share of things that each have a day
        ("nps", {"at_least": 0.9}, False),
        ("refund_hours", {"at_most": 0.4}, False),
        ("repurchase_rate", {"at_least": 0.6}, False),
        ("cross_channel_share", {"at_least": 0.6}, False),
        # a corridor has no one side to count
        ("return_rate", {"at_least": 0.01, "at_most": 0.08}, False),
    ],
)
def test_what_has_defects(*, kpi: str, target: dict[str, float], counts: bool) -> None:
    said = Target(kpi, {}, None, None, at_least=target.get("at_least"), at_most=target.get("at_most"))
    assert counts_defects(catalogue()[kpi], said) is counts


def test_an_allowance_is_never_on_both_sides() -> None:
    assert Allowance(100, 7, 10).allowed == 3
    assert Allowance(100, 7, 10).too_many == 0
    assert Allowance(100, 13, 10).allowed == 0
    assert Allowance(100, 13, 10).too_many == 3
