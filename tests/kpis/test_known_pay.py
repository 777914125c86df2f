"""Choose and pay on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
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


def test_cart_abandonment_leaves_out_young_carts() -> None:
    carts = [
        {"day": january(4), "old": True, "completed_24h": True},
        {"day": january(4), "old": True},
        {"day": january(5), "old": True},
        {"day": january(31), "completed_24h": True},
        {"day": january(31)},
    ]
    says(tell("cart_abandonment", cart_facts=carts), 2, 3, 2 / 3, 2)


FIRST = {"purchase_known": True, "opens_purchase": True}
AGAIN = {"purchase_known": True}
PAYMENTS = [
    FIRST | {"day": january(30), "purchase_succeeded": True},
    AGAIN | {"day": january(31), "succeeded": True, "purchase_succeeded": True},
    FIRST | {"day": january(31), "purchase_succeeded": True},
    AGAIN | {"day": dt.date(2025, 2, 1), "succeeded": True, "purchase_succeeded": True},
    FIRST | {"day": january(7)},
    AGAIN | {"day": january(7)},
    {"day": january(7), "succeeded": True},
]


def test_payment_success_counts_a_purchase_by_its_first_attempt() -> None:
    says(tell("payment_success", payment_facts=PAYMENTS), 2, 3, 2 / 3, 1)


def test_payment_attempt_success() -> None:
    says(tell("payment_attempt_success", payment_facts=PAYMENTS), 2, 6, 1 / 3, 0)


def test_discount_rate_is_of_orders_with_a_gross_amount() -> None:
    paid = {"paid": True, "paid_day": january(9)}
    orders = [
        paid | {"gross_amount": Decimal(100), "discount": Decimal(30)},
        paid | {"gross_amount": Decimal(40), "discount": Decimal(0)},
        paid | {"gross_amount": Decimal(60), "discount": Decimal(6)},
        paid,
    ]
    told = tell("discount_rate", order_facts=orders)
    says(told, 36, 200, 0.18, 1)
    squares = sum((y - 0.18 * x) ** 2 for y, x in ((30, 100), (0, 40), (6, 60)))
    assert told["high"] == pytest.approx(0.18 + 1.959964 * (1.5 * squares) ** 0.5 / 200)
    assert told["coverage"] == pytest.approx(3 / 4)


def test_stockout_cancel_rate_counts_orders_cancelled_after_payment() -> None:
    sold = {"sold": True, "sold_day": january(9)}
    orders = [
        sold | {"paid": True, "stock_cancelled": False},
        sold | {"stock_cancelled": True},
        sold | {"stock_cancelled": False},
        sold,
        {"sold_day": january(9), "stock_cancelled": True},
    ]
    says(tell("stockout_cancel_rate", order_facts=orders), 1, 3, 1 / 3, 1)
