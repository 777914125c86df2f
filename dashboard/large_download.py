"""An extract too large to build while one waits: it is prepared first, with progress, then saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import files
from dashboard.files import Contents
from dashboard.preparing import Preparation
from dashboard.view import Room
from dashboard.wording import Say
from dashboard.wording import extracts as words
from kpis.packing import ENDINGS
from kpis.workbook import MOST_ROWS

PREPARED = "prepared_file"
LOOK_EVERY = 0.5
FORMS = {"csv": words.PREPARE_CSV, "parquet": words.PREPARE_PARQUET, "xlsx": words.PREPARE_EXCEL}


def draw(room: Room, contents: Mapping[str, Contents], name: str, caption: str) -> None:
    """A line on what the extract holds, a button per format, and the file that is being prepared or ready.

    Args:
        room: what the page was given.
        contents: what goes into a file of each format, already within the scope.
        name: what its file is called, without ending.
        caption: how many rows, of which days.
    """
    manifest = contents["csv"].manifest
    say, asked = room.say, _asked(room, manifest)
    found = _prepared(asked)
    with st.container(horizontal=True, vertical_alignment="center", key="take"):
        st.caption(caption, width="stretch")
        for form, title in FORMS.items():
            st.button(
                say(title),
                key=f"prepare_{form}",
                on_click=_start,
                args=(asked, contents[form], form, name),
                disabled=found is not None and found.is_running,
                icon=":material/hourglass_top:",
                help=say(words.PREPARE_HELP),
            )
    if manifest["rows"] >= MOST_ROWS:
        st.caption(say(words.SHEETS, most=say.number(MOST_ROWS)))
    if found is not None:
        look = st.fragment(_look, run_every=LOOK_EVERY if found.is_running else None)
        look(found, say, was_running=found.is_running)


def _look(found: Preparation, say: Say, *, was_running: bool) -> None:
    """How far the file is; the page again when it is ready."""
    if found.is_running:
        told = say(words.WRITING, written=say.number(found.written), rows=say.number(found.rows))
        st.progress(found.fraction, text=told if found.written else say(words.COLLECTING))
    elif was_running:
        st.rerun()
    elif found.failed:
        st.error(say(words.NOT_PREPARED), icon=":material/error:")
    else:
        st.download_button(
            say(words.SAVE, size=say.megabytes(found.size)),
            found.read,
            f"{found.name}.{ENDINGS[found.form]}",
            files.TYPES[found.form],
            key="save",
            type="primary",
            on_click="ignore",
            icon=":material/download:",
        )


def _start(asked: str, contents: Contents, form: str, name: str) -> None:
    last = st.session_state.get(PREPARED)
    if last is not None:
        last[1].stop()
    st.session_state[PREPARED] = (asked, Preparation(contents, form, name))


def _prepared(asked: str) -> Preparation | None:
    """The file of this very extract, if it is being prepared or ready."""
    of, found = st.session_state.get(PREPARED, ("", None))
    return found if of == asked else None


def _asked(room: Room, manifest: Mapping[str, Any]) -> str:
    return repr((room.pinned, manifest["filters"], manifest["rows"], room.say.language))
