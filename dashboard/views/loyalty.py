"""Loyalty: who comes back, how soon and where, and customers across channels."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    card_row,
    cohort_panel,
    crossing_panel,
    filter_bar,
    flow_panel,
    more_figures,
    nothing,
    pace_panel,
    page_title,
    split_choice,
    state,
)
from dashboard.cohort_panel import GRAIN, SHARE
from dashboard.headline import message
from dashboard.overview_figures import changed, headlines
from dashboard.view import Room, View
from dashboard.wording import frame
from dashboard.wording import loyalty as words
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

STAGE, PART = "loyal", "part"
SETTLED_SOON = 7


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    part = state.choice(PART, list(words.PARTS))
    kpis = [kpi for kpi in catalogue().values() if kpi.stage == STAGE]
    splits = {name for kpi in kpis if kpi.headline for name in split_choice.splits(room, kpi)}
    known = {PART: words.PARTS, GRAIN: words.GRAINS, SHARE: words.SHARE_CHOICES, split_choice.BY: splits}
    filter_bar.draw_rejected(state.unknown(known), say)
    found = headlines(room.pinned, room.options, room.filters, _on_cards(kpis))
    told = message(
        changed(room.pinned, room.filters, _on_cards(kpis)), room.filters.channels, room.options, say,
        unmoved=words.UNMOVED, uncompared=page_title.level(room, found),
    )  # fmt: skip
    room.head.title(told, anchor=False)
    if nothing.is_all(found):
        nothing.draw(room)
        return
    card_row.draw(room, found)
    titles = {code: say(text) for code, text in words.PARTS.items()}
    st.segmented_control(
        say(words.PART), list(titles), key=PART, format_func=titles.__getitem__, required=True,
        on_change=state.keep, args=(PART,), label_visibility="collapsed",
    )  # fmt: skip
    if part == "cohorts":
        with st.container(border=True):
            cohort_panel.draw(room)
    elif part == "pace":
        pace_panel.draw(room)
    elif part == "where":
        flow_panel.draw(room, next((kpi for kpi in kpis if kpi.headline), None))
    else:
        crossing_panel.draw(room)
    more_figures.draw(room, (STAGE,), found)


def _on_cards(kpis: list[Kpi]) -> list[Kpi]:
    """The stage's headline, and what is judged and does not take long to settle: the curves have the rest."""
    return [kpi for kpi in kpis if kpi.headline or (kpi.better != "none" and kpi.lag_days <= SETTLED_SOON)]


view = View(
    path="loyalty",
    title=frame.LOYALTY,
    help=frame.LOYALTY_HELP,
    icon=":material/replay:",
    place=7,
    show=show,
    stages=(STAGE,),
)
