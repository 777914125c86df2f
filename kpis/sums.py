"""Sums of measures by keys, written for any engine that Narwhals speaks to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from connectors.facts import name_of_facts
from kpis.measure import Histogram, Measure
from kpis.native import in_polars

Rows = nw.LazyFrame[Any]
BIN, BIN_COUNT, BIN_TOTAL = "bin", "bin_count", "bin_total"


@dataclass(frozen=True)
class Dated:
    """A measure together with the day column that says when its rows count."""

    measure: Measure
    day: str

    @property
    def table(self) -> str:
        """The derived table it reads."""
        return name_of_facts(self.measure.facts)

    @cached_property
    def key(self) -> str:
        """A short name: the same in every process, another for another measure or day."""
        return hashlib.sha256(f"{self.measure.identity} by {self.day}".encode()).hexdigest()[:16]


def summed(rows: Rows, wanted: Iterable[Dated], keys: Sequence[str]) -> Rows:
    """One row per combination of `keys`, one column per measure, named by its key; never null."""
    native = rows.to_native()
    if isinstance(native, pl.LazyFrame):
        of_polars = {dated.key: in_polars(dated.measure) for dated in wanted}
        return nw.from_native(native.group_by(*keys).agg(**of_polars))
    return rows.group_by(*keys).agg(**{dated.key: dated.measure.row.sum() for dated in wanted})


def binned(rows: Rows, histogram: Histogram, keys: Sequence[str]) -> Rows:
    """One row per combination of `keys` and bin of the histogram, with the bin's count and sum."""
    known = ~nw.col(histogram.column).is_null()
    taking_part = rows.filter(known if histogram.when is None else histogram.when & known)
    placed = taking_part.with_columns(histogram.bin.alias(BIN), histogram.amount.alias(BIN_TOTAL))
    return placed.group_by(*keys, BIN).agg(nw.len().cast(nw.Int64).alias(BIN_COUNT), nw.col(BIN_TOTAL).sum())
