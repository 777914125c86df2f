"""Medusa: every figure of a small shop counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors import tables
from connectors.title_hash import title_hashes
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import Shop, kept_shop, make_shop


@pytest.fixture
def medusa(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "medusa")


@pytest.fixture
def own_medusa(database: Database) -> Shop:
    """One to change."""
    make_shop(database, "medusa")
    return Shop("medusa", database)


def test_only_the_orders_own_version_counts(medusa: Shop) -> None:
    amounts = medusa.facts(
        tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount", "coupon"
    )
    # 2 x 45 + 30 less 5; shipping 10 less 1, without the label of a return; tax on both
    assert amounts["o1"] == (120, 115, 9, 24.8, "WELCOME")
    assert amounts["o2"] == (50, 50, 0, 10, None)
    # a gift card is no article
    assert amounts["o8"] == (0, 0, 0, 0, None)


def test_prices_with_tax_are_worth_no_more_and_exchanged_pieces_add_nothing(medusa: Shop) -> None:
    amounts = medusa.facts(
        tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount"
    )
    # 60 with tax is 50, a discount of 6 with tax is 5; shipping of 12 with tax is 10
    assert amounts["o4"] == (50, 45, 10, 11)


def test_lines_know_what_was_ordered_and_what_was_kept(medusa: Shop) -> None:
    lines = medusa.facts(
        tables.OrderLines,
        "line_id",
        "order_id",
        "sku",
        "quantity",
        "quantity_kept",
        "net_amount",
        "list_price",
    )
    assert lines == {
        "l11": ("o1", "SHIRT", 1, 2, 85, 45),
        "l12": ("o1", "id:v2", 1, 1, 30, 30),
        "l21": ("o2", "SHIRT", 1, 1, 50, 50),
        "l31": ("o3", "SHIRT", 1, 0, 50, 50),
        "l41": ("o4", "SHIRT", 1, 1, 45, 50),
        "l51": ("o5", "SHIRT", 1, 1, 50, 50),
        "l71": ("o7", "SHIRT", 1, 1, 50, 50),
    }


def test_deleted_orders_are_gone_and_drafts_are_drafts(medusa: Shop) -> None:
    assert medusa.facts(
        tables.Orders, "order_id", "status", "raw_status", "channel", "currency", "cancelled_at"
    ) == {
        "o1": ("confirmed", "pending", "Web", "EUR", None),
        "o2": ("confirmed", "completed", "Berlin shop", "EUR", None),
        "o3": ("cancelled", "canceled", "Web", "USD", "03-03 15:00"),
        "o4": ("confirmed", "archived", "Web", "EUR", None),
        "o5": ("draft", "draft", "Web", "EUR", None),
        "o7": ("draft", "requires_action", "Web", "EUR", None),
        "o8": ("confirmed", "pending", "none", "EUR", None),
    }


def test_an_order_is_paid_when_its_payment_is_captured(medusa: Shop) -> None:
    assert medusa.facts(tables.Orders, "order_id", "paid_at", "payment_method") == {
        "o1": ("03-01 12:00", "stripe"),
        "o2": ("03-02 10:01", "cash"),
        "o3": (None, "stripe"),
        "o4": (None, None),
        "o5": (None, None),
        "o7": (None, None),
        "o8": (None, None),
    }


def test_a_pickup_is_known_by_the_place_it_is_collected_from(medusa: Shop) -> None:
    orders = medusa.facts(tables.Orders, "order_id", "fulfilment", "store_id", "region")
    assert orders["o1"] == ("ship", None, "DE")
    assert orders["o2"] == ("pickup", "loc1", None)
    assert orders["o8"] == ("digital", None, "DE")
    assert medusa.facts(tables.Stores, "store_id", "channel", "title") == {"loc1": ("Berlin shop", "Berlin")}


def test_parcels_are_neither_cancelled_ones_nor_labels_of_returns(medusa: Shop) -> None:
    shipments = medusa.facts(
        tables.Shipments, "shipment_id", "order_id", "kind", "carrier", "shipped_at", "ready_at",
        "delivered_at", "delivered_source",
    )  # fmt: skip
    assert shipments == {
        "f1": ("o1", "parcel", "post", "03-02 08:00", None, "03-04 08:00", "shop"),
        "f2": ("o1", "parcel", "post", None, None, None, None),
        "f4": ("o2", "pickup", "own", None, "03-02 11:00", "03-03 12:00", "shop"),
    }


def test_carts_and_their_attempts_to_pay(medusa: Shop) -> None:
    assert medusa.facts(tables.Carts, "cart_id", "channel", "completed", "completed_at", "order_id") == {
        "k1": ("Web", True, "03-01 10:00", "o1"),
        "k2": ("Web", False, None, None),
        "k4": ("none", False, None, None),
    }
    attempts = medusa.facts(
        tables.Payments, "payment_id", "order_id", "cart_id", "succeeded", "channel", "amount"
    )
    assert attempts == {
        "ps1": ("o1", "k1", False, "Web", 150),
        "ps2": ("o1", "k1", True, "Web", 150),
        "ps3": (None, "k2", False, "Web", 60),
        "ps5": ("o2", None, True, "Berlin shop", 60),
    }


def test_returns_are_what_was_asked_for_and_exchanges_are_told_apart(medusa: Shop) -> None:
    returns = medusa.facts(
        tables.Returns, "return_id", "order_id", "line_id", "sku", "requested_at", "received_at",
        "raw_reason", "reason", "kind",
    )  # fmt: skip
    assert returns == {
        "ri1": ("o1", "l11", "SHIRT", "03-08 09:59", "03-12 10:00", "Wrong size", "size", "return"),
        "ri2": ("o1", "l12", "id:v2", "03-08 09:59", "03-12 10:00", "Smells odd", "other", "return"),
        "ri3": ("o4", "l41", "SHIRT", "03-09 10:00", None, "No longer needed", "preference", "exchange"),
    }
    explained = medusa.facts(tables.Returns, "return_id", "reason", return_reasons={"Smells odd": "quality"})
    assert explained["ri2"] == "quality"


def test_refunds_stand_alone_and_failed_ones_are_gone(medusa: Shop) -> None:
    refunds = medusa.facts(
        tables.Refunds, "refund_id", "order_id", "status", "amount", "currency", "refunded_at", "reason"
    )
    assert refunds == {
        "re1": ("o1", "settled", 54, "EUR", "03-13 10:00", None),
        "re2": ("o1", "settled", 5, "EUR", "03-05 10:00", "Goodwill"),
        "re3": ("o2", "settled", 2.5, "EUR", "03-05 10:00", "late"),
    }


def test_guests_and_accounts_share_an_email(medusa: Shop) -> None:
    customers = medusa.facts(tables.Customers, "customer_ref", "is_guest", "tier", "region", "email_hash")
    assert {name: row[:3] for name, row in customers.items()} == {
        "c1": (False, "VIP", "DE"),
        "c2": (True, None, None),
    }
    assert customers["c1"][3] == customers["c2"][3]
    assert medusa.facts(tables.Orders, "order_id", "email_hash")["o2"] == customers["c1"][3]


def test_deleted_articles_and_categories_are_gone(medusa: Shop) -> None:
    assert medusa.facts(tables.Products, "sku", "title", "category") == {
        "SHIRT": ("Shirt", "Clothes"),
        "id:v2": ("Mug", None),
    }


def test_a_price_is_what_anybody_pays_for_one_piece_today(medusa: Shop) -> None:
    columns = ("sku", "channel", "from_day", "to_day", "sell_price", "list_price", "currency", "tax_included")
    prices = medusa.accepted()["prices"].rows.with_columns(
        pl.col("sell_price", "list_price").cast(pl.Float64)
    )
    assert sorted(prices.select(columns).rows()) == [
        ("SHIRT", "Berlin shop", dt.date(2026, 3, 10), dt.date(2099, 11, 30), 45, 60, "EUR", True),
        ("SHIRT", "Web", dt.date(2026, 3, 10), dt.date(2099, 11, 30), 45, 60, "EUR", True),
        # its own price holds again since an offer ended
        ("id:v2", "Web", dt.date(2026, 2, 20), None, 30, 30, "EUR", True),
    ]


def test_a_list_that_overrides_takes_the_place_of_the_price(own_medusa: Shop) -> None:
    own_medusa.database.run("UPDATE price_list SET deleted_at = NULL, type = 'override' WHERE id = 'pl6'")
    own_medusa.database.run(
        "UPDATE price SET amount = 70 WHERE id = 'p20'; DELETE FROM price WHERE id = 'p16'"
    )
    prices = own_medusa.accepted()["prices"].rows.filter(sku="SHIRT", channel="Web")
    assert prices.select(pl.col("sell_price", "list_price").cast(pl.Float64)).row(0) == (70, 70)


def test_listings_know_what_is_shown_and_can_be_had_in_each_channel(medusa: Shop) -> None:
    columns = (
        "sku", "channel", "from_day", "listed", "in_stock", "title_hash", "has_image", "has_description",
    )  # fmt: skip
    shirt, mug = title_hashes(pl.Series(["Shirt", "Mug"]))
    assert sorted(medusa.accepted()["listings"].rows.select(columns).rows()) == [
        ("SHIRT", "Berlin shop", dt.date(2026, 2, 6), True, False, shirt, True, True),
        ("SHIRT", "Web", dt.date(2026, 2, 20), True, True, shirt, True, True),
        # nobody counts mugs
        ("id:v2", "Web", dt.date(2026, 2, 3), False, True, mug, True, False),
    ]


def test_an_older_version_without_versions_of_promotions_is_read(own_medusa: Shop) -> None:
    own_medusa.database.run(
        "DELETE FROM order_line_item_adjustment WHERE version <> 3;"
        "ALTER TABLE order_line_item_adjustment DROP version, DROP is_tax_inclusive;"
        "ALTER TABLE order_item DROP unit_price; ALTER TABLE order_line_item DROP is_giftcard;"
        "ALTER TABLE order_shipping DROP exchange_id"
    )
    amounts = own_medusa.facts(tables.Orders, "order_id", "net_amount")
    assert amounts["o1"] == 2 * 50 + 30 - 5
