"""Joining: repeated keys, orphans, foreign ids, channels and shops, money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from connectors.manifest import TableReport
from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import BUSINESS, ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]

TWO = """
identity_secret = "0123456789abcdef0123456789abcdef"
[connections.shop]
system = "files"
path = "{shop}"
[connections.talk]
system = "files"
path = "{talk}"
{extra}
"""


def two_connections(shop: ShopFolder, surveys: str, extra: str = "") -> Path:
    """The shop with its surveys in a second connection."""
    talk = shop.root / "talk"
    talk.mkdir()
    shop.remove("surveys")
    (talk / "surveys.csv").write_text(surveys, encoding="utf-8")
    shop.settle(TWO.format(shop=shop.exports, talk=talk, extra=extra))
    return talk


def report(snapshot: Snapshot, table: str, connection: str = "shop") -> TableReport:
    return snapshot.manifest.connections[connection].tables[table]


def test_owned_keys_carry_their_connection_and_shared_ones_do_not(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    lines = refreshed(shop).scan("order_lines").collect()
    assert set(lines["order_id"]) == {"shop:1", "shop:2", "shop:3", "shop:6"}
    assert set(lines["sku"]) == {"A", "B"}


def test_the_newest_of_rows_with_one_key_stays(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "surveys",
        """
        survey_id,kind,channel,answered_at,score
        q1,nps,web,2026-01-05,1
        q1,nps,web,2026-01-07,2
        q1,nps,web,2026-01-06,3
        q2,nps,web,2026-01-06,4
        q2,nps,web,2026-01-06,5
        """,
    )
    snapshot = refreshed(shop)
    assert {key: row["score"] for key, row in by(snapshot.scan("surveys"), "survey_id").items()} == {
        "shop:q1": 2.0,
        "shop:q2": 5.0,
    }
    assert dict(report(snapshot, "surveys").quarantine) == {"survey_id:repeated": 3}
    assert snapshot.quarantine("shop", "surveys")["score"].to_list() == ["1.0", "3.0", "4.0"]


def test_an_orphan_is_put_aside_with_the_reason(shop: ShopFolder, refreshed: Refreshed) -> None:
    with (shop.exports / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write("7,2026-01-05,web,confirmed,sale,-5,CNY,,,,,\n")
    with (shop.exports / "order_lines.csv").open("a", encoding="utf-8") as lines:
        lines.write("7,1,A,1,,5,Shoes\n99,1,A,1,,5,Shoes\n")
    snapshot = refreshed(shop)
    assert dict(report(snapshot, "order_lines").quarantine) == {
        "order_id:parent_put_aside(net_amount:negative)": 1,
        "order_id:orphan": 1,
    }
    assert sorted(snapshot.quarantine("shop", "order_lines")["order_id"]) == ["7", "99"]


def test_every_row_pulled_is_in_the_snapshot_or_in_quarantine(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency
        ,,,,,,
        1,2026-01-01,web,confirmed,sale,1,CNY
        1,2026-01-02,web,confirmed,sale,2,CNY
        """,
    )
    snapshot = refreshed(shop)
    for connection, read in snapshot.manifest.connections.items():
        for table, found in read.tables.items():
            assert found.pulled == found.accepted + found.quarantined
            assert snapshot.scan(table).collect().height == found.accepted
            assert snapshot.quarantine(connection, table).height == found.quarantined
            assert sum(found.quarantine.values()) == found.quarantined


def test_a_foreign_id_is_found_in_the_one_connection_that_has_it(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    two_connections(
        shop,
        "survey_id,kind,channel,answered_at,score,order_id\nq1,nps,x,2026-01-05,10,1\nq2,nps,x,2026-01-05,9,404\n",
    )
    snapshot = refreshed(shop)
    surveys = by(snapshot.scan("surveys"), "survey_id")
    assert surveys["talk:q1"]["order_id"] == "shop:1"
    assert surveys["talk:q2"]["order_id"] is None
    assert dict(report(snapshot, "surveys", "talk").misses) == {"order_id": 1}
    assert by(snapshot.scan("survey_facts"), "survey_id")["talk:q1"]["channel"] == "web"


def test_an_id_that_two_other_connections_have_joins_only_when_settings_say_which(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    talk = two_connections(
        shop, "survey_id,kind,channel,answered_at,score,order_id\nq1,nps,x,2026-01-05,10,1\n"
    )
    third = shop.root / "third"
    third.mkdir()
    (third / "orders.csv").write_text((shop.exports / "orders.csv").read_text())
    settings = TWO.format(shop=shop.exports, talk=talk, extra="{extra}") + (
        f'[connections.third]\nsystem = "files"\npath = "{third}"\n'
    )
    shop.settle(settings.replace("{extra}", ""))
    assert by(refreshed(shop).scan("surveys"), "survey_id")["talk:q1"]["order_id"] is None
    shop.settle(settings.replace("{extra}", 'orders_of = "third"'))
    assert by(refreshed(shop).scan("surveys"), "survey_id")["talk:q1"]["order_id"] == "third:1"


def test_channels_are_matched_and_others_are_their_own_and_unknown(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    with (shop.exports / "visits.csv").open("a", encoding="utf-8") as visits:
        visits.write("2026-01-03 09:00,kiosk,1,v9,,0,\n")
    manifest = refreshed(shop).manifest
    assert [(entry.id, entry.kind) for entry in manifest.channels] == [
        ("web", "online"), ("store", "offline"), ("kiosk", "unknown"),
    ]  # fmt: skip
    assert any("kiosk" in warning.en for warning in manifest.warnings)


def test_money_is_converted_by_day_and_kept_as_it_was(shop: ShopFolder, refreshed: Refreshed) -> None:
    orders = by(refreshed(shop).scan("orders"), "order_id")
    assert orders["shop:6"]["net_amount"] is None
    assert orders["shop:6"]["net_amount_native"] == Decimal(10)
    (shop.config / "rates.csv").write_text("day,currency,rate\n2026-01-19,USD,7.0\n2026-01-21,USD,9\n")
    snapshot = refreshed(shop)
    orders = by(snapshot.scan("orders"), "order_id")
    assert orders["shop:6"]["net_amount"] == Decimal(70)
    assert orders["shop:1"]["net_amount"] == orders["shop:1"]["net_amount_native"] == Decimal(100)
    lines = snapshot.scan("order_lines").collect().filter(order_id="shop:6")
    assert lines["net_amount"].to_list() == [Decimal(77)]


def test_rows_without_a_rate_are_kept_and_counted(shop: ShopFolder, refreshed: Refreshed) -> None:
    snapshot = refreshed(shop)
    assert dict(report(snapshot, "orders").without_rate) == {"USD": 2}
    (told,) = [warning.en for warning in snapshot.manifest.warnings if "exchange rate" in warning.en]
    assert told.startswith("2 of 6 orders are in a currency without an exchange rate to CNY (USD), so no ")
    assert snapshot.scan("orders").collect().height == 6


def test_without_a_reporting_currency_it_is_the_one_most_orders_have(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.settle(business='timezone = "UTC"')
    assert refreshed(shop).manifest.currency == "CNY"


def test_days_are_days_of_the_business(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency
        1,2026-01-01T15:59:59Z,web,confirmed,sale,1,CNY
        2,2026-01-01T16:00:00Z,web,confirmed,sale,1,CNY
        """,
    )
    shop.remove("order_lines", "shipments")
    days = [
        row["day"] for row in refreshed(shop).scan("orders").sort("order_id").collect().iter_rows(named=True)
    ]
    assert days == [dt.date(2026, 1, 1), dt.date(2026, 1, 2)]


def test_the_order_of_rows_and_files_changes_nothing(shop: ShopFolder, refreshed: Refreshed) -> None:
    before = refreshed(shop).scan("order_facts").sort("order_id").collect()
    for path in shop.exports.glob("*.csv"):
        header, *lines = path.read_text().splitlines()
        path.write_text("\n".join([header, *reversed(lines)]) + "\n")
    assert_frame_equal(refreshed(shop).scan("order_facts").sort("order_id").collect(), before)


def test_rows_keep_the_order_they_came_in(shop: ShopFolder, refreshed: Refreshed) -> None:
    orders = refreshed(shop).scan("orders").collect()["order_id"].to_list()
    assert orders == [f"shop:{number}" for number in (1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    "table", ["orders", "visits", "returns", "refunds", "surveys", "shipments", "order_lines"]
)
def test_a_shop_without_a_table_is_still_a_shop(shop: ShopFolder, refreshed: Refreshed, table: str) -> None:
    shop.remove(*({"orders", "order_lines", "shipments"} if table == "orders" else {table}))
    snapshot = refreshed(shop)
    assert not snapshot.has(table)
    assert table not in snapshot.manifest.delivered
    assert snapshot.scan("order_facts").collect().height == (0 if table == "orders" else 6)


def test_lines_payments_and_penalties_without_a_rate_are_kept_and_counted_too(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "payments",
        """
        payment_id,attempted_at,succeeded,order_id,amount
        p1,2026-01-01,yes,1,100
        p2,2026-01-20,yes,6,10
        p3,2026-01-20,no,,10
        p4,2026-01-20,no,6,
        """,
    )
    shop.write("penalties", "channel,at,amount,currency\nweb,2026-01-02,5,USD\nweb,2026-01-02,5,CNY")
    shop.write("prices", "sku,channel,from_day,sell_price,currency,list_price\nA,web,2019-01-01,5,USD,6")
    snapshot = refreshed(shop)
    counted = {
        table: dict(report(snapshot, table).without_rate)
        for table in ("orders", "order_lines", "payments", "penalties", "prices", "refunds")
    }
    assert counted == {
        "orders": {"USD": 2},
        "order_lines": {"USD": 1},
        "payments": {"USD": 1, "unknown": 1},
        "penalties": {"USD": 1},
        "prices": {"USD": 1},
        "refunds": {},
    }
    assert snapshot.scan("payments").collect().height == 4
    line = snapshot.scan("order_lines").collect().filter(order_id="shop:6").row(0, named=True)
    assert (line["net_amount"], line["net_amount_native"]) == (None, Decimal(11))
    facts = by(snapshot.scan("order_facts"), "order_id")["shop:6"]
    assert (facts["net_amount"], facts["units"], facts["category"]) == (None, 1, "Shoes")
    shop.settle(business=BUSINESS + "[rates]\nUSD = 7\n")
    snapshot = refreshed(shop)
    assert dict(report(snapshot, "payments").without_rate) == {"unknown": 1}
    assert dict(report(snapshot, "order_lines").without_rate) == {}
    assert snapshot.scan("prices").collect()["sell_price"].to_list() == [Decimal(35)], (
        "years before any order"
    )
