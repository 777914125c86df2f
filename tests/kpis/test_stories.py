"""Comments of detractors with what happened to their orders, by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors.business import Business
from kpis.errors import ExtractError, SliceError
from kpis.shop import Shop
from kpis.stories import COLUMNS, stories
from tests.kpis.frames import DELIVERED, manifest, shop_of

DAY = dt.date(2025, 6, 1)
ALLOWED = Business(comments=True)
WORDS = {"a": "too slow", "b": "wrong size", "c": "fine", "d": None, "e": "no order known"}
SCORES = {"a": 2.0, "b": 6.0, "c": 7.0, "d": 0.0, "e": 4.0}


def _shop(business: Business = ALLOWED, **delivered: tuple[str, ...]) -> Shop:
    answers = [
        {"survey_id": name, "kind": "nps", "score": score, "channel": "web", "touchpoint": "delivery",
         "answered_day": DAY + dt.timedelta(days=place)}
        for place, (name, score) in enumerate(SCORES.items())
    ]  # fmt: skip
    orders = [
        {"order_id": "a", "placed_day": DAY, "days_late": 3, "damaged": True, "contacted_30d": True},
        {"order_id": "b", "placed_day": DAY, "days_late": -1, "damaged": False, "contacted_30d": False},
    ]
    linked = {name: None if name == "e" else name for name in WORDS}
    surveys = {"survey_id": list(WORDS), "order_id": list(linked.values()), "comment": list(WORDS.values())}
    later = DAY + dt.timedelta(days=9)
    returned = [("r1", later, "changed mind"), ("r2", DAY, "size")]
    return shop_of(
        business,
        manifest(delivered=DELIVERED | delivered),
        survey_facts=answers,
        order_facts=orders,
        return_facts=[
            {"return_id": name, "requested_day": day, "reason": why} for name, day, why in returned
        ],
        refund_facts=[
            {"refund_id": "m1", "refund_seconds": 7_200},
            {"refund_id": "m2", "refund_seconds": 90_000},
            {"refund_id": "m3", "refund_seconds": None},
        ],
        surveys=pl.DataFrame(surveys),
        returns=pl.DataFrame({"return_id": ["r1", "r2"], "order_id": ["b", "b"]}),
        refunds=pl.DataFrame({"refund_id": ["m1", "m2", "m3"], "order_id": ["b", "b", "a"]}),
    )


def test_each_detractor_with_words_has_one_row_with_the_order_s_story() -> None:
    told = stories(_shop())
    assert told.columns == list(COLUMNS)
    assert told.select("score", "comment", "days_late", "damaged", "contacted").rows() == [
        (4.0, "no order known", None, None, None),
        (6.0, "wrong size", -1, False, False),
        (2.0, "too slow", 3, True, True),
    ]
    assert told.select("reason", "returned_day", "refund_hours").rows() == [
        (None, None, None), ("size", DAY, 25.0), (None, None, None),
    ]  # fmt: skip


def test_days_slices_and_a_limit_narrow_the_rows() -> None:
    assert stories(_shop(), end=DAY)["comment"].to_list() == ["too slow"]
    assert stories(_shop(), most=1)["comment"].to_list() == ["no order known"]
    assert stories(_shop(), where={"touchpoint": ["delivery"]}).height == 3
    with pytest.raises(SliceError, match="touchpoint=purchase"):
        stories(_shop(), where={"touchpoint": ["purchase"]})


def test_words_of_customers_are_not_told_unless_a_setting_allows_it() -> None:
    with pytest.raises(ExtractError, match="comments = true"):
        stories(_shop(Business(personal_extracts=True)))


def test_without_comments_the_error_says_what_is_missing() -> None:
    with pytest.raises(ExtractError, match=r"surveys\.comment"):
        stories(_shop(surveys=("survey_id", "kind", "score")))
