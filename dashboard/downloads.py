"""The two buttons under which a table is taken along; nothing is built before one is pressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboard import files
from dashboard.view import Room
from dashboard.wording import extracts as words
from kpis.kpi import Kpi
from kpis.output import manifest_of


@dataclass(frozen=True, slots=True)
class Told:
    """What the manifest says of an extract: filters, rows, the KPIs in it, what was assumed."""

    filters: Mapping[str, Any]
    rows: int
    kpis: Sequence[Kpi] = ()
    notes: Sequence[str] = ()


def draw(room: Room, rows: pl.LazyFrame | pl.DataFrame, what: str, caption: str, told: Told) -> None:
    """A line on what the extract holds, and its two buttons.

    Args:
        room: what the page was given.
        rows: the extract under its headings, already within the scope.
        what: its name in the file name.
        caption: how many rows, of which days.
        told: what the manifest says.
    """
    say = room.say
    today = dt.datetime.now(ZoneInfo(room.manifest.timezone)).date()
    name = files.new_name(what, today)
    manifest = manifest_of(room.manifest, told.filters, told.rows, told.kpis, told.notes)
    with st.container(horizontal=True, vertical_alignment="center", key="take"):
        st.caption(caption, width="stretch")
        st.download_button(
            say(words.CSV),
            files.csv_of(rows),
            f"{name}.csv",
            "text/csv",
            key="csv",
            on_click="ignore",
            icon=":material/download:",
            help=say(words.CSV_HELP),
        )
        st.download_button(
            say(words.WITH_DEFINITIONS),
            files.zip_of(rows, name, manifest),
            f"{name}.zip",
            "application/zip",
            key="zip",
            on_click="ignore",
            icon=":material/folder_zip:",
            help=say(words.WITH_DEFINITIONS_HELP),
        )
