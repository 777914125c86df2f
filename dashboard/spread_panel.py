"""How long things take: a histogram with its percentiles, and what it rests on."""

from __future__ import annotations

import streamlit as st

from connectors.text import Text
from dashboard import data, evidence, figures, gaps
from dashboard.charts.chart import draw_chart
from dashboard.charts.histogram import histogram
from dashboard.view import Room
from dashboard.wording import delivery as words
from dashboard.wording import overview as cards
from kpis.kpi import Kpi
from kpis.spread import Spread

MARKS = {50: 0.5, 90: 0.9, 95: 0.95}
MEDIAN, NINETY = 0.5, 0.9
FEWEST = 30


def draw(room: Room, kpi: Kpi, title: Text, key: str) -> None:
    """Draw the spread of a quantile KPI.

    Args:
        room: what the page was given.
        kpi: the KPI, a median.
        title: a message with places for `median` and `ninety`.
        key: the name of the chart.
    """
    row = figures.one(room, kpi)
    say = room.say.sized(row["value"])
    if not gaps.has_rows(room, kpi, [row]):
        return
    shown = figures.days(room, kpi)
    told = data.spread(room.pinned, kpi.id, shown.period, figures.where(room))
    st.markdown(f"**{_message(room, kpi, title, told)}**")
    if told.count >= FEWEST:
        marks = {say(words.PERCENTILE, place=place): told.at(at) for place, at in MARKS.items()}
        draw_chart(histogram(told.bins, marks, say(kpi.label), kpi.unit, say), key, say)
    days = say.span(shown.period.start, shown.period.end, with_year=True)
    ends = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
    parts = [say(words.SPREAD_ABOUT, count=say.number(told.count), days=days, **ends)]
    parts += [say(words.BEYOND, count=say.number(told.beyond))] if told.beyond else []
    parts += [say(words.UNDER_WAY, count=say.number(row["excluded"]))] if row["excluded"] else []
    if shown.final_on is not None:
        parts.append(say(cards.PROVISIONAL, day=say.day(shown.final_on, with_year=False)))
    evidence.draw_under(room, parts, kpi, key)


def _message(room: Room, kpi: Kpi, title: Text, told: Spread) -> str:
    say = room.say.sized(told.at(MEDIAN))
    if told.count < FEWEST:
        return say(cards.ONLY, denominator=say.number(told.count))
    return say(
        title, median=say.value(told.at(MEDIAN), kpi.unit), ninety=say.value(told.at(NINETY), kpi.unit)
    )
