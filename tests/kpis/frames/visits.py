"""Drawn visits."""

from __future__ import annotations

from typing import Any

from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_visit(draw: Draw) -> dict[str, Any]:
    number = draw.one_of([1, 1, 1, 40])
    return drawn_slice(draw) | {
        "day": drawn_day(draw),
        "visits": number,
        "outcome_known": draw.chance(0.9),
        "converted": draw.below(number + 1),
        "orders_known": draw.chance(0.9),
    }
