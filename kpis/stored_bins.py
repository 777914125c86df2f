"""Stored histograms in memory: bins of one day after another, added up by window and slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kpis.cells import Codes
from kpis.columns import Real, Whole
from kpis.day_index import DayIndex, each_row, numbered
from kpis.histograms import Histograms
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL
from kpis.tally import Slices, Windows


@dataclass(frozen=True, slots=True)
class StoredBins:
    """Bins per day and dimensions, column by column: many of them are read for one question.

    Attributes:
        days: where the rows of each day lie.
        dimensions: the dimensions by their names.
        bins: the number of each row's bin.
        counts: how many values fell into it; whole numbers, as `totals` are.
        totals: what they add up to.
    """

    days: DayIndex
    dimensions: Mapping[str, Codes]
    bins: NDArray[np.int32]
    counts: Real
    totals: Real

    @classmethod
    def of(cls, frame: pl.DataFrame, dimensions: Sequence[str]) -> Self:
        """Bins per `day` and dimensions, in the order of days."""
        return cls(
            DayIndex.of(numbered(frame["day"])),
            {name: Codes.of(frame[name]) for name in dimensions},
            frame[BIN].cast(pl.Int32).to_numpy(),
            # Doubles hold whole numbers up to 2 ** 53 exactly: three hundred million years in seconds.
            *(frame[name].cast(pl.Float64).to_numpy() for name in (BIN_COUNT, BIN_TOTAL)),
        )

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        codes = sum(codes.of_row.nbytes for codes in self.dimensions.values())
        return self.days.starts.nbytes + codes + self.bins.nbytes + self.counts.nbytes + self.totals.nbytes

    def keeps(self, rows: Whole | slice, where: Mapping[str, Sequence[str]]) -> Whole:
        """The places of those of the rows that have one of the values in each dimension."""
        kept = (self.dimensions[name].kept(values, rows) for name, values in where.items())
        return np.flatnonzero(reduce(and_, kept))


def added_up(
    stored: StoredBins, windows: Windows, dimensions: Sequence[str], where: Mapping[str, Sequence[str]]
) -> Histograms:
    """Histograms by window and slice, of rows that have one of the values in each dimension.

    Args:
        stored: the bins.
        windows: the windows.
        dimensions: what each is split by.
        where: per dimension the values to keep; the empty value stands for unknown.
    """
    slices = Slices(stored.dimensions, dimensions)
    low, high = stored.days.between(windows.starts, windows.ends)
    places = np.repeat(np.arange(len(low)), high - low)
    # A piece of a column is no copy, whereas to pick rows is.
    rows: Whole | slice = slice(int(low[0]), int(high[0])) if len(low) == 1 else each_row(low, high)
    if where:
        kept = stored.keeps(rows, where)
        places = places[kept]
        rows = kept + rows.start if isinstance(rows, slice) else rows[kept]
    bins, counts, totals = stored.bins[rows].astype(np.int64), stored.counts[rows], stored.totals[rows]
    lowest, highest = (int(bins.min()), int(bins.max())) if len(bins) else (0, 0)
    many = highest - lowest + 1
    keys = bins - lowest
    if dimensions or len(low) > 1:
        keys += (places * slices.number + slices.of_rows(rows)) * many
    keys, counts, totals = _by_key(keys, counts, totals, len(low) * slices.number * many)
    packed, bins = np.divmod(keys, many)
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    window, own = np.divmod(packed[starts], slices.number)
    named = [pl.Series("window", windows.numbers[window], pl.Int64), *slices.named(own)]
    return Histograms(
        pl.DataFrame(named), starts, bins + lowest, counts.astype(np.int64), totals.astype(np.int64)
    )


def _by_key(keys: Whole, counts: Real, totals: Real, many: int) -> tuple[Whole, Real, Real]:
    """The different keys in order, and what the counts and totals of each add up to."""
    if many <= 2 * len(keys) + 100_000:
        found, summed = (np.bincount(keys, each, many).astype(float, copy=False) for each in (counts, totals))
        there = np.flatnonzero(found)
        return there, found[there], summed[there]
    frame = pl.DataFrame({"key": keys, "counts": counts, "totals": totals})
    told = frame.group_by("key").agg(pl.col("counts", "totals").sum()).sort("key")
    key, number, total = (column.to_numpy() for column in told)
    return key, number, total
