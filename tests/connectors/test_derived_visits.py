"""How far visits went and who came when, in the hand-written shop, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from connectors.snapshot import Snapshot
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
STEPS = ("bounced", "searched", "reached_checkout", "checked_out", "converted")


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


@pytest.fixture
def snapshot(shop: ShopFolder, refreshed: Refreshed) -> Snapshot:
    shop.write(
        "visits",
        """
        started_at,channel,visits,visit_id,visitor_id,store_id,ordered,order_id,bounced,searched,reached_checkout
        2026-01-01 09:00,web,1,v1,b1,,,1,0,1,1
        2026-01-01 10:00,web,1,v2,b1,,,,1,0,0
        2026-01-03 09:00,web,1,v3,b1,,1,,0,5,1
        2026-01-04 09:00,web,1,v4,b2,,0,,,1,
        2026-01-05 09:00,web,7,,,,2,,3,2,1
        2026-01-03 09:00,till,10,,,s1,,,,,
        """,
    )
    return refreshed(shop)


def test_a_step_that_is_not_told_is_no_zero(snapshot: Snapshot) -> None:
    rows = snapshot.scan("visit_facts").filter(channel="web").sort("day", "bounced").collect()
    assert rows.select(STEPS).rows() == [
        (0, 1, 1, 1, 1),
        (1, 0, 0, 0, 0),
        (0, None, 1, 1, 1),
        (None, 1, None, None, 0),
        (3, 2, 1, 1, 2),
    ]
    assert rows["single"].to_list() == rows["visitor_known"].to_list() == [True] * 4 + [False]


def test_a_door_counts_people_and_its_receipts(snapshot: Snapshot) -> None:
    doors = snapshot.scan("visit_facts").filter("is_door").sort("visits").collect()
    assert doors.select("visits", "converted", "bounced").rows() == [(0, 2, None), (10, 0, None)]
    assert not doors["single"].any()


def test_a_visitor_has_one_row_a_day(snapshot: Snapshot) -> None:
    days = snapshot.scan("visitor_days").sort("visitor_id", "day").collect()
    assert days.select("visitor_id", "day", "previous_day", "next_buying_day").rows() == [
        ("shop:b1", january(1), None, january(1)),
        ("shop:b1", january(3), january(1), january(3)),
        ("shop:b2", january(4), None, None),
    ]
