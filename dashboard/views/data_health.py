"""Data health: what was read from where, what was put aside and why, and what is missing."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    filter_bar,
    freshness,
    health_panel,
    health_tables,
    row_data,
    state,
    table_on_screen,
)
from dashboard.card_row import CARD_WIDTH
from dashboard.health_message import message
from dashboard.view import Room, View
from dashboard.wording import frame
from dashboard.wording import health as words
from kpis.health import totals

SHOW = "show"
TOLD_FROM = 0.001


def show(room: Room) -> None:
    """Draw the page."""
    say, manifest = room.say, room.manifest
    room.head.title(message(manifest, say), anchor=False)
    created_at = freshness.moment(manifest.created_at, manifest, say)
    with st.container(horizontal=True, vertical_alignment="center", key="about"):
        st.caption(say(words.ABOUT, version=manifest.version, created_at=created_at), width="stretch")
        freshness.draw_refresh(say, key="refresh_here")
    _draw_totals(room)
    with st.container(border=True):
        st.subheader(say(words.CONNECTIONS), anchor=False)
        found = health_tables.connections(manifest, row_data.reaches(room.pinned), say)
        table_on_screen.draw(found, say, key="connections", alt=words.CONNECTIONS_ALT)
    with st.container(border=True):
        _draw_section(room)


def _draw_totals(room: Room) -> None:
    say, found = room.say, totals(room.manifest)
    share = found.share_aside
    told = say(words.OF_ROWS, share=say.value(share, "percent")) if share and share >= TOLD_FROM else None
    counts = (
        (words.PULLED, found.pulled, words.PULLED_HELP, None),
        (words.ACCEPTED, found.accepted, words.ACCEPTED_HELP, None),
        (words.ASIDE, found.quarantined, words.ASIDE_HELP, told),
        (words.REPAIRED, found.repaired, words.REPAIRED_HELP, None),
        (words.MISSES, found.misses, words.MISSES_HELP, None),
    )
    with st.grid(len(counts), min_column_width=CARD_WIDTH, border=True, gap="small"):
        for title, count, help_words, delta in counts:
            st.metric(
                say(title),
                say.number(count),
                delta,
                delta_color="off",
                delta_arrow="off",
                help=say(help_words),
            )


def _draw_section(room: Room) -> None:
    say, titles = room.say, {code: room.say(title) for code, title in words.SECTIONS.items()}
    chosen = state.choice(SHOW, list(titles))
    filter_bar.draw_rejected(state.unknown({SHOW: list(titles)}), say)
    st.segmented_control(
        say(words.SHOW),
        list(titles),
        key=SHOW,
        format_func=titles.__getitem__,
        required=True,
        on_change=state.keep,
        args=(SHOW,),
        label_visibility="collapsed",
    )
    health_panel.PANELS[chosen](room)


view = View(
    path="data_health",
    title=frame.DATA_HEALTH,
    help=frame.DATA_HEALTH_HELP,
    icon=":material/health_and_safety:",
    place=10,
    show=show,
    needs_days=False,
)
