"""The door to rows: tables as they were read, what was put aside, and how much of the data arrived.

It belongs to `data`, with the same pins, scopes and caches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import streamlit as st

from connectors.snapshot import Snapshot
from dashboard.data import BY_WORDS, KEPT_SHOPS, shop_at
from dashboard.place import Pin, Place
from dashboard.scope import Where
from kpis.article_lists import LISTS
from kpis.coverage import column_coverage, last_days
from kpis.extract import extract
from kpis.stored_versions import StoredVersion, stored_versions

KEPT_TABLES = 40


def rows(pinned: Pin, table: str, start: dt.date | None, end: dt.date | None, where: Where) -> pl.LazyFrame:
    """The rows of a canonical table, unread.

    Args:
        pinned: the version and scope.
        table: a canonical table.
        start: the first day, or null for all.
        end: the last day.
        where: the slice.

    Raises:
        KpiError: the table cannot be extracted like this, or asks for more than the scope allows.
    """
    pinned.scope.check_table(table)
    return extract(shop_at(pinned.place), table, start, end, dict(pinned.scope.within(where)))


def tables(pinned: Pin) -> Sequence[str]:
    """The canonical tables that some connection fills and the scope allows."""
    delivered = shop_at(pinned.place).manifest.delivered
    allowed = pinned.scope.tables
    return [table for table in delivered if allowed is None or table in allowed]


def lists(pinned: Pin) -> Sequence[str]:
    """The lists of articles that can be taken along; none where nobody delivers what they compare."""
    delivered, allowed = shop_at(pinned.place).manifest.delivered, pinned.scope.tables
    told = {"prices", "listings"} & set(delivered)
    return [name for name in LISTS if told and (allowed is None or name in allowed)]


def put_aside(pinned: Pin, connection: str, table: str) -> pl.DataFrame:
    """One row per row that a connection's table had put aside: the rule it broke, its columns as text.

    Personal columns never got there; ids that are addresses or numbers are hashed, and words masked.

    Raises:
        ScopeError: the table may not be read, or only some slices may: nobody knows whose slice these are.
    """
    pinned.scope.check_table(table)
    pinned.scope.check_whole()
    return _put_aside(pinned.place, connection, table)


def coverage(pinned: Pin, table: str) -> pl.DataFrame:
    """One row per connection of a table: its rows, and per column how many of them have a value.

    Raises:
        ScopeError: the table may not be read, or only some slices may: these are of all rows.
    """
    pinned.scope.check_table(table)
    pinned.scope.check_whole()
    return _coverage(pinned.place, table)


def reaches(pinned: Pin) -> pl.DataFrame:
    """One row per connection and table with days: the first and the last of them.

    Raises:
        ScopeError: only some slices may be read: these are of all rows.
    """
    pinned.scope.check_whole()
    return _reaches(pinned.place)


def stored(pinned: Pin) -> list[StoredVersion]:
    """Every version on disk, newest first."""
    return stored_versions(Path(pinned.place.data))


@st.cache_resource(max_entries=KEPT_TABLES, show_spinner=False, hash_funcs=BY_WORDS)
def _put_aside(place: Place, connection: str, table: str) -> pl.DataFrame:
    tables = shop_at(place).tables
    return tables.quarantine(connection, table) if isinstance(tables, Snapshot) else pl.DataFrame()


@st.cache_resource(max_entries=KEPT_TABLES, show_spinner=False, hash_funcs=BY_WORDS)
def _coverage(place: Place, table: str) -> pl.DataFrame:
    return column_coverage(shop_at(place), table)


@st.cache_resource(max_entries=KEPT_SHOPS, show_spinner=False, hash_funcs=BY_WORDS)
def _reaches(place: Place) -> pl.DataFrame:
    return last_days(shop_at(place))
