"""How a snapshot was filled: counts that add up, faults in order, columns and versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from connectors.manifest import NO_CURRENCY, ConnectionReport, Manifest, TableReport
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.tables import TABLES
from kpis.coverage import column_coverage, last_days
from kpis.health import (
    aside_by_table,
    days_behind,
    filled,
    findings,
    importance,
    most_at_fault,
    totals,
    waiting_for,
)
from kpis.shop import Shop, open_shop
from kpis.stored_versions import stored_versions
from tests.connectors.shopfolder import ShopFolder

NOW = dt.datetime(2026, 8, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    made = ShopFolder(tmp_path_factory.mktemp("health"))
    for _ in range(2):
        assert not refresh(load_settings(made.config, made.data)).failed
    return made


@pytest.fixture(scope="module")
def shop(folder: ShopFolder) -> Iterator[Shop]:
    with open_shop(folder.config, folder.data) as opened:
        yield opened


def _manifest(**tables: TableReport) -> Manifest:
    report = ConnectionReport("files", ok=True, read_at=NOW, tables=tables)
    return Manifest("000001", NOW, None, "UTC", None, None, None, {"shop": report}, (), (), {})


ORDERS = TableReport(10, 7, 2, 3, quarantine={"net_amount:negative": 1, "placed_at:missing": 2})
LINES = TableReport(20, 15, 0, 5, quarantine={"order_id:parent_put_aside(net_amount:negative)": 5})
SURVEYS = TableReport(4, 4, repairs={}, misses={"order_id": 2, "customer_ref": 1})


def test_totals_are_the_sums_of_the_tables() -> None:
    found = totals(_manifest(orders=ORDERS, order_lines=LINES, surveys=SURVEYS))
    assert (found.pulled, found.accepted, found.quarantined) == (34, 26, 8)
    assert (found.repaired, found.misses, found.lost) == (2, 3, 0)
    assert found.share_aside == 8 / 34
    assert totals(_manifest()).share_aside is None


def test_rows_that_are_nowhere_are_counted_even_when_another_table_has_too_many() -> None:
    short, long = replace(ORDERS, accepted=6), replace(LINES, accepted=16)
    assert totals(_manifest(orders=short, order_lines=long)).lost == 2


def test_faults_come_by_kind_and_then_by_size() -> None:
    found = findings(_manifest(surveys=SURVEYS, orders=ORDERS, order_lines=LINES))
    assert [(each.kind, each.table, each.count) for each in found] == [
        ("quarantine", "order_lines", 5),
        ("quarantine", "orders", 2),
        ("quarantine", "orders", 1),
        ("misses", "surveys", 2),
        ("misses", "surveys", 1),
    ]
    assert found[1].why.en == "placed_at: a required value is missing"
    assert found[3].why.en == f"{found[3].rule}: nobody has that id, or several do"


def test_amounts_without_a_rate_say_what_to_set() -> None:
    told = findings(_manifest(orders=replace(ORDERS, quarantine={}, without_rate={"USD": 2, NO_CURRENCY: 1})))
    usd, unknown = (each.why for each in told)
    assert usd.en == "USD: neither [rates] in business.toml nor rates.csv has a rate"
    assert unknown.en == "nobody says in which currency the amount is"


def test_rows_that_follow_their_parent_are_not_the_fault_of_their_table() -> None:
    assert most_at_fault(_manifest(orders=ORDERS, order_lines=LINES)) == "orders"
    assert most_at_fault(_manifest(order_lines=LINES)) == "order_lines"
    assert most_at_fault(_manifest(surveys=SURVEYS)) is None
    assert aside_by_table(_manifest(orders=ORDERS, order_lines=LINES, surveys=SURVEYS)) == {
        ("shop", "order_lines"): 5,
        ("shop", "orders"): 3,
    }


def test_every_table_of_a_real_refresh_adds_up(shop: Shop) -> None:
    for each in filled(shop.manifest):
        assert each.lost == 0
        assert each.report.pulled == each.report.accepted + each.report.quarantined
        assert 0 < each.delivered <= len(TABLES[each.table].column_names())


def test_days_behind_are_those_of_tables_of_events() -> None:
    newest, older = dt.date(2026, 8, 8), dt.date(2026, 8, 1)
    assert days_behind("visits", older, newest) == 7
    assert days_behind("visits", newest, older) == 0
    assert days_behind("visits", None, newest) is None
    assert days_behind("prices", older, newest) is None


def test_a_column_is_required_optional_or_personal() -> None:
    assert importance("orders", "placed_at") == "required"
    assert importance("orders", "tier") == "optional"
    assert importance("orders", "email_hash") == "personal"
    assert importance("surveys", "comment") == "personal"


def test_the_figures_that_wait_for_a_column_name_it() -> None:
    found = waiting_for("shipments", "promised_at")
    for kpi in found:
        assert any("shipments.promised_at" in need for need in (*kpi.needs, *kpi.assumes))
    assert waiting_for("orders", "coupon") == []
    assert any(waiting_for(name, column) for name, table in TABLES.items() for column in table.column_names())


@pytest.mark.parametrize("table", TABLES)
def test_coverage_counts_the_values_of_every_column(shop: Shop, table: str) -> None:
    found = column_coverage(shop, table)
    if not shop.tables.has(table):
        assert found.is_empty()
        return
    rows = shop.tables.scan(table).collect()
    assert found["column"].to_list() == TABLES[table].column_names()
    for _, column, height, values, share in found.iter_rows():
        assert height == rows.height
        assert values == rows.height - rows[column].null_count()
        assert share == pytest.approx(values / height)


def test_tables_reach_from_their_first_to_their_last_day(shop: Shop) -> None:
    found = last_days(shop).filter(pl.col("table") == "orders")
    assert found.rows() == [("shop", "orders", dt.date(2026, 1, 1), dt.date(2026, 1, 20))]
    assert "customers" not in set(last_days(shop)["table"])


def test_versions_are_listed_newest_first(folder: ShopFolder, shop: Shop) -> None:
    found = stored_versions(folder.data)
    assert [each.version for each in found] == ["000002", "000001"]
    assert [each.is_current for each in found] == [True, False]
    assert found[0].created_at == shop.manifest.created_at
    assert found[0].rows == sum(each.report.accepted for each in filled(shop.manifest))
    folder_of = folder.data / "versions" / "000002"
    assert found[0].size == sum(path.stat().st_size for path in folder_of.rglob("*") if path.is_file())


def test_a_version_whose_manifest_is_broken_is_listed_without_it(tmp_path: Path) -> None:
    (tmp_path / "versions" / "000001").mkdir(parents=True)
    (tmp_path / "versions" / "000001" / "manifest.json").write_text("{", encoding="utf-8")
    (found,) = stored_versions(tmp_path)
    assert (found.created_at, found.rows, found.size) == (None, 0, 1)
