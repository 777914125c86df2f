"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from connectors.text import Text
from kpis.columns import Real
from kpis.errors import FigureError
from kpis.figure import divided
from kpis.intervals import Z90, Z95
from kpis.kpi import Kpi
from kpis.parts import COVERED, KPI, LEFT_OUT, Alike, Asked, read_parts
from kpis.reading import Cut
from kpis.shop import Shop

INNER = ("low90", "high90")
_NUMBER = "count"
_FIGURES = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage")
_WITHOUT_SLICES = len((KPI, "window"))
_ROUNDING = 1e-9


def figures(shop: Shop, asked: Sequence[Asked], *, inner: bool = False) -> pl.DataFrame:
    """One row per KPI, window and slice that has something to count; without dimensions, per window.

    Columns: kpi (its id), window, the dimensions, numerator, denominator, value, low, high (not yet cut to
    the KPI's bounds), excluded, coverage; with `inner` also low90 and high90, the ends of the 90 % interval.
    """
    parts = read_parts(shop, asked)

    def ending(z: float) -> pl.DataFrame:
        # What cannot be divided is not known, and that is said by NaN.
        with np.errstate(all="ignore"):
            return pl.concat([_no_rows(asked[0].cut), *(_figures(alike, z) for alike in parts)])

    found = ending(Z95)
    if not inner:
        return found
    keys = [KPI, *asked[0].cut.keys]
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


def _figures(alike: Alike, z: float) -> pl.DataFrame:
    """The rows of KPIs of one sort."""
    keys, sums = alike.keys, alike.sums
    if alike.bins:
        keys, sums = _with_bins(alike, z)
    if keys.width > _WITHOUT_SLICES:
        counted = (_NUMBER, LEFT_OUT, COVERED) if alike.bins else (*alike.kpi.parts(), LEFT_OUT, COVERED)
        some = np.any([np.nan_to_num(sums[name]) != 0 for name in counted], axis=0)
        keys, sums = keys.filter(some), {name: column[some] for name, column in sums.items()}
    return keys.hstack(_columns(alike.kpi, sums, z))


def _with_bins(alike: Alike, z: float) -> tuple[pl.DataFrame, dict[str, Real]]:
    """Keys and sums beside what histograms tell; a slice may have one of both only."""
    names = alike.keys.columns
    told = pl.concat(kpi.from_bins(bins, z) for kpi, bins in alike.bins)
    rows = alike.keys.hstack([pl.Series(name, column) for name, column in alike.sums.items()])
    both = rows.join(told, on=names, how="full", nulls_equal=True, coalesce=True)
    sums = {column.name: column.cast(pl.Float64).to_numpy() for column in both.drop(names)}
    return both[names], sums


def _columns(kpi: Kpi, sums: dict[str, Real], z: float) -> list[pl.Series]:
    figure = kpi.figure(sums, z)
    left_out = np.nan_to_num(sums[LEFT_OUT])
    denominator = figure.denominator if kpi.kind == "count" else np.nan_to_num(figure.denominator)
    covered = np.where(np.isnan(sums[COVERED]), denominator, sums[COVERED])
    told = {
        "numerator": np.nan_to_num(figure.numerator),
        "denominator": denominator,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "excluded": left_out.astype(np.int64),
        "coverage": divided(covered, covered + left_out),
    }
    return [pl.Series(name, column, nan_to_null=True) for name, column in told.items()]
