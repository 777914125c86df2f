"""Lines that came back as not what was described, and complete listings, counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl

from connectors.snapshot import Snapshot
from tests.connectors.shopfolder import ShopFolder

Refreshed = Callable[[ShopFolder], Snapshot]
Line = tuple[bool, bool, int, int, int]


def _lines(snapshot: Snapshot) -> dict[tuple[str, str], Line]:
    told = ("delivered", "unknown", "lines", "lines_told", "lines_mismatched")
    rows = snapshot.scan("line_facts").select("order_id", "category", *told).collect().rows()
    return {(order, category): tuple(rest) for order, category, *rest in rows}


def test_a_returned_line_is_found_by_its_number_or_its_article(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "returns",
        """
        return_id,requested_at,order_id,line_id,sku,reason
        r1,2026-01-10,1,2,,description
        r2,2026-01-11,1,2,,description
        r3,2026-01-12,1,,A,quality
        r4,2026-01-31,2,,,description
        r5,2026-02-04,3,1,,description
        """,
    )
    assert _lines(refreshed(shop)) == {
        ("shop:1", "Bags"): (True, False, 1, 1, 1),
        ("shop:1", "Shoes"): (True, False, 1, 1, 0),
        ("shop:2", "Shoes"): (True, False, 1, 1, 1),
        ("shop:3", "Shoes"): (True, False, 1, 1, 0),
        ("shop:6", "Shoes"): (False, False, 1, 1, 0),
    }


def test_a_return_that_may_be_for_its_description_makes_its_line_or_order_unknown(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write(
        "returns",
        """
        return_id,requested_at,order_id,line_id,sku,reason
        r1,2026-01-10,1,,,description
        r2,2026-01-10,2,1,,
        r3,2026-01-10,3,,Z,size
        """,
    )
    assert _lines(refreshed(shop)) == {
        ("shop:1", "Bags"): (False, True, 1, 1, 0),
        ("shop:1", "Shoes"): (False, True, 1, 1, 0),
        ("shop:2", "Shoes"): (True, False, 1, 0, 0),
        ("shop:3", "Shoes"): (True, False, 1, 1, 0),
        ("shop:6", "Shoes"): (False, False, 1, 1, 0),
    }


def test_without_delivery_times_only_what_was_carried_out_of_a_shop_has_arrived(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    shop.write("returns", "return_id,requested_at,order_id,line_id,reason\nr1,2026-01-10,1,1,size\n")
    shop.remove("shipments")
    lines = _lines(refreshed(shop))
    assert lines["shop:3", "Shoes"][:2] == (True, False)
    assert all(lines[order, "Shoes"][:2] == (False, True) for order in ("shop:1", "shop:2", "shop:6"))


def test_lines_of_which_nothing_was_kept_are_none(shop: ShopFolder, refreshed: Refreshed) -> None:
    path = shop.exports / "order_lines.csv"
    path.write_text(path.read_text().replace("1,2,B,1,,", "1,2,B,1,0,"))
    assert {order for order, category in _lines(refreshed(shop)) if category == "Bags"} == set()


def test_a_listing_holds_until_the_next_one(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.write("products", "sku,category\nA,Shoes\nB,Shoes\n")
    shop.write(
        "listings",
        """
        sku,channel,from_day,listed,title_hash,has_image,has_description
        A,web,2025-12-01,yes,x,yes,yes
        A,web,2026-01-05,yes,x,no,yes
        B,web,2026-01-03,yes,,yes,yes
        B,web,2026-01-10,no,,yes,yes
        C,web,2026-01-04,yes,x,,yes
        """,
    )
    days = refreshed(shop).scan("listing_days").sort("day").collect()
    assert days["day"].min() == dt.date(2026, 1, 1)
    assert days["day"].max() == dt.date(2026, 1, 20)
    assert days.height == 2 * 20
    shoes = days.filter(category="Shoes").filter(pl.col("day").dt.day().is_in([1, 3, 5, 10, 20]))
    assert shoes.select("told", "untold", "complete").rows() == [
        (1, 0, 1),
        (2, 0, 1),
        (2, 0, 0),
        (1, 0, 0),
        (1, 0, 0),
    ]
    others = days.filter(pl.col("category").is_null())
    assert others["untold"].to_list() == [0] * 3 + [1] * 17
    assert others["told"].sum() == 0
