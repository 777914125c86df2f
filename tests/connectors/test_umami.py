"""Umami: every visit of a small site counted by hand, one test for each way to count it wrong."""

from __future__ import annotations

import pytest

from connectors import tables
from connectors.errors import SettingsError
from connectors.visit_sources import source_of
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import Shop, kept_shop, make_shop

STAGES = ("product_viewed", "added_to_cart", "reached_checkout", "ordered", "searched")


@pytest.fixture
def umami(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "umami")


@pytest.fixture
def own_umami(database: Database) -> Shop:
    """One to change."""
    make_shop(database, "umami")
    return Shop("umami", database)


def visits(shop: Shop, *columns: str, **options: object) -> dict[int, object]:
    """Some columns by the visit's number."""
    found = shop.facts(tables.Visits, "visit_id", *columns, **options)
    return {int(str(visit)[-12:]): row for visit, row in found.items()}


def test_a_visit_saw_a_page_of_a_site_that_is_there(umami: Shop) -> None:
    assert visits(umami, "started_at", "channel", "visits", "page_views", "bounced") == {
        2: ("02-20 10:00", "Web", 1, 1, 1),
        3: ("03-01 10:00", "Web", 1, 4, 0),
        4: ("03-01 14:00", "Web", 1, 1, 1),
        5: ("03-02 09:00", "Web", 1, 1, 1),
        6: ("03-02 20:00", "Web", 1, 2, 0),
        7: ("03-03 10:00", "Web", 1, 1, 1),
        10: ("03-04 10:00", "Web", 1, 1, 1),
        11: ("03-05 10:00", "Web", 1, 1, 1),
        12: ("03-05 10:00", "Blog", 1, 1, 1),
    }


def test_stages_are_told_by_events_and_pages_once_a_site_tells_them(umami: Shop) -> None:
    assert visits(umami, *STAGES) == {
        2: (None, None, None, None, None),
        3: (1, 1, 1, 1, None),
        4: (0, 0, 0, 0, None),
        5: (0, 0, 0, 0, None),
        6: (0, 0, 0, 0, 1),
        7: (1, 1, 1, 0, 0),
        10: (0, 0, 0, 1, 0),
        11: (0, 0, 0, 0, 0),
        12: (1, None, None, None, None),
    }


def test_an_order_belongs_to_the_first_visit_that_tells_of_it(umami: Shop) -> None:
    assert {visit: order for visit, order in visits(umami, "order_id").items() if order} == {
        3: "o1",
        10: "1040",
    }


def test_where_a_visit_came_from_is_on_its_first_page(umami: Shop) -> None:
    assert visits(umami, "source", "campaign") == {
        2: ("social", None),
        3: ("email", "spring"),
        4: ("direct", None),
        5: ("ad", None),
        6: ("search", None),
        7: ("direct", None),
        10: ("direct", None),
        11: ("direct", None),
        12: ("referral", None),
    }


def test_visitors_are_told_apart_and_those_who_gave_an_address_are_known(umami: Shop) -> None:
    found = visits(umami, "device", "region", "customer_ref", "email_hash")
    assert {visit: row[:3] for visit, row in found.items()} == {  # type: ignore[index]
        **dict.fromkeys((3, 4), ("desktop", "DE", None)),
        **dict.fromkeys((5, 6), ("phone", "US", "c2")),
        **dict.fromkeys((2, 7, 10, 11), ("tablet", "FR", None)),
        12: ("desktop", None, None),
    }
    known = {visit for visit, row in found.items() if row[3]}  # type: ignore[index]
    assert known == {3, 4}
    visitors = visits(umami, "visitor_id")
    assert len(set(visitors.values())) == 4
    assert visitors[3] == visitors[4]


def test_the_speed_of_a_visit_is_that_of_the_first_page_measured(umami: Shop) -> None:
    assert {visit: speed for visit, speed in visits(umami, "lcp_ms").items() if speed} == {3: 1835}


def test_settings_say_what_events_pages_and_data_mean(umami: Shop) -> None:
    found = visits(
        umami, "ordered", "product_viewed", "order_id", "region", ordered="View Order, /checkout",
        product_viewed="/search", order_id_key="orderId", region="subdivision",
    )  # fmt: skip
    assert found[3] == (1, None, None, "DE-BE")
    assert found[6] == (0, 1, None, "US-CA")
    assert found[11] == (1, 0, "o2", None)


def test_a_setting_that_is_one_of_few_words_is_no_other(umami: Shop) -> None:
    with pytest.raises(
        SettingsError, match=r"'region' = 'subdivison'.*country, subdivision.*'subdivision'\?"
    ):
        umami.frames(region="subdivison")


def test_before_visits_had_ids_one_ended_with_half_an_hour_of_silence(own_umami: Shop) -> None:
    own_umami.database.run(
        "ALTER TABLE website_event DROP visit_id, DROP utm_source, DROP utm_medium, DROP utm_campaign,"
        " DROP gclid, DROP lcp; ALTER TABLE session DROP distinct_id"
    )
    found = own_umami.facts(tables.Visits, "visit_id", "page_views", "source", "campaign", "order_id")
    ids = {f"{visit[-21:-15]} {visit[-14:]}": row for visit, row in found.items()}
    assert ids == {
        "000003 20260220100000": (1, "social", None, None),
        "000001 20260301100000": (4, "email", "spring", "o1"),
        "000001 20260301140000": (1, "direct", None, None),
        "000002 20260302090000": (1, "ad", None, None),
        "000002 20260302200000": (2, "search", None, None),
        "000003 20260303100000": (1, "direct", None, None),
        "000003 20260304100000": (1, "direct", None, "1040"),
        "000003 20260305100000": (1, "direct", None, None),
        "000004 20260305100000": (1, "referral", None, None),
    }


SOURCES = [
    ("cpc", "google", "google.com", "", "ad"),
    ("", "", "google.com", "gclid", "ad"),
    ("paid_social", "facebook", "facebook.com", "", "ad"),
    ("newsletter", "", "", "", "email"),
    ("", "", "mail.google.com", "", "email"),
    ("", "", "webmail.example.org", "", "email"),
    ("", "", "uk.search.yahoo.com", "", "search"),
    ("", "", "google.co.uk", "", "search"),
    ("", "", "m.so.com", "", "search"),
    ("organic", "google", "", "", "search"),
    ("", "", "gemini.google.com", "", "referral"),
    ("", "", "socialfacebook.org", "", "referral"),
    ("", "", "lm.facebook.com", "", "social"),
    ("", "", "t.co", "", "social"),
    ("", "", "xiaohongshu.com", "", "social"),
    ("organic_social", "", "", "", "social"),
    ("", "instagram", "", "", "social"),
    ("affiliate", "partner", "google.com", "", "referral"),
    ("", "partnerblog", "partnerblog.example", "", "referral"),
    ("qr", "poster", "", "", "other"),
    ("", "", "", "", "direct"),
]


@pytest.mark.parametrize(("told", "source"), [(row[:4], row[4]) for row in SOURCES])
def test_a_source_is_what_the_link_says_else_where_it_was_followed(
    told: tuple[str, ...], source: str, unwritten: Database
) -> None:
    expression = source_of("told.m", "told.s", "told.r", clicked="told.c <> ''")
    values = ", ".join(f"'{word}'" for word in told)
    assert unwritten.run(f"SELECT {expression} FROM (VALUES ({values})) AS told (m, s, r, c)") == [(source,)]
