"""Who comes to Odoo, asks and answers: visits, conversations, surveys, reviews, customers."""

from __future__ import annotations

from connectors import tables
from tests.connectors.system_world import Shop


def test_a_visit_ends_after_half_an_hour_of_silence(odoo: Shop) -> None:
    visits = odoo.facts(
        tables.Visits, "visit_id", "channel", "visitor_id", "customer_ref", "region", "product_viewed"
    )
    assert visits == {
        "1-20260301080000": ("web:1", "1", "10", "US", 1),
        "1-20260301090100": ("web:1", "1", "10", "US", 0),
        "2-20260301080000": ("web:1", "2", None, "DE", 0),
    }


def test_only_people_reply_and_only_customers_ask(odoo: Shop) -> None:
    talks = odoo.facts(
        tables.Conversations, "conversation_id", "channel", "medium", "asked_at", "first_human_reply_at",
        "resolved_at", "rating",
    )  # fmt: skip
    assert talks == {
        "C1": ("web:1", "chat", "03-01 10:00", "03-01 10:02", "03-01 10:10", 5),
        "C2": ("web:1", "chat", "03-02 10:00", None, None, None),
        "T1": ("project:1", "email", "03-04 08:00", "03-04 10:00", "03-05 08:00", None),
        "T2": ("web:1", "email", "03-04 09:00", None, None, None),
    }


def test_the_project_of_customers_questions_can_be_named(odoo: Shop) -> None:
    talks = odoo.facts(tables.Conversations, "conversation_id", "medium", support_project="Building")
    assert [name for name in talks if name.startswith("T")] == ["T3"]


def test_surveys_hold_invitations_and_answers_but_no_rehearsals(odoo: Shop) -> None:
    surveys = odoo.facts(
        tables.Surveys,
        "survey_id",
        "kind",
        "channel",
        "score",
        "scale_max",
        "invited_at",
        "answered_at",
        "comment",
    )
    assert surveys == {
        "U1": ("nps", "pos:1", 9, 10, "03-15 08:00", "03-15 09:00", "Fine"),
        "U2": ("nps", "web:1", None, 10, "03-15 08:00", None, None),
        "U3": ("nps", "survey:1", None, 10, "03-15 10:00", None, None),
        "R1": ("csat", "web:1", 5, 5, "03-01 10:10", "03-01 10:11", None),
        "R2": ("csat", "rating:project.task", None, 5, "03-05 08:00", None, None),
    }


def test_only_published_reviews_count(odoo: Shop) -> None:
    assert odoo.facts(tables.Reviews, "review_id", "sku", "stars", "channel") == {"3": ("id:3", 4, "web:1")}


def test_customers_are_who_bought_and_guests_share_an_email(odoo: Shop) -> None:
    customers = odoo.facts(tables.Customers, "customer_ref", "is_guest", "region", "created_at", "email_hash")
    assert {name: row[:3] for name, row in customers.items()} == {
        "10": (False, "US", "01-02 08:00"),
        "11": (True, "DE", "03-02 08:00"),
        "12": (True, "US", "02-01 08:00"),
    }
    assert customers["10"][3] == customers["11"][3] != customers["12"][3]
    orders = odoo.facts(tables.Orders, "order_id", "customer_ref", "email_hash")
    assert orders["P1"] == ("12", customers["12"][3])
    assert orders["P2"][0] is None
    assert orders["P2"][1] is not None
