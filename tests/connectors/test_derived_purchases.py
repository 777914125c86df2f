"""What became of carts and attempts to pay, in the hand-written shop, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
CARTS = """
    cart_id,started_at,channel,completed,completed_at,order_id
    c1,2026-01-01 08:00,web,yes,2026-01-01 10:05,1
    c2,2026-01-05 08:00,web,no,,
    c3,2026-01-17 08:00,web,yes,2026-01-18 09:00,
    c4,2026-01-19 09:01,web,no,,
    c5,2026-01-07 08:00,web,yes,,
"""


def test_a_purchase_is_the_order_that_its_cart_became(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("carts", CARTS)
    shop.write(
        "payments",
        """
        payment_id,attempted_at,succeeded,order_id,cart_id,method,channel
        a,2026-01-01 10:00,no,,c1,card,
        b,2026-01-01 10:04,yes,1,,wallet,web
        c,2026-01-05 10:00,no,,c2,card,
        d,2026-01-05 10:00,yes,,,card,web
        """,
    )
    attempts = by(refreshed(shop).scan("payment_facts"), "payment_id")
    told = ("purchase_known", "opens_purchase", "purchase_succeeded", "channel", "category", "payment_method")
    assert {key: tuple(row[name] for name in told) for key, row in attempts.items()} == {
        "shop:a": (True, True, True, "web", "Shoes", "card"),
        "shop:b": (True, False, True, "web", "Shoes", "wallet"),
        "shop:c": (True, True, False, "web", None, "card"),
        "shop:d": (False, False, False, "web", None, "card"),
    }


def test_a_cart_has_a_day_to_become_an_order(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("carts", CARTS)
    carts = refreshed(shop).scan("cart_facts").sort("day").collect()
    assert carts.select(carts["day"].dt.day(), "completed_24h", "old").rows() == [
        (1, True, True),
        (5, False, True),
        (7, True, True),
        (17, False, True),
        (19, False, False),
    ]


def test_orders_stand_for_carts_that_a_system_deletes_when_they_are_completed(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write("carts", "cart_id,started_at,channel,completed\nc1,2026-01-02 23:00,web,no\n")
    carts = refreshed(shop).scan("cart_facts").sort("day", "completed_24h").collect()
    assert set(carts["channel"]) == {"web"}
    assert carts.select(carts["day"].dt.day(), "completed_24h", "old").rows() == [
        (2, False, True),
        (2, True, True),
        (20, True, False),
        (20, True, False),
    ]


def test_a_discount_is_told_only_where_the_price_before_it_is(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,gross_amount,currency,cancel_reason
        1,2026-01-01,web,confirmed,sale,90,100,CNY,
        2,2026-01-01,web,confirmed,sale,90,,CNY,
        3,2026-01-01,web,confirmed,sale,90,0,CNY,
        4,2026-01-01,web,cancelled,sale,90,90,CNY,stock
        5,2026-01-01,web,cancelled,sale,90,90,CNY,
        6,2026-01-01,web,confirmed,sale,90,90,USD,
        """,
    )
    shop.remove("order_lines", "shipments", "returns", "refunds", "surveys", "visits")
    orders = by(refreshed(shop).scan("order_facts"), "order_id")
    assert [orders[f"shop:{n}"]["discount"] for n in range(1, 7)] == [Decimal(10), None, None, 0, 0, None]
    assert [orders[f"shop:{n}"]["stock_cancelled"] for n in (1, 4, 5)] == [False, True, None]


def test_without_reasons_nothing_is_known_of_stock(shop: ShopFolder, refreshed: Refreshed) -> None:
    assert set(refreshed(shop).scan("order_facts").collect()["stock_cancelled"]) == {None}


def test_what_a_customer_spent_leaves_out_orders_without_a_rate(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    days = refreshed(shop).scan("customer_days").filter(channel="web").sort("day").collect()
    told = ("orders_priced", "orders_unpriced", "net_amount", "previous_priced_day")
    assert days.select("day", *told).rows() == [
        (dt.date(2026, 1, 1), 1, 0, Decimal(100), None),
        (dt.date(2026, 1, 2), 1, 0, Decimal(50), None),
        (dt.date(2026, 1, 20), 0, 1, None, dt.date(2026, 1, 2)),
    ]
