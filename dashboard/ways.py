"""Ways on: from a figure to the page that looks into it, with the days and slice that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import state, view
from dashboard.filters import DIMENSIONS
from dashboard.view import Room
from dashboard.wording import frame as words
from kpis.kpi import Kpi
from kpis.periods import Period

CHANNELS, DEFINITIONS, NOWHERE = "channels", "definitions", "-"
ICON, BOOK = ":material/chevron_right:", ":material/menu_book:"


def draw(room: Room, told: str, kpi: Kpi, codes: Mapping[str, Sequence[str]]) -> None:
    """A sentence, and beside it a link to the page that looks into its KPI.

    Args:
        room: what the page was given.
        told: the sentence, in Markdown.
        kpi: the KPI.
        codes: the address of the page.
    """
    with st.container(horizontal=True, wrap=False, gap="xsmall"):
        st.markdown(told)
        page = page_of(room, kpi)
        if page is not None:
            label = f":small[{room.say(words.OPEN)}]"
            st.page_link(page, label=label, icon=ICON, icon_position="right", query_params=dict(codes))


def draw_definition(room: Room, kpi: Kpi, label: str = BOOK) -> None:
    """A link to what a KPI counts, with filters and a chosen language: a small book, or `label` in words."""
    if DEFINITIONS in room.pages:
        st.page_link(
            room.pages[DEFINITIONS],
            label=label,
            icon="" if label == BOOK else BOOK,
            help=room.say(words.DEFINITION_OF, kpi=room.say(kpi.title)),
            query_params={**narrowed(), "kpi": [kpi.id]},
        )


def page_of(room: Room, kpi: Kpi) -> st.Page | None:
    """The page of a KPI's stage; null where there is none."""
    paths = {stage: each.path for each in view.discover() for stage in each.stages}
    return room.pages.get(paths.get(kpi.stage, NOWHERE))


def narrowed(period: Period | None = None, **slices: str | None) -> dict[str, list[str]]:
    """The address as it is, but for other days and for what a figure is about.

    Args:
        period: the days; null for those of the address.
        slices: per filter the one value to keep; null, and what cannot be filtered by, changes nothing.
    """
    codes = {name: values for name, values in state.codes().items() if name in {*state.OF_THE_FILTERS}}
    if period is not None:
        own = {"period": ["custom"], "from": [period.start.isoformat()], "to": [period.end.isoformat()]}
        codes |= own
    kept = {name: [value] for name, value in slices.items() if name in DIMENSIONS and value is not None}
    return {**codes, **kept, **state.chosen_language()}
