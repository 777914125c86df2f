"""A shop of few articles with prices, listings and orders, written down by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from connectors.business import Business
from connectors.derived import Material
from connectors.derived.articles import article_days
from connectors.identity import people
from connectors.manifest import ChannelEntry
from connectors.tables import TABLES, columns_with
from connectors.text import Text
from kpis.shop import Shop
from tests.kpis.frames import facts, manifest, shop_of

KINDS = {"web": "online", "app": "online", "store": "offline", "outlet": "offline", "new": "unknown"}
FIRST = dt.date(2025, 1, 1)
PLAIN: dict[str, dict[str, Any]] = {
    "prices": {"currency": "EUR", "tax_included": True},
    "listings": {"listed": True, "in_stock": True, "has_image": True, "has_description": True},
}
HOSTILE = '=HYPERLINK("http://evil.example")'
PRODUCTS = [
    {"sku": "A", "title": "Cup", "category": "cups"},
    {"sku": "B", "title": HOSTILE, "category": "cups"},
    {"sku": "C", "title": "Hat", "category": "hats"},
    {"sku": "D", "title": "Cap", "category": "hats"},
    {"sku": "E", "title": "Bag", "category": None},
]
PRICES = [
    {"sku": "A", "channel": "web", "sell_price": 10},
    {"sku": "A", "channel": "app", "sell_price": 12},
    {"sku": "A", "channel": "store", "sell_price": 11},
    {"sku": "B", "channel": "web", "sell_price": 99},
    {"sku": "B", "channel": "store", "sell_price": 110},
    {"sku": "B", "channel": "store", "sell_price": 99, "from_day": dt.date(2025, 2, 1)},
    {"sku": "C", "channel": "web", "sell_price": 10},
    {"sku": "C", "channel": "store", "sell_price": 10, "currency": "USD"},
    {"sku": "D", "channel": "web", "sell_price": 10, "tax_included": False},
    {"sku": "D", "channel": "store", "sell_price": 10},
    {"sku": "E", "channel": "web", "sell_price": 10},
    {"sku": "E", "channel": "store", "sell_price": 10, "to_day": dt.date(2025, 1, 30)},
    {"sku": "E", "channel": "new", "sell_price": 10},
]
LISTINGS = [
    {"sku": "A", "channel": "web", "title_hash": "1"},
    {"sku": "A", "channel": "app", "title_hash": "2"},
    {"sku": "A", "channel": "store", "title_hash": "1"},
    {"sku": "B", "channel": "web", "title_hash": "1", "in_stock": False},
    {"sku": "B", "channel": "store", "title_hash": "1"},
    {"sku": "C", "channel": "web", "title_hash": "title:1"},
    {"sku": "C", "channel": "store", "title_hash": "1"},
    {"sku": "D", "channel": "store", "title_hash": "1", "in_stock": None},
    {"sku": "E", "channel": "web", "title_hash": "1"},
    {"sku": "E", "channel": "store", "title_hash": "1", "listed": False},
]


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A canonical table as it stands in a snapshot; `from_day` is the first of January unless it is given."""
    columns = {column: kind.dtype for column, kind in TABLES[name].columns().items()}
    dated = {"from_day": FIRST} if "from_day" in columns else {}
    filled = [dict.fromkeys(columns) | PLAIN.get(name, {}) | dated | dict(row) for row in rows]
    frame = pl.DataFrame(filled, schema=columns, orient="row")
    money = columns_with(TABLES[name], "money")
    day = [pl.col("from_day").alias("day")] if dated else []
    return frame.with_columns(
        pl.lit("shop").alias("connection"), *day, *(pl.col(c).alias(f"{c}_native") for c in money)
    )


def article_shop(
    kinds: Mapping[str, str] = KINDS, business: Business | None = None, **tables: Iterable[Mapping[str, Any]]
) -> Shop:
    """A shop with these rows of canonical tables, and of order_facts."""
    channels = tuple(ChannelEntry(name, kind, Text(name, name)) for name, kind in kinds.items())
    frames = {
        name: facts(name, rows) if name == "order_facts" else table(name, rows)
        for name, rows in tables.items()
    }
    days = days_of(frames, kinds)
    return shop_of(business, about=manifest(channels=channels), article_days=days, **frames)


def days_of(frames: Mapping[str, pl.DataFrame], kinds: Mapping[str, str] = KINDS) -> pl.DataFrame:
    """article_days of canonical tables."""

    def scan(name: str) -> pl.LazyFrame:
        if name == "orders":
            span = pl.DataFrame({"day": [FIRST, dt.date(2025, 6, 30)]})
            return span.lazy()
        return frames.get(name, table(name, [])).lazy()

    nobody = people(table("customers", []).lazy(), table("orders", []).lazy())
    material = Material(scan, scan, {}, nobody, "Asia/Shanghai", dict(kinds), dt.date(2025, 6, 30))
    return article_days(material).collect()
