"""Drawn returns and refunds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import LAST
from tests.kpis.frames.draw import Draw


def drawn_return_days(draw: Draw, order: dict[str, Any]) -> list[dict[str, Any]]:
    days = sorted({order["paid_day"] + dt.timedelta(days=draw.below(40)) for _ in range(draw.one_of([1, 2]))})
    former = [None, *days]
    carried = {key: order[key] for key in FACTS["return_days"].columns() if key in order}
    return [
        carried | {"day": day, "previous_day": former[place], "units": Decimal(1)}
        for place, day in enumerate(days)
        if day <= LAST
    ]


def drawn_refund(draw: Draw, place: int, order: dict[str, Any]) -> dict[str, Any]:
    status = draw.one_of(["settled", "settled", "settled", "pending", "failed"])
    requested = order["paid_day"] if draw.chance(0.9) or status == "pending" else None
    is_known = status == "settled" and requested is not None
    return {key: order[key] for key in FACTS["refund_facts"].columns() if key in order} | {
        "refund_id": f"shop:{place}",
        "requested_day": requested,
        "refunded_day": order["paid_day"] if status == "settled" else None,
        "status": status,
        "refund_seconds": 3600 + draw.below(40 * 86400) if is_known else None,
        "amount": Decimal(10),
    }
