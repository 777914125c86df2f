"""Online beside offline, KPI by KPI or range by range, with the gap that counts as the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import polars as pl

from connectors.text import Text
from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import charts as words
from kpis.kpi import Unit

AXIS_ROOM = 84
MARK = 11
LEGEND = {"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"}
KINDS = {"online": (palette.ONLINE, words.ONLINE), "offline": (palette.OFFLINE, words.OFFLINE)}


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: a name and the figures of both kinds of channel; null where one is missing.

    Attributes:
        code: what a click gives as `customdata`.
        title: plain text.
        online: the figure online.
        offline: the figure offline.
        low: the lower end of what counts as the same as offline; null without a margin.
        high: the upper end.
    """

    code: str
    title: str
    online: float | None
    offline: float | None
    low: float | None = None
    high: float | None = None


def dumbbell(pairs: Sequence[Pair], about: str, unit: Unit, say: Say) -> Chart:
    """A circle for online and a diamond for offline on each row, joined, over the band of the margin.

    Args:
        pairs: rows from the top, all in one unit.
        about: what is compared, plain text.
        unit: the unit.
        say: the reader's language.
    """
    place = np.arange(len(pairs))
    figure = axes.figure(
        [_joints(pairs, place), *(_marks(pairs, place, kind, say) for kind in KINDS), *_margin(pairs, say)],
        AXIS_ROOM + axes.ROW_HEIGHT * max(len(pairs), 1),
        showlegend=True, legend=LEGEND, shapes=_bands(pairs),
        xaxis=axes.of_values(_every(pairs), unit, say, from_zero=False),
        yaxis={**axes.plain(), "tickvals": place, "ticktext": [in_chart(pair.title) for pair in pairs],
               "showgrid": False, "range": [len(pairs) - 0.5, -0.5]},
        margin={"l": 0, "r": axes.OUTER, "t": 0, "b": 44, "pad": 6},
    )  # fmt: skip
    for trace in figure.data[1:3]:
        trace.text = [_told(words.DUMBBELL_HOVER, pair, in_chart(pair.title), unit, say) for pair in pairs]
    told = [_told(words.DUMBBELL_ALT, pair, plain(pair.title), unit, say) for pair in pairs]
    alt = say(words.BARS_ALT, title=plain(about), bars=say.each(told))
    headings = (words.NAME, words.ONLINE, words.OFFLINE)
    rows = [(plain(pair.title), pair.online, pair.offline) for pair in pairs]
    schema = dict(zip((say(text) for text in headings), (pl.String, pl.Float64, pl.Float64), strict=True))
    table = pl.DataFrame(rows, schema, orient="row")
    return Chart(figure, alt if told else say(words.EMPTY_ALT, title=plain(about)), table)


def _every(pairs: Sequence[Pair]) -> list[float | None]:
    return [value for pair in pairs for value in (pair.online, pair.offline, pair.low, pair.high)]


def _joints(pairs: Sequence[Pair], place: np.ndarray) -> go.Scatter:
    ends = [(pair.online, pair.offline, None) for pair in pairs]
    x = np.array([np.nan if end is None else end for three in ends for end in three], dtype=float)
    return go.Scatter(
        x=x, y=np.repeat(place, 3), mode="lines", hoverinfo="skip", showlegend=False, connectgaps=False,
        line={"color": palette.UNCHANGED, "width": 2},
    )  # fmt: skip


def _marks(pairs: Sequence[Pair], place: np.ndarray, kind: str, say: Say) -> go.Scatter:
    values = [getattr(pair, kind) for pair in pairs]
    colour, title = {"online": (palette.ONLINE, words.ONLINE), "offline": (palette.OFFLINE, words.OFFLINE)}[
        kind
    ]
    return go.Scatter(
        x=np.array([np.nan if value is None else value for value in values], dtype=float), y=place,
        mode="markers", name=say(title), marker={"symbol": axes.SYMBOLS[kind], "size": MARK, "color": colour},
        customdata=[pair.code for pair in pairs], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _bands(pairs: Sequence[Pair]) -> list[dict[str, object]]:
    return [
        {"type": "rect", "x0": pair.low, "x1": pair.high, "y0": spot - 0.32, "y1": spot + 0.32,
         "fillcolor": palette.BAND, "line": {"width": 0}, "layer": "below"}
        for spot, pair in enumerate(pairs)
        if pair.low is not None and pair.high is not None
    ]  # fmt: skip


def _margin(pairs: Sequence[Pair], say: Say) -> list[go.Scatter]:
    """What the band means, in the legend; the band itself is a shape, which has no entry there."""
    if not _bands(pairs):
        return []
    marker = {"symbol": "square", "size": MARK, "color": palette.BAND}
    return [go.Scatter(x=[None], y=[None], mode="markers", name=say(words.MARGIN), marker=marker)]


def _told(text: Text, pair: Pair, name: str, unit: Unit, say: Say) -> str:
    return say(text, name=name, online=say.value(pair.online, unit), offline=say.value(pair.offline, unit))
