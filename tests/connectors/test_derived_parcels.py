"""Parcels, pick-ups and what never left, in a hand-written shop, worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
ORDERS = """
    order_id,placed_at,channel,status,kind,net_amount,currency,paid_at,fulfilment,promised_ship_at,promised_at,cancelled_at,cancelled_by,is_test
    1,2026-01-01 10:00,web,confirmed,sale,9,CNY,2026-01-01 10:05,ship,2026-01-03 10:00,2026-01-05,,,
    2,2026-01-01 10:00,web,confirmed,sale,9,CNY,2026-01-06 10:00,ship,2026-01-02 10:00,,,,
    3,2026-01-02 09:00,web,confirmed,sale,9,CNY,2026-01-02 09:00,pickup,,,,,
    4,2026-01-02 10:00,web,cancelled,sale,9,CNY,2026-01-02 10:00,pickup,,,2026-01-09 11:00,system,
    5,2026-01-03 10:00,web,cancelled,sale,9,CNY,2026-01-03 10:00,ship,,,2026-01-04 10:00,seller,
    6,2026-01-03 10:00,web,cancelled,sale,9,CNY,2026-01-03 10:00,ship,,,2026-01-04 10:00,,
    7,2026-01-10 10:00,web,confirmed,sale,9,CNY,2026-01-10 10:00,ship,2026-01-12 10:00,,,,
    8,2026-01-20 09:00,web,confirmed,sale,9,CNY,2026-01-20 09:00,ship,2026-01-22 09:00,,,,
    9,2026-01-05 10:00,web,cancelled,sale,9,CNY,2026-01-05 10:00,ship,,,2026-01-07 10:00,seller,
    10,2026-01-05 10:00,web,confirmed,sale,9,CNY,2026-01-05 10:00,ship,,,,,yes
    11,2026-01-05 10:00,web,cancelled,sale,9,CNY,,ship,,,2026-01-05 12:00,system,
"""
LINES = """
    order_id,line_id,sku,quantity,quantity_kept,net_amount
    1,1,A,2,2,5
    1,2,B,1,,4
    2,1,A,2,1,9
    3,1,A,1,1,9
"""
SHIPMENTS = """
    shipment_id,order_id,kind,carrier,shipped_at,first_scan_at,ready_at,delivered_at,delivered_source,expires_at,tracked,exception,damaged
    p1,1,parcel,Crane,2026-01-02 08:00,2026-01-02 12:00,,2026-01-04 20:00,carrier,,yes,,
    p2,1,parcel,Swift,2026-01-03 09:00,2026-01-03 12:00,,2026-01-05 09:00,carrier,,yes,yes,yes
    p3,2,parcel,Crane,2026-01-03 08:00,,,2026-01-10 08:00,assumed,,yes,no,no
    c3,3,pickup,,,,2026-01-02 11:30,2026-01-03 10:00,shop,2026-01-09 11:30,,,
    c4,4,pickup,,,,2026-01-02 11:00,,,2026-01-09 11:00,,,
    p9,9,parcel,Swift,2026-01-06 08:00,,,,,,no,,
    p10,10,parcel,Swift,2026-01-06 08:00,2026-01-06 09:00,,,,,yes,,
"""


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


@pytest.fixture
def shop(shop: ShopFolder) -> ShopFolder:
    for name, text in (("orders", ORDERS), ("order_lines", LINES), ("shipments", SHIPMENTS)):
        shop.write(name, text)
    shop.remove("visits", "returns", "refunds", "surveys")
    return shop


def parcels(shop: ShopFolder, refreshed: Refreshed, *columns: str) -> dict[str, Any]:
    """The asked columns per parcel; one still to come is named by its order."""
    rows = refreshed(shop).scan("parcel_facts").collect().iter_rows(named=True)
    found = {row["shipment_id"] or row["order_id"]: tuple(row[name] for name in columns) for row in rows}
    return {key.removeprefix("shop:"): found[key] for key in sorted(found)}


def orders(shop: ShopFolder, refreshed: Refreshed, *columns: str) -> dict[str, Any]:
    rows = by(refreshed(shop).scan("order_facts"), "order_id")
    return {key.removeprefix("shop:"): tuple(row[name] for name in columns) for key, row in rows.items()}


def test_an_order_to_ship_without_a_parcel_waits_for_one(shop: ShopFolder, refreshed: Refreshed) -> None:
    kinds = parcels(shop, refreshed, "kind", "counted")
    assert set(kinds) == {"p1", "p2", "p3", "c3", "c4", "p9", "7", "8"}
    assert [key for key, (_, counted) in kinds.items() if not counted] == []


def test_what_tills_sell_is_handed_over_unless_it_is_sent(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,paid_at,fulfilment
        1,2026-01-01,till,confirmed,sale,9,CNY,2026-01-01,
        2,2026-01-01,till,confirmed,sale,9,CNY,2026-01-01,
        3,2026-01-01,till,confirmed,sale,9,CNY,2026-01-01,ship
        4,2026-01-01,till,cancelled,sale,9,CNY,2026-01-01,instore
        5,2026-01-01,web,confirmed,sale,9,CNY,2026-01-01,
        6,2026-01-01,web,confirmed,sale,9,CNY,2026-01-01,instore
        """,
    )
    shop.write("order_lines", "order_id,line_id,sku,quantity,net_amount\n1,1,A,1,9")
    shop.write("shipments", "shipment_id,order_id,kind,shipped_at\np1,1,parcel,2026-01-02")
    told = orders(shop, refreshed, "handed_over")
    assert sorted(key for key, (is_handed_over,) in told.items() if is_handed_over) == ["2", "4", "6"]


def test_what_never_left_is_undelivered_too(shop: ShopFolder, refreshed: Refreshed) -> None:
    """Order 2 only is assumed to have come; 7 and 8 wait for a parcel; tills hand over what they sell."""
    till = "12,2026-01-05 10:00,web,confirmed,sale,9,CNY,2026-01-05 10:00,instore,,,,,"
    shop.write("orders", f"{ORDERS.rstrip()}\n    {till}\n")
    told = orders(shop, refreshed, "undelivered", "delivery_seconds")
    waiting = {key for key, (undelivered, _) in told.items() if undelivered}
    assert waiting == {"2", "4", "5", "6", "7", "8", "9", "10", "11"}
    assert {key for key, (_, seconds) in told.items() if seconds is None} == waiting | {"12"}


def test_a_parcel_is_scanned_in_time_by_the_hour(shop: ShopFolder, refreshed: Refreshed) -> None:
    told = parcels(shop, refreshed, "scan_due_day", "scanned_48h", "scanned")
    assert told["p1"] == (january(3), True, True)
    assert told["p2"] == (january(3), False, True)
    assert told["p3"] == (january(3), False, False)
    assert told["7"] == (january(12), False, False)
    assert told["8"] == (None, False, False)
    assert told["p9"] == (january(7), None, False), "its carrier never reports"
    assert told["c3"][0] is None


def test_no_scans_are_known_where_none_are_delivered(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("shipments", "shipment_id,order_id,kind,shipped_at\np1,1,parcel,2026-01-02 08:00")
    told = parcels(shop, refreshed, "scanned_48h", "scanned", "exception", "damaged", "delivered")
    assert told == {"p1": (None, None, None, None, None)}


def test_damage_and_arrival_are_what_somebody_saw(shop: ShopFolder, refreshed: Refreshed) -> None:
    told = parcels(shop, refreshed, "delivered", "damaged", "exception", "shipped_day")
    assert told["p1"] == (True, False, False, january(2))
    assert told["p2"] == (True, True, True, january(3))
    assert told["p3"] == (None, False, False, january(3))
    assert told["p9"] == (False, False, False, january(6))


def test_pick_ups_are_ready_after_so_long_and_collected_in_time_or_not(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    told = parcels(shop, refreshed, "ready_day", "ready_seconds", "collected_in_time", "collected_day")
    assert told["c3"] == (january(2), 9000, True, january(3))
    assert told["c4"] == (january(2), 3600, False, None)
    assert told["p1"] == (None, None, None, None)


def test_without_an_end_nobody_knows_whether_a_pick_up_was_collected_in_time(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "shipments.csv"
    path.write_text(path.read_text().replace("2026-01-09 11:30", ""))
    assert parcels(shop, refreshed, "collected_in_time")["c3"] == (None,)


def test_an_order_paid_when_it_is_collected_has_waited_since_it_was_placed(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "orders.csv"
    path.write_text(path.read_text().replace("CNY,2026-01-02 09:00,pickup", "CNY,2026-01-03 10:00,pickup"))
    assert parcels(shop, refreshed, "ready_seconds")["c3"] == (9000,)
    assert orders(shop, refreshed, "delivery_seconds", "days_to_deliver")["3"] == (25 * 3600, 1)


def test_an_order_is_shipped_late_by_its_latest_parcel(shop: ShopFolder, refreshed: Refreshed) -> None:
    told = orders(shop, refreshed, "promised_ship_day", "shipped_late", "parcels")
    assert told["1"] == (january(3), False, 2)
    assert told["2"] == (january(2), True, 1)
    assert told["7"] == (january(12), True, 0), "nothing has left"
    assert told["8"] == (None, None, 0), "not due"
    assert told["3"] == (None, None, 0)


def test_a_parcel_without_a_moment_of_leaving_was_in_time_if_it_arrived_in_time(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "shipments.csv"
    left = "2026-01-03 09:00,2026-01-03 12:00,,2026-01-05 09:00"
    for arrived, late in (("2026-01-03 09:59", False), ("2026-01-05 09:00", None), ("", True)):
        path.write_text(path.read_text().replace(left, f",,,{arrived}"))
        assert orders(shop, refreshed, "shipped_late")["1"] == (late,)
        left = f",,,{arrived}"


def test_shipping_is_not_known_where_nobody_delivers_it(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.remove("shipments")
    told = orders(shop, refreshed, "promised_ship_day", "shipped_late", "damaged")
    assert told["7"] == (january(12), None, None)


def test_the_seller_cancelled_what_was_paid_and_had_not_left(shop: ShopFolder, refreshed: Refreshed) -> None:
    told = orders(shop, refreshed, "sold", "sold_day", "seller_cancelled")
    assert told["1"] == (True, january(1), False)
    assert told["4"] == (True, january(2), False)
    assert told["5"] == (True, january(3), True)
    assert told["6"] == (True, january(3), None), "nobody says who cancelled it"
    assert told["9"] == (True, january(5), False), "it had left"
    assert told["10"][0] is told["11"][0] is False


def test_an_order_is_in_full_if_no_piece_was_dropped(shop: ShopFolder, refreshed: Refreshed) -> None:
    told = orders(shop, refreshed, "in_full", "damaged")
    assert [told[key] for key in ("1", "2", "3", "7")] == [
        (True, True), (False, False), (True, False), (None, False),
    ]  # fmt: skip
    shop.write("order_lines", "order_id,line_id,sku,quantity,net_amount\n1,1,A,2,5")
    assert orders(shop, refreshed, "in_full")["1"] == (None,), "nobody tells what was kept"


def test_an_order_whose_lines_were_all_put_aside_holds_an_unknown_number_of_pieces(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "order_lines",
        """
        order_id,line_id,sku,quantity,net_amount
        3,1,A,2,9
        4,1,A,2,9
        1,1,A,1,9
        2,1,A,-1,9
        """,
    )
    path = shop.exports / "orders.csv"
    same_day = path.read_text().replace("11,2026-01-05 10:00", "11,2026-01-01 10:00")
    path.write_text(same_day.replace("CNY,2026-01-06 10:00,ship", "CNY,2026-01-01 10:00,ship"))
    told = orders(shop, refreshed, "lines_known", "units")
    assert told["1"] == (True, 1)
    assert told["2"] == (False, 0)
    assert told["11"] == (True, 0), "it never had a line"


def test_where_nobody_says_who_cancelled_no_order_is_known_to_be_kept(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    cells = [line.split(",") for line in ORDERS.strip().splitlines()]
    place = cells[0].index("cancelled_by")
    shop.write("orders", "\n".join(",".join(row[:place] + row[place + 1 :]) for row in cells))
    told = orders(shop, refreshed, "seller_cancelled")
    assert set(told.values()) == {(None,)}
