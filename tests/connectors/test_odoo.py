"""Odoo: every figure of a small shop counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

import pytest

from connectors import tables
from connectors.errors import SettingsError, SourceError
from connectors.systems import open_connection
from tests.connectors.system_world import Shop


def test_net_holds_articles_less_discounts_and_nothing_else(odoo: Shop) -> None:
    amounts = odoo.facts(
        tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount"
    )
    # 90 + 30 of articles less a promotion of 12; delivery, gift cards sold or paid with stay out
    assert amounts["S1"] == (130, 108, 9.9, 25.58)
    # an article given away, shipping given away
    assert amounts["S9"] == (80, 50, 0, 10)
    # a down payment is no article
    assert amounts["S7"] == (200, 200, 0, 40)


def test_prices_with_tax_are_worth_no_more(odoo: Shop) -> None:
    lines = odoo.facts(tables.OrderLines, "line_id", "sku", "list_price", "net_amount")
    assert lines["S12"] == ("id:3", 30, 30)
    assert lines["P11"] == ("SHIRT", 50, 47.5)


def test_only_article_lines_are_order_lines(odoo: Shop) -> None:
    lines = odoo.facts(tables.OrderLines, "line_id", "order_id", "quantity", "quantity_kept")
    assert lines == {
        "S11": ("S1", 2, 2),
        "S12": ("S1", 1, 1),
        "S21": ("S2", 1, 1),
        "S41": ("S4", 1, 1),
        "S51": ("S5", 1, 1),
        "S61": ("S6", 1, 0),
        "S71": ("S7", 1, 1),
        "S81": ("S8", 1, 1),
        "S91": ("S9", 1, 1),
        "S92": ("S9", 1, 1),
        "P11": ("P1", 1, 1),
        "P21": ("P2", 2, 2),
        "P42": ("P4", 1, 1),
        "P61": ("P6", 1, 1),
        "P71": ("P7", 1, 0),
        "P81": ("P8", 1, 1),
    }


def test_carts_quotations_and_cancelled_orders_are_told_apart(odoo: Shop) -> None:
    assert odoo.facts(tables.Orders, "order_id", "status", "raw_status", "kind") == {
        "S1": ("confirmed", "sale", "sale"),
        "S2": ("confirmed", "sale", "sale"),
        "S4": ("draft", "sent", "sale"),
        "S5": ("draft", "draft", "sale"),
        "S6": ("cancelled", "cancel", "sale"),
        "S7": ("confirmed", "sale", "sale"),
        "S8": ("confirmed", "sale", "sale"),
        "S9": ("confirmed", "sale", "sale"),
        "P1": ("confirmed", "done", "sale"),
        "P2": ("confirmed", "paid", "sale"),
        "P4": ("confirmed", "paid", "sale"),
        "P6": ("draft", "draft", "sale"),
        "P7": ("cancelled", "cancel", "sale"),
        "P8": ("confirmed", "invoiced", "sale"),
    }


def test_a_till_that_only_takes_back_or_settles_sells_nothing(odoo: Shop) -> None:
    tills = {
        name: net for name, net in odoo.facts(tables.Orders, "order_id", "net_amount").items() if "P" in name
    }
    # 3 and 9 take back, 5 settles order 7; 4 swaps and sells a shirt; 8 sells a shirt less 5 and a gift card
    assert tills == {"P1": 47.5, "P2": 60, "P4": 50, "P6": 50, "P7": 50, "P8": 45}


def test_channels_shops_and_currencies(odoo: Shop) -> None:
    orders = odoo.facts(tables.Orders, "order_id", "channel", "store_id", "currency", "fulfilment", "region")
    assert orders["S1"] == ("web:1", None, "USD", "ship", "US")
    assert orders["S2"] == ("web:1", "pos:2", "EUR", "pickup", "DE")
    assert orders["S7"] == ("team:2", None, "USD", "digital", "US")
    assert orders["P1"] == ("pos:1", "pos:1", "USD", "instore", None)
    assert orders["P8"] == ("pos:2", "pos:2", "EUR", "ship", None)
    assert orders["P2"] == orders["P1"]


def test_an_order_is_paid_when_the_money_came(odoo: Shop) -> None:
    paid = odoo.facts(tables.Orders, "order_id", "paid_at", "payment_method")
    assert paid == {
        "S1": ("03-01 09:59", "Card"),
        "S2": ("03-05 16:00", None),
        "S4": (None, None),
        "S5": (None, None),
        "S6": ("03-06 09:21", "Card"),
        "S7": (None, None),
        "S8": ("03-08 09:01", "Card"),
        "S9": (None, "Card"),
        "P1": ("03-10 12:00", "Cash"),
        "P2": ("03-10 13:00", "Card+Cash"),
        "P4": ("03-12 12:00", "Card+Cash"),
        "P6": (None, None),
        "P7": (None, None),
        "P8": ("03-13 12:00", "Card"),
    }


def test_orders_paid_in_test_mode_are_tests_once_there_was_a_live_payment(own_odoo: Shop) -> None:
    def tests() -> list[str]:
        marked = own_odoo.facts(tables.Orders, "order_id", "is_test")
        return [name for name, is_test in marked.items() if is_test]

    assert tests() == ["S8"]
    own_odoo.database.run("UPDATE payment_transaction SET is_live = false")
    assert tests() == []


def test_a_cart_begins_when_it_is_made_and_ends_as_an_order(odoo: Shop) -> None:
    carts = odoo.facts(
        tables.Carts, "cart_id", "started_at", "completed", "completed_at", "order_id", "customer_ref"
    )
    assert carts == {
        "S1": ("03-01 09:00", True, "03-01 10:00", "S1", "10"),
        "S2": ("03-02 09:00", True, "03-02 09:30", "S2", "11"),
        "S3": ("03-03 09:00", False, None, None, None),
        "S4": ("03-04 09:00", True, "03-04 09:10", "S4", "10"),
        "S6": ("03-06 09:00", True, "03-06 09:20", "S6", "10"),
        "S8": ("03-08 09:00", True, "03-08 09:00", "S8", "10"),
        "S9": ("03-09 09:00", True, "03-09 09:00", "S9", "10"),
    }


def test_every_attempt_to_pay_counts_once_and_no_refund_does(odoo: Shop) -> None:
    assert odoo.facts(
        tables.Payments, "payment_id", "order_id", "cart_id", "succeeded", "amount", "channel"
    ) == {
        "T1": ("S1", "S1", False, 123.48, "web:1"),
        "T2": ("S1", "S1", True, 123.48, "web:1"),
        "T3": (None, "S3", False, 60, "web:1"),
        "T4": ("S4", "S4", False, 60, "web:1"),
        "T5": ("S6", "S6", True, 36, "web:1"),
        "T7": ("S8", "S8", True, 60, "web:1"),
        "T8": ("S9", "S9", True, 60, "web:1"),
        "T10": ("P1", None, False, 57, None),
        "P1": ("P1", None, True, 60, "pos:1"),
        "P3": ("P2", None, True, 50, "pos:1"),
        "P4": ("P2", None, True, 22, "pos:1"),
        "P6": ("P4", None, False, 24, "pos:1"),
        "P7": ("P4", None, True, 24, "pos:1"),
        "P9": ("P8", None, True, 79, "pos:2"),
    }


def test_every_transfer_to_a_customer_is_a_parcel_and_only_pickups_are_known_to_arrive(odoo: Shop) -> None:
    shipments = odoo.facts(
        tables.Shipments, "shipment_id", "order_id", "kind", "shipped_at", "promised_at", "delivered_at",
        "delivered_source", "carrier",
    )  # fmt: skip
    assert shipments == {
        "1": ("S1", "parcel", "03-02 08:00", "03-05 12:00", None, None, "Post"),
        "2": ("S1", "parcel", None, "03-05 12:00", None, None, "Post"),
        "4": ("S2", "pickup", None, "03-04 12:00", "03-03 15:00", "shop", "Pick up"),
        "6": ("P8", "parcel", "03-14 08:00", None, None, None, "Post"),
    }


def test_goods_come_back_through_the_warehouse_or_a_till(odoo: Shop) -> None:
    returns = odoo.facts(
        tables.Returns, "return_id", "order_id", "line_id", "sku", "quantity", "requested_at", "received_at",
        "raw_reason", "reason", "return_channel",
    )  # fmt: skip
    till = ("03-11 12:00", "03-11 12:00", None, None, "pos:1")
    assert returns == {
        "R7": ("S1", "S11", "SHIRT", 1, "03-06 08:00", "03-08 08:00", "Wrong size", "size", "warehouse:1"),
        "R8": ("S2", "S21", "SHIRT", 1, "03-10 08:00", None, "Unwanted", "preference", "warehouse:2"),
        "P31": ("P1", "P11", "SHIRT", 1, *till),
        "P41": ("P2", "P21", "id:3", 1, "03-12 12:00", "03-12 12:00", *till[2:]),
        "P91": (None, None, "id:3", 1, "03-13 13:00", "03-13 13:00", *till[2:]),
    }


def test_the_shops_own_words_for_reasons_can_be_explained(odoo: Shop) -> None:
    reasons = odoo.facts(tables.Returns, "return_id", "reason", return_reasons={"wrong SIZE": "description"})
    assert reasons["R7"] == "description"


def test_only_money_that_left_is_a_settled_refund(odoo: Shop) -> None:
    refunds = odoo.facts(
        tables.Refunds, "refund_id", "order_id", "status", "amount", "currency", "requested_at", "refunded_at"
    )
    assert refunds == {
        "C21": ("S1", "settled", 60, "USD", "03-08 10:00", "03-12 16:00"),
        "C22": ("S1", "pending", 5, "USD", "03-09 10:00", None),
        "C23": ("S2", "failed", 60, "EUR", "03-10 10:00", None),
        "C25": ("S9", "failed", 60, "USD", "03-10 11:00", None),
        "P3-1": ("P1", "settled", 57, "USD", "03-11 12:00", "03-11 12:00"),
        "P4-2": ("P2", "settled", 36, "USD", "03-12 12:00", "03-12 12:00"),
        "P9-none": (None, "settled", 36, "USD", "03-13 13:00", "03-13 13:00"),
    }


def test_shops_are_tills_and_pickup_warehouses(own_odoo: Shop) -> None:
    assert own_odoo.facts(tables.Stores, "store_id", "channel", "title", "region") == {
        "pos:1": ("pos:1", "Central till", "US"),
        "pos:2": ("pos:2", "Berlin till", "DE"),
        "pos:3": ("pos:3", "Second central till", "US"),
    }
    own_odoo.database.run("UPDATE sale_order SET warehouse_id = 1 WHERE id = 2")
    assert own_odoo.facts(tables.Stores, "store_id", "channel")["warehouse:1"] == "web:1"
    assert own_odoo.facts(tables.Orders, "order_id", "store_id")["S2"] == "warehouse:1"


def test_what_an_older_version_does_not_know_is_not_delivered(own_odoo: Shop) -> None:
    own_odoo.database.run(
        "ALTER TABLE pos_order DROP email, DROP mobile; ALTER TABLE payment_transaction DROP is_live;"
        "ALTER TABLE discuss_channel DROP livechat_end_dt;"
        "ALTER TABLE survey_user_input_line DROP value_scale;"
        "ALTER TABLE survey_question DROP scale_min, DROP scale_max; ALTER TABLE rating_rating DROP rated_on;"
        "ALTER TABLE pos_config DROP currency_id; UPDATE ir_module_module SET latest_version = '17.0.1.3'"
    )
    frames = own_odoo.frames()
    assert {"email", "phone", "is_test"}.isdisjoint(frames["orders"].columns)
    assert "resolved_at" not in frames["conversations"].columns
    assert frames["surveys"]["kind"].unique().to_list() == ["csat"]
    assert frames["orders"].height == 14


def test_a_shop_without_tills_or_visits_says_so_by_not_delivering_them(own_odoo: Shop) -> None:
    own_odoo.database.run(
        "DROP TABLE pos_order, pos_order_line, pos_session, pos_config, pos_payment, pos_payment_method,"
        "website_track, website_visitor, survey_user_input_line, rating_rating"
    )
    frames = own_odoo.frames()
    assert {"visits", "surveys"}.isdisjoint(frames)
    assert {name[0] for name in frames["orders"]["order_id"]} == {"S"}
    assert "rating" not in frames["conversations"].columns


def test_the_version_is_known_and_one_too_old_refused(own_odoo: Shop) -> None:
    with open_connection(own_odoo.connection()) as source:
        assert getattr(source, "version", None) == "19.0.1.3"
    own_odoo.database.run("UPDATE ir_module_module SET latest_version = '16.0.1.3'")
    with pytest.raises(SourceError, match="is read from version 17 on"):
        own_odoo.frames()


@pytest.mark.parametrize("given", [{"Damaged": "broken"}, "Damaged"])
def test_a_reason_that_is_none_of_the_six_is_refused(odoo: Shop, given: object) -> None:
    with pytest.raises(SettingsError, match="'return_reasons'") as caught:
        odoo.frames(return_reasons=given)
    assert caught.value.text.zh != caught.value.text.en
