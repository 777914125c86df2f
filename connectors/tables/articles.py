"""Articles with what they cost, and where they are on sale."""

from __future__ import annotations

from connectors import columns as c
from connectors.tables.base import Table


class Products(Table):
    """One article."""

    sku = c.natural_key("the article")
    title = c.text("its name")
    category = c.text("its category")


class Prices(Table):
    """A price that held from a day on."""

    sku = c.natural_key("the article")
    channel = c.natural_key("where the price holds")
    from_day = c.day("first day", required=True, key=True)
    sell_price = c.money("what the customer pays for one", required=True)
    currency = c.text("ISO 4217 code", required=True)
    to_day = c.day("last day; empty while it holds")
    list_price = c.money("price before any offer")
    tax_included = c.flag("whether the prices contain tax")


class Listings(Table):
    """Whether and how an article could be bought, from a day on."""

    sku = c.natural_key("the article")
    channel = c.natural_key("where it is or is not sold")
    from_day = c.day("first day", required=True, key=True)
    listed = c.flag("whether it is on sale", required=True)
    in_stock = c.flag("whether it can be had at once")
    title_hash = c.digest("title", "hash of the title shown")
    has_image = c.flag("whether it shows a picture")
    has_description = c.flag("whether it shows a description")
