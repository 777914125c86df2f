"""What customers and platforms said to the hand-written shop, and of its orders, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from connectors.snapshot import Snapshot
from tests.connectors.conftest import by
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
CASES = """
    case_id,opened_at,channel,kind,order_id,escalated,seller_liable,closed_at
    k1,2026-01-31 23:59,web,complaint,1,,,
    k2,2026-02-02 00:00,web,complaint,2,yes,,
    k3,2026-01-04 08:00,web,where_is_my_order,2,no,,
    k4,2026-03-02 23:59,web,dispute,1,yes,yes,
    k5,2026-01-20 08:00,web,dispute,2,,no,
    k6,2026-01-30 08:00,web,dispute,6,,yes,2026-03-22 00:00
    k7,2026-03-25 08:00,web,chargeback,6,,,
    k8,2026-01-05 08:00,web,question,4,yes,,
    k9,2026-01-05 08:00,web,complaint,,,,
    k11,2026-01-09 00:00,web,where_is_my_order,1,,,
    k12,2026-02-04 23:59,web,complaint,6,,,
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


def test_a_case_of_no_known_order_is_its_channels(shop: ShopFolder, refreshed: Refreshed) -> None:
    lost = "k10,2026-01-05 08:00,web,dispute,nowhere,,yes,"
    shop.write("cases", f"{CASES.rstrip()}\n    {lost}\n")
    cases = by(refreshed(shop).scan("case_facts"), "case_id")
    assert len(cases) == 12
    alone = {key.removeprefix("shop:"): row for key, row in cases.items() if not row["linked"]}
    assert {key: (row["kind"], row["lost"], row["escalated"]) for key, row in alone.items()} == {
        "k9": ("complaint", False, False),
        "k10": ("dispute", True, False),
    }
    for row in alone.values():
        assert (row["opened_day"], row["channel"]) == (dt.date(2026, 1, 5), "web")
        assert (row["store"], row["category"], row["customer_type"]) == (None, None, None)
    (linked,) = (row for key, row in cases.items() if key == "shop:k4")
    assert (linked["lost"], linked["escalated"], linked["channel"]) == (True, True, "web")


EXPECTED = {
    "complaint_15d": ["6"],
    "complaint_30d": ["1", "6"],
    "escalated_30d": ["4"],
    "where_is_my_order_7d": ["2"],
    "dispute_lost_60d": ["1"],
    "chargeback_60d": [],
    "bad_review_60d": ["1"],
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
        ("where_is_my_order_7d", "cases", ""),
        ("escalated_30d", "cases", "escalated"),
        ("dispute_lost_60d", "cases", "seller_liable"),
        ("chargeback_60d", "cases", ""),
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
    assert with_it(told(shop, refreshed, "complaint_30d")) == ["1", "6"]


CONVERSATIONS = """
    conversation_id,asked_at,channel,medium,first_human_reply_at,resolved_at,reopened,rating,in_service_hours
    c1,2026-01-02 10:00:00,web,chat,2026-01-02 10:00:40,2026-01-02 12:00:00,no,5,yes
    c2,2026-01-02 23:30:00,web,email,2026-01-03 09:00:00,,,,no
    c3,2026-01-03 10:00:00,till,store,,,,2,
    c4,2026-01-03 10:00:00,web,chat,2026-01-03 09:59:00,2026-01-03 10:30:00,yes,,yes
"""


def test_conversations_keep_how_long_customers_waited(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("conversations", CONVERSATIONS)
    shop.write("stores", "store_id,channel\ns1,till\nw1,web\nw2,web")
    facts = by(refreshed(shop).scan("conversation_facts"), "conversation_id")
    waited = {key[-2:]: (row["reply_seconds"], row["resolution_seconds"]) for key, row in facts.items()}
    assert waited == {"c1": (40, 7200), "c2": (9.5 * 3600, None), "c3": (None, None), "c4": (0, 1800)}
    assert {key[-2:] for key, row in facts.items() if row["in_service_hours"]} == {"c1", "c3", "c4"}
    assert {key[-2:] for key, row in facts.items() if row["reopened"]} == {"c4"}
    assert all(row["replies_known"] and row["solving_known"] for row in facts.values())
    assert {key[-2:]: row["touchpoint"] for key, row in facts.items()}["c3"] == "store"
    assert {row["store"] for row in facts.values() if row["channel"] == "store"} == {"s1"}
    assert {row["store"] for row in facts.values() if row["channel"] == "web"} == {None}, "which of two?"


def test_replies_that_nobody_delivers_are_not_known(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("conversations", "conversation_id,asked_at,channel,resolved_at\nc1,2026-01-02,web,2026-01-02")
    (row,) = refreshed(shop).scan("conversation_facts").collect().iter_rows(named=True)
    assert (row["replies_known"], row["solving_known"]) == (False, False)


def test_a_review_is_of_its_orders_channel_and_its_articles_category(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    path = shop.exports / "reviews.csv"
    path.write_text(path.read_text().replace("v4,2026-01-09,web,3,6", "v4,2026-01-09,web,3,3"))
    shop.write("products", "sku,category\nA,Boots")
    facts = by(refreshed(shop).scan("review_facts"), "review_id")
    found = {
        key[-2:]: (row["channel"], row["channel_kind"], row["store"], row["category"])
        for key, row in facts.items()
    }
    assert found["v2"] == ("web", "online", None, "Bags")
    assert found["v4"] == ("store", "offline", "s1", "Shoes")
    assert found["v5"] == ("web", "online", None, "Boots")


def test_a_penalty_without_a_rate_is_told_apart_from_one_without_money(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "penalties",
        """
        channel,at,points,amount,currency
        web,2026-01-05 23:00,2,,
        web,2026-01-06,,50.50,CNY
        web,2026-01-06,1,10,USD
        """,
    )
    facts = refreshed(shop).scan("penalty_facts").sort("day", "points", nulls_last=False).collect()
    assert facts.select("day", "channel_kind", "points", "amount", "unpriced").rows() == [
        (dt.date(2026, 1, 5), "online", 2.0, None, False),
        (dt.date(2026, 1, 6), "online", None, Decimal("50.5000"), False),
        (dt.date(2026, 1, 6), "online", 1.0, None, True),
    ]
