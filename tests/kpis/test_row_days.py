"""Which rows belong to a span of days: those that hold on some of them, those of an order with its day."""

from __future__ import annotations

import datetime as dt
from itertools import combinations_with_replacement

import polars as pl
import pytest

from kpis.articles import holding
from kpis.errors import ExtractError, PeriodError
from kpis.extract import extract
from kpis.shop import Shop
from tests.kpis.article_shop import LISTINGS, PRICES, PRODUCTS, article_shop

MANY = [
    *PRICES,
    {"sku": "A", "channel": "web", "sell_price": 9, "from_day": dt.date(2025, 1, 20)}
    | {"to_day": dt.date(2025, 1, 22)},
    {"sku": "A", "channel": "web", "sell_price": 8, "from_day": dt.date(2025, 2, 3)},
    {"sku": "B", "channel": "web", "sell_price": 9, "from_day": dt.date(2025, 1, 9)}
    | {"to_day": dt.date(2025, 1, 7)},
]
DAYS = [dt.date(2025, 1, 8) + dt.timedelta(days=days) for days in (0, 2, 11, 14, 15, 22, 23, 24, 26, 80)]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return article_shop(prices=MANY, listings=LISTINGS, order_facts=[])


def _told(shop: Shop, table: str, start: dt.date | None, end: dt.date | None) -> list[tuple[object, ...]]:
    rows = extract(shop, table, start, end).select("sku", "channel", "from_day").collect()
    return sorted(rows.rows())


@pytest.mark.parametrize(
    ("first", "last", "prices"),
    [
        ("2025-01-30", "2025-01-30", {"B store": [110], "E store": [10], "E web": [10]}),
        ("2025-01-31", "2025-01-31", {"B store": [110], "E store": [], "E web": [10]}),
        ("2025-01-31", "2025-02-01", {"B store": [110, 99], "E store": [], "E web": [10]}),
        ("2025-02-01", "2025-06-30", {"B store": [99], "E store": [], "E web": [10]}),
        (None, "2025-01-15", {"B store": [110], "E store": [10], "E web": [10]}),
        ("2025-01-20", None, {"B store": [110, 99], "E store": [10], "E web": [10]}),
    ],
)
def test_a_price_belongs_to_every_day_on_which_it_holds(
    first: str | None, last: str | None, prices: dict[str, list[int]]
) -> None:
    shop = article_shop(prices=PRICES, order_facts=[])
    start, end = (dt.date.fromisoformat(day) if day else None for day in (first, last))
    rows = extract(shop, "prices", start, end).sort("from_day").collect()
    for place, told in prices.items():
        sku, channel = place.split()
        kept = rows.filter(sku=sku, channel=channel)
        assert [int(price) for price in kept["sell_price"]] == told


@pytest.mark.parametrize("table", ["prices", "listings"])
def test_rows_of_a_span_are_those_that_hold_on_its_days(shop: Shop, table: str) -> None:
    keys = ["sku", "channel", "from_day"]
    every = [DAYS[0] + dt.timedelta(days=passed) for passed in range((DAYS[-1] - DAYS[0]).days + 1)]
    on_day = {day: set(holding(shop, table, day, {}).select(keys).collect().rows()) for day in every}
    for start, end in combinations_with_replacement(DAYS, 2):
        held = set().union(*(rows for day, rows in on_day.items() if start <= day <= end))
        assert _told(shop, table, start, end) == sorted(held)


def test_what_holds_still_is_told_until_the_last_day_of_data(shop: Shop) -> None:
    assert shop.last_day is not None
    assert _told(shop, "listings", shop.last_day, shop.last_day) == _told(shop, "listings", None, None)
    with pytest.raises(PeriodError, match=f"to {shop.last_day}"):
        extract(shop, "listings", shop.last_day + dt.timedelta(days=1))
    with pytest.raises(PeriodError, match="from 2025-01-01"):
        extract(shop, "listings", end=dt.date(2024, 12, 31))


def test_what_has_no_day_is_told_so() -> None:
    with pytest.raises(ExtractError, match="rows of products have no day"):
        extract(article_shop(products=PRODUCTS, order_facts=[]), "products", dt.date(2025, 1, 1))


def test_an_extract_of_days_has_the_columns_and_order_of_the_whole(shop: Shop) -> None:
    whole = extract(shop, "prices").collect()
    some = extract(shop, "prices", dt.date(2025, 1, 1), dt.date(2025, 6, 1)).collect()
    held = whole.filter(~(pl.col("to_day") < pl.col("from_day")).fill_null(value=False))
    assert some.equals(held)
