"""Breakdowns as a page asks for them: over the days of their figure and within the filters."""

from __future__ import annotations

import polars as pl

from dashboard import data, figures, spans
from dashboard.scope import Where
from dashboard.small_cells import COUNTED, RATES, SHOWN
from dashboard.spans import Shown
from dashboard.view import Room
from dashboard.wording import Say
from kpis.breakdowns import BREAKDOWNS
from kpis.errors import KpiError
from kpis.fewest import SMALLEST
from kpis.kpi import Kpi

_FIGURES = dict.fromkeys(("numerator", "denominator", "value", "low", "high", "coverage"), pl.Float64)


def kpi(name: str) -> Kpi:
    """What a breakdown's parts are shares of, as a KPI without an id."""
    return next(iter(BREAKDOWNS[name].parts.values())).kpi


def titles(name: str, say: Say) -> dict[str, str]:
    """What the parts are called."""
    return {code: say(part.title) for code, part in BREAKDOWNS[name].parts.items()}


def days(room: Room, name: str) -> Shown:
    """The days that a breakdown is shown for."""
    return spans.shown(room.filters, room.options.last_day, kpi(name).lag_days)


def parts(room: Room, name: str, *dimensions: str, extra: Where = ()) -> pl.DataFrame:
    """One row per part and value of the dimensions, with `small`; no row where nothing is carried or counted.

    Columns as `kpis.broken_down` has them. Parts are orders, parcels or lines, never people: of few there are
    counts without a rate.
    """
    if figures.uncarried(room, kpi(name), extra, dimensions):
        return _nothing(dimensions)
    period = days(room, name).period
    try:
        found = data.broken_down(room.pinned, name, period, dimensions, figures.where(room, extra))
    except KpiError:
        return _nothing(dimensions)
    few = (pl.col("denominator") < SMALLEST).fill_null(value=False)
    shown = [pl.when(~few).then(rate).alias(rate) for rate in RATES if rate in found.columns]
    return found.with_columns(*shown, small=pl.when(few).then(pl.lit(COUNTED)).otherwise(pl.lit(SHOWN)))


def _nothing(dimensions: tuple[str, ...]) -> pl.DataFrame:
    named = dict.fromkeys(("part", *dimensions, "status", "small"), pl.String)
    return pl.DataFrame(schema=named | _FIGURES | {"excluded": pl.Int64})
