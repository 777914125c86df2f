"""Rows in memory, in the order of days: those of a window lie side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from connectors.facts import Facts, dimensions_of
from kpis.cells import Whole
from kpis.measure import Gathered, Measure
from kpis.native import in_polars

MOST_ROWS = 10_000_000
_FEW = 4
MOST_COPIED = 500_000


@dataclass(frozen=True, slots=True)
class ByDay:
    """Rows of one derived table that count on one of its days.

    Attributes:
        rows: some of the columns, and the day as `day`; texts by number.
        days: the day of each row, in days since 1970.
        amounts: columns that are added up before slices are taken, in the smallest parts; 0 for null.
        owners: by number whose those amounts are.
    """

    rows: pl.DataFrame
    days: Whole
    amounts: Mapping[str, Whole]
    owners: Mapping[str, Whole]

    @classmethod
    def of(cls, rows: pl.LazyFrame, facts: type[Facts], day: str, measures: Iterable[Measure]) -> Self:
        """Those of the rows whose day is known, with the dimensions and what measures are made of."""
        gathered = {column for measure in measures for column in measure.gathered}
        named = {name for measure in measures for name in in_polars(measure).meta.root_names()}
        named |= {*dimensions_of(facts), *(name for each in gathered for name in (each.column, each.each))}
        columns = [name for name in facts.column_names() if name in named - {day}]
        dated = rows.filter(pl.col(day).is_not_null()).select(*columns, day=day).sort("day")
        numbered = dated.with_columns(pl.selectors.string().cast(pl.Categorical))
        frame = numbered.collect(engine="streaming").rechunk()
        return cls(
            frame,
            frame["day"].to_physical().cast(pl.Int64).to_numpy(),
            {each.column: _amounts(frame[each.column]) for each in gathered},
            {each.each: _numbers(frame[each.each]) for each in gathered},
        )

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        numbers = (self.days, *self.amounts.values(), *self.owners.values())
        return int(self.rows.estimated_size()) + sum(column.nbytes for column in numbers)

    def within(self, windows: pl.DataFrame, gathered: Iterable[Gathered] = ()) -> list[pl.LazyFrame]:
        """The rows of windows beside the windows' own columns; a frame for each of few or long windows.

        Args:
            windows: one row per window: window, period_start, period_end and what else is to be known of it.
            gathered: columns to make of all rows of each window.
        """
        starts, ends = (
            windows[name].to_physical().cast(pl.Int64).to_numpy() for name in ("period_start", "period_end")
        )
        low, high = np.searchsorted(self.days, starts), np.searchsorted(self.days, ends, "right")
        heights = high - low
        if 0 < windows.height <= _FEW or heights.sum() > MOST_COPIED:
            spans = [slice(*span) for span in zip(low.tolist(), high.tolist(), strict=True)]
            return [self._window(span, windows[place], gathered) for place, span in enumerate(spans)]
        places = np.repeat(np.arange(windows.height), heights)
        rows = np.arange(len(places)) - np.repeat(np.cumsum(heights) - heights - low, heights)
        beside = pl.concat([self.rows[rows], windows[places]], how="horizontal").lazy()
        sums = {each.name: pl.col(each.column).sum().over("window", each.each) for each in gathered}
        return [beside.with_columns(**sums)]

    def _window(self, span: slice, window: pl.DataFrame, gathered: Iterable[Gathered]) -> pl.LazyFrame:
        """The rows of one window; a piece of the rows is no copy."""
        made = [self._gathered(column, span) for column in gathered]
        return self.rows[span].hstack(made).lazy().with_columns(window.get_columns())

    def _gathered(self, column: Gathered, span: slice) -> pl.Series:
        """What each row's owner has in one window: whole numbers of parts, which floats hold exactly."""
        owners = self.owners[column.each][span]
        totals = np.bincount(owners, self.amounts[column.column][span])[owners] if len(owners) else owners
        dtype = self.rows.schema[column.column]
        unit = 10**dtype.scale if isinstance(dtype, pl.Decimal) else 1
        return (pl.Series(column.name, totals, pl.Float64) / unit).cast(dtype)


def _numbers(names: pl.Series) -> Whole:
    """Names by number, from 0 without gaps."""
    return names.to_physical().rank("dense").cast(pl.Int64).to_numpy() - 1


def _amounts(column: pl.Series) -> Whole:
    """Amounts in their smallest parts; 0 for null."""
    whole = column.to_physical() if isinstance(column.dtype, pl.Decimal) else column
    return whole.cast(pl.Int64).fill_null(0).to_numpy()
