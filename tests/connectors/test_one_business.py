"""One business from several small systems: every figure that needs two of them counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from tests.connectors.one_business import SYSTEMS, OneBusiness, set_up
from tests.connectors.system_world import kept_shop

BUSINESS = """
timezone = "Europe/Berlin"
currency = "USD"
country = "DE"
rates = { EUR = 1.10 }
[channels.web]
kind = "online"
match = ["webshop:Web", "analytics:Web", "feedback:Web", "feedback:After delivery", "feedback:Product page"]
[channels.blog]
kind = "online"
match = ["analytics:Blog"]
[channels.site]
kind = "online"
match = ["shops:web:*", "shops:team:*", "feedback:Support", "rival:*"]
[channels.store]
kind = "offline"
match = ["shops:pos:*", "webshop:Berlin shop", "doors:door", "feedback:Shop"]
[stores.central]
match = ["shops:pos:1", "doors:C"]
[stores.berlin]
match = ["shops:pos:2", "webshop:loc1", "doors:B", "feedback:S1"]
"""

DOORS = """started_at,channel,store_id,visits
2026-03-02 10:00,door,B,4
2026-03-10 10:00,door,C,6
2026-03-10 15:00,door,C,4
2026-03-12 10:00,door,C,5
2026-03-13 10:00,door,B,5
2026-03-20 10:00,door,B,7
"""

RIVAL = """order_id,placed_at,channel,status,kind,net_amount,currency
o1,2026-02-01 10:00,old,confirmed,sale,1,USD
o2,2026-02-01 10:00,old,confirmed,sale,1,USD
"""

SetUp = Callable[..., OneBusiness]


@pytest.fixture(scope="module")
def set_up_once(postgres_folder: str, tmp_path_factory: pytest.TempPathFactory) -> SetUp:
    """The business, with order ids settled or not and with a rival or not; each refreshed once."""
    databases = {name: kept_shop(postgres_folder, system).database for name, system in SYSTEMS.items()}
    made: dict[tuple[bool, str], OneBusiness] = {}

    def set_up_once(*, settled: bool, rival: str) -> OneBusiness:
        if (settled, rival) not in made:
            folder = tmp_path_factory.mktemp("business")
            made[settled, rival] = set_up(folder, databases, BUSINESS, DOORS, settled=settled, rival=rival)
        return made[settled, rival]

    return set_up_once


@pytest.fixture(params=[(True, ""), (False, ""), (True, RIVAL)], ids=["settled", "searched", "settled rival"])
def business(request: pytest.FixtureRequest, set_up_once: SetUp) -> OneBusiness:
    """The business in every way in which ids lead to one order."""
    settled, rival = request.param
    return set_up_once(settled=settled, rival=rival)


@pytest.fixture
def ambiguous(set_up_once: SetUp) -> OneBusiness:
    """The business with a rival that has the same order ids, without a word on whose ids are meant."""
    return set_up_once(settled=False, rival=RIVAL)


def test_visits_and_answers_lead_to_the_web_shops_orders(business: OneBusiness) -> None:
    """The analytics also tell of an order 1040 that nobody has."""
    assert business.orders_of("visits", "analytics") == ["webshop:o1"]
    assert business.misses("analytics") == {"order_id": 1}
    assert business.orders_of("surveys", "feedback") == ["webshop:o1", "webshop:o1", "webshop:o2"]
    assert business.misses("feedback") == {}


def test_an_id_that_two_shops_have_leads_nowhere_and_is_counted(ambiguous: OneBusiness) -> None:
    assert ambiguous.orders_of("visits", "analytics") == []
    assert ambiguous.misses("analytics") == {"order_id": 2}
    assert ambiguous.orders_of("surveys", "feedback") == []
    assert ambiguous.misses("feedback") == {"order_id": 3}


def test_visitors_are_the_web_shops_customers(business: OneBusiness) -> None:
    visits = business.table("visits").filter(connection="analytics")
    assert visits["customer_ref"].drop_nulls().to_list() == ["webshop:c2", "webshop:c2"]
    orders = business.table("orders").filter(order_id="webshop:o1")
    assert set(visits["email_hash"].drop_nulls()) == set(orders["email_hash"])


def test_conversion_online_is_told_by_visits_and_in_shops_by_receipts(business: OneBusiness) -> None:
    """Web: visits 3 (order o1) and 10 (order 1040) of 8; the blog and Odoo's pages tell of no orders.

    Central: receipts 1, 2 and 4 of 15 people; Berlin: order o2 of 2 March and receipt 8 of 13 March of 9
    people. The 7 people of 20 March came after the last known order.
    """
    assert business.figures("conversion_per_visit", "channel") == {"web": (2, 8), "store": (5, 24)}
    shops = business.figures("conversion_per_visit", "store")
    assert (shops["central"], shops["berlin"]) == ((3, 15), (2, 9))


def test_a_customer_of_both_kinds_of_channels_is_one_person(business: OneBusiness) -> None:
    """Ann bought on both sites and in Berlin, known to two systems; Bob and Eve bought at tills.

    Ann counts where she bought first: on Odoo's site, two hours before the web shop.
    """
    assert business.figures("cross_channel_share", "channel") == {"site": (1, 1), "store": (0, 2)}
    ann = business.facts("order_facts").filter(
        pl.col("order_id").is_in(["webshop:o1", "webshop:o2", "shops:S1"])
    )
    assert ann["customer_id"].n_unique() == 1


def test_an_answer_counts_for_the_channel_of_its_order(business: OneBusiness) -> None:
    """Web: 9 for order o1 and 3 for none; store: Bob's 9 after his receipt.

    Ease: 7 for order o2 of Berlin, though it was the help desk that asked; 6 for the product page.
    """
    assert business.figures("nps", "channel") == {"web": (0, 2), "store": (1, 1)}
    assert business.figures("ease", "channel") == {"web": (6, 1), "store": (7, 1)}


def test_an_answer_whose_order_is_not_found_counts_for_its_own_channel(ambiguous: OneBusiness) -> None:
    assert ambiguous.figures("ease", "channel") == {"web": (6, 1), "site": (7, 1)}
