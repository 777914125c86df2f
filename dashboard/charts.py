"""Figures from values: graph objects only, coloured by placeholders that follow light and dark."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from dashboard import palette
from dashboard.heat import Cell

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
ROW_HEIGHT = 44
LINE_HEIGHT, HEADER_GAP = 18, 8
WRAP_LATIN, WRAP_HAN = 15, 7
LARGEST_LATIN = 0x2FF


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the heat map: a channel, its written title, and whether it is online, offline or neither."""

    channel: str
    title: str
    kind: str
    is_chosen: bool


def heat_map(cells: Sequence[Cell], lanes: Sequence[Lane], titles: Sequence[str]) -> go.Figure:
    """Channels by KPI, one colour step per distance to the target.

    A heat map tells nobody which cell was clicked: invisible points over the cells carry channel and KPI.

    Args:
        cells: channel by channel, in the order of `lanes` and `titles`.
        lanes: the rows from the top.
        titles: the columns from the left.
    """
    width, height = len(titles), len(lanes)
    shades = np.array([math.nan if cell.shade is None else cell.shade for cell in cells], dtype=float)
    rows, columns = np.repeat(np.arange(height), width), np.tile(np.arange(width), height)
    return go.Figure(
        data=[
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
        layout={
            "height": heat_map_height(height, titles),
            "margin": {"l": 0, "r": 0, "t": _header_height(titles), "b": 0, "pad": 0},
            "hovermode": "closest", "hoverdistance": 2 * ROW_HEIGHT, "dragmode": False, "showlegend": False,
            "xaxis": _axis([wrapped(title) for title in titles])
            | {"range": [-0.5, width - 0.5], "side": "top", "automargin": False},
            "yaxis": _axis([_label(lane) for lane in lanes]) | {"range": [height - 0.5, -0.5]},
            "annotations": [
                _written(cell, column, row) for cell, column, row in zip(cells, columns, rows, strict=True)
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


def _header_height(titles: Sequence[str]) -> int:
    lines = max((wrapped(title).count("<br>") + 1 for title in titles), default=0)
    return LINE_HEIGHT * lines + HEADER_GAP


def _axis(labels: Sequence[str]) -> dict[str, object]:
    return {
        "tickmode": "array", "tickvals": np.arange(len(labels)), "ticktext": labels, "ticks": "",
        "showgrid": False, "zeroline": False,
        "fixedrange": True, "showline": False, "tickfont": {"size": 13, "color": palette.TEXT},
    }  # fmt: skip


def _label(lane: Lane) -> str:
    colour, symbol, size = {
        "online": (palette.ONLINE, "●", 20),
        "offline": (palette.OFFLINE, "◆", 13),
    }.get(lane.kind, (palette.FAINT_TEXT, "○", 13))
    title = f"<b>▸ {lane.title}</b>" if lane.is_chosen else lane.title
    return f'{title}  <span style="color:{colour};font-size:{size}px">{symbol}</span>  '


def _written(cell: Cell, column: int, row: int) -> dict[str, object]:
    word = f'<br><span style="font-size:11px">{cell.word}</span>' if cell.word else ""
    value = f"<b>{cell.value}</b>" if cell.is_off else cell.value
    return {
        "x": int(column), "y": int(row), "text": value + word, "showarrow": False, "captureevents": False,
        "font": {"size": 13, "color": palette.TEXT},
    }  # fmt: skip
