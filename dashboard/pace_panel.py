"""The panel of the Loyalty page that says how soon customers come back."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import returning, small_groups
from dashboard.charts.chart import draw_chart
from dashboard.charts.curves import curves
from dashboard.charts.second_orders import part, second_orders
from dashboard.small_cells import HIDDEN
from dashboard.view import Room
from dashboard.wording import loyalty as words
from kpis.first_orders import ALL

TOLD, LATER = 90, 365


def draw(room: Room) -> None:
    """Draw both charts side by side."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        _draw_curves(room)
    with right.container(border=True, height="stretch"):
        _draw_second(room)


def curve_message(rows: pl.DataFrame, room: Room) -> str:
    """What the line of all says of 90 days, and of a year where some were followed for as long."""
    say, every = room.say, rows.filter((pl.col("cohort") == ALL) & pl.col("value").is_not_null())
    known = {
        row["days"]: say.value(row["value"], "percent")
        for row in every.iter_rows(named=True)
        if row["days"] in (TOLD, LATER)
    }
    if TOLD not in known:
        return say(words.TOO_YOUNG)
    if LATER not in known:
        return say(words.WITHIN, share=known[TOLD], days=TOLD)
    return say(words.WITHIN_BOTH, share=known[TOLD], days=TOLD, later_share=known[LATER], later=LATER)


def second_message(rows: pl.DataFrame, room: Room) -> str:
    """How many are back so far, and after which days most come back."""
    say, first = room.say, rows.row(0, named=True)
    counts = {name: say.number(first[name]) for name in ("back", "customers")}
    known = rows.drop_nulls("share_then")
    if known.is_empty():
        return say(words.SECOND_TITLE_PLAIN, **counts)
    top = known.sort("share_then", descending=True).row(0, named=True)
    return say(words.SECOND_TITLE, **counts, days=part(top, say))


def _draw_curves(room: Room) -> None:
    say = room.say
    found = returning.told(room, "cohorts", "curve", returning.asked(room, "quarter"))
    if found is None:
        st.caption(returning.why_nothing(room))
        return
    rows = small_groups.cohorts(found, ("value", "low", "high"), ("customers", "back"))
    st.subheader(curve_message(rows, room), anchor=False)
    st.caption(say(words.CURVES_NOTE))
    draw_chart(curves(rows, say), "curves", say)


def _draw_second(room: Room) -> None:
    say = room.say
    found = returning.told(room, "cohorts", "second", returning.asked(room))
    if found is None:
        st.caption(returning.why_nothing(room))
        return
    rows = small_groups.second_orders(found)
    if (rows["small"] == HIDDEN).all():
        st.caption(say(words.FEW_NOTE))
        return
    median = rows["median_days"][0]
    known = words.MEDIAN_UNKNOWN if median is None else words.MEDIAN_KNOWN
    told = say(known) if median is None else say(known, days=say.value(median, "days"))
    st.subheader(second_message(rows, room), anchor=False)
    st.caption(say.sentences([say(words.SECOND_NOTE), told]))
    draw_chart(second_orders(rows, say), "second_orders", say)
