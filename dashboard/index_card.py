"""The card of the consistency index: how far customers get the same online and offline."""

from __future__ import annotations

import streamlit as st

from dashboard import comparison, comparison_data, gaps_panel, ways
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.catalogue import catalogue
from kpis.consistency.index import Index
from kpis.errors import KpiError

PAGE = "consistency"


@st.fragment(parallel=True)
def draw(room: Room) -> None:
    """Draw the card, beside the page: it takes a second where a question is new."""
    say, index = room.say, found(room)
    with st.container(gap="xsmall", key="card-index"):
        value = index.value if index is not None and index.is_broad else None
        shown = say.value(None, "points") if value is None else say.number(value)
        st.metric(say(words.INDEX), shown, help=say(words.INDEX_HELP))
        for line in told(room, index):
            st.caption(line)
        if PAGE in room.pages:
            label = f":small[{say(words.INDEX_MORE)}]"
            st.page_link(room.pages[PAGE], label=label, query_params=ways.narrowed())


def found(room: Room) -> Index | None:
    """The index as the page behind the card has it; null where nothing can be asked so."""
    try:
        return comparison_data.told(room.pinned, comparison.asked(room)).index
    except KpiError:
        return None


def told(room: Room, index: Index | None) -> list[str]:
    """What belongs to the index: its interval, how much could be scored, and the weakest KPI."""
    say = room.say
    if index is None or index.value is None or index.weakest is None:
        return [say(words.NO_INDEX)]
    if not index.is_broad:
        return [gaps_panel.narrow(index, say)]
    bounds = {name: say.number(getattr(index, name) or 0) for name in ("low", "high")}
    return [
        say(words.INDEX_INTERVAL, **bounds),
        say(words.INDEX_SCORED, share=say.value(index.coverage, "percent")),
        say(words.WEAKEST, kpi=say(catalogue()[index.weakest].title)),
    ]
