"""Drawn penalties."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_penalty(draw: Draw) -> dict[str, Any]:
    costs = draw.chance(0.6)
    unpriced = costs and draw.chance(0.2)
    return drawn_slice(draw) | {
        "day": drawn_day(draw),
        "points": float(draw.below(12)) if draw.chance(0.7) else None,
        "amount": Decimal(1 + draw.below(50_000)) / 100 if costs and not unpriced else None,
        "unpriced": unpriced,
    }
