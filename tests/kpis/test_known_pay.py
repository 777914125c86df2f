"""Choose and pay on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.kpis.told import january, says, tell

VISITS: list[dict[str, Any]] = [
    {"day": january(2), "visits": 1, "added_to_cart": 1, "reached_checkout": 1, "checked_out": 1},
    {"day": january(3), "visits": 1, "added_to_cart": 1, "reached_checkout": 1, "checked_out": 0},
    {"day": january(3), "visits": 8, "added_to_cart": 4, "reached_checkout": 3, "checked_out": 1},
    {"day": january(4), "visits": 5, "added_to_cart": 0, "reached_checkout": 2},
    {"day": january(4), "visits": 9},
]


def test_add_to_cart_rate() -> None:
    says(tell("add_to_cart_rate", visit_facts=VISITS), 6, 15, 0.4, 9)


def test_checkout_completion_is_of_visits_that_tell_both_steps() -> None:
    told = tell("checkout_completion", visit_facts=VISITS)
    says(told, 2, 5, 0.4, 14)
    assert told["coverage"] == pytest.approx(10 / 24)


def _came(visitor: str, *days: int, bought: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    """A visitor's days in January and, from 32 on, February."""
    dates = [january(1) + dt.timedelta(days=day - 1) for day in days]
    buying = [january(1) + dt.timedelta(days=day - 1) for day in bought]
    return [
        {
            "visitor_id": visitor,
            "day": day,
            "previous_day": dates[place - 1] if place else None,
            "next_buying_day": min((later for later in buying if later >= day), default=None),
        }
        for place, day in enumerate(dates)
    ]


def test_buyer_conversion_counts_a_visitor_once_a_period() -> None:
    days = [
        *_came("looks three times, buys the third", 3, 9, 20, bought=(20,)),
        *_came("buys twice", 5, 6, bought=(5, 6)),
        *_came("looks only", 7),
        *_came("buys in February", 8, 35, bought=(35,)),
    ]
    visits = [
        {"day": january(3), "visits": 1, "visitor_known": True, "outcome_known": True},
        {"day": january(3), "visits": 3, "outcome_known": True},
    ]
    told = tell("buyer_conversion", visitor_days=days, visit_facts=visits)
    says(told, 2, 4, 0.5, 3)
    assert told["coverage"] == pytest.approx(1 / 4)
    told = tell("buyer_conversion", visitor_days=days, start=january(6), end=january(19))
    says(told, 1, 4, 0.25, 0)


def test_store_conversion_is_receipts_over_people() -> None:
    door: dict[str, Any] = {"day": january(5), "is_door": True, "outcome_known": True}
    visits = [
        door | {"visits": 40},
        door | {"converted": 10},
        door | {"visits": 7, "outcome_known": False},
        {"day": january(5), "visits": 100, "converted": 3, "outcome_known": True},
    ]
    orders = [{"paid_day": january(5), "paid": True, "channel_kind": "offline", "visits_known": False}]
    says(tell("store_conversion", visit_facts=visits, order_facts=orders), 10, 40, 0.25, 8)
