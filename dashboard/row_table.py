"""The rows of a canonical table that an analyst takes along, with the filters that the table knows."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from connectors.text import Language
from dashboard import row_data
from dashboard.place import Pin
from dashboard.scope import Where
from dashboard.wording.codes import CHINESE
from dashboard.wording.columns import heading
from kpis.article_lists import LISTS
from kpis.articles import SLICES
from kpis.errors import ExtractError
from kpis.periods import Period
from kpis.row_days import day_column

PREVIEWED = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows: a canonical table, days (null for a table without any), and the filters it knows."""

    table: str
    period: Period | None
    where: Where
    ignored: tuple[str, ...]


def ask(pinned: Pin, table: str, period: Period, where: Where) -> Asked:
    """What of the filters applies to a table.

    Args:
        pinned: the version and scope.
        table: a canonical table.
        period: the asked days.
        where: the asked slice.
    """
    known = tuple(part for part in where if _knows(pinned, table, part))
    return Asked(
        table=table,
        period=period if day_column(table) is not None else None,
        where=known,
        ignored=tuple(name for name, _ in where if name not in dict(known)),
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def rows(pinned: Pin, asked: Asked, language: Language) -> pl.LazyFrame:
    """The rows, unread, under headings of the reader's language.

    Raises:
        KpiError: they cannot be read, or not within the scope.
    """
    start, end = (asked.period.start, asked.period.end) if asked.period else (None, None)
    frame = row_data.rows(pinned, asked.table, start, end, asked.where)
    names = frame.collect_schema().names()
    spoken = frame.with_columns(
        pl.col(name).replace(known) for name, known in CHINESE.items() if language == "zh" and name in names
    )
    return spoken.rename({name: heading(name, language) for name in names})


def columns_behind(pinned: Pin, asked: Asked, language: Language) -> dict[str, str]:
    """The column behind each heading; nothing where headings are the columns' own names."""
    if language == "en":
        return {}
    names = rows(pinned, asked, "en").collect_schema().names()
    return {heading(name, language): name for name in names}


@st.cache_resource(max_entries=64, show_spinner=False)
def preview(pinned: Pin, asked: Asked, language: Language) -> tuple[pl.DataFrame, int]:
    """The first rows, and how many there are in all."""
    frame = rows(pinned, asked, language)
    return frame.head(PREVIEWED).collect(), frame.select(pl.len()).collect(engine="streaming").item()


def _knows(pinned: Pin, table: str, part: tuple[str, tuple[str, ...]]) -> bool:
    if table in LISTS:
        return part[0] in SLICES
    try:
        row_data.rows(pinned, table, None, None, (part,))
    except ExtractError:
        return False
    return True
