"""A tally: the sums of many sources side by side, one row per window and slice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Self

import numpy as np
import polars as pl

from kpis.cells import Cells, Codes
from kpis.columns import Real, Whole
from kpis.day_index import each_row, numbered

_FEW = 4


@dataclass(frozen=True)
class Told:
    """What was added up.

    Attributes:
        keys: one row per window and slice: the window and the dimensions.
        sums: measures by rows of `keys`; NaN where nothing was there to add up.
        places: the row of each measure in `sums`.
    """

    keys: pl.DataFrame
    sums: Real
    places: Mapping[str, int]

    @cached_property
    def filled(self) -> Real:
        """The same with 0 where nothing was there to add up."""
        return np.nan_to_num(self.sums)

    def of(self, measure: str) -> Real:
        """What a measure adds up to, for each row of `keys`."""
        found: Real = self.sums[self.places[measure]]
        return found


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows, each with its first and last day, in days since 1970."""

    numbers: Whole
    starts: Whole
    ends: Whole

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Self:
        """Those of a frame: window, period_start and period_end."""
        names = ("window", "period_start", "period_end")
        return cls(*(numbered(frame[name]) for name in names))

    def rows_between(self, days: Whole) -> tuple[Whole, Whole]:
        """Places of windows, and rows in each of them, of rows in the order of days."""
        low, high = np.searchsorted(days, self.starts), np.searchsorted(days, self.ends, "right")
        return np.repeat(np.arange(len(low)), high - low), each_row(low, high)


class Slices:
    """Slices of stored rows by one number each."""

    def __init__(self, codes: Mapping[str, Codes], dimensions: Sequence[str]) -> None:
        """Split by dimensions, of which there may be none."""
        self._dimensions = dimensions
        self._codes = [codes[name] for name in dimensions]
        self.number = prod(len(code.values) for code in self._codes)

    def of_rows(self, rows: Whole | slice) -> Whole:
        """The slice of each row; one for all where there are no dimensions."""
        number = np.zeros(1, np.int64)
        for code in self._codes:
            number = number * len(code.values) + code.of_row[rows]
        return number

    def places(self, slices: Whole) -> list[tuple[tuple[str | None, ...], Whole]]:
        """Per dimension its values, and which of them each slice has."""
        found: list[tuple[tuple[str | None, ...], Whole]] = []
        for code in reversed(self._codes):
            slices, own = np.divmod(slices, len(code.values))
            found.insert(0, (code.values, own))
        return found

    def named(self, slices: Whole) -> list[pl.Series]:
        """Per dimension the value of each slice."""
        each = zip(self._dimensions, self.places(slices), strict=True)
        return [pl.Series(name, values, pl.String)[own] for name, (values, own) in each]


class Tally:
    """Sums by window and slice, while sources are added one after another."""

    def __init__(self, windows: pl.DataFrame, dimensions: Sequence[str]) -> None:
        """Cut by windows (window, period_start and period_end) and dimensions."""
        self._windows = Windows.of(windows)
        self._dimensions = dimensions
        self._values: list[dict[str | None, int]] = [{} for _ in dimensions]
        self._keys: list[list[Whole]] = []
        self._sums: list[Real] = []
        self._places: dict[str, int] = {}

    def add_cells(self, cells: Cells, names: Collection[str], where: Mapping[str, Sequence[str]]) -> None:
        """Add some columns of stored sums, of rows that have one of the values in each dimension."""
        slices, windows = Slices(cells.dimensions, self._dimensions), self._windows
        many = slices.number
        if len(windows.numbers) <= _FEW:
            places, rows = _kept(cells, windows.starts, windows.ends, where)
            keys, sums = cells.sums.grouped(places * many + slices.of_rows(rows), rows, names)
        else:
            # Windows may overlap: what is added up per day first is little to add up again.
            first, last = windows.starts.min(keepdims=True), windows.ends.max(keepdims=True)
            _, rows = _kept(cells, first, last, where)
            keys, sums = cells.sums.grouped(cells.days[rows] * many + slices.of_rows(rows), rows, names)
            places, rows = windows.rows_between(keys // many)
            keys, sums = sums.grouped(places * many + keys[rows] % many, rows, names)
        self._add(sums.names, sums.numbers.T)
        found = [windows.numbers[keys // many]]
        for place, (values, own) in enumerate(slices.places(keys % many)):
            found.append(self._numbered(place, values)[own])
        self._keys.append(found)

    def add_rows(self, frame: pl.DataFrame) -> None:
        """Add sums by window and dimensions."""
        found = [frame["window"].to_numpy()]
        found += [self._numbered(place, frame[name].to_list()) for place, name in enumerate(self._dimensions)]
        self._keys.append(found)
        sums = frame.drop("window", *self._dimensions).cast(pl.Float64)
        self._add(sums.columns, sums.to_numpy().T)

    def told(self, windows: pl.Series) -> Told:
        """Everything side by side; without dimensions a row for each of the windows, else for what occurs."""
        sizes = [len(values) for values in self._values]
        packed = []
        for window, *slices in self._keys:
            key = window
            for size, numbers in zip(sizes, slices, strict=True):
                key = key * size + numbers
            packed.append(key)
        every = windows.to_numpy() if not self._dimensions else np.unique(np.concatenate([*packed, _none()]))
        order = np.argsort(every)
        ordered = every[order]
        sums = np.full((len(self._places), len(every)), np.nan)
        first = 0
        for key, found in zip(packed, self._sums, strict=True):
            last = first + len(found)
            sums[first:last, order[np.searchsorted(ordered, key)]] = found
            first = last
        return Told(self._named(every, sizes), sums, self._places)

    def _add(self, names: Iterable[str], sums: Real) -> None:
        for name in names:
            self._places[name] = len(self._places)
        self._sums.append(sums)

    def _numbered(self, place: int, values: Sequence[str | None]) -> Whole:
        """Numbers that mean the same in every source."""
        known = self._values[place]
        return np.array([known.setdefault(value, len(known)) for value in values], np.int64)

    def _named(self, keys: Whole, sizes: Sequence[int]) -> pl.DataFrame:
        """The windows and slices of packed keys."""
        columns: list[pl.Series] = []
        for name, size, known in reversed(list(zip(self._dimensions, sizes, self._values, strict=True))):
            keys, own = np.divmod(keys, max(size, 1))
            columns.insert(0, pl.Series(name, list(known), pl.String)[own])
        return pl.DataFrame([pl.Series("window", keys, pl.Int64), *columns])


def _kept(
    cells: Cells, starts: Whole, ends: Whole, where: Mapping[str, Sequence[str]]
) -> tuple[Whole, Whole]:
    """Places of spans of days, and rows in each of them that have one of the values in each dimension."""
    low, high = cells.index.between(starts, ends)
    places, rows = np.repeat(np.arange(len(low)), high - low), each_row(low, high)
    if not where:
        return places, rows
    kept = cells.keeps(rows, where)
    return places[kept], rows[kept]


def _none() -> Whole:
    return np.empty(0, np.int64)
