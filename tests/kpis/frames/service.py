"""Drawn conversations."""

from __future__ import annotations

from typing import Any

from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_conversation(draw: Draw, place: int) -> dict[str, Any]:
    replied = draw.chance(0.85)
    solved = replied and draw.chance(0.8)
    waited = draw.one_of([draw.below(600), draw.below(40 * 86400)])
    return drawn_slice(draw) | {
        "conversation_id": f"shop:{place}",
        "asked_day": drawn_day(draw),
        "touchpoint": draw.one_of(["chat", "phone", None]),
        "in_service_hours": draw.chance(0.8),
        "replies_known": replied or draw.chance(0.8),
        "solving_known": draw.chance(0.9),
        "reply_seconds": waited if replied else None,
        "resolution_seconds": waited + draw.below(86400) if solved else None,
        "reopened": solved and draw.chance(0.2),
        "rating": float(1 + draw.below(5)) if solved and draw.chance(0.6) else None,
    }
