"""Gaps between online and offline on one axis: each in its own margins, offline on the line of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.palette import Meaning
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import consistency as words

AXIS_ROOM, MARK = 96, 12
ROW_HEIGHT, WORDS, MARKS = 40, -0.2, 0.22
"""Of each row the words stand above the marks, so that a phone has room for both."""
FURTHEST = 4.0
LONGEST = 40
TICKS = (-4, -2, 0, 2, 4)
LEGEND = {"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One KPI.

    Attributes:
        code: what a click gives as `customdata`.
        title: plain text.
        gap: online less offline, in margins.
        low: the lower end of its 90 % interval; null where there is none.
        high: the upper end.
        told: both figures and the gap in words.
        verdict: the verdict in words.
        meaning: what the verdict means.
    """

    code: str
    title: str
    gap: float
    low: float | None
    high: float | None
    told: str
    verdict: str
    meaning: Meaning


@kept
def gaps(bars: Sequence[Bar], table: pl.DataFrame, say: Say) -> Chart:
    """A diamond for offline at zero and a circle for online, over the band of what counts as the same.

    What lies further out than four margins is drawn as a triangle at the edge; its words say how far.

    Args:
        bars: rows from the top.
        table: the same as a table.
        say: the reader's language.
    """
    place = np.arange(len(bars)) + MARKS
    edge = {"x0": -1, "x1": 1, "y0": -0.5, "y1": len(bars) - 0.5}
    band = {"type": "rect", **edge, "fillcolor": palette.BAND, "line": {"width": 0}, "layer": "below"}
    figure = axes.figure(
        [_joints(bars, place), *_marks(bars, place, say), *_legend(say)],
        AXIS_ROOM + ROW_HEIGHT * max(len(bars), 1),
        showlegend=True, legend=LEGEND, shapes=[band],
        annotations=[note for spot, bar in enumerate(bars) for note in _words(bar, spot)],
        xaxis={**axes.plain(), "range": [-FURTHEST - 0.4, FURTHEST + 0.4], "tickvals": TICKS,
               "ticktext": [_tick(tick, say) for tick in TICKS], "side": "top"},
        yaxis={**axes.plain(), "visible": False, "range": [len(bars) - 0.5, -0.5]},
        margin={"l": 0, "r": 0, "t": 24, "b": 44, "pad": 0},
    )  # fmt: skip
    told = [say(words.ALT_PART, name=plain(bar.title), told=bar.told, verdict=bar.verdict) for bar in bars]
    return Chart(figure, say(words.ALT, bars=say.each(told[:6])), table)


def _words(bar: Bar, spot: int) -> list[dict[str, object]]:
    """What is compared at the left of a row, and how it came out at the right."""
    at = {"xref": "paper", "y": spot + WORDS, "yref": "y"}
    return [
        axes.note(f"<b>{in_chart(bar.title, LONGEST)}</b>", x=0, xanchor="left", **at),
        axes.note(in_chart(bar.told, 80), x=1, xanchor="right", **at),
    ]


def _joints(bars: Sequence[Bar], place: np.ndarray) -> go.Scatter:
    x = np.array([end for bar in bars for end in (0.0, _within(bar.gap), np.nan)])
    return go.Scatter(
        x=x, y=np.repeat(place, 3), mode="lines", hoverinfo="skip", showlegend=False, connectgaps=False,
        line={"color": palette.UNCHANGED, "width": 2},
    )  # fmt: skip


def _marks(bars: Sequence[Bar], place: np.ndarray, say: Say) -> list[go.Scatter]:
    at = np.array([_within(bar.gap) for bar in bars])
    low, high = (
        np.array([_within(spot if end is None else end) for spot, end in zip(at, ends, strict=True)])
        for ends in ([bar.low for bar in bars], [bar.high for bar in bars])
    )
    hover = [f"{in_chart(bar.title, LONGEST)}<br>{in_chart(bar.told, 80)}<br>{bar.verdict}" for bar in bars]
    codes = [bar.code for bar in bars]
    online = go.Scatter(
        x=at, y=place, mode="markers", showlegend=False, customdata=codes, text=hover,
        hovertemplate="%{text}<extra></extra>",
        marker={"symbol": [_symbol(bar.gap) for bar in bars], "size": MARK,
                "color": [palette.MEANT[bar.meaning] for bar in bars]},
        error_x={"type": "data", "symmetric": False, "array": high - at, "arrayminus": at - low,
                 "color": palette.TEXT, "thickness": 1, "width": 3},
    )  # fmt: skip
    offline = go.Scatter(
        x=np.zeros(len(bars)), y=place, mode="markers", name=say(words.OFFLINE_MARK), hoverinfo="skip",
        marker={"symbol": axes.SYMBOLS["offline"], "size": MARK, "color": palette.TEXT},
    )  # fmt: skip
    return [offline, online]


def _legend(say: Say) -> list[go.Scatter]:
    """What circle and band mean: marks differ in colour, and a shape has no entry of its own."""
    looks = {
        words.ONLINE_MARK: {"symbol": axes.SYMBOLS["online"], "color": palette.UNCHANGED},
        words.BAND: {"symbol": "square", "color": palette.BAND},
    }
    return [
        go.Scatter(x=[None], y=[None], mode="markers", name=say(text), marker={**look, "size": MARK})
        for text, look in looks.items()
    ]


def _within(margins: float) -> float:
    return max(-FURTHEST, min(FURTHEST, margins))


def _symbol(gap: float) -> str:
    if abs(gap) <= FURTHEST:
        return axes.SYMBOLS["online"]
    return "triangle-right" if gap > 0 else "triangle-left"


def _tick(margins: int, say: Say) -> str:
    if margins == 0:
        return say(words.ZERO)
    return say(words.MARGINS, count=f"{say.number(margins)}" if margins < 0 else f"+{margins}")
