"""Customer service, reviews and penalties of the demo are at the levels of a real retailer."""

from __future__ import annotations

import polars as pl
import pytest

from connectors.demo.calendar import DAYS, START
from tests.connectors.demo_world import DAY, standing, world


def test_most_customers_are_answered_within_three_minutes() -> None:
    chats = world().shop["conversation"].filter("in_service_hours")
    waited = pl.col("first_reply_at") - pl.col("asked_at")
    assert chats.select((waited <= 180).fill_null(value=False).mean()).item() == pytest.approx(0.86, abs=0.04)
    assert chats.select(waited.median()).item() == pytest.approx(48, abs=6)


def test_few_conversations_are_rated_badly_and_most_are_solved_at_once() -> None:
    talks = world().shop["conversation"]
    assert talks.select((pl.col("rating") <= 2).mean()).item() == pytest.approx(0.07, abs=0.02)
    solved = pl.col("solved_at").is_not_null() & ~pl.col("reopened")
    assert talks.select(solved.mean()).item() == pytest.approx(0.82, abs=0.03)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        ("complaint", 0.006, 0.015), ("where_is_my_order", 0.01, 0.04), ("dispute", 0.0001, 0.003),
        ("chargeback", 0.0001, 0.003),
    ],
)  # fmt: skip
def test_trouble_is_rare(kind: str, least: float, most: float) -> None:
    opened = world().shop["service_case"].filter(pl.col("kind") == kind)["order_id"].n_unique()
    assert least < opened / standing(world()).height < most


def test_late_orders_make_customers_ask_where_they_are() -> None:
    cases = world().shop["service_case"].filter(pl.col("kind") == "where_is_my_order")
    late = (pl.col("delivered_at") > pl.col("promised_at")).fill_null(value=False).any()
    parcels = world().shop["shipment"].filter(pl.col("kind") == "parcel").group_by("order_id").agg(late=late)
    asked = parcels.with_columns(pl.col("order_id").is_in(cases["order_id"].implode()).alias("asked"))
    share = dict(asked.group_by("late").agg(pl.col("asked").mean()).iter_rows())
    assert share[True] > 8 * share[False]


def test_only_the_marketplace_gives_penalties_and_not_many() -> None:
    given = world().shop["penalty"]
    assert set(given["channel"]) == {"mall"}
    assert given["cause"].n_unique() == 3
    assert 20 <= given.height <= 120
    assert given.select((pl.col("points").is_null() & pl.col("fine_fen").is_null()).any()).item() is False
    assert given["given_at"].is_between(START, START + DAYS * DAY).all()
