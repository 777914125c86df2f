"""Overview: what changed, whether it is real, and where; one screen."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    alarms_panel,
    card_row,
    changes_panel,
    heat,
    index_card,
    nothing,
    page_title,
    targets_panel,
)
from dashboard.headline import alarms_beside, message
from dashboard.overview_figures import changed, headlines
from dashboard.view import Room, View
from dashboard.wording import frame


def show(room: Room) -> None:
    """Draw the page."""
    targets_panel.follow_click(room)
    found, changes = headlines(room.pinned, room.options, room.filters), changed(room.pinned, room.filters)
    level = page_title.level(room, found)
    told = message(changes, room.filters.channels, room.options, room.say, uncompared=level)
    room.head.title(told, anchor=False)
    if nothing.is_all(found):
        nothing.draw(room)
        return
    card_row.draw(room, found, index_card.draw)
    columns = [
        heat.Column(headline.kpi, headline.channels, headline.shown, headline.uncarried) for headline in found
    ]
    left, right = st.columns([2, 3], gap="small")
    news = left.container(border=True, height="stretch")
    with news:
        changes_panel.draw(room, found, changes)
    with right.container(border=True, height="stretch"):
        targets_panel.draw(room, found, heat.cells(columns, room.options.channels, room.say))
    with news:
        # Last, because of a new snapshot they take a while, and what is drawn beside them waits.
        alarms_panel.draw(room, alarms_beside(changes))


view = View(
    path="",
    title=frame.OVERVIEW,
    help=frame.OVERVIEW_HELP,
    icon=":material/dashboard:",
    place=1,
    show=show,
)
