"""Sums for windows and slices: from rollups where they cover the question, else from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_

import narwhals as nw
import polars as pl

from kpis.measure import Histogram
from kpis.shop import Shop
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL, Dated, Rows, binned, summed


@dataclass(frozen=True)
class Cut:
    """How rows are cut into windows and slices.

    Attributes:
        days: window, day, period_start, period_end; one row per window and day of it.
        dimensions: what each window is split by.
        where: per dimension the values to keep; the empty value stands for unknown.
    """

    days: pl.DataFrame
    dimensions: tuple[str, ...]
    where: Mapping[str, Sequence[str]]

    @property
    def keys(self) -> list[str]:
        """What names a row: its window and slice."""
        return ["window", *self.dimensions]

    @property
    def read(self) -> set[str]:
        """Every dimension that has to be known of a row."""
        return {*self.dimensions, *self.where}


def read_sums(shop: Shop, wanted: Iterable[Dated], cut: Cut) -> pl.DataFrame:
    """One row per window and slice, one column per measure; null where no row was there to add up."""
    frames = [
        frame for source, group in _by_source(wanted) for frame in _summed_from(shop, source, group, cut)
    ]
    if not frames:
        return pl.DataFrame(schema={"window": pl.Int64} | dict.fromkeys(cut.dimensions, pl.String))
    collected = pl.collect_all([frame.to_native() for frame in frames], engine="streaming")
    return pl.concat(collected, how="diagonal").group_by(cut.keys).agg(pl.all().max())


def read_bins(shop: Shop, histogram: Histogram, day: str, cut: Cut) -> pl.DataFrame:
    """One row per window, slice and bin, with the bin's count and sum of seconds."""
    dated = Dated(histogram, day)
    cells = shop.rollups.bins(dated, cut.read) if shop.rollups else None
    if cells is None:
        frame = binned(_picked(shop.rows(dated.table), day, cut), histogram, cut.keys)
    else:
        picked = _picked(nw.from_native(cells.lazy()), "day", cut)
        frame = picked.group_by(*cut.keys, BIN).agg(nw.col(BIN_COUNT, BIN_TOTAL).sum())
    return pl.collect_all([frame.to_native()], engine="streaming")[0]


def _summed_from(shop: Shop, source: tuple[str, str], wanted: list[Dated], cut: Cut) -> list[Rows]:
    """The sums of measures that read one table by one day: stored ones from cells, the others from rows."""
    table, day = source
    cells = shop.rollups.cells(table, day, cut.read) if shop.rollups else None
    stored = [dated for dated in wanted if cells is not None and dated.key in cells.columns]
    others = [dated for dated in wanted if dated not in stored]
    frames = []
    if stored and cells is not None:
        picked = _picked(nw.from_native(cells.lazy()), "day", cut)
        frames.append(picked.group_by(cut.keys).agg(*(nw.col(dated.key).sum() for dated in stored)))
    if others:
        frames.append(summed(_picked(shop.rows(table), day, cut), others, cut.keys))
    return frames


def _picked(rows: Rows, day: str, cut: Cut) -> Rows:
    """The rows of the slice, each once per window that its day falls into."""
    first, last = cut.days["day"].min(), cut.days["day"].max()
    conditions = [nw.col(day) >= first, nw.col(day) <= last] if cut.days.height else [nw.col(day).is_null()]
    conditions += [_is_one_of(name, values) for name, values in cut.where.items()]
    dated = rows.filter(reduce(and_, conditions)).with_columns(nw.col(day).alias("day"))
    return dated.join(nw.from_native(cut.days.lazy()), on="day", how="inner")


def _is_one_of(name: str, values: Sequence[str]) -> nw.Expr:
    """Whether a dimension has one of the values; the empty value stands for unknown."""
    named = nw.col(name).is_in([value for value in values if value])
    return named | nw.col(name).is_null() if "" in values else named


def _by_source(wanted: Iterable[Dated]) -> list[tuple[tuple[str, str], list[Dated]]]:
    """Measures grouped by the derived table and day column they read."""

    def source(dated: Dated) -> tuple[str, str]:
        return dated.table, dated.day

    ordered = sorted(wanted, key=lambda dated: (*source(dated), dated.key))
    return [(key, list(group)) for key, group in groupby(ordered, key=source)]
