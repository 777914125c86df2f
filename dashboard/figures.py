"""The figures a page asks for: each KPI over its own days, within the filters and what the page adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard import data, spans
from dashboard.data import BY_WORDS, KEPT_RESULTS
from dashboard.filters import FIELDS
from dashboard.place import Pin
from dashboard.scope import Where
from dashboard.small_cells import suppressed
from dashboard.spans import Shown
from dashboard.verdicts import UNCARRIED, Row
from dashboard.view import Room
from kpis.burn_in import burnt_in
from kpis.catalogue import catalogue
from kpis.errors import KpiError
from kpis.evaluate import Query
from kpis.judgement import BURNT_IN
from kpis.kpi import Basis, Kpi
from kpis.periods import GRAINS, Comparison, Grain, Period

NO_RESULT: Row = {"value": None, "denominator": None, "status": "none"}
LIKE_BEFORE: tuple[Comparison, ...] = ("year", "year-weekday", "festival")
_COLUMNS = {
    "kpi": pl.String, "from": pl.Date, "to": pl.Date,
    **dict.fromkeys(("numerator", "denominator", "value", "low", "high"), pl.Float64),
    "excluded": pl.Int64, "coverage": pl.Float64, "target": pl.Float64, "status": pl.String,
    "final": pl.Boolean, "final_on": pl.Date,
    **dict.fromkeys(("previous", "change", "change_low", "change_high"), pl.Float64), "small": pl.String,
    BURNT_IN: pl.Boolean,
}  # fmt: skip


def in_words(room: Room) -> str:
    """All of a room that figures depend on, as a key of what is kept: neither language nor place."""
    return repr((room.pinned, room.filters))


def where(room: Room, extra: Where = ()) -> Where:
    """The slice of the filters, narrowed to what a page adds; a dimension of both is taken as added."""
    return tuple((dict(room.filters.where) | dict(extra)).items())


def everywhere(room: Room, dimension: str) -> Room:
    """The same without the filter of one dimension, so that what was chosen stands among the others."""
    return replace(room, filters=replace(room.filters, **{FIELDS[dimension]: ()}))


def uncarried(room: Room, kpi: Kpi, extra: Where = (), by: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The dimensions asked for that a KPI does not carry, so that it has no figure; none where it has one."""
    asked = dict.fromkeys([*(name for name, _ in where(room, extra)), *by])
    return tuple(name for name in asked if name not in kpi.dimensions)


def days(room: Room, kpi: Kpi) -> Shown:
    """The days a KPI is shown for, which end where it is final, and the days it is compared with."""
    return spans.shown(room.filters, room.options.last_day, kpi.lag_days)


def one(room: Room, kpi: Kpi, extra: Where = ()) -> Row:
    """The result of a KPI as a row of `kpis table`, compared as the filters say.

    `value` is null where there is nothing to count; then `verdicts.missing` names a missing table, and
    `verdicts.UNCARRIED` the filters that the KPI is not split by. Small numbers are not taken out: cards and
    evidence say them in words.
    """
    lacking = uncarried(room, kpi, extra)
    if lacking:
        return {**NO_RESULT, UNCARRIED: lacking}
    found = _asked(room, kpi, (), extra, days(room, kpi).period, with_small=True)
    return NO_RESULT if found.is_empty() else found.row(0, named=True)


def by(room: Room, kpi: Kpi, *dimensions: str, extra: Where = ()) -> pl.DataFrame:
    """One row per value of the dimensions, compared as the filters say, without what small numbers betray.

    Columns as `kpis table` has them, and `small`: shown, counted (counts without the rate) or hidden. No row
    where the KPI does not carry a dimension or nothing is counted.
    """
    if uncarried(room, kpi, extra, dimensions):
        return _nothing(dimensions)
    return _asked(room, kpi, dimensions, extra, days(room, kpi).period)


def over_time(
    room: Room, kpi: Kpi, grain: Grain = "week", *dimensions: str, extra: Where = ()
) -> pl.DataFrame:
    """One row per day, week, ... (and value of the dimensions), up to the data's last day.

    At least thirteen whole weeks are shown, and more where the filters ask for more; own days as asked. What
    may still change has `final` false. `previous` is there for comparisons with a year before: the step
    before is on the line anyhow.
    """
    if uncarried(room, kpi, extra, dimensions):
        return _nothing((grain, *dimensions))
    return _asked(room, kpi, (grain, *dimensions), extra, _stretch(room, kpi))


def _stretch(room: Room, kpi: Kpi) -> Period:
    if room.filters.custom is not None:
        return room.filters.custom
    asked, weeks = days(room, kpi).period, spans.trend(room.options.last_day)
    monday = asked.start - dt.timedelta(days=asked.start.weekday())
    return Period(min(monday, weeks.start), weeks.end)


def _asked(
    room: Room, kpi: Kpi, split: tuple[str, ...], extra: Where, period: Period, *, with_small: bool = False
) -> pl.DataFrame:
    before = None if split and split[0] in GRAINS else days(room, kpi).before
    compare = room.filters.compare
    if split and split[0] in GRAINS and compare not in LIKE_BEFORE:
        compare = "none"
    asked = where(room, extra)
    question = Query((kpi.id,), period.start, period.end, split, asked, compare, before, basis_of(kpi))
    is_young = before is not None and burnt_in(kpi, room.manifest.first_day, period, before)
    try:
        return _told(room.pinned, question, is_young=is_young, with_small=with_small)
    except KpiError:
        return _nothing(split)


@st.cache_resource(max_entries=KEPT_RESULTS, show_spinner=False, hash_funcs=BY_WORDS)
def _told(pinned: Pin, question: Query, *, is_young: bool, with_small: bool) -> pl.DataFrame:
    """Results with `is_young` beside them; what small numbers betray is left out unless `with_small`."""
    found = data.results(pinned, question).with_columns(pl.lit(is_young).alias(BURNT_IN))
    dimensions = [name for name in question.by if name not in GRAINS]
    return found if with_small else suppressed(found, dimensions)


def basis_of(kpi: Kpi) -> Basis:
    """The basis that a KPI is given on."""
    return "event" if kpi.event is None and catalogue()[kpi.id].event is not None else "cohort"


def _nothing(split: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema={**_COLUMNS, **dict.fromkeys(split, pl.String)})


def coverage(counted: float, left_out: float) -> float:
    """The share of all that could be counted; there is something that was left out."""
    return counted / (counted + left_out)
