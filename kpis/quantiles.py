"""Quantiles of durations from their histograms, with order-statistic intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from kpis.cells import Real, Whole
from kpis.intervals import Z95, ranks
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL


def quantiles(bins: pl.DataFrame, at: float, keys: Sequence[str], z: float = Z95) -> pl.DataFrame:
    """One row per combination of `keys`: count, quantile, lower and upper end in the bins' unit.

    A bin is stood for by the mean of what fell into it. The quantile is interpolated linearly between the
    two nearest order statistics (Hyndman & Fan 1996, type 7); an end is null where too few are known.

    Args:
        bins: one row per combination of `keys` and bin: its number, how many fell into it and their sum.
        at: which quantile, 0.5 for the median.
        keys: what tells histograms apart.
        z: how many standard errors an end of the interval is away.
    """
    ordered = bins.sort(*keys, BIN)
    changes = [ordered[key].ne_missing(ordered[key].shift(1)).to_numpy() for key in keys]
    firsts = np.flatnonzero(np.logical_or.reduce([np.arange(ordered.height) == 0, *changes]))
    counts, totals = (ordered[name].cast(pl.Float64).to_numpy() for name in (BIN_COUNT, BIN_TOTAL))
    reached = np.cumsum(ordered[BIN_COUNT].to_numpy(), dtype=np.int64)
    before = np.concatenate([[0], reached])[firsts]
    numbers = np.diff(np.concatenate([before, reached[-1:]]))
    places = (numbers - 1) * at
    below = places.astype(np.int64)
    ends = [ranks(number, at, z) for number in numbers.tolist()]

    def value(rank: Whole | Real) -> Real:
        """The order statistics of a rank in each histogram; NaN for none."""
        known = ~np.isnan(rank)
        found = np.full(len(rank), np.nan)
        rows = np.searchsorted(reached, before[known] + rank[known])
        found[known] = totals[rows] / counts[rows]
        return found

    lowest, highest = value(below + 1), value(np.minimum(below + 2, numbers))
    lower, upper = (value(np.array([end[side] for end in ends], np.float64)) for side in (0, 1))
    told = {
        "count": numbers,
        "quantile": lowest + (places - below) * (highest - lowest),
        "lower": lower,
        "upper": upper,
    }
    columns = [pl.Series(name, column, nan_to_null=True) for name, column in told.items()]
    return ordered[firsts].select(keys).with_columns(columns)
