"""Saleor: every figure of a small shop counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors import tables
from connectors.tables import Table
from connectors.title_hash import title_hashes
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import Shop, kept_shop, make_shop


@pytest.fixture
def saleor(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "saleor")


@pytest.fixture
def own_saleor(database: Database) -> Shop:
    """One to change."""
    make_shop(database, "saleor")
    return Shop("saleor", database)


def by_number(shop: Shop, table: type[Table], key: str, *columns: str) -> dict[int, object]:
    """Rows by the number at the end of their key."""
    return {int(str(name)[-3:]): row for name, row in shop.facts(table, key, *columns).items()}


def test_net_holds_articles_after_discount_and_nothing_else(saleor: Shop) -> None:
    amounts = by_number(
        saleor, tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount"
    )
    # shipping stays out, and so does the sale of a gift card; the seeder's undiscounted 0 is no discount
    assert amounts[1] == (130, 120, 10, 26)
    assert amounts[8] == (0, 0, 0, 0)
    assert amounts[9] == (50, 0, 0, 0)


def test_drafts_replacements_and_cancelled_orders_are_told_apart(saleor: Shop) -> None:
    assert by_number(saleor, tables.Orders, "order_id", "status", "raw_status", "kind") == {
        1: ("confirmed", "partially_returned", "sale"),
        2: ("confirmed", "fulfilled", "sale"),
        3: ("draft", "unconfirmed", "sale"),
        4: ("cancelled", "canceled", "sale"),
        5: ("draft", "draft", "sale"),
        6: ("confirmed", "unfulfilled", "replacement"),
        7: ("draft", "expired", "sale"),
        8: ("confirmed", "partially fulfilled", "sale"),
        9: ("confirmed", "unfulfilled", "sale"),
        10: ("confirmed", "unfulfilled", "sale"),
    }
    assert by_number(saleor, tables.Orders, "order_id", "cancelled_at")[4] == "03-04 15:00"


def test_channels_shops_promises_and_currencies(saleor: Shop) -> None:
    orders = by_number(
        saleor, tables.Orders, "order_id", "channel", "store_id", "currency", "fulfilment", "region",
        "promised_at", "coupon",
    )  # fmt: skip
    assert orders[1] == ("default-channel", None, "USD", "ship", "US", "03-04 10:00", "SPRING")
    assert orders[2] == ("channel-pln", "berlin", "PLN", "pickup", None, None, None)
    assert orders[3] == ("default-channel", None, "USD", "ship", "US", None, None)
    assert orders[8] == ("default-channel", None, "USD", "digital", None, None, None)
    assert saleor.facts(tables.Stores, "store_id", "channel", "title", "region") == {
        "berlin": ("channel-pln", "Berlin", "DE")
    }


def test_an_order_is_paid_when_what_was_charged_reaches_its_total(saleor: Shop) -> None:
    assert by_number(saleor, tables.Orders, "order_id", "paid_at", "payment_method") == {
        1: ("03-01 12:00", "card"),
        2: ("03-02 10:05", "adyen"),
        3: (None, None),
        4: ("03-04 10:01", "Stripe"),
        5: (None, None),
        6: ("03-06 10:00", None),
        7: (None, None),
        8: ("03-08 10:01", None),
        9: ("03-09 10:00", None),
        10: (None, None),
    }


def test_lines_of_gift_cards_are_no_order_lines(saleor: Shop) -> None:
    lines = by_number(
        saleor, tables.OrderLines, "line_id", "sku", "quantity", "quantity_kept", "net_amount", "list_price"
    )
    assert lines == {
        11: ("SHIRT", 2, 2, 90, 50),
        12: ("id:2", 1, 1, 30, 30),
        21: ("SHIRT", 1, 1, 50, 50),
        31: ("VmFyOjk=", 1, 1, 50, 50),
        41: ("SHIRT", 1, 0, 50, 50),
        51: ("SHIRT", 1, 1, 50, 50),
        61: ("SHIRT", 1, 1, 50, 50),
        71: ("SHIRT", 1, 0, 50, 50),
        91: ("SHIRT", 1, 1, 0, 50),
        101: ("SHIRT", 1, 1, 50, 50),
    }


def test_checkouts_that_became_orders_are_added_back(saleor: Shop) -> None:
    carts = saleor.facts(tables.Carts, "cart_id", "channel", "completed", "started_at", "customer_ref")
    done = ("default-channel", True)
    assert carts == {
        "00000000-0000-0000-0000-0000000000c1": ("channel-pln", False, "03-11 10:00", "u1"),
        "00000000-0000-0000-0000-0000000000c2": ("default-channel", False, "03-12 10:00", None),
        "tok-1": (*done, "03-01 10:00", "u1"),
        "tok-2": ("channel-pln", True, "03-02 10:00", None),
        "00000000-0000-0000-0000-000000000003": (*done, "03-03 10:00", None),
        "tok-4": (*done, "03-04 10:00", None),
        "tok-7": (*done, "03-07 10:00", "u1"),
        "tok-8": (*done, "03-08 10:00", "u1"),
        "tok-9": (*done, "03-09 10:00", "u1"),
    }


def test_an_authorisation_and_its_charge_are_one_attempt(saleor: Shop) -> None:
    attempts = saleor.facts(
        tables.Payments, "payment_id", "succeeded", "attempted_at", "amount", "method", "channel"
    )
    assert attempts == {
        "E11": (False, "03-01 10:01", 156, "card", "default-channel"),
        "E13": (True, "03-01 10:02", 156, "card", "default-channel"),
        "E41": (True, "03-04 10:01", 60, "Stripe", "default-channel"),
        "E81": (True, "03-08 10:01", 25, None, "default-channel"),
        "E101": (True, "03-10 10:01", 30, None, "default-channel"),
        "E111": (False, "03-11 10:01", 60, None, "channel-pln"),
        "P1": (False, "03-02 09:58", 60, "adyen", "channel-pln"),
        "P2": (True, "03-02 10:00", 60, "adyen", "channel-pln"),
    }
    carts = saleor.facts(tables.Payments, "payment_id", "cart_id", "order_id")
    assert carts["E111"] == ("00000000-0000-0000-0000-0000000000c1", None)
    assert carts["E13"] == (None, "00000000-0000-0000-0000-000000000001")


def test_returned_goods_are_no_parcels_and_arrivals_are_not_known(saleor: Shop) -> None:
    assert saleor.facts(tables.Shipments, "shipment_id", "kind", "carrier", "shipped_at", "promised_at") == {
        "1": ("parcel", "Post", "03-02 08:00", "03-04 10:00"),
        "2": ("parcel", "Post", None, "03-04 10:00"),
        "6": ("pickup", None, None, None),
    }
    assert "delivered_at" not in saleor.frames()["shipments"].columns


def test_only_goods_are_returns_and_replaced_ones_are_exchanges(saleor: Shop) -> None:
    returns = saleor.facts(
        tables.Returns,
        "return_id",
        "sku",
        "quantity",
        "kind",
        "requested_at",
        "received_at",
        "raw_reason",
        "reason",
    )
    assert returns == {
        "F3": ("SHIRT", 1, "return", "03-10 08:00", "03-10 08:00", "Too small", "size"),
        "F4": ("id:2", 1, "exchange", "03-05 08:00", None, "Came in pieces", "other"),
    }


def test_a_refund_counts_once_and_only_what_left_is_settled(saleor: Shop) -> None:
    refunds = saleor.facts(
        tables.Refunds, "refund_id", "status", "amount", "currency", "requested_at", "refunded_at", "reason"
    )
    assert refunds == {
        "E16": ("settled", 20, "USD", "03-11 12:00", "03-12 12:00", "Too small"),
        "E17": ("pending", 7, "USD", "03-13 12:00", None, None),
        "E18": ("failed", 8, "USD", None, None, None),
        "E43": ("settled", 60, "USD", "03-04 15:00", "03-04 16:00", None),
        "G2": ("pending", 5, "USD", "03-13 12:00", None, "Late"),
        "G3": ("failed", 6, "USD", "03-14 12:00", None, None),
        "G4": ("pending", 9, "USD", "03-15 12:00", None, None),
        "P4": ("settled", 15, "PLN", "03-09 10:00", "03-09 10:00", None),
        "P5": ("failed", 15, "PLN", "03-08 10:00", None, None),
    }


def test_guests_are_known_by_the_email_of_their_order(saleor: Shop) -> None:
    customers = saleor.facts(
        tables.Customers, "customer_ref", "is_guest", "created_at", "region", "email_hash"
    )
    assert {name: row[:3] for name, row in customers.items()} == {
        "u1": (False, "01-02 08:00", "PL"),
        "u2": (False, None, None),
    }
    orders = by_number(saleor, tables.Orders, "order_id", "customer_ref", "email_hash")
    assert orders[1] == ("u1", customers["u1"][3])
    assert orders[2] == (None, customers["u1"][3])
    assert orders[5] == (None, None)


def test_articles_without_a_sku_are_named_alike_everywhere(saleor: Shop) -> None:
    assert saleor.facts(tables.Products, "sku", "title", "category") == {
        "SHIRT": ("Shirt", "Clothes"),
        "id:2": ("Mug", None),
    }


def test_reasons_are_not_delivered_where_a_version_keeps_none(own_saleor: Shop) -> None:
    own_saleor.database.run(
        "ALTER TABLE order_fulfillment DROP reason; ALTER TABLE order_fulfillmentline DROP reason"
    )
    assert {"reason", "raw_reason"}.isdisjoint(own_saleor.frames()["returns"].columns)


def test_prices_are_todays_with_the_offers_of_the_catalogue(saleor: Shop) -> None:
    columns = ("sku", "channel", "from_day", "to_day", "sell_price", "list_price", "currency", "tax_included")
    prices = saleor.accepted()["prices"].rows.with_columns(
        pl.col("sell_price", "list_price").cast(pl.Float64)
    )
    assert sorted(prices.select(columns).rows()) == [
        ("SHIRT", "channel-pln", dt.date(2026, 2, 1), None, 240, 240, "PLN", True),
        # the offer ends with the 29th
        ("SHIRT", "default-channel", dt.date(2026, 3, 10), dt.date(2099, 11, 29), 45, 60, "USD", False),
        ("id:2", "default-channel", dt.date(2026, 2, 1), None, 30, 30, "USD", False),
    ]


def test_listings_know_what_is_shown_and_can_be_had_in_each_channel(saleor: Shop) -> None:
    columns = (
        "sku", "channel", "from_day", "listed", "in_stock", "title_hash", "has_image", "has_description",
    )  # fmt: skip
    shirt, mug = title_hashes(pl.Series(["Shirt", "Mug"]))
    assert sorted(saleor.accepted()["listings"].rows.select(columns).rows()) == [
        ("SHIRT", "channel-pln", dt.date(2026, 2, 2), True, False, shirt, True, True),
        ("SHIRT", "default-channel", dt.date(2026, 2, 5), True, True, shirt, True, True),
        ("id:2", "channel-pln", dt.date(2026, 2, 2), False, True, mug, False, False),
        ("id:2", "default-channel", dt.date(2026, 2, 2), False, True, mug, False, False),
    ]
