"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from connectors.text import Text
from kpis.columns import Real
from kpis.errors import FigureError
from kpis.figure import divided
from kpis.intervals import Z90, Z95
from kpis.kpi import Kpi
from kpis.parts import COVERED, KPI, LEFT_OUT, Alike, Asked, Parts, read_parts
from kpis.reading import Cut
from kpis.shop import Shop

INNER = ("low90", "high90")
_NUMBER = "count"
_FIGURES = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage")
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
            return pl.concat([_no_rows(asked[0].cut), *_of_sums(parts, z), *_of_bins(parts, z)])

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


def _of_sums(parts: Parts, z: float) -> Iterator[pl.DataFrame]:
    """The rows of all KPIs that are made of sums alone, named once for all."""
    alike = [each for each in parts.alike if not each.bins]
    if not alike:
        return
    columns = [_columns(each.kpi, each.sums, z) for each in alike]
    some = np.concatenate([_counted(parts, each) for each in alike])
    kpis = np.concatenate([each.kpis for each in alike])[some]
    slices = np.concatenate([each.slices for each in alike])[some]
    told = {name: np.concatenate([each[name] for each in columns])[some] for name in _FIGURES}
    yield _told(parts.named(kpis, slices), told)


def _counted(parts: Parts, alike: Alike) -> NDArray[np.bool_]:
    """Which of the rows count something, where there are slices."""
    names = (*alike.kpi.parts(), LEFT_OUT, COVERED)
    return _some(parts.slices, [alike.sums[name] for name in names])


def _some(keys: pl.DataFrame, columns: Sequence[Real]) -> NDArray[np.bool_]:
    """Which of the rows have anything but 0 and NaN; all of them without slices."""
    if not set(keys.columns) - {KPI, "window"}:
        return np.ones(len(columns[0]), np.bool_)
    found: NDArray[np.bool_] = np.any([np.nan_to_num(column) != 0 for column in columns], axis=0)
    return found


def _of_bins(parts: Parts, z: float) -> Iterator[pl.DataFrame]:
    """The rows of KPIs that are made of histograms."""
    for alike in parts.alike:
        if alike.bins:
            keys, sums = _with_bins(parts, alike, z)
            some = _some(keys, [sums[name] for name in (_NUMBER, LEFT_OUT, COVERED)])
            columns = _columns(alike.kpi, sums, z)
            yield _told(keys.filter(some), {name: column[some] for name, column in columns.items()})


def _with_bins(parts: Parts, alike: Alike, z: float) -> tuple[pl.DataFrame, dict[str, Real]]:
    """Keys and sums beside what histograms tell; a slice may have one of both only."""
    keys = parts.named(alike.kpis, alike.slices)
    told = pl.concat(kpi.from_bins(bins, z) for kpi, bins in alike.bins)
    rows = keys.hstack([pl.Series(name, column) for name, column in alike.sums.items()])
    both = rows.join(told, on=keys.columns, how="full", nulls_equal=True, coalesce=True)
    sums = {column.name: column.cast(pl.Float64).to_numpy() for column in both.drop(keys.columns)}
    return both[keys.columns], sums


def _told(keys: pl.DataFrame, columns: Mapping[str, Real]) -> pl.DataFrame:
    told = [pl.Series(name, column, nan_to_null=True) for name, column in columns.items()]
    return keys.hstack(told)


def _columns(kpi: Kpi, sums: dict[str, Real], z: float) -> dict[str, Real]:
    figure = kpi.figure(sums, z)
    left_out = np.nan_to_num(sums[LEFT_OUT])
    denominator = figure.denominator if kpi.kind == "count" else np.nan_to_num(figure.denominator)
    covered = np.where(np.isnan(sums[COVERED]), denominator, sums[COVERED])
    return {
        "numerator": np.nan_to_num(figure.numerator),
        "denominator": denominator,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "excluded": left_out.astype(np.int64),
        "coverage": divided(covered, covered + left_out),
    }
