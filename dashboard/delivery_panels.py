"""The parts of the Delivery page: on time, how long, perfect orders, carriers, pick-up."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import (
    evidence,
    faults,
    figures,
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
from dashboard.split_panel import Split
from dashboard.view import Room
from dashboard.wording import delivery as words
from dashboard.wording import names
from kpis.catalogue import catalogue

ON_TIME, HOURS, PERFECT = "on_time_delivery", "delivery_hours", "perfect_order_rate"
READY, COLLECTED = "pickup_ready_minutes", "pickup_success"
PROMISE, CARRIER, PARCELS = "promise", "carrier", "parcels_on_time"
SPLITS = (PROMISE, "region", "channel", "store", "category", "customer_type")
BY_CARRIER = ("scanned_in_48h", "valid_tracking_rate", "exception_rate", "damage_rate")
LATE, ON_DAY = ("late_1", "late_2", "late_4"), "on_day"
SPLIT, MEASURE = "delivery_by", "carrier_figure"


def draw_promise(room: Room) -> None:
    """On-time delivery by a dimension or the length of the promise, and over time."""
    say = room.say
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        others = {
            name: say(names.DIMENSIONS[name])
            for name in split_choice.offered(room, SPLITS)
            if name != PROMISE
        }
        chosen = page_choice.draw(SPLIT, {PROMISE: say(words.PROMISE), **others}, say(words.SPLIT))
        if chosen == PROMISE:
            _draw_promises(room)
        else:
            split_panel.draw_by(room, catalogue()[ON_TIME], chosen)
    with right.container(border=True, height="stretch"):
        trend_panel.draw(room, catalogue()[ON_TIME], "on_time_weeks")


def draw_time(room: Room) -> None:
    """How long delivery takes, and the actual day against the promised one."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        spread_panel.draw(room, catalogue()[HOURS], words.HOW_LONG, "delivery_spread")
    with right.container(border=True, height="stretch"):
        _draw_against_promise(room)


def draw_perfect(room: Room) -> None:
    """Which part of a perfect order fails, and perfect orders over time."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        _draw_faults(room)
    with right.container(border=True, height="stretch"):
        trend_panel.draw(room, catalogue()[PERFECT], "perfect_weeks")


def draw_parcels(room: Room) -> None:
    """Parcels carrier by carrier."""
    say, own = room.say, taken_apart.kpi(PARCELS)
    measures = {PARCELS: own} | {name: catalogue()[name] for name in BY_CARRIER}
    with st.container(border=True):
        titles = {name: say(kpi.label) for name, kpi in measures.items()}
        chosen = page_choice.draw(MEASURE, titles, say(words.MEASURE))
        if chosen != PARCELS:
            split_panel.draw_by(room, measures[chosen], CARRIER)
            return
        rows = taken_apart.parts(room, PARCELS, CARRIER)
        if gaps.has_rows(room, own, rows.to_dicts(), (CARRIER,)):
            titled = split_panel.titled(room, rows, CARRIER)
            split = Split(own, rows, CARRIER, titled, taken_apart.days(room, PARCELS), catalogue()[ON_TIME])
            split_panel.draw(room, split, "parcels_by_carrier")


def draw_pickup(room: Room) -> None:
    """How soon pick-ups are ready, and whether they are collected in time."""
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        spread_panel.draw(room, catalogue()[READY], words.HOW_LONG_READY, "pickup_spread")
    with right.container(border=True, height="stretch"):
        split_panel.draw_by(room, catalogue()[COLLECTED], "store")


def _draw_promises(room: Room) -> None:
    name = "on_time_by_promise"
    kpi, rows = taken_apart.kpi(name), taken_apart.parts(room, name)
    if gaps.has_rows(room, kpi, rows.to_dicts()):
        counted = rows.filter(pl.col("denominator") > 0)
        titles = taken_apart.titles(name, room.say)
        days = taken_apart.days(room, name)
        split_panel.draw(room, Split(kpi, counted, "part", titles, days, catalogue()[ON_TIME]), name)


def _draw_against_promise(room: Room) -> None:
    name, say = "promised_and_actual", room.say
    kpi, rows = taken_apart.kpi(name), taken_apart.parts(room, name)
    if not gaps.has_rows(room, kpi, rows.to_dicts()):
        return
    shares = dict(rows.select("part", "value").rows())
    if None not in shares.values():
        late, on_day = sum(shares[part] for part in LATE), shares[ON_DAY]
        parts = {"early": 1 - late - on_day, "on_day": on_day, "late": late}
        written = {part: say.value(share, "percent") for part, share in parts.items()}
        st.markdown(f"**{say(words.AGAINST_PROMISE, **written)}**")
    is_late = pl.when(pl.col("part").is_in(LATE))
    judged = rows.with_columns(status=is_late.then(pl.lit("bad")).otherwise(pl.lit("good")))
    draw_chart(bars(kpi, judged, "part", taken_apart.titles(name, say), say), name, say)
    # All parts are shares of the same orders.
    told = split_panel.about(kpi, rows.head(1), taken_apart.days(room, name), say)
    evidence.draw_under(room, told, catalogue()[ON_TIME], name, is_whole=True)


def _draw_faults(room: Room) -> None:
    say, kpi = room.say, catalogue()[PERFECT]
    row = figures.one(room, kpi)
    if not gaps.has_rows(room, kpi, [row]):
        return
    any_of, alone = (taken_apart.parts(room, f"perfect_order_{name}") for name in ("faults", "single_faults"))
    found, titles = faults.faults(row, any_of, alone), taken_apart.titles("perfect_order_faults", say)
    counts = {"orders": say.number(found.orders), "failed": say.number(found.failed)}
    if not found.failed:
        st.markdown(f"**{say(words.ALL_PERFECT, orders=counts['orders'])}**")
        return
    top = max(found.faults, key=lambda fault: fault.alone)
    st.markdown(f"**{say(words.IMPERFECT, alone=say.number(top.alone), fault=titles[top.code], **counts)}**")
    drawn = [
        Stack(
            titles[fault.code],
            (fault.alone, fault.with_others),
            f"<b>{say.number(fault.orders)}</b> {say.value(fault.orders / found.orders, 'percent')}",
        )
        for fault in found.faults
    ]
    draw_chart(
        stacks(drawn, [say(words.ONLY_THIS), say(words.WITH_OTHERS)], say(words.FAULTS), say), "faults", say
    )
    period = figures.days(room, kpi).period
    days = say.span(period.start, period.end, with_year=True)
    told = say(words.FAULTS_ABOUT, days=days, several=say.number(found.several), **counts)
    evidence.draw_under(room, [told], kpi, "faults")
