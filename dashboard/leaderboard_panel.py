"""The panel of Channels that ranks a figure over a dimension; a click on a bar shows that one alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from dashboard import click_to_filter, data, figures, leaderboard, verdicts
from dashboard.charts.bars import bars
from dashboard.charts.chart import Chart
from dashboard.charts.moves import moves
from dashboard.leaderboard import EACH_END, MOST, Titled
from dashboard.safe import plain, safe
from dashboard.titles import title, titles
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import channels as words
from kpis.evaluate import Query
from kpis.explained import Drivers
from kpis.kpi import Kpi

BOARD = "leaderboard"
LONGEST_LABEL = 24
COLUMNS = {
    "value_before": names.RESULT_COLUMNS["previous"],
    "value": names.RESULT_COLUMNS["value"],
    "contribution": words.CONTRIBUTION,
    "rate_effect": words.RATE_EFFECT,
    "mix_effect": words.MIX_EFFECT,
    "share": words.SHARE,
}


def draw(room: Room, kpi: Kpi, dimension: str, rank: str) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        kpi: the KPI.
        dimension: one of the filters' dimensions that it carries.
        rank: value, change or contribution.
    """
    everywhere = figures.everywhere(room, dimension)
    rows = figures.by(everywhere, kpi, dimension)
    if dimension == "store":
        rows = rows.filter(pl.col("store").is_not_null())
    ranks = {"value": _by_value, "change": _by_change, "contribution": _by_contribution}
    # Without a single value there is nothing to rank, whatever it is compared with.
    drawing = ranks[rank if rows["value"].count() else "value"]
    message, chart, cut = drawing(everywhere, kpi, dimension, rows, room.filters.chosen(dimension))
    st.subheader(message, anchor=False)
    if chart is None:
        return
    st.caption(days(everywhere, kpi, figures.one(everywhere, kpi), compared=rank != "value"))
    click_to_filter.draw(room, chart, BOARD, dimension)
    st.caption(room.say.sentences([*cut, room.say(words.CLICK)]))


def days(room: Room, kpi: Kpi, row: Row, *, compared: bool) -> str:
    """The days of a panel, how many they rest on, what they are compared with, and whether they are final."""
    say, shown = room.say, figures.days(room, kpi)
    span = say.span(shown.period.start, shown.period.end, with_year=True)
    below = row.get("denominator")
    told = [
        say(words.COUNT_DAYS, days=span)
        if below is None
        else say(words.DAYS, days=span, denominator=say.number(below))
    ]
    if compared and shown.before is not None:
        before = say.span(shown.before.start, shown.before.end, with_year=True)
        told.append(say(words.AGAINST, days=before))
    if shown.final_on is not None:
        told.append(say(words.FINAL_ON, day=say.day(shown.final_on)))
    return " · ".join(told)


Drawn = tuple[str, Chart | None, list[str]]
"""The message, the chart where there is one, and what to say of the parts that it leaves out."""


def _by_value(room: Room, kpi: Kpi, dimension: str, rows: pl.DataFrame, chosen: tuple[str, ...]) -> Drawn:
    ranked = leaderboard.by_value(kpi, rows)
    message = leaderboard.order(kpi, ranked, partial(called, room, dimension), dimension, room.say)
    if ranked.is_empty():
        return message, None, []
    known = _titles(room, dimension)
    places = leaderboard.ends(range(ranked.height))
    drawn = bars(kpi, ranked[list(places)], dimension, known, room.say, chosen=chosen)
    whole = bars(kpi, ranked, dimension, known, room.say) if ranked.height > len(places) else drawn
    return message, replace(drawn, table=whole.table), _ends_only(room, ranked.height)


def _by_change(room: Room, kpi: Kpi, dimension: str, rows: pl.DataFrame, chosen: tuple[str, ...]) -> Drawn:
    say = room.say
    ranked = leaderboard.by_change(kpi, rows)
    if ranked.is_empty():
        return say(words.COMPARE_FIRST), None, []
    message = leaderboard.moved_most(kpi, ranked, partial(called, room, dimension), dimension, say)
    found = leaderboard.changed(kpi, ranked, _plainly(room, dimension), dimension, say)
    columns = ("previous", "value", "change", "change_low", "change_high", "numerator", "denominator")
    table = ranked.select(
        pl.Series(say(names.DIMENSIONS[dimension]), [move.title for move in found]),
        *(pl.col(name).alias(say(names.RESULT_COLUMNS[name])) for name in columns),
        pl.Series(say(words.VERDICT), [move.word for move in found]),
    )
    chart = moves(leaderboard.ends(found), say(kpi.label), kpi.unit, table, say, chosen=chosen)
    return message, chart, _ends_only(room, len(found))


def _by_contribution(
    room: Room, kpi: Kpi, dimension: str, rows: pl.DataFrame, chosen: tuple[str, ...]
) -> Drawn:
    say = room.say
    found = why(room, kpi, (dimension,))
    if found is None or found.change is None:
        return say(words.COMPARE_FIRST), None, []
    if found.not_additive is not None:
        st.caption(say(found.not_additive))
        return _by_change(room, kpi, dimension, rows, chosen)
    verdict = verdicts.of_change(kpi, figures.one(room, kpi))
    message = leaderboard.whence(found, verdict, partial(called, room, dimension), say)
    if found.reversed_by:
        st.caption(say(words.REVERSED), width="stretch")
    parts = leaderboard.told_parts(found)
    titled = _plainly(room, dimension)
    brought = leaderboard.brought(found, parts, verdict, titled, say)
    table = parts.select(
        pl.Series(say(names.DIMENSIONS[dimension]), [titled(code) for code in parts["slice"]], pl.String),
        *(pl.col(name).alias(say(text)) for name, text in COLUMNS.items()),
    )
    cut = [say(words.LARGEST, count=MOST, parts=len(brought))] if len(brought) > MOST else []
    return message, moves(brought[:MOST], say(kpi.label), kpi.unit, table, say, chosen=chosen), cut


def _ends_only(room: Room, parts: int) -> list[str]:
    return [room.say(words.CUT, count=EACH_END, parts=parts)] if parts > MOST else []


def why(room: Room, kpi: Kpi, dimensions: tuple[str, ...]) -> Drivers | None:
    """Why the figure changed, split by some dimensions; null where there is nothing to compare."""
    shown = figures.days(room, kpi)
    if shown.before is None or figures.uncarried(room, kpi, by=dimensions):
        return None
    question = Query((kpi.id,), by=dimensions, where=room.filters.where)
    return data.drivers(room.pinned, question, shown.period, shown.before)[kpi.id]


def called(room: Room, dimension: str, code: str | None) -> str:
    """What a value is called, ready for Markdown; what lies in no store is not merely unknown."""
    return safe(_name(room, dimension, code, room.say), LONGEST_LABEL)


def _plainly(room: Room, dimension: str) -> Titled:
    return lambda code: plain(_name(room, dimension, code, room.say))


def _name(room: Room, dimension: str, code: str | None, say: Say) -> str:
    if dimension == "store" and not code:
        return say(words.NOWHERE)
    return title(room.options, dimension, code, say)


def _titles(room: Room, dimension: str) -> dict[str, str]:
    return {code: plain(text) for code, text in titles(room.options, dimension, room.say).items()}
