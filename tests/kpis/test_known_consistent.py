"""Articles that are the same online and offline, on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.kpis.told import january, says, tell

# Only the last day counts; what was so the day before, or is so after the period, does not.
DAYS: list[dict[str, Any]] = [
    {"day": january(30), "priced": 50, "same_price": 50, "listed_offline": 50, "titled": 50},
    {
        "day": january(31),
        "category": "tea",
        "priced": 8,
        "same_price": 6,
        "priced_apart": 3,
        "listed_online": 9,
    }
    | {"listed_offline": 11, "listed_both": 7, "titled": 5, "same_title": 4, "untitled": 2},
    {"day": january(31), "category": None, "priced": 2, "same_price": 1, "listed_offline": 1}
    | {"listed_both": 1, "titled": 1, "same_title": 0},
    {"day": dt.date(2025, 2, 1), "priced": 40, "listed_offline": 40, "titled": 40},
]


def test_price_parity_leaves_out_prices_that_cannot_be_compared() -> None:
    told = tell("price_parity", article_days=DAYS)
    says(told, 7, 10, 0.7, 3)
    assert told["coverage"] == 10 / 13


def test_assortment_overlap_is_of_what_is_on_sale_offline() -> None:
    says(tell("assortment_overlap", article_days=DAYS), 8, 12, 8 / 12, 0)


def test_content_match_is_of_titles_that_can_be_compared() -> None:
    told = tell("content_match", article_days=DAYS)
    says(told, 4, 6, 4 / 6, 2)
    assert told["coverage"] == 6 / 8


def test_one_category_is_told_of_alone() -> None:
    says(tell("price_parity", article_days=DAYS, where=(("category", ("tea",)),)), 6, 8, 0.75, 3)
