"""Where the rows of each day lie among rows in the order of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from kpis.columns import Whole


def numbered(days: pl.Series) -> Whole:
    """Dates in days since 1970."""
    found: Whole = days.to_physical().cast(pl.Int64).to_numpy()
    return found


def each_row(low: Whole, high: Whole) -> Whole:
    """The rows of spans, one span after another, each from its first row to the one before its end.

    >>> each_row(np.array([4, 0]), np.array([6, 3])).tolist()
    [4, 5, 0, 1, 2]
    """
    heights = high - low
    begins = np.cumsum(heights) - heights
    rows: Whole = np.arange(int(heights.sum())) + np.repeat(low - begins, heights)
    return rows


@dataclass(frozen=True, slots=True)
class DayIndex:
    """The first row of every day.

    Attributes:
        first: the first day, in days since 1970.
        starts: for each day from the first on, its first row; behind the last day, how many rows there are.
    """

    first: int
    starts: Whole

    @classmethod
    def of(cls, days: Whole) -> Self:
        """That of rows whose days, in days since 1970, are in order."""
        first, last = (int(days[0]), int(days[-1])) if len(days) else (0, -1)
        return cls(first, np.searchsorted(days, np.arange(first, last + 2)))

    def between(self, starts: Whole, ends: Whole) -> tuple[Whole, Whole]:
        """For spans from a first to a last day the first row, and the row behind the last."""
        most = len(self.starts) - 1
        low, high = (self.starts[np.clip(days - self.first, 0, most)] for days in (starts, ends + 1))
        return low, np.maximum(low, high)
