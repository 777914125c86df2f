"""A figure week by week: a line for each value of a dimension where they are few, else one for all."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard import data, evidence, figures, trend_panel
from dashboard.charts.chart import draw_chart
from dashboard.charts.trend import Line, trend
from dashboard.safe import plain, safe
from dashboard.titles import titles
from dashboard.view import Room
from dashboard.wording import channels as words
from kpis.kpi import Kpi

MOST_LINES = 6
KEY = "weeks"


def draw(room: Room, kpi: Kpi, dimension: str) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        kpi: the KPI.
        dimension: one of the filters' dimensions that it carries.
    """
    say, lines = room.say, _lines(room, kpi, dimension)
    weeks = pl.concat([line.rows for line in lines], how="diagonal") if lines else pl.DataFrame()
    if weeks.is_empty():
        st.subheader(say(words.NO_WEEKS), anchor=False)
        return
    st.subheader(_message(kpi, lines, room), anchor=False)
    few = trend_panel.too_few(kpi, weeks, say)
    if few is not None:
        st.caption(few)
        return
    first, last = weeks["from"].min(), weeks["to"].max()
    happened = data.happened(room.pinned, room.filters.where, first, last)
    st.caption(say.span(first, last, with_year=True))
    draw_chart(trend(kpi, lines, say, happened), KEY, say)
    told = say.sentences([say(words.WEEKS_NOTE), *trend_panel.still_open(weeks, say)])
    evidence.draw_under(room, [told], kpi, KEY)


def _lines(room: Room, kpi: Kpi, dimension: str) -> list[Line]:
    known = titles(room.options, dimension, room.say)
    chosen = dict(room.filters.where).get(dimension, tuple(known))
    lines = _of_each(room, kpi, dimension, chosen) if 1 < len(chosen) <= MOST_LINES else []
    if lines:
        return lines
    rows = figures.over_time(room, kpi)
    return [Line("", rows)] if rows.height else []


def _of_each(room: Room, kpi: Kpi, dimension: str, chosen: Sequence[str]) -> list[Line]:
    """A line for each value that counts enough in some week."""
    known = titles(room.options, dimension, room.say)
    rows = figures.over_time(room, kpi, "week", dimension)
    of_each = {code: rows.filter(pl.col(dimension) == code) for code in chosen}
    kinds = room.options.kinds if dimension == "channel" else {}
    return [
        Line(plain(known[code]), part, kinds.get(code, "unknown"))
        for code, part in of_each.items()
        if part["value"].count()
    ]


def _message(kpi: Kpi, lines: list[Line], room: Room) -> str:
    values = lines[0].rows["value"].drop_nulls()
    say = room.say.sized(*values)
    if len(lines) > 1:
        return _last_week(kpi, lines, room)
    if values.is_empty():
        return say(words.NO_WEEKS)
    told = {"low": values.min(), "high": values.max(), "value": values[-1]}
    return say(words.WEEKS, **{name: say.value(value, kpi.unit) for name, value in told.items()})


def _last_week(kpi: Kpi, lines: list[Line], room: Room) -> str:
    """Who was highest and who lowest in the last week that is final, and has values of several."""
    say = room.say
    known = pl.concat(
        line.rows.select("from", "value", "final", title=pl.lit(line.title)) for line in lines
    ).filter(pl.col("value").is_not_null() & pl.col("final"))
    last = known.filter(pl.col("title").count().over("from") > 1)
    if last.is_empty():
        return say(words.WEEKS_ALONE)
    week = last.filter(pl.col("from") == pl.col("from").max()).sort("value", descending=True)
    high, low = week.row(0, named=True), week.row(-1, named=True)
    return say(
        words.LAST_WEEK,
        day=say.day(high["from"], with_year=False),
        first=safe(high["title"]),
        value=say.value(high["value"], kpi.unit),
        last=safe(low["title"]),
        other=say.value(low["value"], kpi.unit),
    )
