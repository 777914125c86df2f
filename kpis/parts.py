"""What figures are made of: the sums and histograms of KPIs that are worked out alike, as one table each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.cells import Real
from kpis.distribution import FromBins
from kpis.kpi import Count, Kpi
from kpis.measure import Histogram
from kpis.reading import Cut, read_bins, read_sums
from kpis.shop import Shop
from kpis.sums import Dated
from kpis.tally import Told

KPI = "kpi"
LEFT_OUT, COVERED = "left_out", "covered"


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


@dataclass(frozen=True, slots=True)
class Alike:
    """KPIs of the same arithmetic and what they are made of.

    Attributes:
        kpis: the KPIs.
        sums: one row per KPI, window and slice: kpi, window, the dimensions, the parts that are plain sums,
            `left_out`, `covered` (null where nothing says so) and `effect`.
        bins: one of the KPIs of each way to work out histograms, and per part that is one the same keys
            with bins, their counts and sums, of all KPIs of that way.
    """

    kpis: Sequence[Kpi]
    sums: pl.DataFrame
    bins: Sequence[tuple[FromBins, dict[str, pl.DataFrame]]]


def read_parts(shop: Shop, asked: Sequence[Asked]) -> list[Alike]:
    """What all KPIs are made of: there are far fewer sorts of arithmetic than KPIs."""
    sorts: dict[Hashable, list[tuple[Kpi, Asked]]] = defaultdict(list)
    sums = {id(group): _read(shop, group) for group in asked}
    bins: dict[tuple[str, str], pl.DataFrame] = {}
    for group in asked:
        bins |= _read_bins(shop, group)
        for kpi in group.kpis:
            sorts[kpi.arithmetic, kpi.kind, kpi.covered is None].append((kpi, group))
    return [
        Alike(
            [kpi for kpi, _ in members],
            _stacked(shop, [(kpi, group.cut, sums[id(group)]) for kpi, group in members]),
            _by_way(bins, [kpi for kpi, _ in members]),
        )
        for members in sorts.values()
    ]


def _read(shop: Shop, group: Asked) -> Told:
    wanted = {dated for kpi in group.kpis for _, dated in _summed(kpi)}
    return read_sums(shop, wanted, group.cut, group.windows["window"])


def _summed(kpi: Kpi) -> Iterator[tuple[str, Dated]]:
    """The parts that are plain sums; the others are read as histograms."""
    return ((part, dated) for part, dated in kpi.dated.items() if not isinstance(dated.measure, Histogram))


def _stacked(shop: Shop, members: Sequence[tuple[Kpi, Cut, Told]]) -> pl.DataFrame:
    """The sums of KPIs of one sort, one under the other."""
    each = [_parts_of(shop, kpi, told) for kpi, _, told in members]
    for parts, (kpi, cut, told) in zip(each, members, strict=True):
        parts["effect"] = _effect(shop, kpi, cut, told)
    heights = [told.keys.height for _, _, told in members]
    names = pl.Series(KPI, [kpi.id for kpi, _, _ in members])[np.repeat(np.arange(len(members)), heights)]
    keys = pl.concat([told.keys for _, _, told in members])
    columns = [
        pl.Series(part, np.concatenate([parts[part] for parts in each]), nan_to_null=True) for part in each[0]
    ]
    return pl.DataFrame([names, *keys, *columns])


def _effect(shop: Shop, kpi: Kpi, cut: Cut, told: Told) -> Real:
    if kpi.cluster == "independent":
        return np.ones(told.keys.height)
    return shop.effects.along(kpi, told.keys, cut.where)


def _parts_of(shop: Shop, kpi: Kpi, sums: Told) -> dict[str, Real]:
    """The parts of one KPI under their own names, what was left out in one column, what was covered."""
    # Beside a side that counts something, no rows are nothing to add; a lone count stays unknown.
    is_nothing = isinstance(kpi, Count) and kpi.none_is_zero and shop.reach(kpi) is not None
    is_unknown = isinstance(kpi, Count) and not is_nothing
    height = sums.keys.height
    parts: dict[str, Real] = {}
    left_out, covered = np.zeros(height), np.full(height, np.nan)
    for part, dated in _summed(kpi):
        told = sums.columns[dated.key]
        filled = np.where(np.isnan(told), 0.0, told)
        if part.startswith("excluded_"):
            left_out += filled
        elif part == "covered":
            covered = filled
        else:
            parts[part] = told if is_unknown else filled
    return parts | {LEFT_OUT: left_out, COVERED: covered}


def _read_bins(shop: Shop, group: Asked) -> dict[tuple[str, str], pl.DataFrame]:
    """What histograms say, by KPI and part; each is read once."""
    kpis = [kpi for kpi in group.kpis if isinstance(kpi, FromBins)]
    binned = [(kpi.id, part, dated, of) for kpi in kpis for part, dated, of in _binned(kpi)]
    found = read_bins(shop, {dated: of for _, _, dated, of in binned}, group.cut)
    return {(name, part): found[dated] for name, part, dated, _ in binned}


def _binned(kpi: Kpi) -> Iterator[tuple[str, Dated, Histogram]]:
    """The parts that are histograms."""
    return (
        (part, dated, dated.measure)
        for part, dated in kpi.dated.items()
        if isinstance(dated.measure, Histogram)
    )


def _by_way(
    bins: Mapping[tuple[str, str], pl.DataFrame], kpis: Sequence[Kpi]
) -> list[tuple[FromBins, dict[str, pl.DataFrame]]]:
    """The histograms of KPIs, those that are worked out in one way one under the other."""
    ways: dict[Hashable, list[FromBins]] = defaultdict(list)
    for kpi in kpis:
        if isinstance(kpi, FromBins):
            ways[kpi.way].append(kpi)
    return [
        (alike[0], {part: _of_kpis(bins, part, alike) for part, _, _ in _binned(alike[0])})
        for alike in ways.values()
    ]


def _of_kpis(bins: Mapping[tuple[str, str], pl.DataFrame], part: str, kpis: Sequence[Kpi]) -> pl.DataFrame:
    named = [bins[kpi.id, part].select(pl.lit(kpi.id).alias(KPI), pl.all()) for kpi in kpis]
    return pl.concat(named)
