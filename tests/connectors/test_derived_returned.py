"""What came back to a hand-written shop, which of it for quality, how much money, and who bought again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
ORDERS = """
    order_id,placed_at,channel,status,kind,net_amount,currency,tax_amount,shipping_amount,customer_ref,is_test
    1,2026-01-01,web,confirmed,sale,100,CNY,13,7,a,
    2,2026-01-02,web,confirmed,sale,50,CNY,,,b,
    3,2026-01-03,till,confirmed,sale,30,CNY,4,,a,
    4,2026-01-04,web,confirmed,sale,30,USD,4,,a,
    5,2026-01-05,web,confirmed,sale,30,CNY,,,c,yes
    6,2026-04-20,web,confirmed,sale,30,CNY,,,b,
    7,2026-06-01,web,confirmed,sale,30,CNY,,,d,
"""
LINES = """
    order_id,line_id,sku,quantity,net_amount
    1,1,A,2,60
    1,2,B,1,40
    2,1,A,1,50
    3,1,A,1,30
    5,1,A,1,30
    6,1,A,1,30
"""
RETURNS = """
    return_id,requested_at,order_id,line_id,quantity,reason,kind,return_channel
    r1,2026-01-10,1,1,2,size,return,till
    r2,2026-01-12,1,2,,quality,exchange,web
    r3,2026-01-13,1,2,,size,return,
    r4,2026-01-31,2,1,1,,return,post
    r5,2026-05-01,6,1,1,quality,return,till
    r6,2026-01-09,5,1,1,quality,return,till
    r7,2026-01-09,,,1,quality,,till
    r8,2026-01-09,404,,1,quality,exchange,till
"""
REFUNDS = """
    refund_id,status,amount,currency,refunded_at,requested_at,order_id,return_id
    f1,settled,60,CNY,2026-01-20,,1,r1
    f2,settled,40,CNY,2026-01-31,,,r2
    f3,settled,20,CNY,2026-02-01,,1,
    f4,failed,40,CNY,,2026-01-20,1,
    f5,settled,70,CNY,2026-01-20,,2,
    f6,settled,10,CNY,2026-01-20,,,
"""


def day(month: int, of_month: int) -> dt.date:
    return dt.date(2026, month, of_month)


@pytest.fixture
def shop(shop: ShopFolder) -> ShopFolder:
    tables = {"orders": ORDERS, "order_lines": LINES, "returns": RETURNS, "refunds": REFUNDS}
    for name, text in tables.items():
        shop.write(name, text)
    shop.remove("visits", "shipments", "surveys")
    return shop


def orders(shop: ShopFolder, refreshed: Refreshed, *columns: str) -> dict[str, Any]:
    rows = by(refreshed(shop).scan("order_facts"), "order_id")
    return {key.removeprefix("shop:"): tuple(row[name] for name in columns) for key, row in rows.items()}


def test_one_quality_return_makes_it_one_and_an_unexplained_one_leaves_it_open(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    told = orders(shop, refreshed, "returned_30d", "quality_returned_30d", "quality_returned_15d")
    assert [told[key] for key in "1236"] == [
        (True, True, True),
        (True, None, False),
        (False, False, False),
        (True, True, True),
    ]


def test_returns_without_reasons_or_orders_tell_nothing_of_orders(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write("returns", "return_id,requested_at,order_id\nr1,2026-01-10,1")
    shop.write("refunds", "refund_id,status,amount,currency,refunded_at\nf1,settled,60,CNY,2026-01-20")
    told = orders(shop, refreshed, "returns_known", "quality_returned_30d", "refunded_30d")
    assert told["1"] == (True, None, None)
    shop.write("returns", "return_id,requested_at,reason\nr1,2026-01-10,quality")
    told = orders(shop, refreshed, "returns_known", "quality_returned_30d")
    assert told["1"] == (False, None)


def test_money_back_counts_for_thirty_days_and_up_to_what_was_paid(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    told = orders(shop, refreshed, "paid_amount", "refunded_30d")
    assert told["1"] == (Decimal(120), Decimal(100)), "one refund came on the 31st day, one never"
    assert told["2"] == (Decimal(50), Decimal(50)), "70 went back for 50"
    assert told["3"] == (Decimal(34), Decimal(0))
    assert told["4"] == (None, None), "there is no rate"


def test_a_refund_without_a_rate_leaves_its_order_open(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "refunds.csv"
    path.write_text(path.read_text().replace("60,CNY", "60,USD"))
    assert orders(shop, refreshed, "refunded_30d")["1"] == (None,)


def test_refunds_and_returns_say_whether_their_order_is_known(shop: ShopFolder, refreshed: Refreshed) -> None:
    snapshot = refreshed(shop)
    returns = by(snapshot.scan("return_facts"), "return_id")
    told = {key.removeprefix("shop:"): (row["linked"], row["exchange"]) for key, row in returns.items()}
    assert told == {
        "r1": (True, False), "r2": (True, True), "r3": (True, False), "r4": (True, False),
        "r5": (True, False), "r7": (False, None), "r8": (False, True),
    }  # fmt: skip
    reasons = {key.removeprefix("shop:"): row["reason"] for key, row in returns.items()}
    assert reasons["r2"] == "quality"
    refunds = by(snapshot.scan("refund_facts"), "refund_id")
    assert [key for key, row in refunds.items() if not row["linked"]] == ["shop:f6"]


def test_an_order_never_sees_more_pieces_back_than_it_held(shop: ShopFolder, refreshed: Refreshed) -> None:
    days = refreshed(shop).scan("return_days").sort("order_id", "day").collect()
    assert days.filter(order_id="shop:1").select("day", "units").rows() == [
        (day(1, 10), Decimal(2)),
        (day(1, 12), Decimal(1)),
        (day(1, 13), Decimal(0)),
    ]
    assert days.select(pl.col("lines_known").all()).item()


def test_goods_come_back_in_a_shop_where_a_shop_says_so(shop: ShopFolder, refreshed: Refreshed) -> None:
    days = refreshed(shop).scan("return_days").sort("order_id", "day").collect()
    assert days.select("day", "next_told_day", "next_in_store_day").rows() == [
        (day(1, 10), day(1, 10), day(1, 10)),
        (day(1, 12), day(1, 12), None),
        (day(1, 13), None, None),
        (day(1, 31), None, None),
        (day(5, 1), day(5, 1), day(5, 1)),
    ]


def test_who_returned_something_is_followed_for_ninety_days(shop: ShopFolder, refreshed: Refreshed) -> None:
    days = refreshed(shop).scan("returner_days").sort("customer_id", "day").collect()
    assert days.select("customer_id", "day", "previous_day", "next_followed_day", "days_observed").rows() == [
        ("shop:a", day(1, 10), None, None, 142),
        ("shop:a", day(1, 12), day(1, 10), None, 140),
        ("shop:a", day(1, 13), day(1, 12), None, 139),
        ("shop:b", day(1, 31), None, day(1, 31), 121),
        ("shop:b", day(5, 1), day(1, 31), None, 31),
    ]


@pytest.mark.parametrize(("bought", "followed"), [("05-01", True), ("05-02", False), ("01-31", False)])
def test_ninety_days_begin_on_the_day_after_the_request(
    shop: ShopFolder, refreshed: Refreshed, bought: str, *, followed: bool
) -> None:
    path = shop.exports / "orders.csv"
    path.write_text(path.read_text().replace("6,2026-04-20", f"6,2026-{bought}"))
    days = refreshed(shop).scan("returner_days").filter(customer_id="shop:b", day=day(1, 31)).collect()
    assert days["next_followed_day"].is_not_null().item() is followed
