"""What customers said of the hand-written shop's orders, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
CASES = """
    case_id,opened_at,channel,kind,order_id,escalated,seller_liable
    k1,2026-01-31 23:59,web,complaint,1,,
    k2,2026-02-02 00:00,web,complaint,2,yes,
    k3,2026-01-04 08:00,web,where_is_my_order,2,no,
    k4,2026-03-02 23:59,web,dispute,1,yes,yes
    k5,2026-01-20 08:00,web,dispute,2,,no
    k6,2026-01-30 08:00,web,dispute,6,,
    k7,2026-03-25 08:00,web,chargeback,6,,
    k8,2026-01-05 08:00,web,question,4,yes,
    k9,2026-01-05 08:00,web,complaint,,,
"""
REVIEWS = """
    review_id,created_at,channel,stars,order_id,sku
    v1,2026-01-09,web,5,1,A
    v2,2026-01-10,web,2,1,B
    v3,2026-03-04,web,1,2,A
    v4,2026-01-09,web,3,6,A
    v5,2026-01-09,web,1,,A
"""


@pytest.fixture
def shop(shop: ShopFolder) -> ShopFolder:
    shop.write("cases", CASES)
    shop.write("reviews", REVIEWS)
    return shop


def told(shop: ShopFolder, refreshed: Refreshed, column: str) -> dict[str, Any]:
    orders = by(refreshed(shop).scan("order_facts"), "order_id")
    return {key.removeprefix("shop:"): row[column] for key, row in sorted(orders.items())}


def with_it(told: dict[str, Any]) -> list[str]:
    assert set(told.values()) <= {True, False}
    return [key for key, value in told.items() if value]


EXPECTED = {
    "complaint_30d": ["1"],
    "escalated_30d": ["4"],
    "where_is_my_order": ["2"],
    "dispute_lost": ["1"],
    "dispute_lost_60d": ["1"],
    "chargeback": ["6"],
    "chargeback_60d": [],
    "bad_review_60d": ["1"],
    "sent": ["1", "2", "6"],
}


def test_orders_have_what_was_said_of_them_in_time(shop: ShopFolder, refreshed: Refreshed) -> None:
    orders = refreshed(shop).scan("order_facts").sort("order_id").collect()
    assert orders.height == 6
    for column, expected in EXPECTED.items():
        ids = [key.removeprefix("shop:") for key in orders.filter(column)["order_id"]]
        assert (column, ids) == (column, expected)
        assert orders[column].null_count() == 0


@pytest.mark.parametrize(
    ("column", "source", "lacking"),
    [
        ("complaint_30d", "cases", ""),
        ("complaint_30d", "cases", "order_id"),
        ("where_is_my_order", "cases", ""),
        ("escalated_30d", "cases", "escalated"),
        ("dispute_lost", "cases", "seller_liable"),
        ("dispute_lost_60d", "cases", "seller_liable"),
        ("chargeback", "cases", ""),
        ("bad_review_60d", "reviews", "order_id"),
    ],
)
def test_a_missing_source_is_no_silence(
    shop: ShopFolder, refreshed: Refreshed, column: str, source: str, lacking: str
) -> None:
    if lacking:
        path = shop.exports / f"{source}.csv"
        rows = [line.split(",") for line in path.read_text().splitlines()]
        place = rows[0].index(lacking)
        shop.write(source, "\n".join(",".join(row[:place] + row[place + 1 :]) for row in rows))
    else:
        shop.remove(source)
    orders = refreshed(shop).scan("order_facts").collect()
    assert orders[column].null_count() == orders.height == 6


def test_another_connection_tells_of_the_orders_it_knows(shop: ShopFolder, refreshed: Refreshed) -> None:
    desk = shop.root / "desk"
    desk.mkdir()
    (shop.exports / "cases.csv").rename(desk / "cases.csv")
    secrets = (shop.config / "secrets.toml").read_text()
    shop.settle(f'{secrets}[connections.desk]\nsystem = "files"\npath = "{desk}"\n')
    assert with_it(told(shop, refreshed, "complaint_30d")) == ["1"]
