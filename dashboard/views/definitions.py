"""Definitions: what every figure counts, printed from the catalogue, and how platforms count it."""

from __future__ import annotations

import streamlit as st

from dashboard import definition_tables, filter_bar, state, table_on_screen
from dashboard.safe import safe
from dashboard.view import Room, View
from dashboard.wording import definitions as words
from dashboard.wording import frame
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

KPI, FIND = "kpi", "find"
COLUMN = 260


def show(room: Room) -> None:
    """Draw the page."""
    say, every = room.say, list(catalogue().values())
    compared = sum(bool(kpi.comparable or kpi.agreement) for kpi in every)
    room.head.title(say(words.HEADING, count=len(every), compared=compared), anchor=False)
    st.session_state[FIND] = searched = "".join(state.codes().get(FIND, [])[:1])
    found = definition_tables.found(every, searched)
    with st.container(horizontal=True, vertical_alignment="bottom", key="definitions"):
        st.text_input(
            say(words.FIND),
            key=FIND,
            placeholder=say(words.FIND_HINT),
            on_change=state.keep,
            args=(FIND,),
            width=360,
        )
        if found:
            _choose(room, found)
    filter_bar.draw_rejected(state.unknown({KPI: list(catalogue())}), say)
    if not found:
        st.caption(say(words.NOTHING, words=safe(searched)))
        return
    _draw(room, catalogue()[st.session_state[KPI]])
    st.subheader(say(words.FOUND, count=len(found)), anchor=False)
    table_on_screen.draw(definition_tables.listed(found, say), say, key="found", alt=words.LIST_ALT)


def _choose(room: Room, found: list[Kpi]) -> None:
    titles = {kpi.id: room.say(kpi.title) for kpi in found}
    state.choice(KPI, list(titles))
    st.selectbox(
        room.say(words.KPI),
        list(titles),
        key=KPI,
        format_func=titles.__getitem__,
        on_change=state.keep,
        args=(KPI,),
        placeholder=room.say(frame.CHOOSE),
        width=360,
    )


def _draw(room: Room, kpi: Kpi) -> None:
    say = room.say
    with st.container(border=True, key="definition"):
        st.subheader(say(kpi.title), anchor=False)
        st.markdown(say(kpi.question))
        with st.grid(3, min_column_width=COLUMN, gap="small"):
            for label, told in definition_tables.lines(kpi, say):
                st.markdown(f":small[:gray[{label}]]  \n{told}")
        platforms = definition_tables.platforms(kpi, say)
        if platforms is not None:
            st.markdown(f"**{say(words.PROFILES)}**")
            table_on_screen.draw(platforms, say, key="platforms", alt=words.PROFILES_ALT)


view = View(
    path="definitions",
    title=frame.DEFINITIONS,
    help=frame.DEFINITIONS_HELP,
    icon=":material/menu_book:",
    place=11,
    show=show,
    needs_days=False,
)
