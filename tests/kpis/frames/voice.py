"""Drawn answers."""

from __future__ import annotations

from typing import Any

from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice


def drawn_survey(draw: Draw, place: int) -> dict[str, Any]:
    answered = draw.chance(0.8)
    off_scale = answered and draw.chance(0.1)
    return drawn_slice(draw) | {
        "survey_id": f"shop:{place}",
        "answered_day": drawn_day(draw) if answered else None,
        "kind": draw.one_of(["nps", "nps", "csat"]),
        "score": float(draw.below(11)) if answered and not off_scale else None,
        "off_scale": off_scale,
    }
