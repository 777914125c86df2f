"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from connectors.text import Text
from kpis.distribution import FromBins
from kpis.errors import FigureError
from kpis.kpi import Count, Kpi
from kpis.measure import Histogram, Measure
from kpis.reading import Cut, read_bins, read_sums
from kpis.shop import Shop
from kpis.sums import Dated

_ROUNDING = 1e-9


def figures(shop: Shop, kpis: Sequence[Kpi], windows: pl.DataFrame, cut: Cut) -> dict[str, pl.DataFrame]:
    """Per KPI one row per window and slice that has something to count; without dimensions, per window.

    Columns: window, the dimensions, numerator, denominator, value, low, high (not yet cut to the KPI's
    bounds), excluded, coverage.
    """
    wanted = {Dated(measure, kpi.day_of(measure)) for kpi in kpis for _, measure in _summed(kpi)}
    sums = read_sums(shop, wanted, cut)
    if not cut.dimensions:
        sums = windows.select("window").join(sums, on="window", how="left")
    told = _from_bins(shop, kpis, cut)
    return {kpi.id: _figure(shop, kpi, sums, told.get(kpi.id), cut) for kpi in kpis}


def check_shares(kpi: Kpi, result: pl.DataFrame) -> None:
    """Refuse shares above 1, which can only come from contradictory data or a wrong declaration.

    Raises:
        FigureError: a numerator is above its denominator where that cannot be.
    """
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


def _summed(kpi: Kpi) -> Iterator[tuple[str, Measure]]:
    """The parts that are plain sums; the others are read as histograms."""
    return ((part, measure) for part, measure in kpi.measures.items() if not isinstance(measure, Histogram))


def _from_bins(shop: Shop, kpis: Sequence[Kpi], cut: Cut) -> dict[str, pl.DataFrame]:
    """What histograms say, each read once however many figures are made from it."""
    asked = {kpi.id: (kpi, dict(_binned(kpi))) for kpi in kpis if isinstance(kpi, FromBins)}
    histograms = {dated: measure for _, parts in asked.values() for dated, measure in parts.values()}
    bins = {dated: read_bins(shop, measure, dated.day, cut) for dated, measure in histograms.items()}
    return {
        name: kpi.from_bins({part: bins[dated] for part, (dated, _) in parts.items()}, cut.keys)
        for name, (kpi, parts) in asked.items()
    }


def _binned(kpi: Kpi) -> Iterator[tuple[str, tuple[Dated, Histogram]]]:
    """The parts that are histograms."""
    return (
        (part, (Dated(measure, kpi.day_of(measure)), measure))
        for part, measure in kpi.parts().items()
        if isinstance(measure, Histogram)
    )


def _figure(shop: Shop, kpi: Kpi, sums: pl.DataFrame, told: pl.DataFrame | None, cut: Cut) -> pl.DataFrame:
    """One KPI's rows."""
    parts = {part: Dated(measure, kpi.day_of(measure)).key for part, measure in _summed(kpi)}
    # Beside a side that counts something, no rows are nothing to add; a lone count stays unknown.
    is_nothing = isinstance(kpi, Count) and kpi.none_is_zero and shop.reach(kpi) is not None
    unknown = {"numerator"} if isinstance(kpi, Count) and not is_nothing else set()
    summed = {
        part: pl.col(key) if part in unknown else pl.col(key).fill_null(0) for part, key in parts.items()
    }
    own = sums.select(*cut.keys, **summed)
    counted = list(parts)
    if told is not None:
        own = own.join(told, on=cut.keys, how="full", nulls_equal=True, coalesce=True)
        counted.append("count")
    if cut.dimensions:
        own = own.filter(pl.any_horizontal(pl.col(counted).fill_null(0) != 0))
    if kpi.cluster != "independent":
        own = own.with_columns(effect=shop.effects.column(kpi, cut.dimensions, cut.where))
    return own.select(*cut.keys, *_columns(kpi))


def _columns(kpi: Kpi) -> list[pl.Expr]:
    figure = kpi.figure()
    left_out = [pl.col(f"excluded_{place}").fill_null(0) for place in range(len(kpi.excluded))]
    excluded = pl.sum_horizontal(left_out).cast(pl.Int64) if left_out else pl.lit(0, pl.Int64)
    covered = pl.col("covered").cast(pl.Float64) if kpi.covered else figure.denominator
    everything = covered.fill_null(0) + excluded
    has_denominator = kpi.kind != "count"
    has_coverage = has_denominator or kpi.covered is not None
    return [
        figure.numerator.fill_null(0.0).alias("numerator"),
        (figure.denominator.fill_null(0.0) if has_denominator else figure.denominator).alias("denominator"),
        figure.value.alias("value"),
        figure.low.alias("low"),
        figure.high.alias("high"),
        excluded.alias("excluded"),
        pl.when(has_coverage & (everything > 0)).then(covered.fill_null(0) / everything).alias("coverage"),
    ]
