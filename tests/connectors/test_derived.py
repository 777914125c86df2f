"""The derived tables of the hand-written shop, counted by hand."""

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


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


def picked(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


@pytest.fixture
def snapshot(shop: ShopFolder, refreshed: Refreshed) -> Snapshot:
    return refreshed(shop)


def test_an_order_is_paid_when_it_counts_and_the_money_is_there(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    assert [key for key, row in sorted(orders.items()) if row["paid"]] == [
        "shop:1", "shop:2", "shop:3", "shop:4", "shop:6",
    ]  # fmt: skip
    assert orders["shop:1"]["paid_day"] == january(1)
    assert orders["shop:5"]["paid_day"] is None


def test_without_a_payment_time_anywhere_every_counted_order_is_paid(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,is_test
        1,2026-01-01,web,confirmed,sale,1,CNY,no
        2,2026-01-01,web,draft,sale,1,CNY,
        3,2026-01-01,web,confirmed,replacement,1,CNY,
        4,2026-01-01,web,confirmed,sale,1,CNY,yes
        """,
    )
    shop.remove("order_lines", "shipments")
    orders = by(refreshed(shop).scan("order_facts"), "order_id")
    assert [key for key, row in orders.items() if row["paid"]] == ["shop:1"]


def test_units_are_those_kept_and_zero_without_lines(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    assert [orders[f"shop:{n}"]["units"] for n in (1, 2, 3, 4, 6)] == [2, 1, 1, 0, 1]
    assert orders["shop:4"]["lines_known"]


def test_the_category_is_that_of_the_largest_line(snapshot: Snapshot) -> None:
    assert by(snapshot.scan("order_facts"), "order_id")["shop:1"]["category"] == "Shoes"


def test_the_promise_is_judged_by_the_calendar_day(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    judged = {key: picked(row, "promised_day", "outcome_known", "days_late") for key, row in orders.items()}
    assert judged["shop:1"] == (january(4), True, 0)
    assert judged["shop:2"] == (january(5), True, 1)
    assert judged["shop:6"] == (None, False, None)
    assert judged["shop:3"] == (None, False, None)
    promised = {key: row["days_promised"] for key, row in orders.items() if row["promised_day"]}
    assert promised == {"shop:1": 3, "shop:2": 3}


def test_a_promise_still_to_come_is_not_due_even_if_it_is_kept_already(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "shipments.csv"
    open_parcel, delivered = (
        "p3,6,parcel,2026-01-21 08:00,,",
        "p3,6,parcel,2026-01-20 10:00,2026-01-20 18:00,",
    )
    path.write_text(path.read_text().replace(open_parcel, delivered))
    order = by(refreshed(shop).scan("order_facts"), "order_id")["shop:6"]
    assert picked(order, "promised_day", "outcome_known", "days_late") == (None, False, None)


def test_a_delivery_after_the_newest_order_shows_that_promises_until_then_are_due(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "shipments.csv"
    path.write_text(path.read_text().replace("2026-01-21 08:00,,", "2026-01-21 08:00,2026-01-23 08:00,"))
    order = by(refreshed(shop).scan("order_facts"), "order_id")["shop:6"]
    assert picked(order, "promised_day", "days_late") == (january(22), 1)


def test_a_parcel_is_not_overdue_on_the_promised_day_itself(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "orders.csv"
    path.write_text(path.read_text().replace("2026-01-22", "2026-01-20"))
    order = by(refreshed(shop).scan("order_facts"), "order_id")["shop:6"]
    assert picked(order, "promised_day", "outcome_known") == (january(20), False)


def test_a_promise_of_never_is_no_promise(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "orders.csv"
    path.write_text(path.read_text().replace("2026-01-22", "9999-12-31"))
    snapshot = refreshed(shop)
    assert by(snapshot.scan("order_facts"), "order_id")["shop:6"]["promised_day"] is None
    assert dict(snapshot.manifest.connections["shop"].tables["orders"].repairs) == {
        "promised_at:out_of_range": 1
    }


def test_no_more_pieces_come_back_than_were_sold(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "returns.csv"
    path.write_text(path.read_text().replace("r1,2026-01-10,1,1,1", "r1,2026-01-10,1,1,7"))
    assert by(refreshed(shop).scan("order_facts"), "order_id")["shop:1"]["units_returned_30d"] == Decimal(2)


def test_a_shop_order_is_in_the_shops_region_and_a_web_order_in_the_buyers(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write("stores", "store_id,channel,region\ns1,till,North")
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,store_id,region
        1,2026-01-01,web,confirmed,sale,1,CNY,s1,South
        2,2026-01-01,till,confirmed,sale,1,CNY,s1,South
        3,2026-01-01,web,confirmed,sale,1,CNY,s1,
        """,
    )
    shop.remove("order_lines", "shipments")
    regions = {key: row["region"] for key, row in by(refreshed(shop).scan("order_facts"), "order_id").items()}
    assert regions == {"shop:1": "South", "shop:2": "North", "shop:3": "North"}


def test_a_customer_day_has_the_dimensions_of_the_order_paid_first(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,customer_ref
        1,2026-01-01 18:00,web,confirmed,sale,1,CNY,a
        2,2026-01-01 09:00,till,confirmed,sale,1,CNY,a
        """,
    )
    shop.remove("order_lines", "shipments")
    days = refreshed(shop).scan("customer_days").collect()
    assert days.select("channel", "orders").rows() == [("store", 2)]


def test_delivery_takes_from_payment_to_the_last_parcel(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    assert orders["shop:1"]["delivery_seconds"] == (3 * 24 + 10) * 3600 - 5 * 60
    assert orders["shop:6"]["delivery_seconds"] is None


PARCELS = {
    "all in time": (["p1,1,parcel,{s},2026-01-03,yes,", "p2,1,parcel,{s},2026-01-04,yes,"], (True, 0)),
    "one late": (["p1,1,parcel,{s},2026-01-03,yes,", "p2,1,parcel,{s},2026-01-06,yes,"], (True, 2)),
    "tracked and lost": (["p1,1,parcel,{s},2026-01-03,yes,", "p2,1,parcel,{s},,yes,"], (True, 16)),
    "not tracked and open": (["p1,1,parcel,{s},2026-01-03,yes,", "p2,1,parcel,{s},,no,"], (False, None)),
    "late and open": (["p1,1,parcel,{s},2026-01-09,yes,", "p2,1,parcel,{s},,no,"], (True, 5)),
    "never collected": (["p1,1,pickup,{s},,,"], (True, 16)),
    "only assumed": (["p1,1,parcel,{s},2026-01-03,yes,assumed"], (False, None)),
}


@pytest.mark.parametrize("case", PARCELS)
def test_an_order_is_as_late_as_its_worst_parcel(shop: ShopFolder, refreshed: Refreshed, case: str) -> None:
    parcels, expected = PARCELS[case]
    head = "shipment_id,order_id,kind,shipped_at,delivered_at,tracked,delivered_source"
    shop.write("shipments", "\n".join([head, *(parcel.format(s="2026-01-02") for parcel in parcels)]))
    order = by(refreshed(shop).scan("order_facts"), "order_id")["shop:1"]
    assert picked(order, "outcome_known", "days_late") == expected


def test_the_clock_of_cash_on_delivery_starts_with_the_order(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,paid_at
        1,2026-01-01 08:00,web,confirmed,sale,1,CNY,2026-01-03 08:00
        """,
    )
    shop.write(
        "shipments",
        """
        shipment_id,order_id,kind,shipped_at,delivered_at
        p1,1,parcel,2026-01-01 20:00,2026-01-03 08:00
        """,
    )
    shop.remove("order_lines")
    order = by(refreshed(shop).scan("order_facts"), "order_id")["shop:1"]
    assert order["delivery_seconds"] == 48 * 3600


def test_a_return_counts_for_its_order_within_thirty_days(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    assert picked(orders["shop:1"], "returned_30d", "units_returned_30d") == (True, Decimal(2))
    assert picked(orders["shop:2"], "returned_30d", "units_returned_30d") == (False, Decimal(0))


def test_an_order_with_two_return_days_has_two_rows(snapshot: Snapshot) -> None:
    days = snapshot.scan("return_days").sort("order_id", "day").collect()
    assert days.select("order_id", "day", "previous_day").rows() == [
        ("shop:1", january(10), None),
        ("shop:1", january(12), january(10)),
        ("shop:2", dt.date(2026, 3, 1), None),
    ]


def test_a_refund_without_a_request_takes_that_of_its_return(snapshot: Snapshot) -> None:
    refunds = by(snapshot.scan("refund_facts"), "refund_id")
    assert picked(refunds["shop:f1"], "requested_day", "refund_seconds", "channel") == (
        january(10),
        172800,
        "web",
    )
    assert picked(refunds["shop:f2"], "requested_day", "refund_seconds") == (january(12), None)


def test_a_refund_finds_its_order_through_the_return_it_pays_for(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "refunds.csv"
    path.write_text(path.read_text().replace(",,1,r1", ",,,r1"))
    assert by(refreshed(shop).scan("refund_facts"), "refund_id")["shop:f1"]["channel"] == "web"


def test_money_paid_back_long_before_it_was_asked_for_took_no_known_time(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "returns.csv"
    path.write_text(path.read_text().replace("r1,2026-01-10", "r1,2026-01-19"))
    assert by(refreshed(shop).scan("refund_facts"), "refund_id")["shop:f1"]["refund_seconds"] is None


def test_a_survey_takes_its_orders_dimensions_or_its_own(snapshot: Snapshot) -> None:
    surveys = by(snapshot.scan("survey_facts"), "survey_id")
    assert picked(surveys["shop:q1"], "channel", "customer_type", "score") == ("web", "new", 10.0)
    assert picked(surveys["shop:q3"], "channel", "channel_kind", "customer_type") == (
        "store",
        "offline",
        None,
    )


def test_a_customer_is_one_person_in_the_shop_and_on_the_web(snapshot: Snapshot) -> None:
    days = snapshot.scan("customer_days").sort("customer_id", "day").collect()
    assert days.select(
        "customer_id", "day", "previous_day", "next_day", "days_to_next", "customer_type"
    ).rows() == [
        ("shop:a", january(1), None, january(3), 2, "new"),
        ("shop:a", january(3), january(1), None, None, "returning"),
        ("shop:b", january(2), None, january(20), 18, "new"),
        ("shop:b", january(20), january(2), None, None, "returning"),
    ]
    assert days["days_observed"].to_list() == [19, 17, 18, 0]
    first = by(days.lazy().filter(pl.col("previous_day").is_null()), "customer_id")
    assert picked(first["shop:a"], "next_online_day", "next_offline_day") == (january(1), january(3))
    assert picked(first["shop:b"], "next_online_day", "next_offline_day") == (january(2), None)


def test_an_anonymous_receipt_has_no_customer(snapshot: Snapshot) -> None:
    orders = by(snapshot.scan("order_facts"), "order_id")
    assert picked(orders["shop:4"], "customer_id", "customer_type") == (None, "unknown")
