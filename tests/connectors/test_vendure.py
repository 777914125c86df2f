"""Vendure: every figure of a small shop counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

import polars as pl
import pytest

from connectors import tables
from connectors.errors import SourceError
from connectors.sql_shape import columns_of
from connectors.systems.vendure import READS
from connectors.systems.vendure.money import PLACES
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import SQL_SYSTEMS, Shop, make_tables


def test_orders_are_not_carts_nor_the_copies_made_for_sellers(vendure: Shop) -> None:
    assert vendure.facts(tables.Orders, "order_id", "status", "raw_status", "placed_at") == {
        "1": ("confirmed", "PartiallyDelivered", "03-01 10:00"),
        "2": ("cancelled", "Cancelled", "03-02 10:00"),
        "4": ("draft", "Draft", "03-04 09:00"),
        "5": ("confirmed", "PaymentSettled", "03-05 10:00"),
        # its goods had left and came back: it was a sale
        "6": ("confirmed", "Cancelled", "03-06 10:00"),
        "7": ("confirmed", "PaymentSettled", "03-07 10:00"),
        "8": ("confirmed", "PaymentSettled", "03-08 10:00"),
        # its only seller cancelled
        "11": ("cancelled", "PaymentSettled", "03-11 10:00"),
        "13": ("confirmed", "Delivered", "03-13 10:00"),
        "14": ("confirmed", "PaymentAuthorized", "03-14 10:00"),
        "15": ("cancelled", "Cancelled", "03-15 09:00"),
    }


def test_an_order_counts_once_though_it_is_in_the_default_channel_too(vendure: Shop) -> None:
    channels = vendure.facts(tables.Orders, "order_id", "channel")
    assert [name for name, channel in channels.items() if channel == "web-eu"] == ["1", "6", "13", "14"]
    assert [name for name, channel in channels.items() if channel == "tokyo"] == ["4"]
    assert len([name for name, channel in channels.items() if channel == "__default_channel__"]) == 6


def test_an_order_is_worth_what_was_ordered_whatever_became_of_it(vendure: Shop) -> None:
    amounts = vendure.facts(
        tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount"
    )
    # with tax: (2 x 60 less 12) / 1.2 + 14.40 / 1.2, shipping of 6 less 1.20; a shirt came back since
    assert amounts["1"] == (112, 102, 4, 21.2)
    # without tax: 3 x 12; shipping was taken back, which is no discount
    assert amounts["2"] == (36, 36, 5, 7.2)
    assert amounts["6"] == (50, 50, 5, 10)
    # 2 x 9 less 3 for two pieces where one was ordered at first, and 3 x 5 that were added and removed
    assert amounts["7"] == (33, 30, 0, 0)
    assert amounts["8"] == (30, 30, 0, 6)


def test_surcharges_and_shipping_are_not_worth_of_articles(vendure: Shop) -> None:
    # a surcharge of 1.20 with tax is in Vendure's own total of 74.40 beside what is kept: 54 + 14.40
    orders = vendure.facts(tables.Orders, "order_id", "net_amount")
    lines = vendure.frames()["order_lines"].with_columns(pl.col("net_amount").cast(pl.Float64))
    of_lines = dict(lines.group_by("order_id").agg(pl.col("net_amount").sum()).iter_rows())
    assert of_lines == orders


def test_stored_units_are_those_of_the_currency(vendure: Shop) -> None:
    amounts = vendure.facts(tables.Orders, "order_id", "currency", "net_amount")
    assert amounts["4"] == ("JPY", 2 * 1200)
    assert amounts["5"] == ("KWD", 1.25)
    assert amounts["2"] == ("USD", 36)
    stored = vendure.facts(tables.Orders, "order_id", "net_amount", price_decimals="4")
    assert (stored["4"], stored["5"], stored["2"]) == (0.24, 0.125, 0.36)
    assert len(set(PLACES[0] + PLACES[3] + PLACES[4])) == sum(map(len, PLACES.values()))


def test_a_line_loses_pieces_that_never_left_not_those_that_came_back(vendure: Shop) -> None:
    lines = vendure.facts(
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
        "11": ("1", "SHIRT", 2, 2, 90, 50),
        "12": ("1", "MUG", 1, 1, 12, 12),
        "21": ("2", "MUG", 3, 0, 36, 12),
        "41": ("4", "MUG", 2, 2, 2400, 1200),
        "51": ("5", "MUG", 1, 1, 1.25, 1.25),
        "61": ("6", "SHIRT", 1, 1, 50, 50),
        # the article is deleted, its sales are not
        "71": ("7", "HAT", 1, 2, 15, 9),
        "72": ("7", "id:5", 3, 0, 15, 5),
        "81": ("8", "SHIRT", 2, 2, 20, 10),
        "82": ("8", "MUG", 1, 1, 10, 10),
        "111": ("11", "MUG", 1, 1, 12, 12),
        "131": ("13", "MUG", 1, 1, 12, 12),
        "141": ("14", "MUG", 1, 1, 12, 12),
        "151": ("15", "MUG", 1, 1, 12, 12),
    }


def test_an_order_is_paid_when_vendure_settles_it_for_the_first_time(vendure: Shop) -> None:
    assert vendure.facts(tables.Orders, "order_id", "paid_at", "payment_method") == {
        # the transaction that placed the order began before it
        "1": ("03-01 10:00", "card"),
        "2": (None, None),
        "4": (None, None),
        "5": ("03-05 10:00", "cash"),
        "6": ("03-06 10:00", "card"),
        "7": ("03-07 13:00", "card"),
        "8": ("03-08 10:00", "card"),
        "11": ("03-11 10:00", None),
        # imported without a history: the second payment made the total
        "13": ("03-13 11:00", "card"),
        "14": (None, "card"),
        "15": (None, None),
    }


def test_reasons_for_cancelling_are_read_where_they_are_vendures_own(own_vendure: Shop) -> None:
    columns = ("order_id", "cancelled_at", "cancelled_by", "cancel_reason", "raw_cancel_reason")
    orders = own_vendure.facts(tables.Orders, *columns)
    assert orders["2"] == ("03-02 15:00", "seller", "stock", "order.cancel-reason-not-available")
    assert orders["15"] == ("03-15 12:00", None, None, None)
    # some of its goods were taken back, but it is not cancelled
    assert orders["1"] == orders["6"] == (None, None, None, None)
    for written, read in {
        "Customer request": ("customer", "customer"),
        "Bad address": (None, "other"),
    }.items():
        own_vendure.database.run(
            f"""UPDATE history_entry SET data = '{{"lines":[{{"orderLineId":"21","quantity":3}}],"""
            f""""reason":"{written}"}}' WHERE id = 13"""
        )
        assert own_vendure.facts(tables.Orders, *columns)["2"] == ("03-02 15:00", *read, written)


def test_carts_are_orders_nobody_placed_yet_but_drafts_are_none(vendure: Shop) -> None:
    carts = vendure.facts(
        tables.Carts, "cart_id", "channel", "completed", "started_at", "order_id", "customer_ref"
    )
    assert list(carts) == ["1", "2", "3", "6", "7", "8", "11", "13", "14"]
    assert carts["1"] == ("web-eu", True, "03-01 09:00", "1", "1")
    assert carts["3"] == ("web-eu", False, "03-03 09:00", None, None)
    completed = vendure.facts(tables.Carts, "cart_id", "completed_at")
    assert (completed["1"], completed["3"]) == ("03-01 10:00", None)


def test_refused_payments_are_attempts_and_sellers_shares_are_none(vendure: Shop) -> None:
    payments = vendure.facts(
        tables.Payments, "payment_id", "order_id", "cart_id", "succeeded", "method", "channel", "amount"
    )
    assert list(payments) == ["1", "2", "3", "4", "5", "6", "7", "8", "11", "12", "13", "14"]
    assert payments["1"] == ("1", None, False, "card", "web-eu", 127.2)
    assert payments["2"] == ("1", None, True, "card", "web-eu", 127.2)
    # authorised, and given back when the order was cancelled
    assert payments["3"] == ("2", None, True, "card", "__default_channel__", 48.2)
    assert payments["4"] == (None, "3", False, "wallet", "web-eu", 14.4)
    assert payments["5"] == ("5", None, True, "cash", "__default_channel__", 1.5)
    assert payments["14"] == (None, "3", False, "wallet", "web-eu", 14.4)


def test_only_the_history_tells_when_a_parcel_left_and_came(vendure: Shop) -> None:
    shipments = vendure.facts(
        tables.Shipments, "shipment_id", "order_id", "kind", "carrier", "shipped_at", "delivered_at",
        "delivered_source",
    )  # fmt: skip
    assert shipments == {
        "1-1": ("1", "parcel", "DHL", "03-02 08:00", "03-04 08:00", "shop"),
        "1-2": ("1", "parcel", "DHL", "03-03 08:00", None, None),
        "6-4": ("6", "parcel", None, None, "03-08 08:00", "shop"),
        "7-7": ("7", "parcel", "DHL", None, None, None),
        # a seller's parcel is the customer's; one fulfilment served two orders
        "8-5": ("8", "parcel", "UPS", "03-09 08:00", None, None),
        "13-6": ("13", "parcel", "counter", "03-13 14:00", "03-15 14:00", "shop"),
        "14-6": ("14", "parcel", "counter", "03-13 14:00", "03-15 14:00", "shop"),
    }


def test_shipping_methods_of_the_settings_are_pickups(vendure: Shop) -> None:
    columns = ("shipment_id", "kind", "shipped_at", "ready_at", "delivered_at")
    pickups = vendure.facts(tables.Shipments, *columns, pickup_methods="click, collect")
    assert pickups["13-6"] == ("pickup", None, "03-13 14:00", "03-15 14:00")
    assert pickups["1-1"] == ("parcel", "03-02 08:00", None, "03-04 08:00")
    fulfilment = vendure.facts(tables.Orders, "order_id", "fulfilment", pickup_methods="click, collect")
    assert (fulfilment["13"], fulfilment["1"], fulfilment["8"]) == ("pickup", "ship", None)
    assert vendure.facts(tables.Orders, "order_id", "fulfilment")["13"] == "ship"


def test_goods_cancelled_after_they_left_came_back(vendure: Shop) -> None:
    returns = vendure.facts(
        tables.Returns, "return_id", "order_id", "line_id", "sku", "quantity", "requested_at", "received_at",
        "raw_reason", "reason",
    )  # fmt: skip
    # of the two shirts of order 1 that left once more in a parcel that was cancelled none came back for that
    assert returns == {
        "8-11": ("1", "11", "SHIRT", 1, "03-10 09:00", "03-10 09:00", "Wrong size", "size"),
        "20-61": ("6", "61", "SHIRT", 1, "03-09 09:00", "03-09 09:00", None, None),
        "28-91": ("8", None, "SHIRT", 1, "03-16 09:00", "03-16 09:00", "Colour is off", "other"),
    }
    explained = vendure.facts(
        tables.Returns, "return_id", "reason", return_reasons={"Colour is off": "description"}
    )
    assert explained["28-91"] == "description"


def test_pieces_that_never_left_are_cancelled_before_those_that_did(own_vendure: Shop) -> None:
    # of five cups three left; cancelled are one, then three, then one that nobody had any more
    own_vendure.database.run("""
        UPDATE order_line SET quantity = 0, "orderPlacedQuantity" = 5 WHERE id = 12;
        UPDATE order_line_reference SET quantity = 3 WHERE id = 2;
        INSERT INTO history_entry (id, "orderId", type, "createdAt", data)
        SELECT id, 1, 'ORDER_CANCELLATION', moment,
            '{"lines":[{"orderLineId":12,"quantity":' || pieces || '}]}'
        FROM (VALUES (90, '2026-03-05'::timestamp, 1), (91, '2026-03-06', 3), (92, '2026-03-07', 1))
            AS taken (id, moment, pieces)""")
    returns = own_vendure.facts(tables.Returns, "return_id", "line_id", "quantity")
    assert {name: row for name, row in returns.items() if row[0] == "12"} == {
        "91-12": ("12", 2),
        "92-12": ("12", 1),
    }
    assert own_vendure.facts(tables.OrderLines, "line_id", "quantity", "quantity_kept")["12"] == (5, 3)


def test_only_money_that_left_is_settled_and_dated_by_the_history(vendure: Shop) -> None:
    refunds = vendure.facts(
        tables.Refunds, "refund_id", "order_id", "status", "amount", "currency", "requested_at",
        "refunded_at", "reason",
    )  # fmt: skip
    assert refunds == {
        "1": ("1", "settled", 54, "EUR", "03-10 10:00", "03-12 10:00", "Wrong size"),
        "2": ("1", "pending", 1, "EUR", "03-10 11:00", None, None),
        "3": ("1", "failed", 1, "EUR", "03-10 12:00", None, None),
        # a seller's refund is the customer's
        "4": ("8", "settled", 12, "USD", "03-16 10:00", "03-17 10:00", None),
        "5": ("5", "settled", 1, "KWD", "03-06 10:00", "03-07 10:00", None),
    }


def test_guests_have_no_user_and_deleted_customers_are_forgotten(vendure: Shop) -> None:
    customers = vendure.facts(
        tables.Customers,
        "customer_ref",
        "is_guest",
        "tier",
        "region",
        "created_at",
        "email_hash",
        "phone_hash",
    )
    assert {name: row[:4] for name, row in customers.items()} == {
        "1": (False, "VIP", "DE", "01-02 08:00"),
        "2": (True, None, None, "03-02 08:00"),
    }
    assert customers["1"][4] == customers["2"][4]
    assert customers["1"][5] is not None
    assert customers["2"][5] is None
    orders = vendure.facts(tables.Orders, "order_id", "customer_ref", "email_hash", "region", "coupon")
    assert orders["1"] == ("1", customers["1"][4], "DE", "TEN")
    assert orders["7"] == (None, None, None, None)


def test_times_without_a_zone_are_utc(vendure: Shop) -> None:
    for name, frame in vendure.frames().items():
        for column, kind in frame.schema.items():
            assert not isinstance(kind, pl.Datetime) or kind.time_zone == "UTC", (name, column)


def test_ids_may_be_uuids(database: Database) -> None:
    make_tables(database, SQL_SYSTEMS["vendure"])
    for table, columns in columns_of(READS).items():
        for column in columns:
            if column == "id" or column.endswith("Id"):
                database.run(f'ALTER TABLE "{table}" ALTER "{column}" TYPE uuid USING NULL')
    assert all(frame.is_empty() for frame in Shop("vendure", database).frames().values())


def test_a_database_of_the_first_vendure_is_refused_by_name(own_vendure: Shop) -> None:
    own_vendure.database.run("ALTER TABLE order_line_reference RENAME TO order_item")
    with pytest.raises(SourceError, match="no database of Vendure 3; it has no table order_line_reference"):
        own_vendure.frames()
