"""The cards at the top of a page: one figure each, with its change, its trend and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import evidence, ways
from dashboard.cards import Card, card
from dashboard.overview_figures import Headline
from dashboard.verdicts import of_reviewed
from dashboard.view import Room
from kpis.kpi import Kpi

CARD_WIDTH = 174


def draw(
    room: Room,
    found: Sequence[Headline],
    *others: Callable[[Room], None],
    key: str = "",
    width: int = CARD_WIDTH,
) -> None:
    """Draw the cards side by side, as far as there is room.

    Args:
        room: what the page was given.
        found: the figures, one card each.
        others: what draws further cards behind them.
        key: tells their evidence apart from that of the same KPIs elsewhere on the page.
        width: the least width of a card in pixels, so that its words have room.
    """
    with st.grid(len(found) + len(others), min_column_width=width, border=True, gap="small"):
        for headline in found:
            judged = of_reviewed(headline.change)
            told = card(
                *headline.result,
                room.say,
                judged=judged,
                identified=headline.identified,
                is_narrowed=bool(room.filters.where),
            )
            _draw_card(room, headline.kpi, told, key)
        for draw_other in others:
            draw_other(room)


def _draw_card(room: Room, kpi: Kpi, shown: Card, key: str) -> None:
    with st.container(gap="xsmall", key=f"card-{shown.kpi}"):
        st.metric(
            shown.label,
            shown.value,
            shown.delta,
            delta_color=shown.delta_colour,
            delta_arrow=shown.delta_arrow,
            delta_description=shown.delta_word,
            help=shown.help,
            chart_data=shown.trend or None,
            chart_type="area",
        )
        st.markdown(
            f":{shown.status_colour}-badge[{shown.status_icon} {shown.status}] :small[:gray[{shown.target}]]"
        )
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="xsmall"):
            evidence.draw(room, kpi, key=key, label=shown.days)
            ways.draw_definition(room, kpi)
        if shown.notes:
            st.caption(" · ".join(shown.notes))
