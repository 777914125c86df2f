"""The buttons under which a table is taken along; nothing is built before one is pressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboard import files, large_download
from dashboard.view import Room
from dashboard.wording import extracts as words
from kpis.finality import NotFinal
from kpis.kpi import Kpi
from kpis.output import manifest_of
from kpis.packing import ENDINGS

TOOLBAR_ROOM = 13
LARGE = 100_000
BUTTONS = {
    "csv": ("zip", words.WITH_DEFINITIONS, words.WITH_DEFINITIONS_HELP, ":material/folder_zip:"),
    "parquet": ("parquet", words.PARQUET, words.PARQUET_HELP, ":material/view_column:"),
    "xlsx": ("excel", words.EXCEL, words.EXCEL_HELP, ":material/table_view:"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the manifest says of an extract.

    Attributes:
        filters: what was asked for.
        rows: how many rows it has.
        kpis: its KPIs, to be defined.
        notes: what was assumed.
        table: the table whose rows they are.
        not_final: which of its rows may still change; null for rows that are no figures.
        columns: the column behind each heading, where headings are words.
    """

    filters: Mapping[str, Any]
    rows: int
    kpis: Sequence[Kpi] = ()
    notes: Sequence[str] = ()
    table: str | None = None
    not_final: NotFinal | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def draw(
    room: Room,
    rows: pl.LazyFrame | pl.DataFrame,
    what: str,
    caption: str,
    told: Told,
    *,
    coded: pl.LazyFrame | None = None,
) -> None:
    """A line on what the extract holds, and its buttons.

    Args:
        room: what the page was given.
        rows: the extract under its headings, already within the scope.
        what: its name in the file name.
        caption: how many rows, of which days.
        told: what the manifest says.
        coded: the same rows as the command line has them, for Parquet; `rows` where null.
    """
    name = files.new_name(what, told.filters, dt.datetime.now(ZoneInfo(room.manifest.timezone)).date())
    packs = contents(room, rows.lazy(), told, coded)
    if told.rows > LARGE:
        large_download.draw(room, packs, name, caption)
    else:
        _draw_buttons(room, rows, packs, name, caption)
    # The buttons that a table shows under the pointer lie above its right corner, where Excel is.
    st.space(TOOLBAR_ROOM)


def _draw_buttons(
    room: Room,
    rows: pl.LazyFrame | pl.DataFrame,
    packs: Mapping[str, files.Contents],
    name: str,
    caption: str,
) -> None:
    say = room.say
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
                files.packed(packs[form], form, name),
                f"{name}.{ENDINGS[form]}",
                files.TYPES[form],
                key=key,
                on_click="ignore",
                icon=icon,
                help=say(why),
            )


def contents(
    room: Room, rows: pl.LazyFrame, told: Told, coded: pl.LazyFrame | None
) -> dict[str, files.Contents]:
    """What goes into a file of each format: words into CSV and Excel, names and codes into Parquet."""

    def manifest(columns: Mapping[str, str]) -> dict[str, Any]:
        return manifest_of(
            room.manifest, told.filters, told.rows, told.kpis, told.notes,
            table=told.table, not_final=told.not_final, columns=columns,
        )  # fmt: skip

    read = files.Contents(rows, manifest(told.columns))
    programmed = read if coded is None else files.Contents(coded, manifest({}))
    return {form: programmed if form == "parquet" else read for form in BUTTONS}
