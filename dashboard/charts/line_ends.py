"""Names at the ends of lines: each beside its own last point, pushed apart where lines end together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import axes
from dashboard.safe import in_chart

LONGEST = 16
LINE_HEIGHT, GAP = 14, 8
MARKS = {"online": "●", "offline": "◆", "unknown": "●", "target": "╌"}


@dataclass(frozen=True, slots=True)
class End:
    """The end of one line.

    Attributes:
        title: what the line is called, plain text.
        kind: online, offline, unknown or target, which set the mark.
        colour: of the line.
        value: its last value.
    """

    title: str
    kind: str
    colour: str
    value: float


def named(ends: Sequence[End], low: float, high: float, pixels: float) -> list[dict[str, Any]]:
    """A note at the right of a chart for each line.

    Args:
        ends: the ends of the lines, in any order.
        low: the value at the bottom of the chart.
        high: the value at its top.
        pixels: how high the chart is between the two.
    """
    ordered = sorted(ends, key=lambda end: end.value)
    wanted = [pixels * (end.value - low) / (high - low) for end in ordered]
    return [
        axes.note(written(end), x=1, xref="paper", xanchor="left", xshift=GAP, y=end.value, yshift=up)
        for end, up in zip(ordered, shifts(wanted, pixels), strict=True)
    ]


def written(end: End) -> str:
    """The mark in the colour of its line, and the name in the colour of text."""
    return f'<span style="color:{end.colour}">{MARKS[end.kind]}</span> {in_chart(end.title, LONGEST)}'


def shifts(wanted: Sequence[float], pixels: float) -> list[float]:
    """How far each of the names, from the lowest, has to move so that none lies on another.

    >>> shifts([10, 12, 100], 280)
    [0, 12, 0]
    >>> shifts([270, 280], 280)
    [-4, 0]
    """
    placed: list[float] = []
    for height in wanted:
        placed.append(max(height, placed[-1] + LINE_HEIGHT) if placed else height)
    ceiling = pixels
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], ceiling)
        ceiling = placed[place] - LINE_HEIGHT
    return [place - height for place, height in zip(placed, wanted, strict=True)]
