"""Drawn visits, and the days of visitors told from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import FIRST, LAST
from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice

STEPS = ("bounced", "product_viewed", "searched", "added_to_cart")


def drawn_visit(draw: Draw) -> dict[str, Any]:
    number = draw.one_of([1, 1, 1, 40])
    visitor_known = number == 1 and draw.chance(0.9)
    checkouts = draw.below(number + 1) if draw.chance(0.8) else None
    return drawn_slice(draw) | {
        "visitor_id": f"shop:v{draw.below(90)}" if visitor_known else None,
        "day": drawn_day(draw),
        "visits": number,
        "single": number == 1,
        "is_door": number > 1 and draw.chance(0.5),
        "visitor_known": visitor_known,
        "outcome_known": draw.chance(0.9),
        "converted": draw.below(number + 1),
        "orders_known": draw.chance(0.9),
        **{step: draw.below(number + 1) if draw.chance(0.8) else None for step in STEPS},
        "reached_checkout": checkouts,
        "checked_out": None if checkouts is None or draw.chance(0.1) else draw.below(checkouts + 1),
        "lcp_ms": 300 + draw.below(5000) if number == 1 and draw.chance(0.8) else None,
    }


def visitor_days(visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per visitor and day, as drawn visits tell."""
    known = [visit for visit in visits if visit["visitor_known"] and visit["outcome_known"]]
    found = []
    for visitor in sorted({visit["visitor_id"] for visit in known}):
        own = sorted((v for v in known if v["visitor_id"] == visitor), key=lambda v: v["day"])
        days = sorted({visit["day"] for visit in own})
        bought = {visit["day"] for visit in own if visit["converted"]}
        for place, day in enumerate(days):
            first = next(visit for visit in own if visit["day"] == day)
            found.append(
                {key: first[key] for key in FACTS["visitor_days"].columns() if key in first}
                | {
                    "previous_day": days[place - 1] if place else None,
                    "next_buying_day": min((later for later in bought if later >= day), default=None),
                }
            )
    return found


def drawn_customer_visits(draw: Draw, days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Online visits of customers about a week before some of the days on which they bought."""
    found = {}
    for bought in days:
        if not draw.chance(0.6):
            continue
        day = max(bought["day"] - dt.timedelta(days=draw.below(10)), FIRST)
        drawn = drawn_slice(draw) | {"channel": draw.one_of(["web", "app"]), "channel_kind": "online"}
        carried = {key: drawn[key] for key in FACTS["customer_visits"].columns() if key in drawn}
        found[bought["customer_id"], day] = carried | {
            "customer_id": bought["customer_id"],
            "day": day,
            "days_observed": (LAST - day).days,
            "days_to_store": (bought["day"] - day).days if draw.chance(0.5) else None,
        }
    return list(found.values())
