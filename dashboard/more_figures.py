"""The figures of a page's stages that have no card on it: folded up, and counted only when opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import card_row
from dashboard.overview_figures import Headline, headlines
from dashboard.view import Room
from dashboard.wording import frame as words
from kpis.catalogue import catalogue, stages
from kpis.kpi import Kpi

KEY = "more_figures"
# Within a fold less room is left beside the cards, and their words must not be cut.
FOLDED_WIDTH = 200
ICON = ":material/more_horiz:"


def draw(room: Room, named: Iterable[str], found: Sequence[Headline] = ()) -> None:
    """Draw what opens the other figures; nothing where every figure has a card.

    So a KPI of the catalogue has its place on a page without being named there. Only the fold is run again
    when it is opened, not the page.

    Args:
        room: what the page was given.
        named: the stages the page looks into.
        found: the figures that have a card already.
    """
    rest = others(named, found)
    if any(rest.values()):
        st.fragment(_fold)(room, rest)


def others(named: Iterable[str], found: Sequence[Headline]) -> dict[str, list[Kpi]]:
    """Per stage the KPIs without a card, in the order of the catalogue."""
    carded = {headline.kpi.id for headline in found}
    return {
        stage: [kpi for kpi in catalogue().values() if kpi.stage == stage and kpi.id not in carded]
        for stage in named
    }


def _fold(room: Room, rest: dict[str, list[Kpi]]) -> None:
    count = sum(len(kpis) for kpis in rest.values())
    label = room.say(words.MORE_FIGURES, count=count)
    fold = st.expander(label, key=KEY, icon=ICON, on_change="rerun")
    if not fold.open:
        return
    with fold:
        for stage, kpis in rest.items():
            if kpis:
                st.markdown(f"**{room.say(stages()[stage].title)}**")
                found = headlines(room.pinned, room.options, room.filters, kpis)
                card_row.draw(room, found, key="more", width=FOLDED_WIDTH)
