"""Returns and refunds on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kpis.catalogue import catalogue
from kpis.needs import assumed
from tests.kpis.frames import DELIVERED, manifest
from tests.kpis.told import january, says, tell

DECEMBER, FEBRUARY = dt.date(2024, 12, 9), dt.date(2025, 2, 9)
LOST = {"requested_day": january(9), "linked": False}


def _paid(**columns: Any) -> dict[str, Any]:
    return {"paid": True, "paid_day": january(5), "returns_known": True, "lines_known": True} | columns


@pytest.mark.parametrize("basis", ["cohort", "event"])
@pytest.mark.parametrize("name", ["return_rate", "return_rate_units"])
def test_returns_of_nobodys_order_stand_beside(name: str, basis: str) -> None:
    orders = [_paid(units=1)] * 3
    returns = [LOST, LOST | {"linked": True}, LOST | {"requested_day": FEBRUARY}]
    told = tell(name, basis=basis, order_facts=orders, return_facts=returns)
    says(told, 0, 3, 0, 1)
    assert told["coverage"] == pytest.approx(3 / 4)


def test_units_back_by_event_are_those_of_orders_whose_units_are_known() -> None:
    day = {"order_id": "x", "day": january(5), "units": 2}
    days = [day | {"lines_known": True}, day | {"lines_known": False}]
    told = tell("return_rate_units", basis="event", order_facts=[_paid(units=4)], return_days=days)
    says(told, 2, 4, 0.5, 0)


def test_refund_rate_amount_is_money_over_money_with_orders_as_clusters() -> None:
    def order(paid: int, back: int | None) -> dict[str, Any]:
        return _paid(paid_amount=Decimal(paid), refunded_30d=None if back is None else Decimal(back))

    orders = [order(100, 25), order(200, 0), order(300, 35), order(50, None), _paid(paid_amount=None)]
    refunds = [
        {"refunded_day": january(9), "status": status, "linked": False} for status in ("settled", "failed")
    ]
    told = tell("refund_rate_amount", order_facts=orders, refund_facts=refunds)
    says(told, 60, 600, 0.1, 3)
    assert told["coverage"] == pytest.approx(3 / 6)
    squares = (25 - 10) ** 2 + (0 - 20) ** 2 + (35 - 30) ** 2
    error = (3 / 2 * squares) ** 0.5 / 600
    assert told["high"] - told["value"] == pytest.approx(1.959964 * error)


def test_net_alone_is_assumed_to_be_what_was_paid_only_where_neither_other_part_is_delivered() -> None:
    kpi = catalogue()["refund_rate_amount"]
    about = manifest()
    (report,) = about.connections.values()
    for columns, expected in (
        (("order_id", "paid_at"), ["shop: orders.tax_amount|orders.shipping_amount"]),
        (("order_id", "paid_at", "tax_amount"), []),
    ):
        tables = dict(report.tables) | {"orders": type(report.tables["orders"])(columns=columns)}
        lacking = manifest(connections={"shop": type(report)("files", ok=True, read_at=None, tables=tables)})
        assert assumed(kpi, lacking) == expected
    assert "tax_amount" in DELIVERED["orders"]


def test_quality_return_rate_leaves_out_orders_whose_reasons_are_not_told() -> None:
    orders = [_paid(quality_returned_30d=told) for told in (True, False, False, False, False, None)]
    says(tell("quality_return_rate", order_facts=orders, return_facts=[LOST]), 1, 5, 0.2, 2)


def test_exchange_share_counts_every_returned_line() -> None:
    lines = [LOST | {"exchange": told} for told in (True, False, False, False, None)]
    says(tell("exchange_share", return_facts=lines), 1, 4, 0.25, 1)


def _returned(order: str, *days: tuple[dt.date, str]) -> list[dict[str, Any]]:
    """An online order's request days; each is handed back in a shop, by post or nobody knows where: s p u."""
    return [
        {
            "order_id": order,
            "channel_kind": "online",
            "day": day,
            "previous_day": days[place - 1][0] if place else None,
            "next_told_day": min((d for d, where in days[place:] if where in "sp"), default=None),
            "next_in_store_day": min((d for d, where in days[place:] if where == "s"), default=None),
        }
        for place, (day, _) in enumerate(days)
    ]


def test_in_store_return_share_counts_an_order_once_a_period() -> None:
    days = [
        *_returned("by post, then in a shop", (january(3), "p"), (january(9), "s")),
        *_returned("in a shop twice", (january(3), "s"), (january(9), "s")),
        *_returned("in a shop before, by post now", (DECEMBER, "s"), (january(9), "p")),
        *_returned("by post now, in a shop later", (january(9), "p"), (FEBRUARY, "s")),
        *_returned("nobody knows", (january(9), "u")),
        *_returned("nobody knows, then in a shop", (january(9), "u"), (january(12), "s")),
        *({**day, "channel_kind": "offline"} for day in _returned("bought in a shop", (january(9), "s"))),
    ]
    told = tell("in_store_return_share", return_days=days)
    says(told, 3, 5, 0.6, 2)


def _returner(
    customer: str, *days: dt.date, followed: tuple[dt.date, ...] = (), last: dt.date = dt.date(2025, 6, 30)
) -> list[dict[str, Any]]:
    return [
        {
            "customer_id": customer,
            "day": day,
            "previous_day": days[place - 1] if place else None,
            "next_followed_day": min((after for after in followed if after >= day), default=None),
            "days_observed": (last - day).days,
        }
        for place, day in enumerate(days)
    ]


def test_repurchase_after_return_follows_customers_whose_ninety_days_are_over() -> None:
    days = [
        *_returner("came back", january(5), followed=(january(5),)),
        *_returner("came back after the second", january(5), january(9), followed=(january(9),)),
        *_returner("came back after a later one", january(5), FEBRUARY, followed=(FEBRUARY,)),
        *_returner("had come back before", DECEMBER, january(5), followed=(DECEMBER,)),
        *_returner("too young", january(5), january(7), last=january(31)),
    ]
    told = tell("repurchase_after_return", returner_days=days)
    says(told, 2, 4, 0.5, 2)
