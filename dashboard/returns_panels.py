"""The parts of Returns and service: rates, reasons, refunds, returns in stores, service."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import (
    data,
    evidence,
    gaps,
    page_choice,
    split_choice,
    split_panel,
    spread_panel,
    taken_apart,
    trend_panel,
)
from dashboard.charts.bars import bars
from dashboard.charts.chart import draw_chart
from dashboard.charts.stacks import Stack, stacks
from dashboard.figures import uncarried, where
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import overview as overview_words
from dashboard.wording import returns as words
from kpis.catalogue import catalogue
from kpis.kpi import Basis, Kpi

RATES = ("return_rate", "return_rate_units")
REFUNDS, REFUNDS_MEAN = "refund_hours", "refund_hours_mean"
QUALITY, IN_STORE = "quality_return_rate", "in_store_return_share"
SPLITS = ("channel", "region", "category", "store", "customer_type", "payment_method")
BASES: tuple[Basis, ...] = ("cohort", "event")
MEASURES = (
    "reply_in_3_minutes", "reply_seconds", "resolution_hours", "first_contact_resolution",
    "dissatisfied_share", "complaint_rate", "escalation_rate", "where_is_my_order_rate",
)  # fmt: skip
RATE, BASIS, SPLIT, MEASURE = "rate", "basis", "returns_by", "service_figure"
OLD_DAYS = 15


def draw_rates(room: Room) -> None:
    """Return rates on either basis, by a dimension and over time."""
    say = room.say
    with st.container(horizontal=True, gap="small"):
        rate = page_choice.draw(RATE, {name: say(catalogue()[name].label) for name in RATES}, say(words.RATE))
        bases = {name: say(words.BASES[name]) for name in BASES}
        basis: Basis = "event" if page_choice.draw(BASIS, bases, say(words.BASIS)) == "event" else "cohort"
    st.caption(say(words.BASIS_ABOUT[basis]))
    kpi = catalogue()[rate].on(basis)
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        titles = {name: say(names.DIMENSIONS[name]) for name in split_choice.offered(room, SPLITS)}
        split_panel.draw_by(room, kpi, page_choice.draw(SPLIT, titles, say(words.SPLIT)))
    with right.container(border=True, height="stretch"):
        trend_panel.draw(room, kpi, "return_weeks")


def draw_reasons(room: Room) -> None:
    """Why goods came back, and which categories come back for quality."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        _draw_reasons(room)
    with right.container(border=True, height="stretch"):
        split_panel.draw_by(room, catalogue()[QUALITY], "category")


def draw_refunds(room: Room) -> None:
    """How long refunds took, those that customers still wait for, and which channel's take long."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        spread_panel.draw(room, catalogue()[REFUNDS], words.HOW_LONG, "refund_spread")
    with right.container(border=True, height="stretch"):
        _draw_backlog(room)
    with st.container(border=True):
        split_panel.draw_by(room, catalogue()[REFUNDS_MEAN], "channel")


def draw_stores(room: Room) -> None:
    """Online orders whose goods came back in a shop."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        split_panel.draw_by(room, catalogue()[IN_STORE], "channel")
    with right.container(border=True, height="stretch"):
        trend_panel.draw(room, catalogue()[IN_STORE], "in_store_weeks")


def draw_service(room: Room) -> None:
    """Replies, resolution and complaints, by touchpoint or channel and over time."""
    say = room.say
    titles = {name: say(catalogue()[name].label) for name in MEASURES}
    kpi = catalogue()[page_choice.draw(MEASURE, titles, say(words.MEASURE))]
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        split_panel.draw_by(room, kpi, "touchpoint" if "touchpoint" in kpi.dimensions else "channel")
    with right.container(border=True, height="stretch"):
        trend_panel.draw(room, kpi, "service_weeks")


def _draw_reasons(room: Room) -> None:
    name, say = "return_reasons", room.say
    kpi, rows = taken_apart.kpi(name), taken_apart.parts(room, name)
    if not gaps.has_rows(room, kpi, rows.to_dicts()):
        return
    titles, ordered = taken_apart.titles(name, say), rows.sort("numerator", descending=True)
    st.markdown(f"**{reasons_message(ordered, titles, say)}**")
    draw_chart(bars(kpi, ordered, "part", titles, say), name, say)
    # All reasons are shares of the same lines.
    told = split_panel.about(kpi, rows.head(1), taken_apart.days(room, name), say)
    evidence.draw_under(room, told, catalogue()[RATES[0]].on("event"), name, is_whole=True)


def reasons_message(ordered: pl.DataFrame, titles: dict[str, str], say: Say) -> str:
    """The two most frequent reasons, the first one with its share.

    Args:
        ordered: the parts of the breakdown, the most frequent one first.
        titles: what they are called.
        say: the reader's language.
    """
    first, second = ordered.row(0, named=True), ordered.row(1, named=True)
    if first["value"] is None:
        return say(words.FEW_REASONS, count=say.number(first["denominator"]))
    share = say.value(first["value"], "percent")
    return say(words.FIRST_REASON, first=titles[first["part"]], share=share, second=titles[second["part"]])


def _draw_backlog(room: Room) -> None:
    say, kpi = room.say, catalogue()[REFUNDS]
    day = say.day(room.options.last_day)
    told = None if uncarried(room, kpi) else data.backlog(room.pinned, where(room))
    if told is None:
        _draw_no_backlog(room, kpi)
        return
    count = told["count"].sum()
    if not count:
        st.markdown(f"**{say(words.NO_BACKLOG, day=day)}**")
        return
    old = told.filter(pl.col("from_days") >= OLD_DAYS)["count"].sum()
    message = say(words.BACKLOG, count=say.number(count), day=day, old=say.number(old))
    st.markdown(f"**{message}**")
    rows = [
        Stack(age(low, high, say), (number,), f"<b>{say.number(number)}</b>")
        for low, high, number in told.rows()
        if low is not None or number
    ]
    draw_chart(stacks(rows, [say(words.PENDING)], say(words.PENDING), say), "backlog", say)
    evidence.draw_under(room, [say(words.BACKLOG_ABOUT, day=day)], kpi, "backlog", is_whole=True)


def _draw_no_backlog(room: Room, kpi: Kpi) -> None:
    lacking = [room.say(names.DIMENSIONS[name]) for name in uncarried(room, kpi)]
    why = room.say(overview_words.UNSPLIT, dimensions=room.say.each(lacking)) if lacking else None
    st.markdown(f"**{room.say(words.PENDING)}**")
    st.caption(why or room.say(overview_words.NO_ROWS))


def age(low: int | None, high: int | None, say: Say) -> str:
    """The days that refunds have been pending, in words."""
    if low is None:
        return say(words.UNDATED)
    return say(words.OLDER, low=low) if high is None else say(words.AGE, low=low, high=high)
