"""A tally: the sums of many sources side by side, one row per window and slice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from kpis.cells import Cells, Real, Whole

_FEW = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What was added up.

    Attributes:
        keys: one row per window and slice: the window and the dimensions.
        columns: per measure one number for each row of `keys`; NaN where nothing was there to add up.
    """

    keys: pl.DataFrame
    columns: Mapping[str, Real]


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
        return cls(*(frame[name].to_physical().cast(pl.Int64).to_numpy() for name in names))

    def rows_between(self, days: Whole) -> tuple[Whole, Whole]:
        """Places of windows, and rows in each of them, of rows in the order of days."""
        low, high = np.searchsorted(days, self.starts), np.searchsorted(days, self.ends, "right")
        ranges = [np.arange(*span) for span in zip(low, high, strict=True)]
        return np.repeat(np.arange(len(low)), high - low), np.concatenate([*ranges, _none()])


class Tally:
    """Sums by window and slice, while sources are added one after another."""

    def __init__(self, windows: pl.DataFrame, dimensions: Sequence[str]) -> None:
        """Cut by windows (window, period_start and period_end) and dimensions."""
        self._windows = Windows.of(windows)
        self._dimensions = dimensions
        self._values: list[dict[str | None, int]] = [{} for _ in dimensions]
        self._keys: list[list[Whole]] = []
        self._sums: list[dict[str, Real]] = []

    def add_cells(self, cells: Cells, names: Iterable[str], where: Mapping[str, Sequence[str]]) -> None:
        """Add some columns of stored sums, of rows that have one of the values in each dimension."""
        codes = [cells.dimensions[name] for name in self._dimensions]
        sizes = [len(code.values) for code in codes]
        slices = int(np.prod(sizes))
        sums, windows = cells.sums.only(names), self._windows

        def sliced(rows: Whole) -> Whole:
            number = np.zeros(len(rows), np.int64)
            for code, size in zip(codes, sizes, strict=True):
                number = number * size + code.of_row[rows]
            return number

        if len(windows.numbers) <= _FEW:
            spans = zip(windows.starts.tolist(), windows.ends.tolist(), strict=True)
            each = [cells.kept(cells.between(*span), where) for span in spans]
            places = np.repeat(np.arange(len(each)), [len(rows) for rows in each])
            rows = np.concatenate([*each, _none()])
            keys, sums = sums.grouped(places * slices + sliced(rows), rows)
        else:
            # Windows may overlap: what is added up per day first is little to add up again.
            ends = int(windows.starts.min()), int(windows.ends.max())
            rows = cells.kept(cells.between(*ends), where)
            keys, sums = sums.grouped(cells.days[rows] * slices + sliced(rows), rows)
            places, rows = windows.rows_between(keys // slices)
            keys, sums = sums.grouped(places * slices + keys[rows] % slices, rows)
        numbers = sums.numbers
        self._sums.append({name: numbers[:, place] for place, name in enumerate(sums.names)})
        found = [windows.numbers[keys // slices]]
        for place, code in reversed(list(enumerate(codes))):
            keys, own = np.divmod(keys, sizes[place])
            found.insert(1, self._numbered(place, code.values)[own])
        self._keys.append(found)

    def add_rows(self, frame: pl.DataFrame) -> None:
        """Add sums by window and dimensions."""
        found = [frame["window"].to_numpy()]
        found += [self._numbered(place, frame[name].to_list()) for place, name in enumerate(self._dimensions)]
        self._keys.append(found)
        sums = frame.drop("window", *self._dimensions).cast(pl.Float64)
        self._sums.append({column.name: column.to_numpy() for column in sums})

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
        columns = {}
        for key, sums in zip(packed, self._sums, strict=True):
            rows = order[np.searchsorted(every[order], key)]
            for name, found in sums.items():
                columns[name] = np.full(len(every), np.nan)
                columns[name][rows] = found
        return Told(self._named(every, sizes), columns)

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


def _none() -> Whole:
    return np.empty(0, np.int64)
