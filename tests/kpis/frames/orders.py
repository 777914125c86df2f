"""Drawn orders."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import LAST
from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_order(draw: Draw, place: int) -> dict[str, Any]:
    placed = drawn_day(draw)
    counted = draw.chance(0.95)
    paid = counted and draw.chance(0.95)
    known = draw.chance(0.8)
    seconds = 60 + draw.below(45 * 86400) if known else None
    units = Decimal(1 + draw.below(5))
    return (
        drawn_slice(draw)
        | {
            "order_id": f"shop:{place}",
            "connection": "shop",
            "placed_day": placed,
            "paid_day": min(placed + dt.timedelta(days=draw.below(2)), LAST) if paid else None,
            "promised_day": min(placed + dt.timedelta(days=5), LAST) if draw.chance(0.9) else None,
            "customer_id": f"c{draw.below(120)}" if draw.chance(0.8) else None,
            "counted": counted,
            "paid": paid,
            "visits_known": draw.chance(0.9),
            "lines_known": draw.chance(0.9),
            "returns_known": draw.chance(0.9),
            "shipments_known": True,
            "units": units,
            "days_promised": draw.below(9),
            "days_late": draw.below(8) - 4 if known else None,
            "outcome_known": known,
            "delivery_seconds": seconds,
            "shipped": known or draw.chance(0.5),
            "undelivered": seconds is None and draw.chance(0.5),
            "returned_30d": draw.chance(0.2),
            "units_returned_30d": min(units, Decimal(draw.below(3))),
            **_drawn_service(draw),
            **_drawn_amounts(draw),
        }
        | _drawn_dispatch(draw, placed, counted=counted, paid=paid, known=known)
    )


def order_cells(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per paid order; nothing asks how many of them a row holds."""
    return [
        {key: order[key] for key in FACTS["order_cells"].columns() if key in order}
        | {
            "day": order["paid_day"],
            "orders": 1,
            "orders_priced": int(order["net_amount"] is not None),
            "orders_unpriced": int(order["net_amount"] is None),
            "net_amount": order["net_amount"] or Decimal(0),
        }
        for order in orders
        if order.get("paid")
    ]


def _drawn_amounts(draw: Draw) -> dict[str, Any]:
    """What an order cost and would have cost, and whether goods were missing."""
    net = Decimal(1 + draw.below(10**6)) / 100 if draw.chance(0.97) else None
    discount = Decimal(draw.below(10**5)) / 100 if net is not None and draw.chance(0.9) else None
    return {
        "net_amount": net,
        "discount": discount,
        "gross_amount": None if net is None or discount is None else net + discount,
        "stock_cancelled": draw.one_of([True, False, False, False, None]),
    }


def _drawn_dispatch(draw: Draw, placed: dt.date, *, counted: bool, paid: bool, known: bool) -> dict[str, Any]:
    """What left for an order, and what came back; a cancelled one was sold too, if it had been paid."""
    sold = paid or (not counted and draw.chance(0.8))
    paid_amount = Decimal(1 + draw.below(10**6)) / 100 if draw.chance(0.97) else None
    refunded = paid_amount * draw.one_of([0, 0, 0, 1]) if paid_amount and draw.chance(0.9) else None
    return {
        "handed_over": draw.chance(0.2),
        "sold": sold,
        "sold_day": min(placed + dt.timedelta(days=draw.below(2)), LAST) if sold else None,
        "seller_cancelled": draw.one_of([False, False, None]) if counted else draw.one_of([True, False]),
        "promised_ship_day": min(placed + dt.timedelta(days=2), LAST) if draw.chance(0.9) else None,
        "shipped_late": draw.one_of([True, False, False, None]),
        "parcels": draw.below(4),
        "damaged": draw.one_of([True, False, False, False, None]),
        "in_full": draw.one_of([True, True, True, False, None]),
        "days_to_deliver": draw.below(6) if known else None,
        "promised_15d": draw.chance(0.9),
        "quality_returned_15d": draw.one_of([True, False, False, False, None]),
        "quality_returned_30d": draw.one_of([True, False, False, False, None]),
        "paid_amount": paid_amount,
        "refunded_30d": refunded,
    }


def _drawn_service(draw: Draw) -> dict[str, Any]:
    """What was said of an order; of some orders no source of one kind tells."""
    said = {
        "complaint_15d": draw.chance(0.1),
        "complaint_30d": draw.chance(0.15),
        "escalated_30d": draw.chance(0.1),
        "contacted_30d": draw.chance(0.4),
        "where_is_my_order_7d": draw.chance(0.2),
        "dispute_lost_60d": draw.chance(0.1),
        "chargeback_60d": draw.chance(0.1),
        "bad_review_60d": draw.chance(0.1),
    }
    if draw.chance(0.1):
        said |= dict.fromkeys(
            draw.one_of([["bad_review_60d"], [name for name in said if name != "bad_review_60d"]])
        )
    return said
