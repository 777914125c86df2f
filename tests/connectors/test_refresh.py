"""The refresh: failed connections keep their rows, nothing stored is lost, plain identities are nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connectors.errors import SnapshotError
from connectors.pull import Progress
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import Snapshot, open_snapshot, versions
from tests.connectors.shopfolder import ShopFolder
from tests.connectors.test_unify import two_connections

Refreshed = Callable[[ShopFolder], Snapshot]
SURVEYS = "survey_id,kind,channel,answered_at,score,order_id\nq1,nps,x,2026-01-05,10,1\n"


def test_a_connection_that_fails_keeps_its_last_rows_and_says_why(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    talk = two_connections(shop, SURVEYS)
    before = refreshed(shop).manifest.connections["talk"]
    (talk / "surveys.csv").write_text("survey_id,kind,chanel\n")
    report = refresh(load_settings(shop.config, shop.data))
    assert report.failed
    assert report.version == "000002"
    error = report.connections["talk"].error
    assert error is not None
    assert "chanel" in error.en
    snapshot = open_snapshot(shop.data)
    assert snapshot.scan("surveys").collect().height == 1
    assert snapshot.manifest.connections["talk"].read_at == before.read_at
    assert snapshot.manifest.connections["talk"].tables == before.tables


def test_a_connection_left_out_keeps_its_last_rows(shop: ShopFolder, refreshed: Refreshed) -> None:
    talk = two_connections(shop, SURVEYS)
    refreshed(shop)
    (talk / "surveys.csv").write_text(SURVEYS + "q2,nps,x,2026-01-05,1,2\n")
    report = refresh(load_settings(shop.config, shop.data), only={"shop"})
    assert not report.failed
    assert open_snapshot(shop.data).scan("surveys").collect().height == 1
    refresh(load_settings(shop.config, shop.data), only={"talk"})
    assert open_snapshot(shop.data).scan("surveys").collect().height == 2


def test_an_old_failure_of_a_connection_left_out_is_no_new_failure(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    talk = two_connections(shop, SURVEYS)
    refreshed(shop)
    (talk / "surveys.csv").write_text("nonsense\n")
    assert refresh(load_settings(shop.config, shop.data)).failed
    report = refresh(load_settings(shop.config, shop.data), only={"shop"})
    assert not report.failed
    assert not report.connections["talk"].ok


def test_a_file_without_a_heading_gives_nothing_of_it_away(shop: ShopFolder) -> None:
    two_connections(shop, SURVEYS)
    (shop.root / "talk" / "customers.csv").write_text("1,canary@example.org,+4915112345678\n")
    error = refresh(load_settings(shop.config, shop.data)).connections["talk"].error
    assert error is not None
    assert not any(plain in error.en + error.zh for plain in ("canary", "4915"))


def test_a_connection_taken_out_of_the_settings_leaves(shop: ShopFolder, refreshed: Refreshed) -> None:
    alone = (shop.config / "secrets.toml").read_text()
    two_connections(shop, SURVEYS)
    refreshed(shop)
    shop.settle(alone)
    assert not refreshed(shop).has("surveys")


def test_the_demo_shop_never_replaces_rows_of_ones_own(shop: ShopFolder, refreshed: Refreshed) -> None:
    before = refreshed(shop).version
    (shop.config / "secrets.toml").unlink()
    with pytest.raises(
        SnapshotError, match=r"secrets\.toml names no connection, and .* holds the rows of: shop\."
    ):
        refresh(load_settings(shop.config, shop.data))
    assert versions(shop.data) == [before]
    assert not (shop.data / "demo").exists()


def test_when_nothing_can_be_read_nothing_is_committed(shop: ShopFolder, refreshed: Refreshed) -> None:
    refreshed(shop)
    (shop.exports / "orders.csv").write_text("nonsense\n1\n")
    report = refresh(load_settings(shop.config, shop.data))
    assert report.failed
    assert report.version is None
    assert versions(shop.data) == ["000001"]
    assert open_snapshot(shop.data).scan("orders").collect().height == 6


def test_a_first_refresh_with_a_broken_connection_still_shows_the_other(shop: ShopFolder) -> None:
    two_connections(shop, "")
    report = refresh(load_settings(shop.config, shop.data))
    assert [read.ok for read in report.connections.values()] == [True, False]
    assert open_snapshot(shop.data).scan("orders").collect().height == 6


def test_a_refresh_tells_how_far_it_is(shop: ShopFolder) -> None:
    told: list[Progress] = []
    refresh(load_settings(shop.config, shop.data), progress=told.append)
    fractions = [progress.fraction for progress in told]
    assert fractions == sorted(fractions)
    assert {progress.table for progress in told} >= {"orders", "visits"}
    assert max(progress.rows for progress in told if progress.table == "orders") == 6


def test_plain_identities_are_nowhere_on_the_disk(shop: ShopFolder, refreshed: Refreshed) -> None:
    with (shop.exports / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write("9,2026-01-08 12:00,till,confirmed,sale,-30,CNY,,,canary@example.org,s1,\n")
    refreshed(shop)
    for path in shop.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            assert not any(plain in content for plain in (b"ann@x", b"bob@x", b"canary@"))


@pytest.mark.parametrize("empty", ["orders", "visits", "surveys"])
def test_a_table_of_only_a_header_is_delivered_and_empty(
    shop: ShopFolder, refreshed: Refreshed, empty: str
) -> None:
    path = shop.exports / f"{empty}.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    if empty == "orders":
        shop.remove("order_lines", "shipments", "returns", "refunds")
    snapshot = refreshed(shop)
    assert snapshot.scan(empty).collect().is_empty()
    assert empty in snapshot.manifest.delivered
