"""The part of a page that says what the targets of its figures still allow, in counts."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from dashboard import allowances, gaps
from dashboard.overview_figures import headlines
from dashboard.safe import safe
from dashboard.view import Room
from dashboard.wording import panels as words
from kpis.catalogue import catalogue


def draw(room: Room, stages: Collection[str]) -> None:
    """How many more defects each target of the figures of some stages allows, or how many are too many.

    Args:
        room: what the page was given.
        stages: the stages of the page.
    """
    kpis = [kpi for kpi in catalogue().values() if kpi.stage in stages]
    told = allowances.lines(room, headlines(room.pinned, room.options, room.filters, kpis))
    with st.container(border=True):
        st.markdown(f"**{room.say(words.TARGETS)}**")
        if told:
            st.markdown("\n\n".join(told))
        else:
            st.caption(safe(room.say(words.NO_TARGETS), gaps.LONGEST))
