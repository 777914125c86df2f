"""Counts by name as horizontal bars, each in a few shares that add up to it."""

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
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import charts as words

AXIS_ROOM = 74
COLOURS = (palette.BETTER, palette.UNCHANGED)
LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "traceorder": "normal",
}


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar.

    Attributes:
        title: what it counts, plain text.
        counts: one per series.
        written: what stands beside it, fit for a chart.
    """

    title: str
    counts: tuple[int, ...]
    written: str


@kept
def stacks(rows: Sequence[Stack], series: Sequence[str], about: str, say: Say) -> Chart:
    """One bar per row from the top.

    Args:
        rows: the bars.
        series: what their shares are called, at most two.
        about: what is counted, plain text.
        say: the reader's language.
    """
    place = np.arange(len(rows))
    titles = [in_chart(row.title) for row in rows]
    traces = [
        go.Bar(
            x=np.array([row.counts[number] for row in rows]), y=place, orientation="h", name=in_chart(name),
            width=0.62, marker={"color": COLOURS[number]}, textposition="none",
            text=[f"{title}<br>{in_chart(name)} {say.number(row.counts[number])}"
                  for title, row in zip(titles, rows, strict=True)],
            hovertemplate="%{text}<extra></extra>",
        )
        for number, name in enumerate(series)
    ]  # fmt: skip
    notes = [
        axes.note(row.written, x=1, xref="paper", y=spot, xanchor="left", xshift=6)
        for spot, row in enumerate(rows)
    ]
    longest = [sum(row.counts) for row in rows]
    figure = axes.figure(
        traces, AXIS_ROOM + axes.ROW_HEIGHT * max(len(rows), axes.FEWEST_ROWS),
        barmode="stack", showlegend=True, legend=LEGEND, annotations=notes,
        margin={"l": 0, "r": axes.beside(row.written for row in rows), "t": 0, "b": 34, "pad": 6},
        xaxis=axes.of_values(longest, "count", say, from_zero=True, is_told=True),
        yaxis={**axes.plain(), "tickvals": place, "ticktext": titles, "showgrid": False,
               "range": [len(rows) - 0.5, -0.5]},
    )  # fmt: skip
    told = [
        say(words.PART, name=plain(row.title), value=say.number(total))
        for row, total in zip(rows, longest, strict=True)
    ]
    alt = say(words.BARS_ALT, title=plain(about), bars=say.each(told))
    columns = {plain(name): [row.counts[number] for row in rows] for number, name in enumerate(series)}
    names = {say(words.NAME): [plain(row.title) for row in rows]}
    table = pl.DataFrame({**names, **columns, say(words.COUNT): longest})
    return Chart(figure, alt if told else say(words.EMPTY_ALT, title=plain(about)), table)
