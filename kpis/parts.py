"""What figures are made of: the sums and histograms of KPIs that are worked out alike, as one table each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.columns import Real, Whole
from kpis.distribution import FromBins
from kpis.histograms import Histograms
from kpis.kpi import Kpi
from kpis.of_sums import Count
from kpis.reading import Cut, read_bins, read_sums
from kpis.shop import Shop
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
        kpi: one of the KPIs.
        kpis: for each row its KPI, by its place in `Parts.ids`.
        slices: for each row its window and slice, by their place in `Parts.slices`.
        sums: for each row the parts that are plain sums, `left_out`, `covered` (NaN where nothing says so)
            and `effect`; NaN is what is not known.
        bins: one of the KPIs of each way to work out histograms, and per part that is one the histograms of
            all KPIs of that way, by kpi, window and the dimensions.
    """

    kpi: Kpi
    kpis: Whole
    slices: Whole
    sums: dict[str, Real]
    bins: Sequence[tuple[FromBins, dict[str, Histograms]]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What KPIs are made of.

    Attributes:
        ids: the KPIs' ids.
        slices: one row per window and slice: window, the dimensions.
        alike: the KPIs by their arithmetic.
    """

    ids: Sequence[str]
    slices: pl.DataFrame
    alike: Sequence[Alike]

    def named(self, kpis: Whole, slices: Whole) -> pl.DataFrame:
        """Rows by their names: kpi, window, the dimensions."""
        return pl.DataFrame([pl.Series(KPI, self.ids, pl.String)[kpis], *self.slices[slices]])


@dataclass(frozen=True, slots=True)
class _Members:
    """KPIs of the same arithmetic over the same windows, all sums of these windows, and where those begin."""

    kpis: Sequence[Kpi]
    where: Mapping[str, Sequence[str]]
    told: Told
    first: int


def read_parts(shop: Shop, asked: Sequence[Asked]) -> Parts:
    """What all KPIs are made of: there are far fewer sorts of arithmetic than KPIs."""
    sorts: dict[Hashable, list[_Members]] = defaultdict(list)
    bins: dict[tuple[str, str], Histograms] = {}
    slices: list[pl.DataFrame] = []
    first = 0
    for group in asked:
        wanted = {dated.key: dated for kpi in group.kpis for _, dated in kpi.summed}
        told = read_sums(shop, wanted.values(), group.cut, group.windows["window"])
        bins |= _read_bins(shop, group)
        alike: dict[Hashable, list[Kpi]] = defaultdict(list)
        for kpi in group.kpis:
            # What is made of histograms differs in how these are read, not in what follows.
            alike[type(kpi) if isinstance(kpi, FromBins) else kpi.way].append(kpi)
        for sort, kpis in alike.items():
            sorts[sort].append(_Members(kpis, group.cut.where, told, first))
        slices.append(told.keys)
        first += told.keys.height
    places = {kpi.id: place for place, kpi in enumerate(kpi for group in asked for kpi in group.kpis)}
    every = [_alike(shop, members, places, bins) for members in sorts.values()]
    return Parts(list(places), pl.concat(slices), every)


def _alike(
    shop: Shop,
    members: Sequence[_Members],
    places: Mapping[str, int],
    bins: Mapping[tuple[str, str], Histograms],
) -> Alike:
    """KPIs of one sort, one under the other."""
    kpis = [(places[kpi.id], each.told.keys.height) for each in members for kpi in each.kpis]
    slices = [np.arange(each.told.keys.height) + each.first for each in members for _ in each.kpis]
    return Alike(
        members[0].kpis[0],
        np.repeat(*np.array(kpis).T),
        np.concatenate(slices),
        _beside([_sums(shop, each) for each in members]),
        _by_way(bins, [kpi for each in members for kpi in each.kpis]),
    )


def _sums(shop: Shop, members: _Members) -> dict[str, Real]:
    """The sums of these rows."""
    kpis, told = members.kpis, members.told
    many, height = len(kpis), told.keys.height
    parts = {part: _known(shop, members, part) for part, _ in kpis[0].summed if part in kpis[0].parts()}
    left_out, covered = np.zeros((many, height)), np.full((many, height), np.nan)
    effect = np.ones((many, height))
    for place, kpi in enumerate(kpis):
        for part, dated in kpi.summed:
            if part.startswith("excluded_"):
                left_out[place] += told.filled[told.places[dated.key]]
            elif part == "covered":
                covered[place] = told.filled[told.places[dated.key]]
        if kpi.cluster != "independent":
            effect[place] = shop.effects.along(kpi, told.keys, members.where)
    columns = {**parts, LEFT_OUT: left_out, COVERED: covered, "effect": effect}
    return {name: numbers.ravel() for name, numbers in columns.items()}


def _beside(each: Sequence[dict[str, Real]]) -> dict[str, Real]:
    return {name: np.concatenate([sums[name] for sums in each]) for name in each[0]}


def _known(shop: Shop, members: _Members, part: str) -> Real:
    """A part of each KPI by rows."""
    kpis, told = members.kpis, members.told
    places = [told.places[kpi.dated[part].key] for kpi in kpis]
    found: Real = told.filled[places]
    # Beside a side that counts something, no rows are nothing to add; a lone count stays unknown.
    for place, kpi in enumerate(kpis):
        if isinstance(kpi, Count) and not (kpi.none_is_zero and shop.reach(kpi) is not None):
            found[place] = told.sums[places[place]]
    return found


def _read_bins(shop: Shop, group: Asked) -> dict[tuple[str, str], Histograms]:
    """The histograms by KPI and part; each is read once."""
    binned = [(kpi.id, part, dated, of) for kpi in group.kpis for part, dated, of in kpi.binned]
    if not binned:
        return {}
    found = read_bins(shop, {dated: of for _, _, dated, of in binned}, group.cut)
    return {(name, part): found[dated] for name, part, dated, _ in binned}


def _by_way(
    bins: Mapping[tuple[str, str], Histograms], kpis: Sequence[Kpi]
) -> list[tuple[FromBins, dict[str, Histograms]]]:
    """The histograms of KPIs, those that are worked out in one way one under the other."""
    ways: dict[Hashable, list[FromBins]] = defaultdict(list)
    for kpi in kpis:
        if isinstance(kpi, FromBins):
            ways[kpi.way].append(kpi)
    return [
        (
            alike[0],
            {
                part: Histograms.beside({kpi.id: bins[kpi.id, part] for kpi in alike}, KPI)
                for part, _, _ in alike[0].binned
            },
        )
        for alike in ways.values()
    ]
