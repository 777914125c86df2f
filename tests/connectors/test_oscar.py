"""django-oscar: every figure of a small shop counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

from connectors import tables
from tests.connectors.system_world import Shop


def test_net_holds_articles_without_tax_shipping_and_surcharges(oscar: Shop) -> None:
    amounts = oscar.facts(
        tables.Orders, "order_id", "gross_amount", "net_amount", "shipping_amount", "tax_amount"
    )
    # 138 were asked for: 120 of articles and 12 of shipping with tax, and a surcharge of 6
    assert amounts["100001"] == (110, 100, 10, 22)
    assert amounts["100002"] == (18, 18, 0, 3.6)
    assert amounts["100005"] == (7, 7, 0, 0)
    assert amounts["100006"] == (10, 0, 0, 0)


def test_statuses_are_the_words_of_the_shop(oscar: Shop) -> None:
    assert oscar.facts(tables.Orders, "order_id", "status", "raw_status", "cancelled_at") == {
        "100001": ("confirmed", "Complete", None),
        "100002": ("confirmed", "Pending", None),
        "100003": ("draft", "awaiting-payment", None),
        "100004": ("cancelled", "Cancelled", "03-04 15:00"),
        "100005": ("confirmed", None, None),
        "100006": ("confirmed", "Pending", None),
        "100007": ("confirmed", "Complete", None),
    }


def test_settings_say_what_the_words_mean(oscar: Shop) -> None:
    words = {"cancelled": "Storniert，complete", "unpaid": " pending , "}
    statuses = oscar.facts(tables.Orders, "order_id", "status", **words)
    # an empty word between commas is not the empty status of 100005
    assert statuses == {
        "100001": "cancelled",
        "100002": "draft",
        "100003": "confirmed",
        "100004": "confirmed",
        "100005": "confirmed",
        "100006": "draft",
        "100007": "cancelled",
    }
    kept = oscar.facts(tables.OrderLines, "line_id", "quantity_kept", **words)
    assert (kept["11"], kept["41"], kept["71"]) == (0, 1, 0)


def test_sites_are_channels_and_orders_outlive_theirs(oscar: Shop) -> None:
    orders = oscar.facts(
        tables.Orders, "order_id", "channel", "fulfilment", "region", "coupon", "payment_method"
    )
    assert orders["100001"] == ("shop.example", "ship", "DE", "SPRING", "Card")
    assert orders["100002"] == ("outlet.example", "pickup", None, None, "Card+Voucher")
    assert orders["100005"] == ("none", "digital", None, None, None)


def test_guests_are_known_by_the_email_of_their_order(oscar: Shop) -> None:
    customers = oscar.facts(
        tables.Customers, "customer_ref", "is_guest", "created_at", "region", "email_hash", "phone_hash"
    )
    assert {name: row[:3] for name, row in customers.items()} == {
        "u1": (False, "01-02 08:00", "DE"),
        "u2": (False, "01-03 08:00", None),
    }
    # Ann's phone is that of her bills; her order as a guest has her e-mail in other letters
    assert (customers["u1"][4] is None, customers["u2"][4] is None) == (False, True)
    orders = oscar.facts(tables.Orders, "order_id", "customer_ref", "email_hash")
    assert orders["100001"] == ("u1", None)
    assert orders["100002"] == (None, customers["u1"][3])


def test_an_order_is_paid_when_either_ledger_reaches_its_total(oscar: Shop) -> None:
    assert oscar.facts(tables.Orders, "order_id", "paid_at") == {
        "100001": "03-04 10:00",  # by the second debit; the event of the 2nd is the money of the first
        "100002": "03-02 10:00",  # two sources were debited as it was placed
        "100003": None,
        "100004": "03-04 10:01",  # by event only, and cancelled later
        "100005": "03-05 10:05",
        "100006": "03-06 10:00",  # free of charge
        "100007": None,  # the debit is undecided
    }


def test_a_shop_may_say_that_reserved_money_is_paid(oscar: Shop) -> None:
    paid = oscar.facts(tables.Orders, "order_id", "paid_at", paid="Authorise, Debit", pending="none")
    assert paid["100001"] == "03-01 10:02"
    assert paid["100007"] == "03-07 10:00"


def test_an_authorisation_and_its_debits_are_one_attempt(oscar: Shop) -> None:
    attempts = oscar.facts(
        tables.Payments, "payment_id", "order_id", "succeeded", "attempted_at", "amount", "method", "channel"
    )
    assert attempts == {
        "T1": ("100001", False, "03-01 10:00", 138, "Card", "shop.example"),
        "T2": ("100001", True, "03-01 10:02", 138, "Card", "shop.example"),
        "S2": ("100002", True, "03-02 10:00", 11.6, "Card", "outlet.example"),
        "S3": ("100002", True, "03-02 10:00", 10, "Voucher", "outlet.example"),
        "E3": ("100004", True, "03-04 10:01", 84, None, "shop.example"),
        "E5": ("100005", False, "03-05 10:01", 7, None, "none"),
        "E6": ("100005", True, "03-05 10:05", 7, None, "none"),
    }


def test_money_booked_in_both_ledgers_is_refunded_once(oscar: Shop) -> None:
    refunds = oscar.facts(
        tables.Refunds,
        "refund_id",
        "order_id",
        "status",
        "amount",
        "refunded_at",
        "requested_at",
        "return_id",
    )
    assert refunds == {
        "T6": ("100001", "settled", 54, "03-11 10:00", None, None),
        "E4": ("100004", "settled", 84, "03-04 16:00", None, None),
        "E8": ("100007", "settled", 24, "03-16 10:00", None, "15-71"),
        "T8": ("100007", "failed", 24, None, "03-16 09:00", None),
        "T9": ("100007", "pending", 5, None, "03-17 10:00", None),
    }


def test_lines_lose_what_is_cancelled(oscar: Shop) -> None:
    lines = oscar.facts(
        tables.OrderLines, "line_id", "sku", "quantity", "quantity_kept", "net_amount", "list_price"
    )
    assert lines == {
        "11": ("SH-M", 2, 2, 90, 50),
        "12": ("MUG", 1, 1, 10, 10),
        "21": ("MUG", 2, 2, 18, 9),
        "31": ("SH-L", 1, 1, 60, 60),
        "41": ("SH-L", 1, 0, 60, 60),
        "51": ("BOOK", 1, 1, 7, 7),
        "61": ("MUG", 1, 1, 0, 10),
        "71": ("beta:X1", 3, 2, 60, 20),
        "72": ("Gone:X1", 1, 0, 15, 15),
    }


def test_a_parcel_has_arrived_when_all_of_it_has(oscar: Shop) -> None:
    assert oscar.facts(
        tables.Shipments, "shipment_id", "kind", "carrier", "shipped_at", "ready_at", "delivered_at"
    ) == {
        # one shirt and the mug, the other shirt: a shirt arrives on the 5th, a shirt and the mug on the 7th
        "1": ("parcel", "Post", "03-02 08:00", None, "03-07 08:00"),
        "2": ("parcel", "Post", "03-04 08:00", None, "03-07 08:00"),
        "7": ("pickup", None, None, "03-03 08:00", "03-04 17:00"),
        "10": ("parcel", "Post", None, None, "03-08 08:00"),  # nobody booked that it left
        "12": ("parcel", "Free", "03-09 08:00", None, None),  # one of two pieces has arrived
    }


def test_without_the_mug_the_first_parcel_arrives_first(own_oscar: Shop) -> None:
    own_oscar.database.run("DELETE FROM order_shippingeventquantity WHERE line_id = 12")
    arrived = own_oscar.facts(tables.Shipments, "shipment_id", "delivered_at")
    assert (arrived["1"], arrived["2"]) == ("03-05 08:00", "03-07 08:00")


def test_one_piece_that_is_missing_keeps_a_parcel_from_arriving(own_oscar: Shop) -> None:
    own_oscar.database.run("DELETE FROM order_shippingeventquantity WHERE event_id = 4 AND line_id = 12")
    arrived = own_oscar.facts(tables.Shipments, "shipment_id", "delivered_at")
    assert (arrived["1"], arrived["2"]) == (None, "03-07 08:00")


def test_a_shop_names_its_events_and_its_collection(oscar: Shop) -> None:
    words = {"shipped": "packed", "pickup": "post", "ready": ""}
    parcels = oscar.facts(tables.Shipments, "shipment_id", "kind", "shipped_at", "delivered_at", **words)
    assert parcels["6"] == ("pickup", None, "03-07 08:00")
    assert parcels["8"] == ("parcel", None, "03-04 17:00")
    assert "1" not in parcels


def test_returns_count_pieces_and_wait_for_those_not_back(oscar: Shop) -> None:
    returns = oscar.facts(
        tables.Returns,
        "return_id",
        "order_id",
        "sku",
        "quantity",
        "requested_at",
        "received_at",
        "raw_reason",
    )
    assert returns == {
        "5-11": ("100001", "SH-M", 1, "03-10 08:00", "03-10 08:00", "Too small"),
        "15-71": ("100007", "beta:X1", 1, "03-12 08:00", "03-15 08:00", "RMA 17"),
        "14-71": ("100007", "beta:X1", 1, "03-12 08:00", None, "RMA 17"),
    }


def test_no_piece_is_waited_for_once_all_are_back(own_oscar: Shop) -> None:
    own_oscar.database.run("UPDATE order_shippingeventquantity SET quantity = 2 WHERE event_id = 15")
    assert own_oscar.facts(tables.Returns, "return_id", "quantity") == {"5-11": 1, "15-71": 2}


def test_a_note_that_is_no_reason_tells_none(oscar: Shop) -> None:
    assert oscar.facts(tables.Returns, "return_id", "reason") == {
        "5-11": "size",
        "15-71": None,
        "14-71": None,
    }
    own = oscar.facts(tables.Returns, "return_id", "reason", return_reasons={"RMA 17": "quality"})
    assert own["15-71"] == "quality"


def test_a_return_without_quantities_is_of_the_whole_order(own_oscar: Shop) -> None:
    own_oscar.database.run("DELETE FROM order_shippingeventquantity WHERE event_id = 5")
    returns = own_oscar.facts(tables.Returns, "return_id", "quantity")
    assert (returns["5-11"], returns["5-12"]) == (2, 1)


def test_a_cart_begins_with_its_first_line(oscar: Shop) -> None:
    carts = oscar.facts(
        tables.Carts, "cart_id", "started_at", "completed", "completed_at", "order_id", "customer_ref"
    )
    # 4 is empty, 5 was merged into another, 6 is saved for later; the order of 8 was deleted
    assert carts == {
        "1": ("02-28 10:00", True, "03-01 10:00", "100001", "u1"),
        "2": ("03-02 09:00", True, "03-02 10:00", "100002", None),
        "3": ("03-08 10:01", False, None, None, None),
        "7": ("03-11 10:02", False, None, None, "u2"),
        "8": ("03-12 10:00", True, "03-12 11:00", None, None),
    }


def test_baskets_are_of_the_only_site_that_sells(own_oscar: Shop) -> None:
    assert set(own_oscar.facts(tables.Carts, "cart_id", "channel").values()) == {"none"}
    own_oscar.database.run("UPDATE order_order SET site_id = 1 WHERE site_id = 2")
    assert set(own_oscar.facts(tables.Carts, "cart_id", "channel").values()) == {"shop.example"}
    assert set(own_oscar.frames()["prices"]["channel"]) == {"shop.example"}


def test_only_approved_reviews_count_and_meet_their_order_where_it_is_certain(oscar: Shop) -> None:
    assert oscar.facts(tables.Reviews, "review_id", "stars", "order_id", "sku", "channel") == {
        "1": (4, "100001", "SH-M", "shop.example"),
        "2": (2, None, "MUG", "none"),
        "5": (5, None, "beta:X1", "none"),
    }


def test_customers_of_another_user_model_keep_their_orders(own_oscar: Shop) -> None:
    own_oscar.database.run("DROP TABLE auth_user")
    assert own_oscar.frames()["customers"].is_empty()
    assert own_oscar.facts(tables.Orders, "order_id", "customer_ref")["100001"] == "u1"
