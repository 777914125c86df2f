"""First orders and the months after them, derived from the files of a shop and counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]


@pytest.fixture
def snapshot(shop: ShopFolder, refreshed: Refreshed) -> Snapshot:
    """Ann came back twice on a later day; what she cancelled, tried out or bought on the same day is none."""
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,customer_ref,is_test
        1,2026-01-05 09:00,web,confirmed,sale,1,CNY,ann,
        2,2026-01-05 10:00,till,confirmed,sale,1,CNY,ann,
        3,2026-01-20 09:00,web,cancelled,sale,1,CNY,ann,
        4,2026-01-21 09:00,web,confirmed,sale,1,CNY,ann,yes
        5,2026-01-31 09:00,till,confirmed,sale,1,CNY,ann,
        6,2026-01-31 10:00,web,confirmed,sale,1,CNY,ann,
        7,2026-03-02 09:00,web,confirmed,sale,1,CNY,ann,
        8,2026-03-09 09:00,web,confirmed,sale,1,CNY,ann,
        9,2026-02-01 09:00,till,confirmed,sale,1,CNY,bob,
        10,2026-03-11 09:00,till,confirmed,sale,1,CNY,,
        """,
    )
    shop.remove("order_lines", "shipments")
    return refreshed(shop)


def test_a_customer_has_a_first_day_and_the_next(snapshot: Snapshot) -> None:
    firsts = by(snapshot.scan("customer_firsts"), "customer_id")
    assert len(firsts) == 2
    ann = firsts["shop:ann"]
    assert (ann["first_day"], ann["channel"], ann["days_observed"]) == (dt.date(2026, 1, 5), "web", 65)
    assert (ann["second_day"], ann["days_to_second"]) == (dt.date(2026, 1, 31), 26)
    assert (ann["second_channel"], ann["second_channel_kind"]) == ("store", "offline")
    assert ann["days_to_third"] == 30
    bob = firsts["shop:bob"]
    assert bob["days_observed"] == 38
    assert {bob[name] for name in ("second_day", "days_to_second", "second_channel", "days_to_third")} == {
        None
    }


def test_a_month_counts_once_and_remembers_the_one_before(snapshot: Snapshot) -> None:
    months = snapshot.scan("customer_months").sort("month").collect()
    told = months.select("customer_id", "first_day", "month", "previous_month", "channel").rows()
    january, first = dt.date(2026, 1, 1), dt.date(2026, 1, 5)
    assert told == [
        ("shop:ann", first, january, None, "web"),
        ("shop:ann", first, dt.date(2026, 3, 1), january, "web"),
    ]
