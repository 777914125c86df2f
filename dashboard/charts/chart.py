"""A chart with what says the same without seeing it, and the one way to draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import table_on_screen
from dashboard.wording import Say
from dashboard.wording import charts as words

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
NARROWEST = 300


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of fixed height.

    Attributes:
        figure: the figure, in placeholder colours.
        alt: what it shows, in a sentence computed from the same data; plain text.
        table: the same data as a table under headings of the reader's language.
    """

    figure: go.Figure
    alt: str
    table: pl.DataFrame


def draw_chart(
    chart: Chart,
    key: str,
    say: Say,
    on_select: Callable[[], None] | Literal["ignore"] = "ignore",
    min_width: int = NARROWEST,
    *,
    selection: str | None = None,
) -> Any:
    """Draw a chart, and behind a button its table for those who do not see it or want the figures.

    Where there is less room than `min_width` the chart scrolls sideways, never the page.

    Args:
        chart: the chart.
        key: the name of the element, the same in every run.
        say: the reader's language.
        on_select: what to do when a point is clicked; `st.session_state[key].selection.points` then holds
            what the figure keeps as `customdata`.
        min_width: pixels under which it can no longer be read.
        selection: the key to find the points under, where that is not the name of the element.
    """
    with st.container(gap="xxsmall", key=f"{key}-chart"):
        with st.grid(1, min_column_width=min_width, wrap=False):
            drawn = st.plotly_chart(
                chart.figure,
                key=selection or key,
                height=int(chart.figure.layout.height),
                on_select=on_select,
                selection_mode="points",
                config=CONFIG,
                alt=chart.alt,
            )
        _draw_table(chart.table, key, say)
    return drawn


def _draw_table(table: pl.DataFrame, key: str, say: Say) -> None:
    """Nothing of the table is sent before it is asked for."""
    shown = st.popover(
        f":small[{say(words.AS_TABLE)}]",
        icon=":material/table:",
        type="tertiary",
        on_change="rerun",
        key=f"{key}-as-table",
    )
    if shown.open:
        with shown:
            table_on_screen.draw(table, say, key=f"{key}-table")
