"""Rows in memory, in the order of days: those of a window lie side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from kpis.cells import Whole

MOST_ROWS = 10_000_000
_FEW = 4


@dataclass(frozen=True, slots=True)
class ByDay:
    """Rows of one derived table that count on one of its days.

    Attributes:
        rows: some of the columns, and the day as `day`; texts by number.
        days: the day of each row, in days since 1970.
    """

    rows: pl.DataFrame
    days: Whole

    @classmethod
    def of(cls, rows: pl.LazyFrame, day: str, columns: Collection[str]) -> Self:
        """Those of the rows whose day is known, with some of their columns."""
        dated = rows.filter(pl.col(day).is_not_null()).select(*columns, day=day).sort("day")
        frame = dated.with_columns(pl.selectors.string().cast(pl.Categorical)).collect(engine="streaming")
        return cls(frame.rechunk(), frame["day"].to_physical().cast(pl.Int64).to_numpy())

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return int(self.rows.estimated_size()) + self.days.nbytes

    def within(self, windows: pl.DataFrame) -> list[pl.LazyFrame]:
        """The rows of windows beside the windows' own columns; a frame for each of few windows.

        Args:
            windows: one row per window: period_start, period_end and what else is to be known of it.
        """
        starts, ends = (
            windows[name].to_physical().cast(pl.Int64).to_numpy() for name in ("period_start", "period_end")
        )
        low, high = np.searchsorted(self.days, starts), np.searchsorted(self.days, ends, "right")
        heights = high - low
        if 0 < windows.height <= _FEW:
            # A piece of the rows is no copy.
            return [
                self.rows.lazy().slice(first, height).with_columns(windows[place].get_columns())
                for place, (first, height) in enumerate(zip(low, heights, strict=True))
            ]
        places = np.repeat(np.arange(windows.height), heights)
        rows = np.arange(len(places)) - np.repeat(np.cumsum(heights) - heights - low, heights)
        return [pl.concat([self.rows[rows], windows[places]], how="horizontal").lazy()]
