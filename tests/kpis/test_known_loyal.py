"""Who comes back, and when, on a few customers that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.kpis.told import DAY, JAN, january, says, tell

LAST = dt.date(2025, 6, 30)
BEFORE, AFTER = dt.date(2024, 12, 1), dt.date(2025, 2, 2)


def bought(customer: str, *days: dt.date) -> list[dict[str, Any]]:
    """A customer's days of paid orders."""
    following = [*days[1:], None]
    return [
        {
            "customer_id": customer,
            "day": day,
            "previous_day": days[place - 1] if place else None,
            "next_day": following[place],
            "days_observed": (LAST - day).days,
            "days_to_next": (later - day).days if (later := following[place]) else None,
        }
        for place, day in enumerate(days)
    ]


def test_returning_customers_bought_before_the_period() -> None:
    days = [
        *bought("long known, twice in it", BEFORE, january(3), january(9)),
        *bought("long known, once in it", BEFORE, january(20)),
        *bought("new, twice in it", january(3), january(9)),
        *bought("new, once in it", january(31), AFTER),
        *bought("before and after", BEFORE, AFTER),
    ]
    days = [day | {"history_from": BEFORE} for day in days]
    says(tell("returning_customer_share", customer_days=days), 2, 4, 0.5, 0)
    rest = tell("returning_customer_share", customer_days=days, start=january(9))
    says(rest, 3, 4, 0.75, 0)


@pytest.mark.parametrize("profile", [None, "taobao"])
def test_nobody_can_tell_who_returned_where_nothing_lies_before(profile: str | None) -> None:
    """One connection delivers orders since the day before 1 January, the other since that day.

    The 30 days of the platform end with the period's last.
    """
    days = [
        *(day | {"history_from": JAN - DAY} for day in bought("old", BEFORE, january(3))),
        *(day | {"history_from": JAN - DAY} for day in bought("new", january(3), january(9))),
        *(day | {"history_from": JAN} for day in bought("old, at another", BEFORE, january(3))),
        *(day | {"history_from": JAN} for day in bought("new, at another", january(3))),
    ]
    told = tell("returning_customer_share", customer_days=days, end=january(30), profile=profile)
    says(told, 1, 2, 0.5, 2)
    assert told["coverage"] == 0.5
    both = tell("returning_customer_share", customer_days=days, start=january(2), profile=profile)
    says(both, 2, 4, 0.5, 0)


SECOND = [
    *bought("on day 10", JAN, JAN + 10 * DAY, JAN + 11 * DAY),
    *bought("on day 20", JAN, JAN + 20 * DAY),
    *bought("on day 200, after the others could not be followed", LAST - 205 * DAY),
    *bought("never, followed for 165 days", LAST - 165 * DAY),
    *bought("on day 100", january(5), january(5) + 100 * DAY),
]


def test_second_order_days_is_a_kaplan_meier_median() -> None:
    """Four began in January; at 10, 20 and 100 days 3, 2 and 1 of 4 were still out."""
    told = tell("second_order_days", customer_days=SECOND)
    says(told, 3, 4, 20, 0)
    assert (told["low"], told["high"]) == (10, None)


def test_second_order_days_counts_those_not_followed_as_long_as_they_were() -> None:
    """Of two one came back after 30 days; the other was gone after 10, so that the first stood alone."""
    days = [*bought("a", LAST - 40 * DAY, LAST - 10 * DAY), *bought("b", LAST - 10 * DAY)]
    told = tell("second_order_days", customer_days=days, start=LAST - 60 * DAY, end=LAST)
    says(told, 1, 2, 30, 0)


def test_a_curve_that_never_reaches_one_half_has_no_median() -> None:
    days = [*bought("a", JAN, JAN + 10 * DAY), *bought("b", JAN), *bought("c", JAN)]
    told = tell("second_order_days", customer_days=days)
    assert (told["numerator"], told["denominator"]) == (1, 3)
    assert (told["value"], told["low"], told["high"]) == (None, None, None)


def test_a_customers_later_days_are_no_first_ones() -> None:
    told = tell("second_order_days", customer_days=bought("a", BEFORE, january(2), january(9)))
    assert (told["numerator"], told["denominator"], told["value"]) == (0, 0, None)


@pytest.mark.parametrize("gap", [1, 29, 31, 365, 900, 3000])
def test_days_are_told_exactly(gap: int) -> None:
    first = LAST - 3001 * DAY
    days = bought("a", first, first + gap * DAY)
    assert tell("second_order_days", customer_days=days, start=first, end=first)["value"] == gap


def test_a_purchase_in_a_shop_within_a_week_follows_a_visit() -> None:
    told = tell(
        "store_after_visit",
        customer_visits=[
            {"day": JAN, "days_observed": 180, "days_to_store": 0},
            {"day": JAN, "days_observed": 180, "days_to_store": 7},
            {"day": JAN, "days_observed": 180, "days_to_store": 8},
            {"day": JAN, "days_observed": 180},
            {"day": JAN, "days_observed": 6, "days_to_store": 1},
        ],
    )
    says(told, 2, 4, 0.5, 1)
