"""What Oscar sells, at which prices, and what can be had."""

from __future__ import annotations

import pytest

from connectors import tables
from connectors.errors import SettingsError
from tests.connectors.system_world import Shop


def test_articles_are_what_is_sold_never_their_parents(oscar: Shop) -> None:
    assert oscar.facts(tables.Products, "sku", "title", "category") == {
        "SH-M": ("Shirt", "Shirts"),
        "SH-L": ("Shirt, large", "Shirts"),
        "MUG": ("Mug", "Kitchen"),
        "BOOK": ("Book", None),
        "HAT": ("Hat", None),
        "id:6": ("Poster", None),
        "acme:X1": ("Cap", None),
        "beta:X1": ("Bag", None),
    }


def test_prices_hold_on_every_site_that_sells(oscar: Shop) -> None:
    prices = oscar.frames(prices_include_tax="yes")["prices"]
    assert set(prices["channel"]) == {"shop.example", "outlet.example"}
    shop = prices.filter(channel="shop.example").select("sku", "sell_price", "tax_included")
    assert sorted(shop.rows()) == [
        ("BOOK", "7", True),
        ("MUG", "10", True),
        ("SH-L", "60", True),
        ("SH-M", "50", True),
        ("acme:X1", "15", True),
        ("beta:X1", "20", True),
    ]
    assert oscar.frames()["prices"]["tax_included"].null_count() == prices.height
    with pytest.raises(SettingsError, match="yes, no, unknown"):
        oscar.frames(prices_include_tax="maybe")


def test_what_is_reserved_is_not_in_stock(oscar: Shop) -> None:
    listed = oscar.frames()["listings"].filter(channel="shop.example")
    rows = listed.select("sku", "listed", "in_stock", "has_image", "has_description", "from_day").rows()
    assert {row[0]: (*row[1:5], row[5].strftime("%m-%d %H:%M")) for row in rows} == {
        "SH-M": (True, False, True, True, "03-01 10:00"),  # all five are reserved, the last by 100001
        "SH-L": (True, True, True, True, "03-04 15:00"),  # given back as 100004 was cancelled
        "MUG": (True, True, True, False, "03-06 10:00"),
        "BOOK": (True, True, False, False, "03-05 10:00"),  # its stock is not kept
        "HAT": (False, True, False, False, "01-10 08:00"),
        "id:6": (False, False, False, False, "01-05 08:00"),
        "acme:X1": (True, True, False, False, "04-20 08:00"),
        "beta:X1": (True, True, False, False, "03-07 10:00"),
    }
