"""Laws over drawn prices and listings: what days and parts say is what rows say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.articles import COUNTS, states
from tests.kpis.article_shop import KINDS, LISTINGS, PRICES, PRODUCTS, article_shop, days_of, table

_SPELL = st.fixed_dictionaries(
    {
        "sku": st.sampled_from("ABC"),
        "channel": st.sampled_from(sorted(KINDS)),
        "from_day": st.dates(dt.date(2024, 12, 20), dt.date(2025, 1, 20)),
        "to_day": st.none() | st.dates(dt.date(2024, 12, 30), dt.date(2025, 1, 25)),
        "sell_price": st.sampled_from([0, 100, 100.4, 101]),
        "currency": st.sampled_from(["EUR", "USD"]),
        "tax_included": st.sampled_from([True, False, None]),
    }
)
_SHOWN = st.fixed_dictionaries(
    {
        "sku": st.sampled_from("ABC"),
        "channel": st.sampled_from(sorted(KINDS)),
        "from_day": st.dates(dt.date(2024, 12, 20), dt.date(2025, 1, 20)),
        "listed": st.booleans(),
        "in_stock": st.sampled_from([True, False, None]),
        "title_hash": st.sampled_from([None, "1", "2", "title:1"]),
    }
)


@settings(max_examples=25, deadline=None)
@given(prices=st.lists(_SPELL, max_size=12), listings=st.lists(_SHOWN, max_size=12))
def test_the_days_say_what_rows_hold_on_each(
    prices: list[dict[str, Any]], listings: list[dict[str, Any]]
) -> None:
    shop = article_shop(prices=prices, listings=listings, products=PRODUCTS)
    days = shop.tables.scan("article_days").collect()
    for day in (dt.date(2025, 1, 1), dt.date(2025, 1, 9), dt.date(2025, 1, 21), dt.date(2025, 1, 31)):
        told = states(shop, day, {})
        for count in COUNTS:
            assert days.filter(pl.col("day") == day)[count].sum() == told[count].sum(), (day, count)
        priced = told.filter(pl.col("priced") == 1)
        parts = priced["same_price"] + priced["online_lower"] + priced["online_higher"]
        assert parts.to_list() == [1] * priced.height
        assert (told["priced"] + told["priced_apart"]).max() in (None, 0, 1)
        assert (told["titled"] + told["untitled"]).to_list() == told["listed_both"].to_list()
        assert (told["same_title"] <= told["titled"]).all()


def test_articles_taken_some_at_a_time_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = {"prices": table("prices", PRICES), "listings": table("listings", LISTINGS)}
    whole = days_of(frames).sort("day")
    monkeypatch.setattr("connectors.derived.articles.ROWS_AT_ONCE", 3)
    assert days_of(frames).sort("day").equals(whole)
