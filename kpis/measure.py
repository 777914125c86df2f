"""The measures: additive quantities over the rows of one derived table, in a closed vocabulary.

`count`, `total` and `histogram`, each with an optional `when`; the engine writes `when/then/otherwise` sums
from them, which Polars, DuckDB and Spark all carry out alike. A `when` may name `period_start`,
`period_end` and `year_before`: such a measure depends on the period asked for and is summed from rows.

    >>> from connectors.facts import OrderFacts
    >>> late = count(OrderFacts, when=col("days_late") > 0)
    >>> late.words
    'count of order_facts when days_late > 0'
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
from narwhals import col

from connectors.facts import Facts, name_of_facts
from kpis.condition import in_words

WINDOW = "window"
PERIOD_COLUMNS = ("period_start", "period_end", "year_before")


@dataclass(frozen=True, slots=True)
class Bins:
    """How fine a histogram is, in the unit of its column.

    Attributes:
        steps: the width of bins and where they end, from 0 up; each end is a multiple of its width.
        beyond: the width of bins from the last end on.
    """

    steps: tuple[tuple[int, int], ...]
    beyond: int

    def number(self, value: nw.Expr) -> nw.Expr:
        """The bin of a value, by its number; null where the value is."""
        first = start = 0
        numbered: list[tuple[int, nw.Expr]] = []
        for width, end in self.steps:
            numbered.append((end, (value - start) // width + first))
            first, start = first + (end - start) // width, end
        found = (value - start) // self.beyond + first
        for end, number in reversed(numbered):
            found = nw.when(value < end).then(number).otherwise(found)
        return found


@dataclass(frozen=True, slots=True)
class Gathered:
    """A column that has to be made of all rows of a window before slices are taken.

    Attributes:
        column: what is added up.
        each: what names those whose rows of the window are added up in each of them.
    """

    column: str
    each: str

    @property
    def name(self) -> str:
        """The name of the column that is made."""
        return f"{self.column} of {self.each}"

    @property
    def over_window(self) -> nw.Expr:
        """The column, of rows beside their window."""
        return col(self.column).sum().over(WINDOW, self.each)


_HOUR, _MONTH = 3600, 30 * 86400
MINUTE_BINS = Bins(((60, _MONTH),), beyond=_HOUR)
SECOND_BINS = Bins(((1, _HOUR), (60, _MONTH)), beyond=_HOUR)
MILLISECOND_BINS = Bins(((10, 10_000), (100, 60_000)), beyond=1000)
DAY_BINS = Bins(((1, 3660),), beyond=30)


@dataclass(frozen=True, eq=False, kw_only=True)
class Measure(ABC):
    """An additive quantity; two that add up the same are the same measure.

    Attributes:
        facts: the derived table whose rows are summed.
        when: which rows take part; null for all.
        dated_by: the day column that says when a row counts, where it is not the KPI's own.
    """

    facts: type[Facts]
    when: nw.Expr | None = None
    dated_by: str | None = None

    @property
    @abstractmethod
    def what(self) -> str:
        """What is added up, in words."""

    @property
    @abstractmethod
    def amount(self) -> nw.Expr:
        """What one row that takes part adds."""

    @property
    def words(self) -> str:
        """What is added up over which rows, for people to read."""
        return self.what + (f" when {in_words(self.when)}" if self.when is not None else "")

    @cached_property
    def identity(self) -> str:
        """What makes it this measure and no other."""
        return f"{self.what} when {self.when!r} by {self.dated_by}"

    @property
    def row(self) -> nw.Expr:
        """What each row adds; 0 where it does not take part."""
        if self.when is None:
            return self.amount
        return nw.when(self.when).then(self.amount).otherwise(0)

    @property
    def needs_period(self) -> bool:
        """Whether it depends on the period that is asked for."""
        return any(name in self.identity for name in PERIOD_COLUMNS)

    @property
    def gathered(self) -> frozenset[Gathered]:
        """Columns that have to be made of all rows of a window before slices are taken."""
        return frozenset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Measure) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)


@dataclass(frozen=True, eq=False, kw_only=True)
class Count(Measure):
    """How many rows."""

    @property
    def what(self) -> str:
        return f"count of {name_of_facts(self.facts)}"

    @property
    def amount(self) -> nw.Expr:
        return nw.lit(1, dtype=nw.Int64)

    @property
    def row(self) -> nw.Expr:
        if self.when is not None:
            return super().row
        # A literal alone is as long as no table: summed per group it would be 1, and nothing filters by it.
        of_every_row = col(self.facts.column_names()[0]).is_null()
        return nw.when(of_every_row).then(self.amount).otherwise(self.amount)


@dataclass(frozen=True, eq=False, kw_only=True)
class Total(Measure):
    """The sum of a column; null cells add nothing. Money stays decimal.

    Attributes:
        column: the column.
        each: what names those whose rows of the period are added up in each of them, e.g. a customer; `when`
            then takes one row of each. Null where a row adds only its own.
    """

    column: str
    each: str | None = None

    @property
    def what(self) -> str:
        of_each = f" over all of the period of its {self.each}" if self.each else ""
        return f"total of {name_of_facts(self.facts)}.{self.column}{of_each}"

    @property
    def amount(self) -> nw.Expr:
        return col(Gathered(self.column, self.each).name if self.each else self.column)

    @property
    def gathered(self) -> frozenset[Gathered]:
        return frozenset([Gathered(self.column, self.each)] if self.each else [])

    @property
    def row(self) -> nw.Expr:
        known = ~self.amount.is_null()
        takes_part = known if self.when is None else self.when & known
        return nw.when(takes_part).then(self.amount).otherwise(0)


@dataclass(frozen=True, eq=False, kw_only=True)
class Product(Measure):
    """The sum of two measures' products row by row, in Float64: decimals would round their squares."""

    left: Measure
    right: Measure

    @property
    def what(self) -> str:
        return f"sum of ({self.left.identity}) x ({self.right.identity})"

    @property
    def amount(self) -> nw.Expr:
        return self.left.row.cast(nw.Float64) * self.right.row.cast(nw.Float64)

    @property
    def gathered(self) -> frozenset[Gathered]:
        return self.left.gathered | self.right.gathered


@dataclass(frozen=True, eq=False, kw_only=True)
class Histogram(Measure):
    """How often each duration occurs, by bins.

    Each bin keeps count and sum, so that it is stood for by its mean: exact where it holds one value.
    """

    column: str
    bins: Bins = MINUTE_BINS

    @property
    def what(self) -> str:
        return f"histogram of {name_of_facts(self.facts)}.{self.column}"

    @cached_property
    def identity(self) -> str:
        return f"{self.what} in {self.bins} when {self.when!r} by {self.dated_by}"

    @property
    def amount(self) -> nw.Expr:
        return col(self.column)

    @property
    def bin(self) -> nw.Expr:
        """The bin of a row, by its number; null where the duration is."""
        return self.bins.number(col(self.column))


def count(facts: type[Facts], when: nw.Expr | None = None, dated_by: str | None = None) -> Count:
    """How many rows of `facts`."""
    return Count(facts=facts, when=when, dated_by=dated_by)


def total(
    facts: type[Facts],
    column: str,
    when: nw.Expr | None = None,
    dated_by: str | None = None,
    each: str | None = None,
) -> Total:
    """The sum of `column`, in the column's unit; with `each`, over all rows of the period that share it."""
    return Total(facts=facts, column=column, when=when, dated_by=dated_by, each=each)


def product(left: Measure, right: Measure) -> Product:
    """The sum over rows of what `left` adds times what `right` adds; both read one table and day."""
    return Product(facts=left.facts, dated_by=left.dated_by, left=left, right=right)


def histogram(
    facts: type[Facts],
    column: str,
    when: nw.Expr | None = None,
    dated_by: str | None = None,
    bins: Bins = MINUTE_BINS,
) -> Histogram:
    """How often each value of `column`, in the unit of `bins`, occurs.

    `MINUTE_BINS` and `SECOND_BINS` are for seconds: what takes hours, and what takes seconds or minutes;
    `MILLISECOND_BINS` are for milliseconds, `DAY_BINS` for days.
    """
    return Histogram(facts=facts, column=column, when=when, dated_by=dated_by, bins=bins)


__all__ = [
    "DAY_BINS", "MILLISECOND_BINS", "MINUTE_BINS", "PERIOD_COLUMNS", "SECOND_BINS", "WINDOW", "Bins",
    "Count", "Gathered", "Histogram", "Measure", "Product", "Total",
    "col", "count", "histogram", "product", "total",
]  # fmt: skip
