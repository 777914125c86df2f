"""What Vendure sells, at which prices, and where it is shown."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors import tables
from tests.connectors.system_world import Shop


def test_deleted_articles_are_gone_and_named_in_the_shops_language(vendure: Shop) -> None:
    assert vendure.facts(tables.Products, "sku", "title", "category") == {
        "SHIRT": ("Shirt S", "Clothes / Tops"),
        "MUG": ("Becher", None),
        "HAT": ("Shirt", "Clothes / Tops"),
        "id:5": ("Becher", None),
    }
    assert vendure.facts(tables.Products, "sku", "category", category_facet="brand")["MUG"] == "Acme"


def test_prices_are_those_of_each_channels_own_currency(vendure: Shop) -> None:
    prices = vendure.frames()["prices"].sort("sku", "channel")
    assert prices.select(
        "sku", "channel", pl.col("sell_price").cast(pl.Float64), "currency", "tax_included"
    ).rows() == [
        ("MUG", "tokyo", 1200, "JPY", False),
        ("SHIRT", "__default_channel__", 50, "USD", False),
        ("SHIRT", "web-eu", 60, "EUR", True),
    ]
    # a price of half past eleven at night in UTC is the next day's in Shanghai
    moment = prices["from_day"][1]
    assert moment.astimezone(dt.timezone(dt.timedelta(hours=8))).date() == dt.date(2026, 2, 2)


def test_listings_know_what_is_shown_and_can_be_had_in_each_channel(vendure: Shop) -> None:
    columns = (
        "sku",
        "channel",
        "from_day",
        "listed",
        "in_stock",
        "title",
        "has_image",
        "has_description",
    )
    listings = vendure.frames()["listings"].with_columns(pl.col("from_day").dt.date())
    assert sorted(listings.select(columns).rows()) == [
        ("HAT", "__default_channel__", dt.date(2026, 2, 5), False, True, "Shirt", True, True),
        # minus four pieces, but five may be owed
        ("MUG", "__default_channel__", dt.date(2026, 2, 20), True, True, "Becher", False, False),
        # the article is sold in web-eu, but its product is not
        ("MUG", "web-eu", dt.date(2026, 2, 20), False, True, "Becher", False, False),
        # all three pieces of the one warehouse are promised; web-eu has another with one left
        ("SHIRT", "__default_channel__", dt.date(2026, 3, 1), True, False, "Shirt S", True, True),
        ("SHIRT", "web-eu", dt.date(2026, 3, 1), True, True, "Shirt S", True, True),
    ]
