"""Drawn invitations, answers and reviews."""

from __future__ import annotations

from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.draw import Draw, drawn_day, drawn_slice

HIGHEST = {"nps": 10, "csat": 5, "ease": 7}


def drawn_survey(draw: Draw, place: int) -> dict[str, Any]:
    answered = draw.chance(0.8)
    off_scale = answered and draw.chance(0.1)
    kind = draw.one_of(["nps", "nps", "csat", "ease"])
    lowest = int(kind != "nps")
    score = lowest + draw.below(HIGHEST[kind] - lowest + 1)
    return drawn_slice(draw) | {
        "survey_id": f"shop:{place}",
        "answered_day": drawn_day(draw) if answered else None,
        "invited_day": drawn_day(draw) if draw.chance(0.9) or not answered else None,
        "kind": kind,
        "score": float(score) if answered and not off_scale else None,
        "off_scale": off_scale,
    }


def invitation_days(surveys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per invitation or answer; nothing asks how many of them a row holds."""
    found = []
    for survey in surveys:
        invited, answered = survey.get("invited_day"), survey.get("answered_day")
        counts = {
            "day": invited or answered,
            "invited": int(invited is not None),
            "answered": int(invited is not None and answered is not None),
            "uninvited": int(invited is None),
        }
        found.append(
            {key: survey[key] for key in FACTS["invitation_days"].columns() if key in survey} | counts
        )
    return found


def drawn_review(draw: Draw, place: int) -> dict[str, Any]:
    return drawn_slice(draw) | {
        "review_id": f"shop:{place}",
        "created_day": drawn_day(draw),
        "linked": draw.chance(0.8),
        "stars": draw.one_of([1, 2, 3, 4, 5, 5, 5]),
    }
