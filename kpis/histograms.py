"""Histograms in memory, one after another: by window and slice, each in the order of its bins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import polars as pl

from kpis.columns import Whole
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL

_SUMS = [BIN, BIN_COUNT, BIN_TOTAL]


@dataclass(frozen=True)
class Histograms:
    """Histograms that hold at least one value each.

    Attributes:
        keys: one row per histogram.
        starts: the place of each one's first bin, in order.
        bins: the bins' numbers, rising within a histogram.
        counts: how many values fell into each bin.
        totals: what they add up to.
    """

    keys: pl.DataFrame
    starts: Whole
    bins: Whole
    counts: Whole
    totals: Whole

    @classmethod
    def of(cls, frame: pl.DataFrame, keys: Sequence[str]) -> Self:
        """Those of a frame with one row per combination of `keys` and bin."""
        ordered = frame.sort(*keys, BIN)
        changes = [ordered[key].ne_missing(ordered[key].shift(1)).to_numpy() for key in keys]
        starts = np.flatnonzero(np.logical_or.reduce([np.arange(ordered.height) == 0, *changes]))
        return cls(
            ordered.select(keys)[starts],
            starts,
            *(ordered[name].cast(pl.Int64).to_numpy() for name in _SUMS),
        )

    @classmethod
    def beside(cls, each: Mapping[str, Self], name: str) -> Self:
        """Histograms of several one after another, told apart by a further key of that name."""
        found = list(each.values())
        heights = [len(histograms.starts) for histograms in found]
        names = pl.Series(name, list(each), pl.String)[np.repeat(np.arange(len(found)), heights)]
        keys = pl.concat([histograms.keys for histograms in found])
        before = np.cumsum([0, *(len(histograms.bins) for histograms in found)])
        starts = [
            histograms.starts + places for histograms, places in zip(found, before[:-1].tolist(), strict=True)
        ]
        columns = ("bins", "counts", "totals")
        joined = (np.concatenate([getattr(histograms, column) for histograms in found]) for column in columns)
        return cls(pl.DataFrame([names, *keys]), np.concatenate(starts), *joined)

    @cached_property
    def sizes(self) -> Whole:
        """How many values each holds."""
        return np.add.reduceat(self.counts, self.starts) if len(self.starts) else self.starts

    @property
    def frame(self) -> pl.DataFrame:
        """One row per histogram and bin: the keys, bin, bin_count and bin_total."""
        heights = np.diff(self.starts, append=len(self.bins))
        columns = zip(_SUMS, (self.bins, self.counts, self.totals), strict=True)
        rows = self.keys[np.repeat(np.arange(len(self.starts)), heights)]
        return rows.with_columns(pl.Series(name, column, pl.Int64) for name, column in columns)
