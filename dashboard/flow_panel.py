"""The panel of the Loyalty page that says where customers come back, and which groups of them do."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import click_to_filter, returning, small_groups, split_choice, split_panel
from dashboard.charts.flow_map import flow_map
from dashboard.safe import safe
from dashboard.small_cells import HIDDEN
from dashboard.titles import titles
from dashboard.view import Room
from dashboard.wording import loyalty as words
from dashboard.wording import names
from kpis.flows import FOLLOWED_DAYS
from kpis.kpi import Kpi

FLOWS, WIDTH = "flows", 520


def draw(room: Room, kpi: Kpi | None) -> None:
    """Draw the flow between channels, and beside it a KPI by one dimension.

    Args:
        room: what the page was given.
        kpi: the KPI of the bars; null draws none.
    """
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        _draw_flows(room)
    if kpi is not None:
        with right.container(border=True, height="stretch"):
            split_panel.draw_by(room, kpi, split_choice.choose(room, split_choice.splits(room, kpi)))


def message(rows: pl.DataFrame, room: Room) -> str:
    """The way to another channel that the largest share of those who came back went."""
    say = room.say
    across = rows.filter(
        pl.col("first_channel").ne_missing(pl.col("second_channel")) & pl.col("value").is_not_null()
    )
    if across.is_empty():
        return say(words.FLOW_STAYS)
    top = across.sort("value", descending=True).row(0, named=True)
    named = titles(room.options, "channel", say)
    ends = {
        end: safe(named.get(top[f"{end}_channel"], top[f"{end}_channel"] or say(names.UNKNOWN)))
        for end in ("first", "second")
    }
    return say(words.FLOW_TITLE, share=say.value(top["value"], "percent"), **ends)


def _draw_flows(room: Room) -> None:
    say = room.say
    found = returning.told(room, "flows", "channels", returning.asked(room))
    if found is None:
        st.caption(returning.why_nothing(room))
        return
    rows, period = small_groups.flows(found), returning.days(room)
    st.subheader(message(rows, room), anchor=False)
    told = say(words.OF_FIRST_ORDERS, days=say.span(period.start, period.end, with_year=True))
    few = [say(words.FEW_NOTE)] if (rows["small"] == HIDDEN).any() else []
    st.caption(say.sentences([told, say(words.FLOW_NOTE, span=FOLLOWED_DAYS), *few]))
    named, chosen = titles(room.options, "channel", say), room.filters.chosen("channel")
    drawn = flow_map(rows, named, room.options.kinds, say, chosen=chosen)
    click_to_filter.draw(room, drawn, FLOWS, "channel", WIDTH)
