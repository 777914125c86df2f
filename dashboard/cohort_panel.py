"""The panel of the Loyalty page with cohorts: who of a month's first customers was back when."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from connectors.text import Text
from dashboard import returning, small_groups, state
from dashboard.charts.chart import draw_chart
from dashboard.charts.triangle import BOUNDS, SHARES, triangle
from dashboard.small_cells import HIDDEN
from dashboard.view import Room
from dashboard.wording import loyalty as words
from kpis.first_orders import ALL, COHORT_GRAINS, CohortGrain

GRAIN, SHARE = "cohort", "told"
CHART = "cohorts"
NARROWEST = 760
TOLD_AT = {"month": 3, "quarter": 1}


def draw(room: Room) -> None:
    """Draw the panel, with its choices of months or quarters and of what is counted."""
    say = room.say
    grain: CohortGrain = "quarter" if state.choice(GRAIN, COHORT_GRAINS) == "quarter" else "month"
    share = state.choice(SHARE, list(SHARES))
    found = returning.told(room, "cohorts", "months", returning.asked(room, grain))
    if found is None:
        st.caption(returning.why_nothing(room))
        return
    shares = [*SHARES, *(end for ends in BOUNDS.values() for end in ends)]
    rows = small_groups.cohorts(found, shares, ("customers", *SHARES.values()))
    with st.container(horizontal=True, vertical_alignment="center", key="cohort_choices"):
        st.subheader(message(rows, grain, room), anchor=False, width="stretch")
        _choice(GRAIN, words.GRAIN, words.GRAINS, room)
        _choice(SHARE, words.SHARE, words.SHARE_CHOICES, room)
    st.caption(_note(room, rows, share))
    draw_chart(triangle(rows, share, say), CHART, say, min_width=NARROWEST)


def message(rows: pl.DataFrame, grain: CohortGrain, room: Room) -> str:
    """What the line of all cohorts says of the third month, or of the next quarter."""
    told = rows.filter(
        (pl.col("cohort") == ALL) & (pl.col("offset") == TOLD_AT[grain]) & pl.col("cumulative").is_not_null()
    )
    if told.is_empty():
        return room.say(words.TOO_YOUNG)
    return room.say(words.BACK_BY[grain], share=room.say.value(told["cumulative"][0], "percent"))


def _note(room: Room, rows: pl.DataFrame, share: str) -> str:
    say, period = room.say, returning.days(room)
    parts = [
        say(words.SHARE_NOTES[share]),
        say(words.OF_FIRST_ORDERS, days=say.span(period.start, period.end, with_year=True)),
        *([] if room.filters.custom is not None else [say(words.ANY_PERIOD)]),
        say(words.BLANK),
        *([say(words.BURNT_IN)] if rows["burn_in"].any() else []),
        *([say(words.FEW_NOTE)] if (rows["small"] == HIDDEN).any() else []),
    ]
    return say.sentences(parts)


def _choice(key: str, label: Text, options: Mapping[str, Text], room: Room) -> None:
    titles = {code: room.say(text) for code, text in options.items()}
    st.segmented_control(
        room.say(label),
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        required=True,
        on_change=state.keep,
        args=(key,),
        label_visibility="collapsed",
    )
