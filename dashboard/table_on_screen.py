"""A table as it is drawn: plain days, four figures, a dash for null; the file behind it has everything."""

from __future__ import annotations

import polars as pl
import streamlit as st
from polars import selectors

from dashboard.wording import Say
from dashboard.wording import extracts as words
from dashboard.written import NOTHING

DIGITS = 4
ROW_HEIGHT = 32
MOST_SHOWN = 14
HEADER_ROWS = 1


def draw(table: pl.DataFrame, say: Say, key: str) -> None:
    """Draw a table that scrolls when it is long.

    Args:
        table: what to draw, under its headings.
        say: the reader's language.
        key: the name of the element.
    """
    days = table.select(selectors.date()).columns
    shown_rows = min(table.height, MOST_SHOWN) + HEADER_ROWS
    st.dataframe(
        table.with_columns(selectors.float().round_sig_figs(DIGITS)),
        hide_index=True,
        height=shown_rows * ROW_HEIGHT + 2,
        row_height=ROW_HEIGHT,
        column_config={day: st.column_config.DateColumn(format="YYYY-MM-DD") for day in days},
        placeholder=NOTHING,
        alt=say(words.TABLE_ALT),
        key=key,
    )
