"""Channels by KPI as a heat map, coloured by the distance to the target."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.kept import kept
from dashboard.heat import Cell

SYMBOLS = {"online": ("circle", palette.ONLINE), "offline": ("diamond", palette.OFFLINE)}
ROW_HEIGHT = 42
LINE_HEIGHT, HEADER_GAP = 18, 8
TEXT_SIZE, WORD_SIZE = 13, 11
MARK_SIZE, MARK_AT, LEFT_EDGE = 10, -0.62, -0.74
WRAP_LATIN, WRAP_HAN = 15, 7
WIDTH_LATIN, WIDTH_HAN = 7.6, 13.5
LARGEST_LATIN = 0x2FF


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the heat map: a channel, its written title, and whether it is online, offline or unknown."""

    channel: str
    title: str
    kind: str
    is_chosen: bool


@kept
def heat_map(
    cells: Sequence[Cell], lanes: Sequence[Lane], titles: Sequence[str], scheme: str | None = None
) -> go.Figure:
    """Channels by KPI, coloured by the distance to the target.

    A heat map tells nobody which cell was clicked: invisible points over the cells carry channel and KPI.

    Args:
        cells: channel by channel, in the order of `lanes` and `titles`.
        lanes: the rows from the top.
        titles: the columns from the left.
        scheme: light or dark, as far as it is known; makes another figure, which is drawn afresh.
    """
    width, height = len(titles), len(lanes)
    rows, columns = np.repeat(np.arange(height), width), np.tile(np.arange(width), height)
    shades = np.array([math.nan if cell.shade is None else cell.shade for cell in cells], dtype=float)
    return axes.unchecked(
        [
            *(_marks(kind, lanes) for kind in SYMBOLS),
            go.Heatmap(
                x=np.arange(width), y=np.arange(height), z=shades.reshape(height, width),
                zmin=-1, zmax=1, colorscale=palette.steps(palette.DIVERGING), showscale=False,
                xgap=4, ygap=4, hoverinfo="skip",
            ),
            go.Scatter(
                x=columns, y=rows, mode="markers", marker={"size": ROW_HEIGHT, "symbol": "square"}, opacity=0,
                customdata=[[cell.channel, cell.kpi] for cell in cells],
                text=[cell.hover for cell in cells], hovertemplate="%{text}<extra></extra>",
                unselected={"marker": {"opacity": 0}}, selected={"marker": {"opacity": 0}},
            ),
        ],
        {
            "height": heat_map_height(height, titles),
            "margin": {"l": _lane_width(lanes), "r": 0, "t": _header_height(titles), "b": 0, "pad": 0},
            "hovermode": "closest", "hoverdistance": 2 * ROW_HEIGHT, "dragmode": False, "showlegend": False,
            # A reader who switches to dark keeps a light chart, background and all, until the next run.
            "paper_bgcolor": palette.SURFACE, "plot_bgcolor": palette.SURFACE, "meta": scheme,
            "xaxis": _bare([LEFT_EDGE, width - 0.5]),
            "yaxis": _bare([height - 0.5, -0.5]),
            "annotations": [
                *(_title(title, column) for column, title in enumerate(titles)),
                *(_lane(lane, row) for row, lane in enumerate(lanes)),
                *(_value(cell, column, row) for cell, column, row in zip(cells, columns, rows, strict=True)),
            ],
        },
    )  # fmt: skip


def heat_map_height(rows: int, titles: Sequence[str]) -> int:
    """Pixels that a heat map of so many rows takes under its titles."""
    return _header_height(titles) + ROW_HEIGHT * rows


def wrapped(title: str) -> str:
    """A column title on lines that fit over a cell.

    >>> wrapped("Cross-channel customers"), wrapped("跨渠道客户占比")
    ('Cross-channel<br>customers', '跨渠道客户占比')
    """
    if all(ord(mark) <= LARGEST_LATIN for mark in title):
        return "<br>".join(textwrap.wrap(title, WRAP_LATIN, break_long_words=False)[:2])
    return "<br>".join(title[start : start + WRAP_HAN] for start in range(0, len(title), WRAP_HAN)[:2])


def _marks(kind: str, lanes: Sequence[Lane]) -> go.Scatter:
    """The symbols of one kind of channel, left of their rows."""
    rows = [row for row, lane in enumerate(lanes) if lane.kind == kind]
    symbol, colour = SYMBOLS[kind]
    marker = {"size": MARK_SIZE, "symbol": symbol, "color": colour}
    return go.Scatter(x=[MARK_AT] * len(rows), y=rows, mode="markers", marker=marker, hoverinfo="skip")


def _title(title: str, column: int) -> dict[str, object]:
    return _text(wrapped(title)) | {"x": column, "y": -0.5, "yanchor": "bottom"}


def _lane(lane: Lane, row: int) -> dict[str, object]:
    title = f"<b>▸ {lane.title}</b>" if lane.is_chosen else lane.title
    return _text(title) | {"x": LEFT_EDGE, "y": row, "xanchor": "right"}


def _value(cell: Cell, column: np.integer, row: np.integer) -> dict[str, object]:
    value = f"<b>{cell.value}</b>" if cell.is_off else cell.value
    word = f'<br><span style="font-size:{WORD_SIZE}px">{cell.word}</span>' if cell.word else ""
    return _text(value + word) | {"x": int(column), "y": int(row)}


def _text(written: str) -> dict[str, object]:
    return {
        "text": written,
        "showarrow": False,
        "captureevents": False,
        "font": {"size": TEXT_SIZE, "color": palette.TEXT},
    }


def _bare(ends: list[float]) -> dict[str, object]:
    """An axis of which nothing is seen."""
    return {
        "range": ends, "showticklabels": False, "ticks": "", "showgrid": False, "zeroline": False,
        "showline": False, "fixedrange": True, "automargin": False,
    }  # fmt: skip


def _header_height(titles: Sequence[str]) -> int:
    lines = max((wrapped(title).count("<br>") + 1 for title in titles), default=0)
    return LINE_HEIGHT * lines + HEADER_GAP


def _lane_width(lanes: Sequence[Lane]) -> float:
    """Pixels that the longest title takes, chosen or not."""
    return max((sum(map(_width, f"▸ {lane.title}")) for lane in lanes), default=0)


def _width(mark: str) -> float:
    return WIDTH_LATIN if ord(mark) <= LARGEST_LATIN else WIDTH_HAN
