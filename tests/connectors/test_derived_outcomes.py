"""What became of visits and of people through doors in the hand-written shop, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


@pytest.fixture
def snapshot(shop: ShopFolder, refreshed: Refreshed) -> Snapshot:
    return refreshed(shop)


def test_a_visit_counts_by_its_order_or_by_what_it_says(snapshot: Snapshot) -> None:
    web = snapshot.scan("visit_facts").filter(pl.col("channel") == "web").collect()
    assert web.select("visits", "converted").sum().row(0) == (3, 2)


def test_counted_doors_get_the_receipts_of_their_store_and_day(snapshot: Snapshot) -> None:
    doors = snapshot.scan("visit_facts").filter(pl.col("channel") == "store").sort("day", "visits").collect()
    assert doors.select("day", "visits", "converted", "store").rows() == [
        (january(3), 0, 2, "s1"),
        (january(3), 10, 0, "s1"),
        (january(4), 5, 0, "s1"),
    ]


def test_a_door_that_gives_its_people_numbers_is_still_a_door(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "visits.csv"
    path.write_text(path.read_text().replace("2026-01-04 09:00,till,5,,", "2026-01-04 09:00,till,1,d1,"))
    with (shop.exports / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write("8,2026-01-04 12:00,till,confirmed,sale,30,CNY,2026-01-04 12:00,,,s1,\n")
    doors = refreshed(shop).scan("visit_facts").filter(pl.col("channel") == "store").collect()
    assert doors.select("visits", "converted").sum().row(0) == (11, 3)


def test_receipts_of_a_day_without_a_count_are_left_out(shop: ShopFolder, refreshed: Refreshed) -> None:
    with (shop.exports / "orders.csv").open("a", encoding="utf-8") as orders:
        orders.write("8,2026-01-08 12:00,till,confirmed,sale,30,CNY,2026-01-08 12:00,,,s1,\n")
    snapshot = refreshed(shop)
    assert snapshot.scan("visit_facts").filter(pl.col("channel") == "store").collect()["converted"].sum() == 2
    assert not by(snapshot.scan("order_facts"), "order_id")["shop:8"]["visits_known"]


def test_visits_of_a_shop_that_never_sold_have_no_known_outcome(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    with (shop.exports / "visits.csv").open("a", encoding="utf-8") as visits:
        visits.write("2026-01-03 09:00,till,7,,s9,,\n")
    facts = refreshed(shop).scan("visit_facts").filter(pl.col("store") == "s9").collect()
    assert facts.select("visits", "outcome_known", "orders_known").rows() == [(7, False, False)]


def test_a_visit_to_a_cancelled_order_did_not_convert(shop: ShopFolder, refreshed: Refreshed) -> None:
    with (shop.exports / "visits.csv").open("a", encoding="utf-8") as visits:
        visits.write("2026-01-20 08:00,web,1,v8,,1,5\n")
    facts = refreshed(shop).scan("visit_facts").filter(pl.col("day") == january(20)).collect()
    assert facts.select("outcome_known", "converted").rows() == [(True, 0)]


def test_a_visit_whose_order_nobody_has_is_left_out(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write(
        "visits", "started_at,channel,visits,visit_id,order_id\n2026-01-02,web,1,v1,404\n2026-01-02,web,1,v2,"
    )
    facts = refreshed(shop).scan("visit_facts").collect()
    assert facts.select("outcome_known", "converted").rows() == [(False, 0), (True, 0)]


def test_visits_that_say_nothing_of_orders_have_no_known_outcome(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write("visits", "started_at,channel,visits,visit_id\n2026-01-02,web,1,v1")
    facts = refreshed(shop).scan("visit_facts").collect()
    assert facts.select("outcome_known", "orders_known").rows() == [(False, True)]
