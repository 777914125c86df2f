"""A shop as KPIs see it: one pinned snapshot, its rollups, and what the business says about itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Self

import narwhals as nw
import polars as pl

from connectors.business import Business
from connectors.errors import ConnectorError, SnapshotError
from connectors.facts import FACTS, dimensions_of
from connectors.manifest import Manifest
from connectors.settings import Settings, load_settings
from connectors.snapshot import Snapshot, open_snapshot, versions
from connectors.text import Text
from kpis.business_check import check_business, checked
from kpis.by_day import ByDay
from kpis.catalogue import catalogue
from kpis.effects import DesignEffects
from kpis.errors import SliceError
from kpis.factors import covering
from kpis.kpi import Kpi
from kpis.periods import Period
from kpis.reach import Reach
from kpis.rollup import Rollups, open_rollups
from kpis.rollup_build import Tables, estimated_effects
from kpis.stored import measured
from kpis.sums import Rows
from kpis.target_values import unmatched


class Shop:
    """Everything that figures are made of; shared by threads, never changed.

    Attributes:
        tables: the canonical and derived tables.
        business: targets, channels, time zone.
        rollups: the stored sums; null: all is summed from rows.
        settings: where all this was read from; null for a shop made of frames.
        faults: what of the settings means nothing.
    """

    def __init__(
        self,
        tables: Tables,
        business: Business,
        rollups: Rollups | None = None,
        settings: Settings | None = None,
        faults: tuple[ConnectorError, ...] = (),
    ) -> None:
        """Put a shop together.

        Raises:
            UnknownKpiError: a target or margin names a KPI that does not exist.
            SliceError: a target names a dimension or channel that does not exist.
            SettingsError: a target, margin or weight is none that can be meant.
        """
        check_business(business, catalogue(), [channel.id for channel in tables.manifest.channels])
        self.tables = tables
        self.business = business
        self.rollups = rollups
        self.settings = settings
        self.faults = faults

    @property
    def manifest(self) -> Manifest:
        """What came from where and when."""
        return self.tables.manifest

    @property
    def version(self) -> str:
        """The snapshot's version."""
        return self.manifest.version

    @property
    def first_day(self) -> dt.date | None:
        """Business day of the oldest order; without orders, the first day of anything; null without data."""
        days = self._reach.of_orders()
        return days.start if days else None

    @property
    def last_day(self) -> dt.date | None:
        """Business day of the newest order; without orders, the last day of anything; null without data."""
        days = self._reach.of_orders()
        return days.end if days else None

    def reach(self, kpi: Kpi) -> Period | None:
        """The days of the orders, widened to those on which the KPI counts something; null without any."""
        return self._reach.of(kpi)

    @cached_property
    def effects(self) -> DesignEffects:
        """How far the rows of its KPIs are alike within customers or orders."""
        return DesignEffects(self.rollups.effects() if self.rollups else estimated_effects(self.tables))

    def rows(self, table: str) -> Rows:
        """The rows of a derived table, unread; none where the snapshot has no such table."""
        frame = self.tables.scan(table) if self.tables.has(table) else FACTS[table].create_empty(lazy=True)
        return nw.from_native(frame)

    def rows_by_day(self, table: str, day: str) -> ByDay | None:
        """What measures are made of that depend on the period; null where that is not kept.

        Args:
            table: the derived table.
            day: the day column by which rows count.
        """
        return self.rollups.by_day(table, day) if self.rollups and self.tables.has(table) else None

    def dimension_values(self, name: str) -> list[str]:
        """Every value of a dimension that occurs in any derived table, sorted."""
        if name not in self._values:
            tables = [table for table, facts in FACTS.items() if name in dimensions_of(facts)]
            found = [self._values_in(table, name) for table in tables if self.tables.has(table)]
            self._values[name] = sorted(set().union(*found))
        return self._values[name]

    @cached_property
    def unmatched(self) -> dict[str, list[SliceError]]:
        """By KPI, what is said of its targets for values that no row has."""
        return unmatched(self.business, self.dimension_values)

    def close(self) -> None:
        """Let the snapshot go, and what of its rollups is in memory."""
        if self.rollups:
            self.rollups.close()
        if isinstance(self.tables, Snapshot):
            self.tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def _reach(self) -> Reach:
        first, last = self.manifest.first_day, self.manifest.last_day
        return Reach(Period(first, last) if first and last else None, self.rows, self.rollups)

    def _values_in(self, table: str, name: str) -> set[str]:
        cells = self._cells_with(table, name)
        frame = cells if cells is not None else self.tables.scan(table)
        values = frame.select(pl.col(name).unique()).collect(engine="streaming")[name]
        return set(values.drop_nulls().to_list())

    def _cells_with(self, table: str, name: str) -> pl.LazyFrame | None:
        days = {dated.day for dated in measured() if dated.table == table}
        if self.rollups is None or len(days) != 1 or covering(table, [name]) is None:
            return None
        return self.rollups.cells(table, days.pop(), [name])


def open_shop(config: Path, data: Path, version: str | None = None) -> Shop:
    """The shop of a settings and a data folder, by default at its last snapshot.

    Missing rollups are built first.

    Raises:
        SettingsError: settings cannot be carried out.
        SnapshotError: there is no snapshot that can be opened, or another release has made it.
        UnknownKpiError: a target or margin names a KPI that does not exist.
        SliceError: a target names a dimension or channel that does not exist.
    """
    return shop_of(load_settings(config, data), version)


def shop_of(
    settings: Settings, version: str | None = None, faults: Sequence[ConnectorError] | None = None
) -> Shop:
    """The shop of settings that are read, by default at its last snapshot.

    Args:
        settings: what the installation is told.
        version: the snapshot's.
        faults: what is known to be wrong with the settings, to be kept along with what is found so here;
            null: nothing is left out, the first fault is raised.

    Raises:
        SettingsError: settings cannot be carried out.
        SnapshotError: there is no snapshot that can be opened, or another release has made it.
        UnknownKpiError: a target or margin names a KPI that does not exist.
        SliceError: a target names a dimension or channel that does not exist.
    """
    snapshot = open_snapshot(settings.data, version)
    try:
        _check_made_alike(snapshot)
        rollups = open_rollups(settings.data, snapshot.version, snapshot, versions(settings.data))
        if faults is None:
            shop = Shop(snapshot, settings.business, rollups, settings)
        else:
            channels = [channel.id for channel in snapshot.manifest.channels]
            found = checked(settings.business, catalogue(), channels)
            shop = Shop(snapshot, found.business, rollups, settings)
            shop.faults = (*faults, *found.faults, *chain.from_iterable(shop.unmatched.values()))
    except BaseException:
        snapshot.close()
        raise
    return shop


def _check_made_alike(snapshot: Snapshot) -> None:
    """Refuse a snapshot whose derived tables lack what this release's KPIs read."""
    for name, facts in FACTS.items():
        stored = snapshot.scan(name).collect_schema().names() if snapshot.has(name) else []
        if not set(facts.column_names()) <= set(stored):
            number = snapshot.version
            raise SnapshotError(
                Text(
                    f"snapshot {number} was made by another release of Seamline (its {name} differs): "
                    "run `python -m connectors refresh`.",
                    f"数据快照 {number} 由其他版本的 Seamline 生成（{name} 不同）："
                    "请运行 `python -m connectors refresh`。",
                )
            )
