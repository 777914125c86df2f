"""Stored sums in memory: rows of one day after another, added up by slices of plain numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kpis.columns import Real, Whole
from kpis.day_index import DayIndex, numbered
from kpis.periods import DAY

_FEW = 4
_EPOCH = dt.date(1970, 1, 1)
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True)
class Codes:
    """A dimension's values by number.

    Attributes:
        of_row: the number of each row's value.
        values: the values; the last is null, which stands for unknown.
    """

    of_row: NDArray[np.int32]
    values: tuple[str | None, ...]

    @classmethod
    def of(cls, column: pl.Series) -> Self:
        """Number the values of a column."""
        values = column.drop_nulls().unique().sort()
        numbers = column.cast(pl.Enum(values)).to_physical().cast(pl.Int32).fill_null(len(values))
        return cls(numbers.to_numpy(), (*values, None))

    def kept(self, values: Sequence[str], rows: Whole | slice) -> NDArray[np.bool_]:
        """Which of the rows have one of the values; the empty value stands for unknown."""
        wanted = {value or None for value in values}
        found = [number for number, value in enumerate(self.values) if value in wanted]
        codes = self.of_row[rows]
        if len(found) > _FEW:
            return np.isin(codes, found, kind="table")
        kept = np.zeros(len(codes), np.bool_)
        for number in found:
            kept |= codes == number
        return kept


@dataclass(frozen=True, slots=True)
class Sums:
    """Columns of sums: whole numbers, of which money is a number of its smallest parts, and real ones.

    Attributes:
        names: the columns, whole ones first.
        units: how many parts make one, per whole column.
        whole: rows by whole columns; summed exactly.
        real: rows by real columns.
    """

    names: tuple[str, ...]
    units: Real
    whole: Whole
    real: Real

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Self:
        """The columns of a frame."""
        is_real = {name: dtype.is_float() for name, dtype in frame.schema.items()}
        whole, real = ([name for name in frame.columns if is_real[name] == kind] for kind in (False, True))
        parts = [_parts(frame[name]) for name in whole]
        return cls(
            (*whole, *real),
            np.array([unit for _, unit in parts]),
            _beside(np.empty((frame.height, len(whole)), np.int64), [numbers for numbers, _ in parts]),
            _beside(np.empty((frame.height, len(real)), np.float64), [frame[name] for name in real]),
        )

    def grouped(self, keys: Whole, rows: Whole, names: Collection[str]) -> tuple[Whole, Self]:
        """The different keys in order, and what the rows of each add up to in some of the columns."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(keys) else order
        places = [place for place, name in enumerate(self.names) if name in names]
        split = self.whole.shape[1]
        whole = [place for place in places if place < split]
        real = [place - split for place in places if place >= split]
        return ordered[starts], type(self)(
            tuple(self.names[place] for place in places),
            self.units[whole],
            _added_up(self.whole, rows[order], starts, whole),
            _added_up(self.real, rows[order], starts, real),
        )

    def column(self, name: str) -> Whole | Real:
        """One column, in its smallest parts."""
        place, split = self.names.index(name), self.whole.shape[1]
        return self.whole[:, place] if place < split else self.real[:, place - split]

    @property
    def numbers(self) -> Real:
        """Rows by columns, in the columns' own units."""
        return np.hstack([self.whole / self.units, self.real])


@dataclass(frozen=True, slots=True)
class Cells:
    """Sums per day and dimensions.

    Attributes:
        index: where the rows of each day lie.
        days: the day of each row, in days since 1970, in order.
        dimensions: the dimensions by their names.
        sums: the columns.
        size: bytes.
    """

    index: DayIndex
    days: Whole
    dimensions: Mapping[str, Codes]
    sums: Sums

    @classmethod
    def of(cls, frame: pl.DataFrame, dimensions: Sequence[str]) -> Self:
        """Sums per `day` and dimensions, in the order of days."""
        days = numbered(frame["day"])
        return cls(
            DayIndex.of(days),
            days,
            {name: Codes.of(frame[name]) for name in dimensions},
            Sums.of(frame.drop("day", *dimensions)),
        )

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        codes = sum(codes.of_row.nbytes for codes in self.dimensions.values())
        return self.sums.whole.nbytes + self.sums.real.nbytes + self.days.nbytes + codes

    def days_with(self, name: str) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which a column is not 0; null without any."""
        some = self.days[np.flatnonzero(self.sums.column(name))]
        return (_EPOCH + int(some[0]) * DAY, _EPOCH + int(some[-1]) * DAY) if len(some) else None

    def keeps(self, rows: Whole, where: Mapping[str, Sequence[str]]) -> NDArray[np.bool_]:
        """Which of the rows have one of the values in each dimension."""
        kept = np.ones(len(rows), np.bool_)
        for name, values in where.items():
            kept &= self.dimensions[name].kept(values, rows)
        return kept


def _added_up(matrix: NDArray[Number], rows: Whole, starts: Whole, places: Sequence[int]) -> NDArray[Number]:
    """Some columns of rows, added up from each start to the next."""
    if not len(starts):
        return matrix[:0, places]
    # A row lies side by side: to take it whole costs less than to pick its parts, unless they are few.
    if _FEW * len(places) < matrix.shape[1]:
        return np.add.reduceat(matrix[rows[:, None], places], starts, axis=0)
    return np.add.reduceat(matrix[rows], starts, axis=0)[:, places]


def _parts(column: pl.Series) -> tuple[pl.Series, float]:
    """A column as whole numbers, and how many of them make one."""
    if isinstance(column.dtype, pl.Decimal):
        return column.to_physical().cast(pl.Int64), float(10**column.dtype.scale)
    return column.cast(pl.Int64), 1.0


def _beside(matrix: NDArray[Number], columns: Sequence[pl.Series]) -> NDArray[Number]:
    """Columns in a matrix, where a row's numbers lie side by side."""
    for place, column in enumerate(columns):
        matrix[:, place] = column.to_numpy()
    return matrix
