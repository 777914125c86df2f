"""What Odoo sells, at which prices, and where it is shown."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors import tables
from connectors.title_hash import title_hashes
from tests.connectors.system_world import Shop


def test_an_archived_article_does_not_hide_the_living_one(odoo: Shop) -> None:
    products = odoo.facts(tables.Products, "sku", "title", "category")
    assert products["SHIRT"] == ("Shirt", "Clothes")
    assert sorted(products) == ["COURSE", "GIFT", "LESS", "SHIRT", "TIP", "id:3"]


PRICE = ("sku", "channel", "from_day", "to_day", "sell_price", "list_price", "currency", "tax_included")


def prices(shop: Shop) -> list[tuple[object, ...]]:
    rows = shop.accepted()["prices"].rows
    return sorted(rows.with_columns(pl.col("sell_price", "list_price").cast(pl.Float64)).select(PRICE).rows())


def test_a_price_is_what_a_list_makes_of_it_today(odoo: Shop) -> None:
    assert prices(odoo) == [
        # a quarter off 56 and 4 for the print, up to the 29th
        ("SHIRT", "web:1", dt.date(2026, 3, 10), dt.date(2099, 11, 29), 45, 60, "USD", True),
        ("id:3", "pos:1", dt.date(2026, 2, 3), None, 36, 36, "USD", False),
        ("id:3", "pos:2", dt.date(2026, 3, 2), None, 30, None, "EUR", False),
        ("id:3", "pos:3", dt.date(2026, 2, 3), None, 36, 36, "USD", False),
        # its own price holds again since an offer ended
        ("id:3", "web:1", dt.date(2026, 2, 20), None, 36, 36, "USD", False),
    ]


def test_a_formula_discounts_rounds_adds_and_keeps_its_margins(own_odoo: Shop) -> None:
    formula = """UPDATE product_pricelist_item SET compute_price = 'formula', price_discount = 33,
        price_round = 5, price_surcharge = -0.01, {margins} WHERE id = 11"""
    own_odoo.database.run(formula.format(margins="price_min_margin = 0, price_max_margin = 0"))
    # 60 less a third is 40.2, rounded 40
    assert prices(own_odoo)[0][4:6] == (39.99, 60)
    own_odoo.database.run(formula.format(margins="price_min_margin = -15"))
    assert prices(own_odoo)[0][4] == 45
    own_odoo.database.run(formula.format(margins="price_min_margin = 0, price_max_margin = -25"))
    assert prices(own_odoo)[0][4] == 35


def test_a_price_of_costs_or_exchange_rates_is_not_told(own_odoo: Shop) -> None:
    own_odoo.database.run("UPDATE product_pricelist_item SET base = 'standard_price' WHERE id = 11")
    own_odoo.database.run("DELETE FROM product_pricelist_item WHERE id = 31")
    assert [row[:2] for row in prices(own_odoo)] == [("id:3", "pos:1"), ("id:3", "pos:3"), ("id:3", "web:1")]


def test_listings_are_what_the_web_shop_shows(odoo: Shop) -> None:
    columns = ("sku", "channel", "from_day", "listed", "title_hash", "has_image", "has_description")
    shirt, mug, course = title_hashes(pl.Series(["Shirt", "Mug", "Course"]))
    assert sorted(odoo.accepted()["listings"].rows.select(columns).rows()) == [
        ("COURSE", "web:1", dt.date(2026, 2, 1), False, course, False, False),
        ("SHIRT", "web:1", dt.date(2026, 2, 1), True, shirt, True, True),
        ("id:3", "web:1", dt.date(2026, 2, 3), True, mug, False, False),
    ]
