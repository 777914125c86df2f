"""What happened, as shaded days of a chart, each with its name above and stacked where names meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard import palette
from dashboard.charts import axes
from dashboard.events import Happening
from dashboard.safe import in_chart
from dashboard.wording import Say

LONGEST, MOST_LEVELS = 22, 6
LEVEL_HEIGHT, GAP = 14, 6
HALF_A_DAY = np.timedelta64(12, "h")

Drawn = list[dict[str, Any]]


def bands(
    happenings: Sequence[Happening], days: Sequence[dt.date], ends: Sequence[str], pixels: float, say: Say
) -> tuple[Drawn, Drawn, int]:
    """Shaded days, their names in the order of time from above, and the pixels that the names take.

    A name begins where its days do, or ends with them where it would leave the chart. Of more names than
    `MOST_LEVELS` on top of each other the earliest are left to the words beside the chart.

    Args:
        happenings: festivals and events.
        days: the days of the chart; what lies outside is left out.
        ends: where the axis of days begins and ends.
        pixels: how wide the axis is where the chart is narrowest.
        say: the reader's language.
    """
    within = [each for each in happenings if days and each.end >= min(days) and each.start <= max(days)]
    shapes, notes, spans = [], [], []
    for each in sorted(within, key=lambda each: (each.start, each.end)):
        first, last = max(each.start, min(days)), min(each.end, max(days))
        edges = np.datetime64(first) - HALF_A_DAY, np.datetime64(last) + HALF_A_DAY
        shapes.append(
            {"type": "rect", "xref": "x", "yref": "paper", "x0": str(edges[0]), "x1": str(edges[1]), "y0": 0,
             "y1": 1, "fillcolor": palette.GRID, "line": {"width": 0}, "layer": "below"}
        )  # fmt: skip
        text = in_chart(say(each.title), LONGEST)
        left, right = (pixels * _part(edge, *map(np.datetime64, ends)) for edge in edges)
        begins, wide = fits(left, right, axes.width(text), pixels), axes.width(text)
        side = {"xanchor": "left", "x": edges[0]} if begins else {"xanchor": "right", "x": edges[1]}
        place = {**side, "x": str(side["x"]), "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom"}
        notes.append(axes.note(text, **place))
        spans.append((left, left + wide + GAP) if begins else (right - wide - GAP, right))
    stacked = levels(spans)
    named = [
        {**note, "yshift": LEVEL_HEIGHT * level}
        for note, level in zip(notes, stacked, strict=True)
        if level < MOST_LEVELS
    ]
    return shapes, named, LEVEL_HEIGHT * min(max(stacked, default=-1) + 1, MOST_LEVELS)


def fits(left: float, right: float, wide: float, pixels: float) -> bool:
    """Whether a name of this width begins with its days, rather than ending with them.

    >>> fits(10, 30, 90, 250), fits(200, 220, 90, 250)
    (True, False)
    """
    return left + wide <= pixels or pixels - left >= right


def levels(spans: Sequence[tuple[float, float]]) -> list[int]:
    """How high each name is stacked: the earlier above every later one that it would lie on.

    Args:
        spans: where names begin and end, in the order of time.

    >>> levels([(0, 100), (60, 130), (200, 250)])
    [1, 0, 0]
    """
    found: list[int] = []
    for place in reversed(range(len(spans))):
        later = zip(reversed(spans[place + 1 :]), found, strict=True)
        found.append(max((level + 1 for span, level in later if _meet(spans[place], span)), default=0))
    return found[::-1]


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _part(moment: np.datetime64, first: np.datetime64, last: np.datetime64) -> float:
    """How far along the axis a moment is, from 0 to 1."""
    return float((moment - first) / (last - first))
