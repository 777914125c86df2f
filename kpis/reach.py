"""How far data reach: the days of the orders, and those before and after on which a KPI counts something."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw
import polars as pl

from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from kpis.measure import Histogram
from kpis.periods import Period, spanned
from kpis.rollup import Rollups
from kpis.sums import Dated, Rows


class Reach:
    """How far the data of one snapshot reach; looked up once per measure."""

    def __init__(self, orders: Period | None, rows: Callable[[str], Rows], rollups: Rollups | None) -> None:
        """Know the days of the orders (null without any), and where sums and rows are."""
        self._orders = orders
        self._rows = rows
        self._rollups = rollups
        self._known: dict[str, Period | None] = {}
        self._spans: dict[tuple[str, ...], Period | None] = {}

    def of(self, kpi: Kpi) -> Period | None:
        """The days of the orders, widened to those on which the KPI counts something; null without any.

        Surveys are answered and refunds asked for after the last order: the whole snapshot holds them.
        """
        if kpi.dated_keys not in self._spans:
            self._spans[kpi.dated_keys] = spanned([self._orders, *map(self._of_measure, kpi.dated.values())])
        return self._spans[kpi.dated_keys]

    def of_orders(self) -> Period | None:
        """The days of the orders; without orders, of anything that any KPI counts."""
        return self._orders or spanned([self.of(kpi) for kpi in catalogue().values()])

    def _of_measure(self, dated: Dated) -> Period | None:
        if dated.key not in self._known:
            self._known[dated.key] = self._looked_up(dated)
        return self._known[dated.key]

    def _looked_up(self, dated: Dated) -> Period | None:
        cells = self._rollups.dense(dated.table, dated.day, ()) if self._rollups else None
        if cells and dated.key in cells.sums.names:
            days = cells.days_with(dated.key)
            return Period(*days) if days else None
        ends = self._days(dated).select(first=pl.col("day").min(), last=pl.col("day").max())
        first, last = ends.collect(engine="streaming").row(0)
        return Period(first, last) if first else None

    def _days(self, dated: Dated) -> pl.LazyFrame:
        """The days of rows that add something; all days of the rows where that is no sum."""
        rows = self._rows(dated.table)
        if not (dated.measure.needs_period or isinstance(dated.measure, Histogram)):
            rows = rows.filter(dated.measure.row != 0)
        days: pl.LazyFrame = rows.select(nw.col(dated.day).alias("day")).to_native()
        return days
