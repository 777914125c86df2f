"""Choose and pay on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from statistics import stdev
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


def _spent(customer: str, *purchases: tuple[int, int | None]) -> list[dict[str, Any]]:
    """A customer's days of January with what was spent, null without a rate; the last may be in February."""
    priced: list[dt.date] = []
    rows = []
    for day, amount in purchases:
        date = january(1) + dt.timedelta(days=day - 1)
        rows.append(
            {
                "customer_id": customer,
                "day": date,
                "net_amount": None if amount is None else Decimal(amount),
                "orders_priced": int(amount is not None),
                "orders_unpriced": int(amount is None),
                "previous_priced_day": priced[-1] if priced else None,
                "channel": "web" if day % 2 else "store",
            }
        )
        priced += [] if amount is None else [date]
    return rows


SPENDING = [
    *_spent("three times in two channels", (3, 100), (4, 50), (9, 30)),
    *_spent("without a rate first", (5, None), (8, 20)),
    *_spent("without a rate only", (6, None)),
    *_spent("again in February", (7, 10), (40, 1000)),
]


def test_revenue_per_customer_adds_up_all_purchases_of_the_period() -> None:
    told = tell("revenue_per_customer", customer_days=SPENDING)
    says(told, 210, 3, 70, 2)
    assert told["coverage"] == pytest.approx(5 / 7)
    assert told["high"] - told["value"] == pytest.approx(1.959964 * stdev([180, 20, 10]) / 3**0.5)


def test_all_that_a_customer_spends_belongs_to_the_channel_of_the_first_purchase() -> None:
    for channel, spent, customers in (("web", 190, 2), ("store", 20, 1)):
        told = tell("revenue_per_customer", customer_days=SPENDING, where=(("channel", (channel,)),))
        assert (told["numerator"], told["denominator"]) == (spent, customers)
    told = tell("revenue_per_customer", customer_days=SPENDING, start=january(4), end=january(9))
    says(told, 80 + 20 + 10, 3, 110 / 3, 2)
