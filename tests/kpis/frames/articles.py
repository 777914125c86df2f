"""Drawn article lines and listings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from connectors.facts import FACTS
from tests.kpis.frames.base import FIRST, LAST
from tests.kpis.frames.draw import CHANNELS, Draw


def drawn_lines(draw: Draw, order: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of a paid order, by category."""
    categories = ["shoes", "hats"] if draw.chance(0.3) else [draw.one_of(["shoes", "hats", None])]
    known = draw.chance(0.9)
    carried = {key: order[key] for key in FACTS["line_facts"].columns() if key in order}
    return [carried | {"category": category} | _drawn_counts(draw, known=known) for category in categories]


def _drawn_counts(draw: Draw, *, known: bool) -> dict[str, Any]:
    lines = 1 + draw.below(4)
    told = lines - draw.one_of([0, 0, 0, 1])
    return {
        "delivered": known and draw.chance(0.9),
        "unknown": not known,
        "lines": lines,
        "lines_told": told,
        "lines_untold": lines - told,
        "lines_mismatched": draw.below(told + 1) if draw.chance(0.2) else 0,
    }


def drawn_listing_days(draw: Draw) -> list[dict[str, Any]]:
    """What was on sale on each day, in each channel and category."""
    days = [FIRST + dt.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return [
        {"day": day, "channel": channel, "channel_kind": kind, "category": category}
        | {"told": 20, "untold": draw.below(3), "complete": 10 + draw.below(11)}
        for day in days
        for channel, kind in CHANNELS.items()
        for category in ("shoes", None)
    ]


def drawn_article_days(draw: Draw) -> list[dict[str, Any]]:
    """How many articles are the same online and offline on each day, in each category."""
    days = [FIRST + dt.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return [
        {"day": day, "category": category} | _agreeing(draw) for day in days for category in ("shoes", None)
    ]


def _agreeing(draw: Draw) -> dict[str, int]:
    same, lower, higher = 10 + draw.below(11), draw.below(4), draw.below(3)
    both, only_online, only_offline, untitled = (
        5 + draw.below(20),
        draw.below(5),
        draw.below(3),
        draw.below(3),
    )
    return {
        "priced": same + lower + higher,
        "priced_apart": draw.below(3),
        "same_price": same,
        "online_lower": lower,
        "online_higher": higher,
        "listed_online": both + only_online,
        "listed_offline": both + only_offline,
        "listed_both": both,
        "titled": both - untitled,
        "untitled": untitled,
        "same_title": draw.below(both - untitled + 1),
    }
