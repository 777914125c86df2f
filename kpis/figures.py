"""From windows and slices to figures: what each KPI makes of the sums of its measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from connectors.text import Text
from kpis.distribution import FromBins
from kpis.errors import FigureError
from kpis.intervals import Z90, Z95
from kpis.kpi import Count, Kpi
from kpis.measure import Histogram
from kpis.reading import Cut, read_bins, read_sums
from kpis.shop import Shop
from kpis.sums import Dated
from kpis.tally import Told

KPI = "kpi"
_LEFT_OUT, _COVERED, _NUMBER = "left_out", "covered", "count"
_ROUNDING = 1e-9
_FIGURES = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage")
INNER = ("low90", "high90")
_Bins = dict[tuple[str, str], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Asked:
    """KPIs that are asked for over the same windows.

    Attributes:
        kpis: the KPIs.
        windows: the windows' numbers; no window is also of other KPIs.
        cut: the windows and slices.
    """

    kpis: Sequence[Kpi]
    windows: pl.DataFrame
    cut: Cut


def figures(shop: Shop, asked: Sequence[Asked], *, inner: bool = False) -> pl.DataFrame:
    """One row per KPI, window and slice that has something to count; without dimensions, per window.

    All KPIs of the same arithmetic are worked out at once: there are far fewer sorts of it than KPIs.

    Columns: kpi (its id), window, the dimensions, numerator, denominator, value, low, high (not yet cut to
    the KPI's bounds), excluded, coverage; with `inner` also low90 and high90, the ends of the 90 % interval.
    """
    parts: dict[Hashable, list[pl.DataFrame]] = defaultdict(list)
    alike: dict[Hashable, list[Kpi]] = defaultdict(list)
    for group in asked:
        sums = _read(shop, group)
        for kpi in group.kpis:
            sort = (kpi.arithmetic, kpi.kind, kpi.covered is None, _way(kpi))
            parts[sort].append(_parts_of(shop, kpi, sums))
            alike[sort].append(kpi)
    bins = _bins_of(shop, asked)
    cut = asked[0].cut

    def ending(z: float) -> pl.DataFrame:
        every = [_figures(shop, alike[sort], pl.concat(parts[sort]), bins, cut, z=z) for sort in parts]
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


def _read(shop: Shop, group: Asked) -> Told:
    wanted = {dated for kpi in group.kpis for _, dated in _summed(kpi)}
    return read_sums(shop, wanted, group.cut, group.windows["window"])


def _summed(kpi: Kpi) -> Iterator[tuple[str, Dated]]:
    """The parts that are plain sums; the others are read as histograms."""
    return ((part, dated) for part, dated in kpi.dated.items() if not isinstance(dated.measure, Histogram))


def _parts_of(shop: Shop, kpi: Kpi, sums: Told) -> pl.DataFrame:
    """The parts of one KPI under their own names, what was left out in one column, what was covered."""
    # Beside a side that counts something, no rows are nothing to add; a lone count stays unknown.
    is_nothing = isinstance(kpi, Count) and kpi.none_is_zero and shop.reach(kpi) is not None
    is_unknown = isinstance(kpi, Count) and not is_nothing
    height = sums.keys.height
    left_out = np.zeros(height)
    covered = np.full(height, np.nan)
    parts = {}
    for part, dated in _summed(kpi):
        told = sums.columns[dated.key]
        filled = np.nan_to_num(told)
        if part.startswith("excluded_"):
            left_out += filled
        elif part == "covered":
            covered = filled
        else:
            parts[part] = told if is_unknown else filled
    columns = parts | {_LEFT_OUT: left_out, _COVERED: covered}
    named = pl.Series(KPI, [kpi.id]).new_from_index(0, height)
    own = [pl.Series(name, numbers, nan_to_null=True) for name, numbers in columns.items()]
    return sums.keys.hstack([named, *own])


def _way(kpi: Kpi) -> Hashable:
    return kpi.way if isinstance(kpi, FromBins) else None


def _bins_of(shop: Shop, asked: Sequence[Asked]) -> _Bins:
    """What histograms say, by KPI and part; each is read once."""
    bins: _Bins = {}
    for group in asked:
        kpis = [kpi for kpi in group.kpis if isinstance(kpi, FromBins)]
        binned = [(kpi.id, part, dated, of) for kpi in kpis for part, dated, of in _binned(kpi)]
        found = read_bins(shop, {dated: of for _, _, dated, of in binned}, group.cut)
        bins |= {(name, part): found[dated] for name, part, dated, _ in binned}
    return bins


def _binned(kpi: Kpi) -> Iterator[tuple[str, Dated, Histogram]]:
    """The parts that are histograms."""
    return (
        (part, dated, dated.measure)
        for part, dated in kpi.dated.items()
        if isinstance(dated.measure, Histogram)
    )


def _told(kpis: Sequence[Kpi], bins: _Bins, keys: Sequence[str], z: float) -> pl.DataFrame | None:
    """What histograms tell of KPIs of one sort; null where they are not made of any."""
    first = kpis[0]
    if not isinstance(first, FromBins):
        return None
    every = {
        part: pl.concat(bins[kpi.id, part].select(pl.lit(kpi.id).alias(KPI), pl.all()) for kpi in kpis)
        for part, _, _ in _binned(first)
    }
    return first.from_bins(every, [KPI, *keys], z)


def _figures(
    shop: Shop, kpis: Sequence[Kpi], parts: pl.DataFrame, bins: _Bins, cut: Cut, *, z: float
) -> pl.DataFrame:
    """The rows of KPIs of one sort."""
    keys = [KPI, *cut.keys]
    told = _told(kpis, bins, cut.keys, z)
    if told is not None:
        parts = parts.join(told, on=keys, how="full", nulls_equal=True, coalesce=True)
    if cut.dimensions:
        counted = pl.all().exclude(*keys) if told is None else pl.col(_NUMBER, _LEFT_OUT, _COVERED)
        parts = parts.filter(pl.any_horizontal(counted.fill_null(0) != 0))
    if kpis[0].cluster != "independent":
        parts = shop.effects.beside(parts, kpis, cut.dimensions, cut.where)
    return parts.select(*keys, *_columns(kpis[0], z))


def _columns(kpi: Kpi, z: float) -> list[pl.Expr]:
    figure = kpi.figure(z)
    left_out = pl.col(_LEFT_OUT).fill_null(0)
    covered = pl.col(_COVERED) if kpi.covered else figure.denominator
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
