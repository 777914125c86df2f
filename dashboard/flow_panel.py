"""The panel of the Loyalty page that says where customers come back, and which groups of them do."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import evidence, figures, returning, small_groups, state
from dashboard.charts.bars import bars
from dashboard.charts.chart import draw_chart
from dashboard.charts.flow_map import flow_map
from dashboard.filters import DIMENSIONS
from dashboard.safe import plain, safe
from dashboard.small_cells import HIDDEN
from dashboard.titles import titles
from dashboard.view import Room
from dashboard.wording import loyalty as words
from dashboard.wording import names
from dashboard.wording import overview as cards
from kpis.kpi import Kpi

FLOWS, BARS, BY = "flows", "repurchase_by", "by"
MOST_BARS, PAIR = 12, 2


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
            _draw_bars(room, kpi)


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
    st.caption(say.sentences([told, say(words.FLOW_NOTE), *few]))
    drawn = flow_map(rows, titles(room.options, "channel", say), room.options.kinds, say)
    draw_chart(drawn, FLOWS, say, on_select=_choose_first)


def _draw_bars(room: Room, kpi: Kpi) -> None:
    say = room.say
    known = [name for name in DIMENSIONS if name in kpi.dimensions and room.options.values(name)]
    by = state.choice(BY, known)
    rows = figures.by(room, kpi, by).sort("value", descending=True, nulls_last=True)
    named = titles(room.options, by, say)
    with st.container(horizontal=True, vertical_alignment="center", key="by_choice"):
        st.subheader(_bars_message(room, kpi, rows, by), anchor=False, width="stretch")
        evidence.draw(room, kpi, key="by")
        _draw_choice(room, known)
    if lacking := figures.uncarried(room, kpi, (), (by,)):
        st.caption(say(cards.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in lacking])))
        return
    days = figures.days(room, kpi).period
    st.caption(say(words.BY_NOTE, days=say.span(days.start, days.end, with_year=True)))
    draw_chart(bars(kpi, rows.head(MOST_BARS), by, named, say), BARS, say, on_select=_choose_bar)


def _bars_message(room: Room, kpi: Kpi, rows: pl.DataFrame, by: str) -> str:
    say, known = room.say, rows.filter(pl.col("value").is_not_null() & pl.col(by).is_not_null())
    if known.height < PAIR:
        return say(kpi.title)
    named = titles(room.options, by, say)
    best, worst = known.row(0, named=True), known.row(-1, named=True)
    return say(
        words.BY_TITLE,
        kpi=say(kpi.title),
        best=safe(named.get(best[by], best[by])),
        best_value=say.value(best["value"], kpi.unit),
        worst=safe(named.get(worst[by], worst[by])),
        worst_value=say.value(worst["value"], kpi.unit),
    )


def _draw_choice(room: Room, known: list[str]) -> None:
    say = room.say
    named = {name: plain(say(names.DIMENSIONS[name])) for name in known}
    st.selectbox(
        say(words.BY),
        known,
        key=BY,
        format_func=named.__getitem__,
        on_change=state.keep,
        args=(BY,),
        label_visibility="collapsed",
        width=165,
    )


def _choose_first() -> None:
    points = st.session_state[FLOWS].selection.points
    if points and points[0]["customdata"]:
        state.choose_alone("channel", points[0]["customdata"])


def _choose_bar() -> None:
    points = st.session_state[BARS].selection.points
    if points and points[0]["customdata"]:
        state.choose_alone(st.session_state[BY], points[0]["customdata"])
