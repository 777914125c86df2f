"""One business from the restored dumps of four systems: figures recounted in SQL on their databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.connectors.one_business import SYSTEMS, OneBusiness, set_up
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import dumped_shop

BUSINESS = """
timezone = "Europe/Berlin"
currency = "EUR"
country = "DE"
rates = { USD = 0.9 }
[channels.web]
kind = "online"
match = ["webshop:Default*", "analytics:Medusa web shop", "feedback:Default*", "feedback:Post-purchase NPS"]
[channels.app]
kind = "online"
match = ["webshop:Mobile app", "analytics:Mobile app", "feedback:Mobile app"]
[channels.market]
kind = "online"
match = ["webshop:Marketplace"]
[channels.outlet]
kind = "online"
match = ["shops:web:*", "shops:team:*", "feedback:Support CSAT"]
[channels.store]
kind = "offline"
match = ["shops:pos:*", "webshop:Berlin*", "doors:door"]
[stores.furniture]
match = ["shops:pos:1", "doors:F"]
[stores.clothes]
match = ["shops:pos:2", "doors:C"]
"""

DAYS = [dt.date(2026, 6, 1) + dt.timedelta(days=number) for number in range(173)]
PEOPLE = {"F": 7, "C": 9}
"""How many people come through each door on every day: 1 June to 20 November."""

ORDERED = """SELECT o.id, lower(o.email), CASE s.name WHEN 'Berlin store (POS)' THEN 'store'
        WHEN 'Mobile app' THEN 'app' WHEN 'Marketplace' THEN 'market' ELSE 'web' END
    FROM "order" o JOIN sales_channel s ON s.id = o.sales_channel_id"""
BOUGHT = f"""{ORDERED} JOIN order_payment_collection x ON x.order_id = o.id
    JOIN payment p ON p.payment_collection_id = x.payment_collection_id
    WHERE p.captured_at IS NOT NULL AND o.status IN ('pending', 'completed')"""
RUNG_UP = """SELECT s.config_id, lower(p.email_normalized),
        (o.date_order AT TIME ZONE 'utc' AT TIME ZONE 'Europe/Berlin')::date
    FROM pos_order o JOIN pos_session s ON s.id = o.session_id LEFT JOIN res_partner p ON p.id = o.partner_id
    WHERE NOT o.is_refund"""
SOLD = """SELECT DISTINCT lower(p.email_normalized)
    FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
    JOIN sale_order_transaction_rel r ON r.sale_order_id = o.id
    JOIN payment_transaction t ON t.id = r.transaction_id AND t.state = 'done' WHERE o.state = 'sale'"""
VISITED = """SELECT CASE w.name WHEN 'Mobile app' THEN 'app' ELSE 'web' END, e.visit_id, max(d.string_value)
    FROM website_event e JOIN website w ON w.website_id = e.website_id
    LEFT JOIN event_data d ON d.website_event_id = e.event_id AND d.data_key = 'orderId' GROUP BY 1, 2"""
ANSWERED = """SELECT data->>'orderId', (data->>'q_nps')::int FROM "Response"
    WHERE data ? 'q_nps' AND created_at < now() AT TIME ZONE 'utc' + interval '1 day'"""


@pytest.fixture(scope="module")
def databases(postgres_folder: str) -> dict[str, Database]:
    return {name: dumped_shop(postgres_folder, system).database for name, system in SYSTEMS.items()}


@pytest.fixture(scope="module", params=[True, False], ids=["settled", "searched"])
def business(
    request: pytest.FixtureRequest,
    databases: dict[str, Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> OneBusiness:
    counts = [f"{day} 12:00,door,{door},{people}" for day in DAYS for door, people in PEOPLE.items()]
    doors = "\n".join(["started_at,channel,store_id,visits", *counts, ""])
    folder = tmp_path_factory.mktemp("business")
    return set_up(folder, databases, BUSINESS, doors, settled=request.param)


@pytest.fixture
def told(databases: dict[str, Database]) -> dict[str, list[tuple[Any, ...]]]:
    """What the databases themselves say, one list of rows per question."""
    asked = {
        "bought": ("webshop", BOUGHT),
        "ordered": ("webshop", ORDERED),
        "rung up": ("shops", RUNG_UP),
        "sold": ("shops", SOLD),
        "visited": ("analytics", VISITED),
        "answered": ("feedback", ANSWERED),
    }
    return {name: databases[where].run(statement) for name, (where, statement) in asked.items()}


Told = dict[str, list[tuple[Any, ...]]]


def test_every_order_id_leads_to_its_order_or_is_counted(business: OneBusiness, told: Told) -> None:
    known = {order for order, _, _ in told["ordered"]}
    for connection, table, given in (
        ("analytics", "visits", [order for _, _, order in told["visited"] if order]),
        ("feedback", "surveys", [order for order, _ in told["answered"] if order]),
    ):
        found = sorted(f"webshop:{order}" for order in given if order in known)
        assert business.orders_of(table, connection) == found
        assert business.misses(connection).get("order_id", 0) == len(given) - len(found)


def test_a_visit_converts_when_its_order_was_paid(business: OneBusiness, told: Told) -> None:
    paid = {order for order, _, _ in told["bought"]}
    expected = {
        channel: (
            sum(order in paid for where, _, order in told["visited"] if where == channel),
            sum(where == channel for where, _, _ in told["visited"]),
        )
        for channel in ("web", "app")
    }
    figures = business.figures("conversion_per_visit", "channel")
    assert {channel: figures[channel] for channel in expected} == expected
    assert set(figures) == {"web", "app", "store"}, "Odoo's visits tell of no orders"


def test_a_shop_converts_by_its_own_tills_on_days_its_door_was_counted(
    business: OneBusiness, told: Told
) -> None:
    receipts = [till for till, _, day in told["rung up"] if DAYS[0] <= day <= DAYS[-1]]
    assert business.figures("conversion_per_visit", "store") == {
        None: business.figures("conversion_per_visit", "channel_kind")["online"],
        "furniture": (receipts.count(1), 7 * len(DAYS)),
        "clothes": (receipts.count(2), 9 * len(DAYS)),
    }


def test_customers_of_both_kinds_are_found_over_all_systems(business: OneBusiness, told: Told) -> None:
    kinds: dict[str, set[str]] = {}
    for _, email, channel in told["bought"]:
        kinds.setdefault(email, set()).add("offline" if channel == "store" else "online")
    for (email,) in told["sold"]:
        kinds.setdefault(email, set()).add("online")
    for _, email, _ in told["rung up"]:
        if email:
            kinds.setdefault(email, set()).add("offline")
    cells = business.figures("cross_channel_share", "channel").values()
    both = sum(numerator or 0 for numerator, _ in cells)
    assert (both, sum(total or 0 for _, total in cells)) == (
        sum(len(of) == 2 for of in kinds.values()),
        len(kinds),
    )


def test_an_answer_counts_for_the_channel_its_order_was_sold_in(business: OneBusiness, told: Told) -> None:
    channels = {order: channel for order, _, channel in told["ordered"]}
    expected: dict[str, list[int]] = {}
    for order, score in told["answered"]:
        expected.setdefault(channels[order], []).append((score >= 9) - (score <= 6))
    figures = business.figures("nps", "channel")
    assert {channel: figures.get(channel) for channel in expected} == {
        channel: (sum(points), len(points)) for channel, points in expected.items()
    }
