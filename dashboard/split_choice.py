"""The choice of the dimension by which a page splits its figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import state
from dashboard.filters import DIMENSIONS
from dashboard.safe import plain
from dashboard.view import Room
from dashboard.wording import names
from dashboard.wording import split as words
from kpis.kpi import Kpi

BY = "by"
MORE = ("touchpoint",)
WIDTH = 165


def splits(room: Room, kpi: Kpi) -> list[str]:
    """The dimensions that a KPI can be split by and that have values here."""
    known = [name for name in DIMENSIONS if name in kpi.dimensions and room.options.values(name)]
    return known + [name for name in MORE if name in kpi.dimensions]


def offered(room: Room, known: Sequence[str]) -> list[str]:
    """The dimensions among `known` that have values here; what is no filter is always offered."""
    return [name for name in known if name not in DIMENSIONS or room.options.values(name)]


def choose(room: Room, known: Sequence[str]) -> str:
    """Draw the choice; gives what is chosen."""
    chosen, say = state.choice(BY, known), room.say
    titles = {name: plain(say(names.DIMENSIONS[name])) for name in known}
    st.selectbox(
        say(words.BY),
        list(known),
        key=BY,
        format_func=titles.__getitem__,
        on_change=state.keep,
        args=(BY,),
        label_visibility="collapsed",
        width=WIDTH,
    )
    return chosen
