"""Fixtures of the connectors' tests: a shop on disk and what a refresh makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import Snapshot, open_snapshot
from tests.connectors.postgres_server import database, postgres_folder, unwritten
from tests.connectors.shopfolder import ShopFolder
from tests.connectors.small_shops import odoo, oscar, own_odoo, own_oscar, own_vendure, vendure

__all__ = [
    "by", "database", "odoo", "oscar", "own_odoo", "own_oscar", "own_vendure", "postgres_folder", "refreshed",
    "unwritten", "vendure",
]  # fmt: skip


@pytest.fixture
def refreshed() -> Callable[[ShopFolder], Snapshot]:
    """Refresh a shop and open the snapshot, failing when a connection failed."""

    def refreshed(shop: ShopFolder) -> Snapshot:
        report = refresh(load_settings(shop.config, shop.data))
        assert not report.failed, report.connections
        return open_snapshot(shop.data)

    return refreshed


def by(frame: pl.LazyFrame, key: str) -> dict[Any, dict[str, Any]]:
    """A table's rows by one of their columns."""
    return {row[key]: row for row in frame.collect().iter_rows(named=True)}
