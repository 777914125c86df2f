"""Extracts: every figure and every table as a file, with the filters of the page."""

from __future__ import annotations

import streamlit as st

from dashboard import figures_panel, filter_bar, rows_panel, state
from dashboard.view import Room, View
from dashboard.wording import extracts as words
from dashboard.wording import frame

WHAT = "what"
PANELS = {"figures": (words.FIGURES, figures_panel), "rows": (words.ROWS, rows_panel)}


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    room.head.title(say(words.HEADING), anchor=False)
    titles = {code: say(title) for code, (title, _) in PANELS.items()}
    what = state.choice(WHAT, list(titles))
    filter_bar.draw_rejected(state.unknown({WHAT: titles}), say)
    with st.container(border=True):
        choosing = st.container(horizontal=True, vertical_alignment="bottom", key="extract")
        choosing.segmented_control(
            say(words.WHAT),
            list(titles),
            key=WHAT,
            format_func=titles.__getitem__,
            required=True,
            on_change=state.keep,
            args=(WHAT,),
        )
        _, panel = PANELS[what]
        panel.draw(room, choosing)


view = View(
    path="extracts",
    title=frame.EXTRACTS,
    help=frame.EXTRACTS_HELP,
    icon=":material/download:",
    place=9,
    show=show,
)
