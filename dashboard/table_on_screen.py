"""A table as it is drawn: plain days, short texts and fractions; the file behind it has everything."""

from __future__ import annotations

import polars as pl
import streamlit as st
from polars import selectors

from connectors.text import Text
from dashboard.wording import Say
from dashboard.wording import extracts as words
from dashboard.written import NOTHING

DIGITS, DECIMALS, LARGE = 4, 2, 1_000
LONGEST = 300
ROW_HEIGHT = 32
MOST_SHOWN = 13
HEADER_ROWS = 1


def draw(table: pl.DataFrame, say: Say, key: str, alt: Text = words.TABLE_ALT) -> None:
    """Draw a table that scrolls when it is long.

    Args:
        table: what to draw, under its headings.
        say: the reader's language.
        key: the name of the element.
        alt: what the table is of.
    """
    days = table.select(selectors.date()).columns
    counts = table.select(selectors.integer()).columns
    shown_rows = min(table.height, MOST_SHOWN) + HEADER_ROWS
    st.dataframe(
        table.with_columns(rounded(selectors.float()), short(selectors.string())),
        hide_index=True,
        height=shown_rows * ROW_HEIGHT + 2,
        row_height=ROW_HEIGHT,
        column_config={
            **{day: st.column_config.DateColumn(format="YYYY-MM-DD") for day in days},
            **{count: st.column_config.NumberColumn(format="localized") for count in counts},
        },
        placeholder=NOTHING,
        alt=say(alt),
        key=key,
    )


def short(text: pl.Expr) -> pl.Expr:
    r"""Text on one line without control and direction marks, and never longer than a grid can draw well.

    >>> frame = pl.DataFrame({"x": ["a\nb", "\u202eabc", "x" * 10_000]})
    >>> frame.select(short(pl.col("x")).str.len_chars())["x"].to_list()
    [3, 3, 300]
    """
    kept = text.str.slice(0, 4 * LONGEST).str.replace_all(r"\p{Cf}", "")
    line = kept.str.replace_all(r"[\p{Cc}\p{Zl}\p{Zp}]+", " ")
    return pl.when(line.str.len_chars() > LONGEST).then(line.str.slice(0, LONGEST - 1) + "…").otherwise(line)


def rounded(number: pl.Expr) -> pl.Expr:
    """Fractions in four figures, large amounts to the cent, whole numbers as they are.

    >>> frame = pl.DataFrame({"x": [0.051372, 37452.0, 574712.3399]})
    >>> frame.select(rounded(pl.col("x")))["x"].to_list()
    [0.05137, 37452.0, 574712.34]
    """
    return pl.when(number.abs() < LARGE).then(number.round_sig_figs(DIGITS)).otherwise(number.round(DECIMALS))
