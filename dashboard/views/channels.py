"""Channels: one figure by channel, store, region and category; who leads, who moved, who brings it."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    channels_choices,
    evidence,
    figures,
    leaderboard_panel,
    nothing,
    peers_panel,
    weeks_panel,
)
from dashboard.channels_heading import lack, message
from dashboard.view import Room, View
from dashboard.wording import frame


def show(room: Room) -> None:
    """Draw the page."""
    kpi, dimension, rank = channels_choices.draw(room)
    row = figures.one(room, kpi)
    room.head.title(message(room, kpi, row, channels_choices.splits(room, kpi)), anchor=False)
    if row["value"] is None:
        nothing.draw(room, lack(room, kpi, row))
        return
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        leaderboard_panel.draw(room, kpi, dimension, rank)
        evidence.draw(room, kpi)
    with right.container(border=True, height="stretch"):
        weeks_panel.draw(room, kpi, dimension)
    with st.container(border=True):
        peers_panel.draw(room, kpi)


view = View(
    path="channels",
    title=frame.CHANNELS,
    help=frame.CHANNELS_HELP,
    icon=":material/leaderboard:",
    place=2,
    show=show,
)
