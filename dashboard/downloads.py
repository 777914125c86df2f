"""The buttons under which a table is taken along; nothing is built before one is pressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboard import files, large_download
from dashboard.view import Room
from dashboard.wording import extracts as words
from kpis.kpi import Kpi
from kpis.output import manifest_of
from kpis.packing import ENDINGS

LARGE = 100_000
BUTTONS = {
    "csv": ("zip", words.WITH_DEFINITIONS, words.WITH_DEFINITIONS_HELP, ":material/folder_zip:"),
    "parquet": ("parquet", words.PARQUET, words.PARQUET_HELP, ":material/view_column:"),
    "xlsx": ("excel", words.EXCEL, words.EXCEL_HELP, ":material/table_view:"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the manifest says of an extract: filters, rows, its KPIs or its table, what was assumed."""

    filters: Mapping[str, Any]
    rows: int
    kpis: Sequence[Kpi] = ()
    notes: Sequence[str] = ()
    table: str | None = None


def draw(room: Room, rows: pl.LazyFrame | pl.DataFrame, what: str, caption: str, told: Told) -> None:
    """A line on what the extract holds, and its buttons.

    Args:
        room: what the page was given.
        rows: the extract under its headings, already within the scope.
        what: its name in the file name.
        caption: how many rows, of which days.
        told: what the manifest says.
    """
    say = room.say
    name = files.new_name(what, dt.datetime.now(ZoneInfo(room.manifest.timezone)).date())
    manifest = manifest_of(room.manifest, told.filters, told.rows, told.kpis, told.notes, table=told.table)
    if told.rows > LARGE:
        large_download.draw(room, rows.lazy(), name, caption, manifest)
        return
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
        for form, (key, title, why, icon) in BUTTONS.items():
            st.download_button(
                say(title),
                files.packed(rows, form, name, manifest),
                f"{name}.{ENDINGS[form]}",
                files.TYPES[form],
                key=key,
                on_click="ignore",
                icon=icon,
                help=say(why),
            )
