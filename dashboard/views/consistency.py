"""Consistency: whether customers get the same online and offline, and whether channels work together."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    article_panel,
    card_row,
    comparison,
    comparison_data,
    crossing_panel,
    filter_bar,
    gaps_panel,
    more_figures,
    nothing,
    state,
)  # fmt: skip
from dashboard.overview_figures import headlines
from dashboard.view import Room, View
from dashboard.wording import consistency as words
from dashboard.wording import frame
from kpis.catalogue import catalogue
from kpis.errors import KpiError

STAGES, PART = ("consistent",), "part"
TOGETHER = (
    "pickup_ready_minutes", "pickup_success", "in_store_return_share", "store_after_visit",
    "cross_channel_share",
)  # fmt: skip


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    part = state.choice(PART, list(words.PARTS))
    filter_bar.draw_rejected(state.unknown({PART: words.PARTS}), say)
    try:
        told = comparison_data.told(room.pinned, comparison.asked(room))
    except KpiError:
        room.head.title(say(words.TITLE_NOTHING), anchor=False)
        nothing.draw(room, say(words.NO_ANSWER))
        return
    found = comparison.gaps(told)
    room.head.title(gaps_panel.message(found, room), anchor=False)
    if not found:
        nothing.draw(room)
        return
    _choose_part(room)
    if part == "same":
        gaps_panel.draw(room, told, found)
        with st.container(border=True):
            article_panel.draw_prices(room)
    elif part == "shared":
        with st.container(border=True):
            article_panel.draw_range(room)
    else:
        kpis = [catalogue()[name] for name in TOGETHER]
        st.subheader(say(words.TOGETHER_TITLE), anchor=False)
        card_row.draw(room, headlines(room.pinned, room.options, room.filters, kpis))
        crossing_panel.draw(room)
    more_figures.draw(room, STAGES)


def _choose_part(room: Room) -> None:
    titles = {code: room.say(text) for code, text in words.PARTS.items()}
    st.segmented_control(
        room.say(words.PART),
        list(titles),
        key=PART,
        format_func=titles.__getitem__,
        required=True,
        on_change=state.keep,
        args=(PART,),
        label_visibility="collapsed",
    )


view = View(
    path="consistency",
    title=frame.CONSISTENCY,
    help=frame.CONSISTENCY_HELP,
    icon=":material/compare_arrows:",
    place=8,
    show=show,
    stages=STAGES,
)
