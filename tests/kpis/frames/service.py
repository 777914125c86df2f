"""Drawn conversations and cases."""

from __future__ import annotations

from typing import Any

from connectors.facts import FACTS
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


def drawn_case(draw: Draw, place: int, order: dict[str, Any]) -> dict[str, Any]:
    linked, kind = draw.chance(0.7), draw.one_of(["complaint", "dispute", "chargeback", "where_is_my_order"])
    dimensions = {key: order[key] for key in FACTS["case_facts"].columns() if key in order}
    unlinked = {key: order[key] for key in ("channel", "channel_kind")}
    return (dimensions if linked else unlinked) | {
        "case_id": f"shop:{place}",
        "opened_day": drawn_day(draw),
        "kind": kind,
        "linked": linked,
        "escalated": draw.chance(0.3),
        "lost": kind == "dispute" and draw.chance(0.5),
    }
