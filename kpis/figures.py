"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from connectors.text import Text
from kpis.errors import FigureError
from kpis.kpi import Kpi, Quantile
from kpis.measure import Measure
from kpis.quantiles import quantiles
from kpis.reading import Cut, read_bins, read_sums
from kpis.shop import Shop
from kpis.sums import Dated

_ROUNDING = 1e-9


def figures(shop: Shop, kpis: Sequence[Kpi], windows: pl.DataFrame, cut: Cut) -> dict[str, pl.DataFrame]:
    """Per KPI one row per window and slice that has something to count; without dimensions, per window.

    Columns: window, the dimensions, numerator, denominator, value, low, high (not yet cut to the KPI's
    bounds), excluded, coverage.

    Raises:
        FigureError: a numerator is above its denominator where that cannot be.
    """
    wanted = {Dated(measure, kpi.day_of(measure)) for kpi in kpis for _, measure in _summed(kpi)}
    sums = read_sums(shop, wanted, cut)
    if not cut.dimensions:
        sums = windows.select("window").join(sums, on="window", how="left")
    return {kpi.id: _figure(shop, kpi, sums, cut) for kpi in kpis}


def _summed(kpi: Kpi) -> Iterator[tuple[str, Measure]]:
    """The parts that are plain sums; a quantile's durations are read as a histogram."""
    return (
        (part, measure)
        for part, measure in kpi.measures.items()
        if not (isinstance(kpi, Quantile) and part == "of")
    )


def _figure(shop: Shop, kpi: Kpi, sums: pl.DataFrame, cut: Cut) -> pl.DataFrame:
    parts = {part: Dated(measure, kpi.day_of(measure)).key for part, measure in _summed(kpi)}
    own = sums.select(*cut.keys, *(pl.col(key).alias(part) for part, key in parts.items()))
    counted = list(parts)
    if isinstance(kpi, Quantile):
        bins = read_bins(shop, kpi.of, kpi.day_of(kpi.of), cut)
        told = quantiles(bins, kpi.at, cut.keys)
        own = own.join(told, on=cut.keys, how="full", nulls_equal=True, coalesce=True)
        counted.append("count")
    if cut.dimensions:
        own = own.filter(pl.any_horizontal(pl.col(counted).fill_null(0) != 0))
    result = own.select(*cut.keys, *_columns(kpi))
    _check(kpi, result)
    return result


def _columns(kpi: Kpi) -> list[pl.Expr]:
    figure = kpi.figure()
    left_out = [pl.col(f"excluded_{place}").fill_null(0) for place in range(len(kpi.excluded))]
    excluded = pl.sum_horizontal(left_out).cast(pl.Int64) if left_out else pl.lit(0, pl.Int64)
    covered = pl.col("covered").cast(pl.Float64) if kpi.covered else figure.denominator
    everything = covered.fill_null(0) + excluded
    has_denominator = kpi.kind != "count"
    return [
        figure.numerator.fill_null(0.0).alias("numerator"),
        (figure.denominator.fill_null(0.0) if has_denominator else figure.denominator).alias("denominator"),
        figure.value.alias("value"),
        figure.low.alias("low"),
        figure.high.alias("high"),
        excluded.alias("excluded"),
        pl.when(has_denominator & (everything > 0)).then(covered.fill_null(0) / everything).alias("coverage"),
    ]


def _check(kpi: Kpi, result: pl.DataFrame) -> None:
    """Refuse shares above 1, which can only come from contradictory data or a wrong declaration."""
    if kpi.unit != "percent" or kpi.may_exceed_one:
        return
    above = result.filter(pl.col("numerator") > pl.col("denominator") + _ROUNDING)
    if above.height:
        row = above.row(0, named=True)
        raise FigureError(
            Text(
                f"{kpi.id} counts {row['numerator']:g} of {row['denominator']:g}: a share is at most 1.",
                f"{kpi.id} 的分子 {row['numerator']:g} 大于分母 {row['denominator']:g}：占比不可能超过 1。",
            )
        )
