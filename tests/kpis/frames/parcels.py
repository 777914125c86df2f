"""Drawn parcels and pick-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.kpis.frames.base import LAST
from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_parcel(draw: Draw, place: int) -> dict[str, Any]:
    kind = draw.one_of(["parcel", "parcel", "pickup"])
    day = drawn_day(draw)
    maybe = [True, True, False, None]
    moves = (
        {
            "shipped_day": day,
            "scan_due_day": min(day + dt.timedelta(days=2), LAST) if draw.chance(0.9) else None,
            "scanned": draw.one_of(maybe),
            "scanned_48h": draw.one_of(maybe),
            "exception": draw.one_of(maybe),
            "delivered": draw.one_of(maybe),
            "damaged": draw.one_of(maybe),
            "promised_day": min(day + dt.timedelta(days=4), LAST) if draw.chance(0.9) else None,
            "days_late": draw.one_of([-1, 0, 0, 2, None]),
            "tracked": draw.one_of(maybe),
        }
        if kind == "parcel"
        else {
            "ready_day": day if draw.chance(0.9) else None,
            "ready_seconds": 60 * draw.below(300),
            "collected_day": day,
            "collected_in_time": draw.one_of(maybe),
        }
    )
    if kind == "pickup" and moves["ready_day"] is None:
        moves["ready_seconds"] = None
    return (
        drawn_slice(draw)
        | moves
        | {
            "shipment_id": f"shop:{place}",
            "order_id": f"shop:{place // 2}",
            "kind": kind,
            "counted": draw.chance(0.95),
        }
    )
