"""Rows in the order of days: those of a window lie side by side, so that only they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

import numpy as np
import polars as pl

from connectors.facts import Facts, dimensions_of
from kpis.columns import Whole
from kpis.day_index import numbered
from kpis.measure import Gathered, Measure
from kpis.native import in_polars

MOST_KEPT = 1_000_000
_FEW = 4
MOST_COPIED = 500_000


def in_order(rows: pl.LazyFrame, facts: type[Facts], day: str, measures: Iterable[Measure]) -> pl.LazyFrame:
    """The rows whose day is known, by that day, with the dimensions and what the measures are made of.

    Args:
        rows: those of a derived table.
        facts: the table.
        day: the day column by which rows count; it becomes `day`.
        measures: what is to be added up later.

    Returns:
        Dimensions as categories, and whose amounts are gathered by number, from 0 without gaps.
    """
    gathered = {column for measure in measures for column in measure.gathered}
    named = {name for measure in measures for name in in_polars(measure).meta.root_names()}
    owners = {each.each for each in gathered}
    named |= {*dimensions_of(facts), *owners, *(each.column for each in gathered)}
    columns = [name for name in facts.column_names() if name in named - {day}]
    dated = rows.filter(pl.col(day).is_not_null()).select(*columns, day=day)
    numbers = {name: pl.col(name).rank("dense").cast(pl.Int64) - 1 for name in owners}
    return dated.with_columns(**numbers).sort("day").with_columns(pl.selectors.string().cast(pl.Categorical))


@dataclass(frozen=True, slots=True)
class ByDay:
    """Rows of one derived table that count on one of its days, as `in_order` has them.

    Attributes:
        rows: the rows; in memory where they are few.
        days: every day with rows, in days since 1970, ascending.
        places: where the rows of each of these days begin; at last, how many there are.
    """

    rows: pl.LazyFrame | pl.DataFrame
    days: Whole
    places: Whole

    @classmethod
    def of(cls, stored: pl.LazyFrame) -> Self:
        """The rows as they are stored."""
        heights = stored.group_by("day").len().sort("day").collect(engine="streaming")
        places = np.concatenate([[0], np.cumsum(heights["len"].to_numpy())]).astype(np.int64)
        rows = stored.collect().rechunk() if places[-1] <= MOST_KEPT else stored
        return cls(rows, numbered(heights["day"]), places)

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        held = self.rows.estimated_size() if isinstance(self.rows, pl.DataFrame) else 0
        return int(held) + self.days.nbytes + self.places.nbytes

    def within(
        self, windows: pl.DataFrame, columns: Iterable[str], gathered: Collection[Gathered] = ()
    ) -> list[pl.LazyFrame]:
        """The rows of windows beside the windows' own columns.

        Few windows, and long ones that overlap, have a frame each: nothing is copied then.

        Args:
            windows: one row per window: window, period_start, period_end and what else is to be known of it.
            columns: what is to be known of the rows; other columns are not read.
            gathered: columns to make of all rows of each window.
        """
        starts, ends = (numbered(windows[name]) for name in ("period_start", "period_end"))
        low = self.places[np.searchsorted(self.days, starts)]
        high = np.maximum(low, self.places[np.searchsorted(self.days, ends, "right")])
        named = {*columns, *(name for each in gathered for name in (each.column, each.each))}
        rows, low, high = self._read(sorted(named), low, high)
        heights = high - low
        is_one_stretch = bool((low[1:] == high[:-1]).all())
        most = rows.height if is_one_stretch else MOST_COPIED
        if 0 < windows.height <= _FEW or heights.sum() > most:
            spans = [slice(*span) for span in zip(low.tolist(), high.tolist(), strict=True)]
            return [_window(rows[span], windows[place], gathered) for place, span in enumerate(spans)]
        places = np.repeat(np.arange(windows.height), heights)
        if is_one_stretch and windows.height:
            found = rows[slice(int(low[0]), int(high[-1]))]
        else:
            found = rows[np.arange(len(places)) - np.repeat(np.cumsum(heights) - heights - low, heights)]
        beside = pl.concat([found, windows[places]], how="horizontal").lazy()
        sums = {each.name: pl.col(each.column).sum().over("window", each.each) for each in gathered}
        return [beside.with_columns(**sums)]

    def _read(self, names: list[str], low: Whole, high: Whole) -> tuple[pl.DataFrame, Whole, Whole]:
        """The rows between some places, each once, and where those places are among them."""
        if isinstance(self.rows, pl.DataFrame):
            return self.rows.select(names), low, high
        stretches = _joined(low, high)
        parts = [self.rows.slice(first, last - first).select(names) for first, last in stretches]
        rows = pl.concat(pl.collect_all(parts or [self.rows.head(0).select(names)])).rechunk()
        begins = np.array([first for first, _ in stretches] or [0])
        skipped = begins - np.cumsum([0, *(last - first for first, last in stretches)])[: len(begins)]
        shift = skipped[np.maximum(np.searchsorted(begins, low, "right") - 1, 0)]
        return rows, low - shift, np.maximum(low, high) - shift


def _joined(low: Whole, high: Whole) -> list[tuple[int, int]]:
    """Spans that overlap or touch as one; those without rows are left out."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(zip(low.tolist(), high.tolist(), strict=True)):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif first < last:
            joined.append((first, last))
    return joined


def _window(rows: pl.DataFrame, window: pl.DataFrame, gathered: Iterable[Gathered]) -> pl.LazyFrame:
    """The rows of one window; a piece of the rows is no copy."""
    made = [_gathered(column, rows) for column in gathered]
    return rows.hstack(made).lazy().with_columns(window.get_columns())


def _gathered(column: Gathered, rows: pl.DataFrame) -> pl.Series:
    """What each row's owner has in one window: whole numbers of parts, which floats hold exactly."""
    owners, amounts = rows[column.each].to_numpy(), rows[column.column]
    dtype = amounts.dtype
    parts = (amounts.to_physical() if isinstance(dtype, pl.Decimal) else amounts).cast(pl.Int64).fill_null(0)
    totals = np.bincount(owners, parts.to_numpy())[owners] if len(owners) else owners
    whole = pl.Series(column.name, totals.astype(np.int64))
    if not isinstance(dtype, pl.Decimal):
        return whole.cast(dtype)
    # To divide would round: a part is taken as the decimal that it is.
    return (whole.cast(pl.Decimal(38, 0)) * Decimal(1).scaleb(-dtype.scale)).cast(dtype)
