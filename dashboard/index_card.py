"""The card of the consistency index: how far customers get the same online and offline."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard import figures, judged, ways
from dashboard.scope import Where
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.catalogue import catalogue
from kpis.consistency.index import Index
from kpis.errors import KpiError
from kpis.periods import Period

FEWEST_DAYS = 90
PAGE = "consistency"


@st.fragment(parallel=True)
def draw(room: Room) -> None:
    """Draw the card, beside the page: it takes a second where a question is new."""
    say, period = room.say, days(room)
    index = found(room, period)
    with st.container(gap="xsmall", key="card-index"):
        st.metric(
            say(words.INDEX),
            say.value(index.value if index else None, "points"),
            help=say(words.INDEX_HELP, days=say.span(period.start, period.end, with_year=True)),
        )
        for line in told(room, index):
            st.caption(line)
        if PAGE in room.pages:
            label = f":small[{say(words.INDEX_MORE)}]"
            st.page_link(room.pages[PAGE], label=label, query_params=ways.narrowed(room))


def days(room: Room) -> Period:
    """The days of the filters, and at least ninety: fewer leave most gaps unknown."""
    asked = figures.asked_days(room)
    end = min(asked.end, room.options.last_day)
    return Period(min(asked.start, end - dt.timedelta(days=FEWEST_DAYS - 1)), end)


def found(room: Room, period: Period) -> Index | None:
    """The index; null where nothing can be asked so."""
    try:
        return judged.compared(room.pinned, period, _where(room)).index
    except KpiError:
        return None


def told(room: Room, index: Index | None) -> list[str]:
    """What belongs to the index: its interval, how much could be scored, and the weakest KPI."""
    say = room.say
    if index is None or index.value is None or index.weakest is None:
        return [say(words.NO_INDEX)]
    bounds = {name: say.number(getattr(index, name) or 0) for name in ("low", "high")}
    return [
        say(words.INDEX_INTERVAL, **bounds),
        say(words.INDEX_SCORED, share=say.value(index.coverage, "percent")),
        say(words.WEAKEST, kpi=say(catalogue()[index.weakest].title)),
    ]


def _where(room: Room) -> Where:
    """The filters without the channels: both kinds are compared whatever is looked at."""
    return tuple(part for part in room.filters.where if part[0] != "channel")
