"""Voice: what customers answer when they are asked, what they write in reviews, and why."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    answers_panel,
    card_row,
    comments_panel,
    filter_bar,
    nothing,
    page_title,
    split_choice,
    split_panel,
    state,
    weeks_panel,
    worst_pair,
)
from dashboard.filters import DIMENSIONS
from dashboard.headline import message
from dashboard.overview_figures import changed, headlines
from dashboard.view import Room, View
from dashboard.wording import frame
from dashboard.wording import voice as words
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

STAGE, PART, REVIEWS = "voice", "part", "reviews"


def show(room: Room) -> None:
    """Draw the page."""
    say = room.say
    part = state.choice(PART, list(words.PARTS))
    kpis = [kpi for kpi in catalogue().values() if kpi.stage == STAGE]
    splits = {name for kpi in kpis for name in split_choice.splits(room, kpi)}
    known = {PART: words.PARTS, split_choice.BY: splits}
    filter_bar.draw_rejected(state.unknown(known), say)
    found = headlines(room.pinned, room.options, room.filters, kpis)
    told = message(
        changed(room.pinned, room.filters, kpis), room.filters.channels, room.options, say,
        unmoved=words.UNMOVED, uncompared=page_title.level(room, found),
    )  # fmt: skip
    room.head.title(told, anchor=False)
    if nothing.is_all(found):
        nothing.draw(room)
        return
    card_row.draw(room, found)
    main = next(kpi for kpi in kpis if kpi.headline)
    reviews = [kpi for kpi in kpis if REVIEWS in kpi.tables]
    others = [kpi for kpi in kpis if kpi is not main and kpi not in reviews]
    shown = {"score": [main], "asked": others, "reviews": reviews, "comments": [main]}[part]
    with st.container(horizontal=True, vertical_alignment="center", key="voice_choices"):
        _draw_parts(room)
        by = split_choice.choose(room, split_choice.splits(room, shown[0])) if part != "comments" else ""
    if part == "score":
        _draw_score(room, main, by)
    elif part == "comments":
        with st.container(border=True):
            comments_panel.draw(room, main)
    else:
        _draw_splits(room, shown, by)


def _draw_score(room: Room, kpi: Kpi, by: str) -> None:
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        answers_panel.draw(room, kpi)
    with right.container(border=True, height="stretch"):
        split_panel.draw_by(room, kpi, by)
        worst_pair.draw(room, kpi)
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        answers_panel.draw_by(room, kpi, by)
    with right.container(border=True, height="stretch"):
        weeks_panel.draw(room, kpi, by if by in DIMENSIONS else DIMENSIONS[0])


def _draw_splits(room: Room, kpis: list[Kpi], by: str) -> None:
    for column, kpi in zip(st.columns(len(kpis), gap="small"), kpis, strict=True):
        with column.container(border=True, height="stretch"):
            split_panel.draw_by(room, kpi, by)


def _draw_parts(room: Room) -> None:
    titles = {code: room.say(text) for code, text in words.PARTS.items()}
    st.segmented_control(
        room.say(words.PART), list(titles), key=PART, format_func=titles.__getitem__, required=True,
        on_change=state.keep, args=(PART,), label_visibility="collapsed",
    )  # fmt: skip


view = View(
    path="voice",
    title=frame.VOICE,
    help=frame.VOICE_HELP,
    icon=":material/record_voice_over:",
    place=6,
    show=show,
    stages=(STAGE,),
)
