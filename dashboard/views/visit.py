"""Visit and buy: where visits are lost on the way to a paid order, and what each conversion counts."""

from __future__ import annotations

import streamlit as st

from dashboard import conversions_panel, figures, funnel_panel, more_figures, nothing, visit_details
from dashboard.channels_heading import lack, message
from dashboard.view import Room, View
from dashboard.visit_figures import PER_VISIT, together
from dashboard.wording import frame
from kpis.catalogue import catalogue

STAGES = ("visit", "pay")
SPLITS = ["channel", "region", "store"]
DETAILS = (
    (visit_details.draw_payment, visit_details.draw_speed),
    (visit_details.draw_search, visit_details.draw_source),
)


def show(room: Room) -> None:
    """Draw the page."""
    kpi = catalogue()[PER_VISIT]
    row = figures.one(room, kpi)
    room.head.title(message(room, kpi, row, SPLITS), anchor=False)
    if row["value"] is None:
        nothing.draw(room, lack(room, kpi, row))
    else:
        found = together(room)
        left, right = st.columns(2, gap="small")
        with left.container(border=True, height="stretch"):
            funnel_panel.draw_funnel(room, found)
        with right.container(border=True, height="stretch"):
            funnel_panel.draw_rates(room, found)
        with st.container(border=True):
            conversions_panel.draw(room, found)
    for pair in DETAILS:
        for place, draw in zip(st.columns(2, gap="small"), pair, strict=True):
            with place.container(border=True, height="stretch"):
                draw(room)
    more_figures.draw(room, STAGES)


view = View(
    path="visit",
    title=frame.VISIT,
    help=frame.VISIT_HELP,
    icon=":material/shopping_cart_checkout:",
    place=3,
    show=show,
    stages=STAGES,
)
