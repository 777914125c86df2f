"""Sums for windows and slices: from rollups where they cover the question, else from rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import narwhals as nw
import polars as pl

from kpis.by_day import ByDay
from kpis.histograms import Histograms
from kpis.keeping import is_one_of
from kpis.measure import Gathered, Histogram
from kpis.native import in_polars
from kpis.shop import Shop
from kpis.stored_bins import added_up
from kpis.sums import Dated, Rows, binned, summed
from kpis.tally import Tally, Told, Windows
from kpis.windows import days_of


@dataclass(frozen=True)
class Cut:
    """How rows are cut into windows and slices.

    Attributes:
        windows: window, period_start, period_end and year_before; one row per window that has days.
        dimensions: what each window is split by.
        where: per dimension the values to keep; the empty value stands for unknown.
    """

    windows: pl.DataFrame
    dimensions: tuple[str, ...]
    where: Mapping[str, Sequence[str]]

    @property
    def keys(self) -> list[str]:
        """What names a row: its window and slice."""
        return ["window", *self.dimensions]

    @cached_property
    def days(self) -> pl.DataFrame:
        """One row per window and day of it: window, day, period_start, period_end and year_before."""
        return days_of(self.windows)

    @cached_property
    def ends(self) -> tuple[dt.date, dt.date]:
        """The first and last day of any window; an impossible span where there is no window."""
        starts, ends = self.windows["period_start"], self.windows["period_end"]
        return (min(starts), max(ends)) if self.windows.height else (dt.date.max, dt.date.min)

    @property
    def read(self) -> set[str]:
        """Every dimension that has to be known of a row."""
        return {*self.dimensions, *self.where}


def read_sums(shop: Shop, wanted: Iterable[Dated], cut: Cut, windows: pl.Series) -> Told:
    """The sums of measures by window and slice; without dimensions a row for each of the windows."""
    tally = Tally(cut.windows, cut.dimensions)
    in_memory: list[pl.LazyFrame] = []
    from_rows: list[pl.LazyFrame] = []
    for source, group in _by_source(wanted):
        cells = shop.rollups.dense(*source, cut.read) if shop.rollups else None
        names = set(cells.sums.names) if cells else set()
        kept = {dated.key for dated in group if dated.key in names}
        others = [dated for dated in group if dated.key not in names]
        if cells and kept:
            tally.add_cells(cells, kept, cut.where)
        of_period = [dated for dated in others if dated.measure.needs_period]
        rows = shop.rows_by_day(*source) if of_period else None
        if rows:
            in_memory.append(_from_memory(rows, of_period, cut))
            others = [dated for dated in others if dated not in of_period]
        if others:
            from_rows.append(_from_rows(shop, source, others, cut))
    for frame in (*pl.collect_all(in_memory), *_streamed(from_rows)):
        tally.add_rows(frame)
    return tally.told(windows)


def read_bins(shop: Shop, wanted: Mapping[Dated, Histogram], cut: Cut) -> dict[Dated, Histograms]:
    """Per measure its histograms by window and slice."""
    found: dict[Dated, Histograms] = {}
    from_rows: dict[Dated, pl.LazyFrame] = {}
    windows = Windows.of(cut.windows)
    for dated, histogram in wanted.items():
        cells = shop.rollups.bins(dated, cut.read) if shop.rollups else None
        if cells:
            found[dated] = added_up(cells, windows, cut.dimensions, cut.where)
        else:
            rows = _picked(shop.rows(dated.table), dated.day, cut)
            from_rows[dated] = binned(rows, histogram, cut.keys).to_native()
    collected = zip(from_rows, _streamed(list(from_rows.values())), strict=True)
    return found | {dated: Histograms.of(frame, cut.keys) for dated, frame in collected}


def _streamed(from_rows: list[pl.LazyFrame]) -> list[pl.DataFrame]:
    """Rows are streamed, however many they are."""
    return pl.collect_all(from_rows, engine="streaming")


def _from_memory(rows: ByDay, wanted: list[Dated], cut: Cut) -> pl.LazyFrame:
    """The sums of measures of one table and day from its rows in memory."""
    kept = [is_one_of(pl.col(name), values) for name, values in cut.where.items()]
    sums = {dated.key: in_polars(dated.measure) for dated in wanted}
    made = _gathered(wanted)
    named = {name for dated in wanted for name in in_polars(dated.measure).meta.root_names()} | cut.read
    own = {*cut.windows.columns, *(column.name for column in made)}
    each = rows.within(cut.windows, named - own, made)
    of_slices = [within.filter(*kept) for within in each]
    if cut.dimensions or len(each) != cut.windows.height:
        return pl.concat(rows.group_by(*cut.keys).agg(**sums) for rows in of_slices)
    # Where each has rows of one window alone, there is nothing to group.
    totals = pl.concat(rows.select(pl.col("window").first(), **sums) for rows in of_slices)
    return totals.filter(pl.col("window").is_not_null())


def _gathered(wanted: Iterable[Dated]) -> frozenset[Gathered]:
    return frozenset().union(*(dated.measure.gathered for dated in wanted))


def _from_rows(shop: Shop, source: tuple[str, str], wanted: list[Dated], cut: Cut) -> pl.LazyFrame:
    """The sums of measures of one table and day from its rows."""
    table, day = source
    sums: pl.LazyFrame = summed(
        _picked(shop.rows(table), day, cut, _gathered(wanted)), wanted, cut.keys
    ).to_native()
    return sums


def _picked(rows: Rows, day: str, cut: Cut, gathered: Iterable[Gathered] = ()) -> Rows:
    """The rows of the slice, each once per window that its day falls into.

    What is gathered over a window comes before the slice: a customer's other purchases may lie outside it.
    """
    first, last = cut.ends
    dated = rows.filter(nw.col(day) >= first, nw.col(day) <= last).with_columns(nw.col(day).alias("day"))
    kept = [is_one_of(nw.col(name), values) for name, values in cut.where.items()]
    if kept and not gathered:
        dated = dated.filter(*kept)
    in_windows = dated.join(nw.from_native(cut.days.lazy()), on="day", how="inner")
    if gathered:
        in_windows = in_windows.with_columns(**{column.name: column.over_window for column in gathered})
    return in_windows.filter(*kept) if kept and gathered else in_windows


def _by_source(wanted: Iterable[Dated]) -> list[tuple[tuple[str, str], list[Dated]]]:
    """Measures grouped by the derived table and day column they read."""

    def source(dated: Dated) -> tuple[str, str]:
        return dated.table, dated.day

    ordered = sorted(wanted, key=lambda dated: (*source(dated), dated.key))
    return [(key, list(group)) for key, group in groupby(ordered, key=source)]
