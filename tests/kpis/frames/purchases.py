"""Drawn attempts to pay, and carts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import LAST
from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_payments(draw: Draw, orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One to three attempts per order, of which some name no purchase."""
    found: list[dict[str, Any]] = []
    for order in orders:
        known = draw.chance(0.95)
        tries = [draw.chance(0.7) for _ in range(1 + draw.below(3))]
        for place, succeeded in enumerate(tries):
            found.append(
                {key: order[key] for key in FACTS["payment_facts"].columns() if key in order}
                | {
                    "payment_id": f"shop:{len(found)}",
                    "day": min(order["placed_day"] + dt.timedelta(days=place), LAST),
                    "payment_method": draw.one_of(["card", "wallet"]),
                    "succeeded": succeeded,
                    "purchase_known": known,
                    "opens_purchase": known and place == 0,
                    "purchase_succeeded": known and any(tries),
                }
            )
    return found


def drawn_cart(draw: Draw) -> dict[str, Any]:
    return drawn_slice(draw) | {
        "day": drawn_day(draw),
        "old": draw.chance(0.95),
        "completed_24h": draw.chance(0.3),
    }
