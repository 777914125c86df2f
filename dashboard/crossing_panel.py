"""The panel of the Loyalty page with customers across channels: the fair comparison, and the tempting one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import streamlit as st

from connectors.text import Text
from dashboard import returning, small_groups
from dashboard.charts.chart import draw_chart
from dashboard.charts.estimates import Estimate, estimates
from dashboard.view import Room
from dashboard.wording import loyalty as words
from kpis.crossing import GROUPS, PERIOD, SECOND
from kpis.kpi import Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """What of the groups is compared: its columns of value, low, high and count."""

    title: Text
    columns: tuple[str, str, str, str]
    unit: Unit


FAIR = Figure(words.FAIR, ("value", "low", "high", "followed"), "percent")
ORDERS = Figure(words.ORDERS_EACH, ("orders_each", "orders_low", "orders_high", "customers"), "ratio")
REVENUE = Figure(words.REVENUE_EACH, ("revenue_each", "revenue_low", "revenue_high", "customers"), "money")


def draw(room: Room) -> None:
    """Draw both comparisons side by side, the fair one first."""
    found = returning.told(room, "flows", "customers", returning.of_the_year(room))
    if found is None:
        st.caption(returning.why_nothing(room))
        return
    rows = small_groups.crossing(found)
    left, right = st.columns(2, gap="small")
    with left.container(border=True, height="stretch"):
        _draw_fair(room, rows.filter(pl.col("comparison") == SECOND))
    with right.container(border=True, height="stretch"):
        _draw_period(room, rows.filter(pl.col("comparison") == PERIOD))


def _draw_fair(room: Room, rows: pl.DataFrame) -> None:
    say = room.say
    st.subheader(_title(room, rows, words.FAIR_TITLE, words.FAIR, FAIR), anchor=False)
    if rows.is_empty():
        st.caption(say(words.NO_GROUPS))
        return
    st.caption(say(words.FAIR_NOTE, days=_days(room, rows)))
    _draw_groups(room, rows, FAIR, words.SECOND_GROUPS)


def _draw_period(room: Room, rows: pl.DataFrame) -> None:
    say = room.say
    st.subheader(_title(room, rows, words.PERIOD_TITLE, words.ORDERS_EACH, ORDERS), anchor=False)
    if rows.is_empty():
        st.caption(say(words.NO_GROUPS))
        return
    st.caption(say(words.PERIOD_NOTE, days=_days(room, rows)))
    for figure in (ORDERS, REVENUE):
        st.markdown(f"**{say(figure.title)}**")
        _draw_groups(room, rows, figure, words.GROUPS)


def _draw_groups(room: Room, rows: pl.DataFrame, figure: Figure, groups: Mapping[str, Text]) -> None:
    say, found = room.say, {row["group"]: row for row in rows.iter_rows(named=True)}
    told = [
        Estimate(say(groups[name]), name, *(found[name][column] for column in figure.columns))
        for name in GROUPS
        if name in found
    ]
    hidden = say(words.FEW_PEOPLE)
    drawn = estimates(told, say(figure.title), figure.unit, say, hidden=hidden)
    draw_chart(drawn, figure.columns[0], say)


def _title(room: Room, rows: pl.DataFrame, told: Text, plain: Text, figure: Figure) -> str:
    """What all three groups come to; the bare topic where one has no figure."""
    values = {row["group"]: row[figure.columns[0]] for row in rows.iter_rows(named=True)}
    if any(values.get(name) is None for name in GROUPS):
        return room.say(plain)
    return room.say(told, **{name: room.say.value(values[name], figure.unit) for name in GROUPS})


def _days(room: Room, rows: pl.DataFrame) -> str:
    return room.say.span(rows["from"][0], rows["to"][0], with_year=True)
