"""Articles in the comparison: prices, range and titles, whose figure is the share of what is the same."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors.text import Text
from kpis.articles import SLICES, article_figures, last_day
from kpis.catalogue import catalogue
from kpis.consistency.arms import Slices
from kpis.consistency.gap import judged
from kpis.consistency.reasons import no_article, not_carried
from kpis.fewest import smallest
from kpis.intervals import Z95
from kpis.periods import Period
from kpis.shop import Shop

_ABOUT = {"kpi": pl.String, "group": pl.String, "margin": pl.Float64, "fewest": pl.Int64}


def agreements(
    shop: Shop, where: Slices, start: dt.date | None, end: dt.date | None
) -> tuple[pl.DataFrame, dict[str, Text]]:
    """One row per KPI of articles, judged, and why some are not comparable.

    Args:
        shop: the shop.
        where: per dimension the values to keep; articles know category and channel only.
        start: the first day; null for the first of the data.
        end: the last day, on whose prices and listings figures are; null for the last of the data.
    """
    margins = shop.business.margins
    every = [(kpi, weighs) for kpi in catalogue().values() if (weighs := kpi.agreement)]
    about = pl.DataFrame(
        [(kpi.id, weighs.group, margins.get(kpi.id, weighs.margin), smallest(kpi)) for kpi, weighs in every],
        _ABOUT,
        orient="row",
    )
    foreign = [name for name in where if name not in SLICES]
    period = Period(start or dt.date.min, end or dt.date.max)
    figures = article_figures(shop, period, {} if foreign else where)
    if foreign:
        figures = figures.clear()
    day = pl.lit(last_day(shop, period), pl.Date)
    told = about.join(figures, on="kpi", how="left", maintain_order="left").select(
        *_ABOUT,
        pl.lit(value=False).alias("logarithmic"),
        pl.lit(value=True).alias("is_share"),
        day.alias("from"),
        day.alias("to"),
        online_n="denominator",
        offline_n="denominator",
        answers="denominator",
        gap=pl.col("value") - 1,
        low90=pl.col("low90") - 1,
        high90=pl.col("high90") - 1,
        low95=pl.col("low") - 1,
        high95=pl.col("high") - 1,
        error=(pl.col("high") - pl.col("low")) / (2 * Z95),
    )
    rows = judged(told)
    reasons = {
        row["kpi"]: not_carried(foreign[0]) if foreign else no_article(shop, row)
        for row in rows.iter_rows(named=True)
        if row["gap"] is None
    }
    return rows, reasons
