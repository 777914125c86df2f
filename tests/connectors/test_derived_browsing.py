"""Online visits of people we know, and their next purchase in a shop, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from connectors.snapshot import Snapshot
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]


def january(day: int) -> dt.date:
    return dt.date(2026, 1, day)


def test_a_visit_leads_to_the_next_purchase_in_a_shop(shop: ShopFolder, refreshed: Refreshed) -> None:
    """Ann bought in the shop before her visit of the 5th and after it; her web order is none of a shop's."""
    shop.write(
        "orders",
        """
        order_id,placed_at,channel,status,kind,net_amount,currency,customer_ref,email
        1,2026-01-05 09:00,till,confirmed,sale,1,CNY,ann,
        2,2026-01-06 09:00,web,confirmed,sale,1,CNY,ann,
        3,2026-01-09 09:00,till,confirmed,sale,1,CNY,ann,
        4,2026-01-09 10:00,till,confirmed,sale,1,CNY,ann,
        5,2026-01-07 09:00,till,confirmed,sale,1,CNY,,bob@x.org
        6,2026-01-20 09:00,web,confirmed,sale,1,CNY,cas,
        """,
    )
    shop.write(
        "visits",
        """
        started_at,channel,visits,visit_id,customer_ref,email
        2026-01-05 10:00,web,1,v1,ann,
        2026-01-05 12:00,web,1,v2,ann,
        2026-01-07 08:00,web,1,v3,,Bob@x.org
        2026-01-10 08:00,web,1,v4,ann,
        2026-01-11 08:00,web,1,v5,nobody,
        2026-01-11 08:00,web,1,v6,,
        2026-01-11 08:00,till,1,v7,ann,
        """,
    )
    shop.remove("order_lines", "shipments")
    rows = refreshed(shop).scan("customer_visits").collect()
    days = {(row["customer_id"], row["day"]): row["days_to_store"] for row in rows.iter_rows(named=True)}
    bob = next(customer for customer, day in days if day == january(7))
    assert days == {
        ("shop:ann", january(5)): 4,
        (bob, january(7)): 0,
        ("shop:ann", january(10)): None,
    }
    assert rows.sort("day")["days_observed"].to_list() == [15, 13, 10]
