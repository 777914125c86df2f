"""A figure week by week, with its interval, target, events and what may still change."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import data, evidence, figures, gaps
from dashboard.charts.chart import draw_chart
from dashboard.charts.trend import Line, trend
from dashboard.safe import safe
from dashboard.small_cells import FEWEST_PEOPLE, SHOWN
from dashboard.view import Room
from dashboard.wording import Say
from dashboard.wording import overview as cards
from dashboard.wording import panels as words
from kpis.fewest import smallest
from kpis.kpi import Kpi

FEWEST_WEEKS = 3


def draw(room: Room, kpi: Kpi, key: str) -> None:
    """Draw the trend of a KPI within the filters.

    Args:
        room: what the page was given.
        kpi: the KPI.
        key: the name of the chart.
    """
    say = room.say
    rows = figures.over_time(room, kpi)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{message(room, kpi, rows)}**", width="content")
        evidence.draw(room, kpi, key=key)
    why = too_few(kpi, rows, say) or gaps.why_nothing(room, kpi, rows.to_dicts())
    if why is not None:
        st.caption(safe(why, gaps.LONGEST))
        return
    first, last = rows["from"].min(), rows["to"].max()
    happened = data.happened(room.pinned, room.filters.where, first, last)
    draw_chart(trend(kpi, [Line("", rows)], say, happened), key, say)
    st.caption(say.sentences([say(words.TREND_ABOUT, day=say.day(last)), *still_open(rows, say)]))


def still_open(weeks: pl.DataFrame, say: Say) -> list[str]:
    """That the dotted weeks still move, and until when; nothing where all are final."""
    final_on = weeks.filter(~pl.col("final"))["final_on"].max()
    return [] if final_on is None else [say(words.OPEN_WEEKS, day=say.day(final_on))]


def too_few(kpi: Kpi, weeks: pl.DataFrame, say: Say) -> str | None:
    """That every week counts too few to have a figure, and how many are needed; null where one has one."""
    counted = weeks.filter(pl.col("small") != SHOWN)
    if counted.is_empty() or weeks["value"].count():
        return None
    most = counted["denominator"].max()
    told = say(cards.HIDDEN, fewest=FEWEST_PEOPLE) if most is None else say.number(most)
    return say(words.FEW_WEEKS, most=told, smallest=smallest(kpi))


def message(room: Room, kpi: Kpi, rows: pl.DataFrame) -> str:
    """The last final week beside the worst one, in words."""
    say, title, is_down = room.say.sized(*rows["value"]), room.say(kpi.label), kpi.better == "down"
    known = rows.filter(pl.col("value").is_not_null(), pl.col("final"))
    if known.height < FEWEST_WEEKS:
        return say(words.TREND, title=title)
    last = known.row(-1, named=True)
    worst = known.sort("value", descending=is_down).row(0, named=True)
    if worst["from"] == last["from"]:
        now = words.HIGHEST_NOW if is_down else words.LOWEST_NOW
        return say(now, title=title, last=say.value(last["value"], kpi.unit))
    return say(
        words.TREND_DOWN if is_down else words.TREND_UP,
        title=title,
        last=say.value(last["value"], kpi.unit),
        worst=say.value(worst["value"], kpi.unit),
        day=say.day(worst["from"], with_year=False),
    )
