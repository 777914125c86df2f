"""Refreshing from the page: everybody sees it go on, nobody waits, and the new data come by themselves."""

from __future__ import annotations

import polars as pl
import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import current_version
from tests.dashboard import small_shop
from tests.dashboard.browser import serving, settled
from tests.dashboard.witness import Witness

MANY = 1_500_000


@pytest.fixture
def slow(tmp_path):
    """A shop that was read once, and to which a file has come that takes a while."""
    small_shop.write_tables(tmp_path / "files")
    small_shop.write_settings(tmp_path / "config", tmp_path / "files")
    refresh(load_settings(tmp_path / "config", tmp_path / "data"))
    day = pl.read_csv(tmp_path / "files" / "orders.csv", infer_schema=False)["placed_at"][0]
    carts = pl.DataFrame({"cart_id": range(MANY)}).with_columns(started_at=pl.lit(day), channel=pl.lit("web"))
    carts.with_columns(completed=pl.lit("no")).write_csv(tmp_path / "files" / "carts.csv")
    with serving(tmp_path / "config", tmp_path / "data") as address:
        yield tmp_path / "data", address


def test_a_refresh_is_seen_by_all_stops_nobody_and_ends_with_new_data(slow, witness: Witness):
    data, address = slow
    here, there = settled(witness.open(address)), settled(witness.open(f"{address}/?lang=zh"))
    here.get_by_role("button", name="Data through").click()
    here.get_by_role("button", name="Refresh now").click()
    here.get_by_test_id("stProgress").wait_for(timeout=60_000)
    assert here.get_by_role("button", name="Refresh now").is_disabled()
    there.get_by_role("link", name="数据导出").click()
    there.get_by_test_id("stProgress").get_by_text("正在").wait_for(timeout=60_000)
    there.get_by_role("link", name="总览").click()
    there.get_by_test_id("stMetric").nth(5).wait_for(timeout=30_000)
    assert there.get_by_test_id("stMetric").count() == 6
    here.get_by_text("The data are up to date.").wait_for(timeout=120_000)
    here.get_by_text("Snapshot 000002").wait_for(timeout=30_000)
    assert current_version(data) == "000002"
    settled(there).get_by_role("button", name="数据截至").click()
    there.get_by_text("快照 000002").wait_for(timeout=60_000)
    witness.leave()


def test_a_snapshot_made_elsewhere_comes_by_itself(slow, witness: Witness):
    data, address = slow
    page = settled(witness.open(address))
    page.get_by_role("button", name="Data through").click()
    page.get_by_text("Snapshot 000001").wait_for()
    refresh(load_settings(data.parent / "config", data))
    page.get_by_text("Snapshot 000002").wait_for(timeout=60_000)
    page.get_by_test_id("stMetric").nth(5).wait_for(timeout=30_000)
    assert page.get_by_test_id("stMetric").count() == 6
