"""Breakdowns evaluated: one row per part and slice, as figures of KPIs are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.errors import unknown
from connectors.text import Text
from kpis.breakdowns import BREAKDOWNS
from kpis.errors import UnknownKpiError
from kpis.figures import check_shares, figures
from kpis.needs import MISSING, missing
from kpis.parts import KPI, Asked
from kpis.periods import Bucket, Period, spanned
from kpis.reading import Cut
from kpis.shop import Shop
from kpis.slices import asked_period, check_slices, check_within
from kpis.windows import no_window, spans_of, windows_of

COLUMNS = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage", "status")


def broken_down(
    shop: Shop,
    name: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
) -> pl.DataFrame:
    """One row per part and slice: part, from, to, the dimensions and `COLUMNS`.

    Numerators of a breakdown that `adds_up` add up to the one denominator that its parts share; those of
    others need not. `value` is null where nothing is counted, and where no connection delivers what the parts
    need: then `status` says what is missing, else it is `none`.

    Args:
        shop: the shop.
        name: one of `BREAKDOWNS`.
        start: first day, included; null for the first of the data.
        end: last day, included; null for the last of the data.
        by: dimensions to split by.
        where: per dimension the values to keep; the empty value stands for unknown.

    Raises:
        UnknownKpiError: there is no such breakdown.
        SliceError, PeriodError: the question cannot be asked.
    """
    if name not in BREAKDOWNS:
        raise unknown(Text("breakdown", "拆解"), name, BREAKDOWNS, UnknownKpiError)
    kept, dimensions = dict(where or {}), tuple(dict.fromkeys(by))
    kpis = [part.kpi.called(code, name) for code, part in BREAKDOWNS[name].parts.items()]
    check_slices(shop, kpis, dimensions, kept)
    reach = spanned([shop.reach(kpi) for kpi in kpis])
    check_within(reach, start, end)
    windows = _window(asked_period(reach, start, end))
    lack = missing(kpis[0], shop.manifest.delivered)
    if lack:
        nothing = [pl.lit(None, pl.String).alias(dimension) for dimension in dimensions]
        found = pl.DataFrame({"part": [kpi.id for kpi in kpis]}).join(windows, how="cross")
        unknown_figures = [pl.lit(None, pl.Float64).alias(column) for column in COLUMNS[:-1]]
        told = found.with_columns(*nothing, *unknown_figures, status=pl.lit(f"{MISSING}{lack}"))
    else:
        asked = Asked(kpis, windows, Cut(spans_of(windows), dimensions, kept))
        found = figures(shop, [asked]).rename({KPI: "part"}).join(windows, on="window", how="left")
        check_shares(found.rename({"part": KPI}), kpis)
        told = found.with_columns(status=pl.lit("none"))
    order = {kpi.id: place for place, kpi in enumerate(kpis)}
    placed = pl.col("part").replace_strict(order, return_dtype=pl.Int64)
    return told.sort(placed, *dimensions, nulls_last=True).select("part", "from", "to", *dimensions, *COLUMNS)


def _window(period: Period | None) -> pl.DataFrame:
    return no_window() if period is None else windows_of([Bucket(None, period)], (None, 0))
