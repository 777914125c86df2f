"""The panel of the Voice page with answers from 0 to 10, whole and by one dimension."""

from __future__ import annotations

import polars as pl
import streamlit as st

from connectors.facts import SurveyFacts, dimensions_of
from dashboard import customer_data, evidence, figures, small_groups
from dashboard.charts.answers import spread, spread_by
from dashboard.charts.chart import draw_chart
from dashboard.titles import title
from dashboard.view import Room
from dashboard.wording import names
from dashboard.wording import overview as cards
from dashboard.wording import voice as words
from kpis.answers import DETRACTOR, PROMOTER
from kpis.kpi import Kpi

WIDTH = 480


def draw(room: Room, kpi: Kpi) -> None:
    """Draw the answers of the KPI's days as eleven bars.

    Args:
        room: what the page was given.
        kpi: the KPI that the answers make up.
    """
    say, rows = room.say, _rows(room, kpi, None)
    if rows is None or rows.is_empty():
        st.subheader(say(words.SPREAD), anchor=False)
        st.caption(_why_nothing(room))
        return
    period = figures.days(room, kpi).period
    st.subheader(message(room, rows), anchor=False)
    st.caption(
        say(
            words.SPREAD_NOTE,
            answers=say.number(rows["all_answers"][0]),
            days=say.span(period.start, period.end, with_year=True),
        )
    )
    draw_chart(spread(rows, say), "answers", say)
    evidence.draw(room, kpi, key="answers")


def draw_by(room: Room, kpi: Kpi, by: str) -> None:
    """Draw a line of shades per value of a dimension."""
    say, rows = room.say, _rows(room, kpi, by)
    name = say(names.DIMENSIONS[by])
    st.subheader(say(words.SPREAD_BY_TITLE, dimension=name), anchor=False)
    if rows is None or rows.is_empty():
        st.caption(_why_nothing(room))
        return
    st.caption(say(words.SPREAD_BY_NOTE))
    titles = {value or "": title(room.options, by, value, say) for value in rows[by].unique()}
    draw_chart(
        spread_by(small_groups.answers(rows, by), by, titles, name, say), "answers_by", say, min_width=WIDTH
    )
    evidence.draw(room, kpi, key="answers_by")


def message(room: Room, rows: pl.DataFrame) -> str:
    """The shares of promoters and detractors."""
    shares = dict(rows.group_by("group").agg(pl.col("share").sum()).rows())
    told = {group: room.say.value(shares.get(group, 0.0), "percent") for group in (PROMOTER, DETRACTOR)}
    return room.say(words.SPREAD_TITLE, **told)


def _rows(room: Room, kpi: Kpi, by: str | None) -> pl.DataFrame | None:
    if uncarried(room):
        return None
    period = figures.days(room, kpi).period
    return customer_data.answers(room.pinned, period, by, room.filters.where)


def uncarried(room: Room) -> tuple[str, ...]:
    """The filtered dimensions that answers do not have."""
    return room.filters.uncarried(dimensions_of(SurveyFacts))


def _why_nothing(room: Room) -> str:
    say, lacking = room.say, uncarried(room)
    if lacking:
        return say(cards.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in lacking]))
    return say(words.NO_ANSWERS)
