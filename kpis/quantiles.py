"""Quantiles of durations from their histograms, with order-statistic intervals."""

from __future__ import annotations

import numpy as np
import polars as pl

from kpis.columns import Real, Whole
from kpis.histograms import Histograms
from kpis.intervals import Z95, ranks


def quantiles(histograms: Histograms, at: float, z: float = Z95, per: float = 1.0) -> pl.DataFrame:
    """One row per histogram: its keys, count, quantile, lower and upper end.

    A bin is stood for by the mean of what fell into it. The quantile is interpolated linearly between the
    two nearest order statistics (Hyndman & Fan 1996, type 7); an end is null where too few are known.

    Args:
        histograms: the histograms.
        at: which quantile, 0.5 for the median.
        z: how many standard errors an end of the interval is away.
        per: what the bins' unit is divided by.
    """
    numbers = histograms.sizes
    reached = np.cumsum(histograms.counts)
    before = np.cumsum(numbers) - numbers
    places = (numbers - 1) * at
    below = places.astype(np.int64)
    ends = [ranks(number, at, z) for number in numbers.tolist()]

    def value(rank: Whole | Real) -> Real:
        """The order statistics of a rank in each histogram; NaN for none."""
        known = ~np.isnan(rank)
        found = np.full(len(rank), np.nan)
        rows = np.searchsorted(reached, before[known] + rank[known])
        found[known] = histograms.totals[rows] / histograms.counts[rows] / per
        return found

    lowest, highest = value(below + 1), value(np.minimum(below + 2, numbers))
    lower, upper = (value(np.array([end[side] for end in ends], np.float64)) for side in (0, 1))
    told = {
        "count": numbers,
        "quantile": lowest + (places - below) * (highest - lowest),
        "lower": lower,
        "upper": upper,
    }
    return histograms.keys.hstack(
        [pl.Series(name, column, nan_to_null=True) for name, column in told.items()]
    )
