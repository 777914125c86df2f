"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import polars as pl

from connectors.text import Text
from kpis.errors import FigureError
from kpis.intervals import Z90, Z95
from kpis.kpi import Kpi
from kpis.parts import COVERED, KPI, LEFT_OUT, Alike, Asked, read_parts
from kpis.reading import Cut
from kpis.shop import Shop

INNER = ("low90", "high90")
_NUMBER = "count"
_ROUNDING = 1e-9
_FIGURES = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage")


def figures(shop: Shop, asked: Sequence[Asked], *, inner: bool = False) -> pl.DataFrame:
    """One row per KPI, window and slice that has something to count; without dimensions, per window.

    Columns: kpi (its id), window, the dimensions, numerator, denominator, value, low, high (not yet cut to
    the KPI's bounds), excluded, coverage; with `inner` also low90 and high90, the ends of the 90 % interval.
    """
    cut = asked[0].cut
    parts = read_parts(shop, asked)

    def ending(z: float) -> pl.DataFrame:
        every = pl.collect_all([_figures(alike, cut, z) for alike in parts])
        return pl.concat([_no_rows(cut), *every])

    found = ending(Z95)
    if not inner:
        return found
    keys = [KPI, *cut.keys]
    closer = ending(Z90).select(*keys, low90="low", high90="high")
    return found.join(closer, on=keys, how="left", nulls_equal=True)


def _no_rows(cut: Cut) -> pl.DataFrame:
    keys = {KPI: pl.String, "window": pl.Int64} | dict.fromkeys(cut.dimensions, pl.String)
    return pl.DataFrame(schema=keys | dict.fromkeys(_FIGURES, pl.Float64) | {"excluded": pl.Int64})


def check_shares(result: pl.DataFrame, kpis: Iterable[Kpi]) -> None:
    """Refuse shares above 1, which can only come from contradictory data or a wrong declaration.

    Raises:
        FigureError: a numerator is above its denominator where that cannot be.
    """
    shares = [kpi.id for kpi in kpis if kpi.unit == "percent" and not kpi.may_exceed_one]
    is_above = pl.col("numerator") > pl.col("denominator") + _ROUNDING
    above = result.filter(is_above & pl.col(KPI).is_in(shares))
    if above.height:
        row = above.row(0, named=True)
        raise FigureError(
            Text(
                f"{row[KPI]} counts {row['numerator']:g} of {row['denominator']:g}: a share is at most 1.",
                f"{row[KPI]} 的分子 {row['numerator']:g} 大于分母 {row['denominator']:g}：占比不可能超过 1。",
            )
        )


def _figures(alike: Alike, cut: Cut, z: float) -> pl.LazyFrame:
    """The rows of KPIs of one sort."""
    keys = [KPI, *cut.keys]
    rows = alike.sums.lazy()
    if alike.bins:
        told = pl.concat(kpi.from_bins(bins, z) for kpi, bins in alike.bins).lazy()
        rows = rows.join(told, on=keys, how="full", nulls_equal=True, coalesce=True)
    if cut.dimensions:
        counted = (_NUMBER, LEFT_OUT, COVERED) if alike.bins else (*alike.kpi.parts(), LEFT_OUT, COVERED)
        rows = rows.filter(pl.any_horizontal(pl.col(counted).fill_null(0) != 0))
    return rows.select(*keys, *_columns(alike.kpi, z))


@lru_cache(maxsize=512)
def _columns(kpi: Kpi, z: float) -> list[pl.Expr]:
    figure = kpi.figure(z)
    left_out = pl.col(LEFT_OUT).fill_null(0)
    covered = pl.col(COVERED) if kpi.covered else figure.denominator
    everything = covered.fill_null(0) + left_out
    has_denominator = kpi.kind != "count"
    has_coverage = has_denominator or kpi.covered is not None
    return [
        figure.numerator.fill_null(0.0).alias("numerator"),
        (figure.denominator.fill_null(0.0) if has_denominator else figure.denominator).alias("denominator"),
        figure.value.alias("value"),
        figure.low.alias("low"),
        figure.high.alias("high"),
        left_out.cast(pl.Int64).alias("excluded"),
        pl.when(has_coverage & (everything > 0)).then(covered.fill_null(0) / everything).alias("coverage"),
    ]
