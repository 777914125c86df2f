"""Formbricks: every answer and invitation of a few surveys counted by hand."""

from __future__ import annotations

import pytest

from connectors import tables
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import Shop, kept_shop, make_shop


@pytest.fixture
def formbricks(postgres_folder: str) -> Shop:
    return kept_shop(postgres_folder, "formbricks")


@pytest.fixture
def own_formbricks(database: Database) -> Shop:
    """One to change."""
    make_shop(database, "formbricks")
    return Shop("formbricks", database)


def test_a_row_is_a_question_asked_once(formbricks: Shop) -> None:
    """Display 5 was answered by 4, nobody knows about 6, and 9 was a test."""
    assert formbricks.facts(tables.Surveys, "survey_id", "kind", "invited_at", "answered_at", "score") == {
        "d1:q_nps": ("nps", "03-01 10:00", "03-01 10:05", 9),
        "d1:q_sat": ("csat", "03-01 10:00", "03-01 10:05", 4),
        "d2:q_nps": ("nps", "03-02 10:00", None, None),
        "d2:q_sat": ("csat", "03-02 10:00", None, None),
        "r2:q_nps": ("nps", None, "03-02 12:00", 3),
        "r2:q_sat": ("csat", None, None, None),
        "d3:q_ces": ("ease", "03-03 09:00", None, None),
        "d4:q_ces": ("ease", "03-03 10:00", None, None),
        "r4:q_ces": ("ease", "03-04 08:00", "03-04 09:00", 7),
        "r5:q_csat": ("csat", None, "03-05 11:00", 5),
        "d7:q_csat": ("csat", "03-06 10:00", "03-06 10:01", None),
        "d8:q_csat": ("csat", "03-06 12:00", None, None),
        "r7:q_easy": ("ease", None, "03-07 10:00", 6),
    }


def test_a_scale_is_the_questions_own(formbricks: Shop) -> None:
    scales = formbricks.facts(tables.Surveys, "survey_id", "scale_min", "scale_max")
    assert {survey.split(":")[1]: scale for survey, scale in scales.items()} == {
        "q_nps": (0, 10),
        "q_sat": (1, 5),
        "q_ces": (1, 7),
        "q_csat": (1, 5),
        "q_easy": (1, 7),
    }


def test_hidden_fields_say_what_an_answer_is_about(formbricks: Shop) -> None:
    about = formbricks.facts(tables.Surveys, "survey_id", "channel", "order_id", "store_id", "touchpoint")
    assert about["d1:q_nps"] == about["d1:q_sat"] == ("Web", "o1", None, "After delivery")
    assert about["r2:q_nps"] == about["d2:q_nps"] == ("After delivery", None, None, "After delivery")
    assert about["r4:q_ces"] == ("Support", "o2", "S1", "Support")


def test_people_are_known_by_their_address_and_the_shops_own_id(formbricks: Shop) -> None:
    people = formbricks.facts(tables.Surveys, "survey_id", "customer_ref", "email_hash")
    assert {survey: row[0] for survey, row in people.items() if row[0]} == {
        **dict.fromkeys(("d1:q_nps", "d1:q_sat", "d3:q_ces", "r7:q_easy"), "c1")
    }
    assert {survey for survey, row in people.items() if row[1] and not row[0]} == {"r5:q_csat"}
    assert people["d1:q_nps"][1] == people["d3:q_ces"][1] != people["r5:q_csat"][1]


def test_words_are_kept_and_addresses_are_not(formbricks: Shop) -> None:
    comments = formbricks.facts(tables.Surveys, "survey_id", "comment")
    assert {survey: words for survey, words in comments.items() if words} == {
        "d1:q_nps": "Fast",
        "d1:q_sat": "Fast",
    }


def test_settings_say_what_ratings_and_fields_mean(formbricks: Shop) -> None:
    about = formbricks.facts(
        tables.Surveys, "survey_id", "kind", "channel", "order_id", "touchpoint", channel="Helpdesk",
        order_field="tag", touchpoints="support = service; after delivery=delivery",
        satisfaction_ratings="Product page", ease_ratings="q_sat",
    )  # fmt: skip
    assert about["d1:q_sat"] == ("ease", "Web", None, "delivery")
    assert about["r4:q_ces"] == ("ease", "Helpdesk", "T", "service")
    assert about["r7:q_easy"] == about["r7:q_like"] == ("csat", "Helpdesk", None, "Product page")


def test_before_answers_named_displays_a_person_answered_the_last_one(own_formbricks: Shop) -> None:
    own_formbricks.database.run(
        'ALTER TABLE "Response" DROP "displayId"; ALTER TABLE "Display" DROP "responseId";'
        'ALTER TABLE "Survey" DROP blocks; DROP TABLE "Environment"'
    )
    asked = own_formbricks.facts(tables.Surveys, "survey_id", "invited_at", "answered_at")
    assert asked == {
        "r3:q_ces": ("03-03 09:00", None),
        "d4:q_ces": ("03-03 10:00", None),
        "r4:q_ces": ("03-04 08:00", "03-04 09:00"),
        "r7:q_easy": (None, "03-07 10:00"),
        "r8:q_nps": ("03-06 12:00", "03-07 10:00"),
    }
