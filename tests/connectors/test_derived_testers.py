"""What belongs to a test order counts nowhere, whichever way it is linked to the order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connectors.facts import FACTS
from connectors.snapshot import Snapshot
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
LINKED = {
    "carts": """
        cart_id,started_at,channel,completed,order_id
        c1,2026-01-01 08:00,web,yes,1
        c7,2026-01-01 08:00,web,yes,7
        c8,2026-01-01 08:00,web,no,
    """,
    "payments": """
        payment_id,attempted_at,succeeded,order_id,cart_id
        a,2026-01-01 10:00,yes,1,c1
        b,2026-01-01 10:04,no,7,
        c,2026-01-01 10:04,no,,c7
        d,2026-01-01 10:05,no,7,c8
        e,2026-01-01 10:05,no,,c8
        f,2026-01-01 10:05,no,1,c7
    """,
    "shipments": "shipment_id,order_id,kind,shipped_at\np1,1,parcel,2026-01-02\np7,7,parcel,2026-01-02",
    "returns": "return_id,requested_at,order_id\nr1,2026-01-05,1\nr7,2026-01-05,7\nr,2026-01-05,",
    "refunds": """
        refund_id,status,amount,currency,requested_at,refunded_at,order_id,return_id
        f1,settled,1,CNY,2026-01-05,2026-01-06,1,
        f7,settled,1,CNY,2026-01-05,2026-01-06,7,
        f8,settled,1,CNY,2026-01-05,2026-01-06,,r7
        f9,settled,1,CNY,2026-01-05,2026-01-06,,
    """,
    "cases": "case_id,opened_at,channel,kind,order_id\nk1,2026-01-05,web,complaint,1\n"
    "k7,2026-01-05,web,complaint,7\nk,2026-01-05,web,complaint,",
    "surveys": "survey_id,channel,kind,answered_at,score,order_id\ns1,web,nps,2026-01-05,9,1\n"
    "s7,web,nps,2026-01-05,0,7\ns,web,nps,2026-01-05,5,",
    "reviews": "review_id,created_at,channel,stars,order_id\nv1,2026-01-05,web,5,1\n"
    "v7,2026-01-05,web,1,7\nv,2026-01-05,web,3,",
}
LEFT = {
    "payment_facts": ("payment_id", {"a", "f"}),
    "parcel_facts": ("shipment_id", {"p1"}),
    "return_facts": ("return_id", {"r1", "r"}),
    "refund_facts": ("refund_id", {"f1", "f9"}),
    "case_facts": ("case_id", {"k1", "k"}),
    "survey_facts": ("survey_id", {"s1", "s"}),
    "review_facts": ("review_id", {"v1", "v"}),
}


@pytest.fixture
def told(shop: ShopFolder, refreshed: Refreshed) -> Snapshot:
    orders = (shop.exports / "orders.csv").read_text().rstrip().splitlines()
    rows = [f"{orders[0]},is_test", *(f"{row},no" for row in orders[1:])]
    rows.append("7,2026-01-01 10:00,web,confirmed,sale,1,CNY,2026-01-01 10:05,z,z@x.org,,,yes")
    shop.write("orders", "\n".join(rows))
    for name, text in LINKED.items():
        shop.write(name, text)
    return refreshed(shop)


def test_only_what_customers_did_is_left(told: Snapshot) -> None:
    for table, (key, left) in LEFT.items():
        found = told.scan(table).select(key).collect().to_series().str.strip_prefix("shop:")
        assert (table, set(found.drop_nulls())) == (table, left)
    assert told.scan("cart_facts").collect().height == 1


def test_the_order_itself_stays_and_does_not_count(told: Snapshot) -> None:
    orders = told.scan("order_facts").collect()
    (tested,) = orders.filter(order_id="shop:7").iter_rows(named=True)
    assert (tested["counted"], tested["paid"], tested["sold"], tested["complaint_30d"]) == (
        False, False, False, False,
    )  # fmt: skip
    assert orders.height == 7


def test_every_derived_table_can_still_be_read(told: Snapshot) -> None:
    assert all(told.has(table) for table in FACTS)
