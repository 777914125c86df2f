"""Prices, ranges and titles online and offline: a small shop counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from connectors.business import Business, IntendedDifference
from kpis.article_lists import LISTS, assortment_list, content_list, price_list
from kpis.article_summaries import assortment_figures, price_figures
from kpis.articles import article_figures
from kpis.errors import SliceError
from kpis.evaluate import Query, evaluate
from kpis.extract import extract
from kpis.periods import Period
from kpis.price_slant import price_slant
from kpis.shop import Shop
from tests.kpis.article_shop import HOSTILE, KINDS, LISTINGS, PRICES, PRODUCTS, article_shop

JANUARY = Period(dt.date(2025, 1, 1), dt.date(2025, 1, 31))
ORDERS = [
    {
        "order_id": "1",
        "paid": True,
        "paid_day": dt.date(2025, 1, 10),
        "channel": "web",
        "channel_kind": "online",
    },
    {
        "order_id": "2",
        "paid": True,
        "paid_day": dt.date(2025, 1, 11),
        "channel": "store",
        "channel_kind": "offline",
    },
    {"order_id": "3", "paid": False, "channel": "web", "channel_kind": "online"},
    {
        "order_id": "4",
        "paid": True,
        "paid_day": dt.date(2024, 11, 3),
        "channel": "web",
        "channel_kind": "online",
    },
    {
        "order_id": "5",
        "paid": True,
        "paid_day": dt.date(2024, 11, 2),
        "channel": "web",
        "channel_kind": "online",
    },
]
LINES = [
    {"order_id": "1", "sku": "A", "quantity": 2, "net_amount": 18},
    {"order_id": "2", "sku": "A", "quantity": 1, "net_amount": 10},
    {"order_id": "2", "sku": "B", "quantity": 1, "net_amount": 100},
    {"order_id": "3", "sku": "E", "quantity": 1, "net_amount": 1000},
    {"order_id": "4", "sku": "E", "quantity": 1, "net_amount": 7},
    {"order_id": "5", "sku": "E", "quantity": 1, "net_amount": 5000},
]  # fmt: skip


def _shop(kinds: dict[str, str] = KINDS, meant: Sequence[IntendedDifference] = ()) -> Shop:
    business = Business(intended_differences=tuple(meant))
    return article_shop(
        kinds, business,
        products=PRODUCTS, prices=PRICES, listings=LISTINGS, order_facts=ORDERS, order_lines=LINES,
    )  # fmt: skip


def _figures(shop: Shop, period: Period = JANUARY, **where: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    found = article_figures(shop, period, where)
    return {row[0]: row[1:] for row in found.select("kpi", "numerator", "denominator", "excluded").rows()}


def test_figures_are_those_counted_by_hand() -> None:
    """C and D cannot be compared, E has lost its price in the shops; the titles of C are made otherwise."""
    assert _figures(_shop()) == {
        "price_parity": (1, 2, 2),
        "assortment_overlap": (3, 4, 0),
        "content_match": (1, 2, 1),
    }


def test_figures_are_of_the_last_day() -> None:
    assert _figures(_shop(), Period(JANUARY.start, dt.date(2025, 1, 30)))["price_parity"] == (2, 3, 2)
    assert _figures(_shop(), Period(JANUARY.start, dt.date(2025, 2, 1)))["price_parity"] == (2, 2, 2)
    beyond = Period(dt.date(2025, 6, 1), dt.date(2025, 12, 31))
    assert _figures(_shop(), beyond)["price_parity"] == (2, 2, 2), "the last day with data"


def test_one_channel_is_compared_with_all_of_the_other_kind() -> None:
    assert _figures(_shop(), channel=["web"])["price_parity"] == (0, 2, 2)
    assert _figures(_shop(), channel=["web"])["content_match"] == (2, 2, 1)
    assert _figures(_shop(), category=["cups"])["price_parity"] == (1, 2, 0)
    assert _figures(_shop(), category=[""])["assortment_overlap"] == (0, 0, 0)
    with pytest.raises(SliceError, match="region"):
        _figures(_shop(), region=["x"])


@pytest.mark.parametrize(
    ("what", "value", "price", "overlap"),
    [
        ("category", "hats", (1, 2, 2), (2, 2, 2)),
        ("sku", "B", (1, 1, 3), (2, 3, 1)),
        ("channel", "app", (0, 2, 2), (3, 4, 0)),
        ("store", "s1", (1, 2, 2), (3, 4, 0)),
    ],
)
def test_what_is_meant_to_differ_leaves_the_figures(
    what: str, value: str, price: tuple[int, ...], overlap: tuple[int, ...]
) -> None:
    shop = _shop(meant=[IntendedDifference(what, value)])
    assert _figures(shop)["price_parity"] == price
    assert _figures(shop)["assortment_overlap"] == overlap
    assert price_list(shop, JANUARY, {}).height == 4, "and stays on the lists"


def test_prices_lean_to_a_side_as_counted_by_hand() -> None:
    """Of the cups A costs the same and B a tenth less online; the app alone has A, for 12 against 11."""
    assert price_slant(_shop(), JANUARY, {}).rows() == [
        ("cups", "online_lower", 1, 2, pytest.approx(-0.1)),
    ]
    assert price_slant(_shop(), JANUARY, {"channel": ["app"]}).rows() == [
        ("cups", "online_higher", 1, 1, pytest.approx(1 / 11)),
    ]
    assert price_slant(_shop(meant=[IntendedDifference("sku", "B")]), JANUARY, {}).is_empty()


def test_prices_that_differ_are_listed_with_what_was_paid() -> None:
    told = price_list(_shop(), JANUARY, {}).select(
        "sku", "title", "online_price", "offline_price", "direction", "online_realised", "offline_realised",
        "revenue_90d", "intended",
    )  # fmt: skip
    assert told.rows() == [
        ("B", HOSTILE, 99, 110, "online_lower", None, 100, 100, False),
        ("A", "Cup", 11, 11, "equal", 9, 10, 28, False),
        ("C", "Hat", None, None, "not_comparable", None, None, 0, False),
        ("D", "Cap", None, None, "not_comparable", None, None, 0, False),
    ]
    gaps = price_list(_shop(), JANUARY, {"category": ["cups"]})["gap"].to_list()
    assert gaps == pytest.approx([-0.1, 0])


def test_articles_of_one_side_are_listed_with_it() -> None:
    told = assortment_list(_shop(), JANUARY, {}).select("sku", "side", "in_stock", "revenue_90d")
    assert told.rows() == [("E", "online", True, 7), ("D", "offline", False, 0)]


def test_titles_that_differ_are_listed_with_the_channels() -> None:
    told = content_list(_shop(), JANUARY, {}).select("sku", "comparable", "titles", "channels_apart")
    assert told.rows() == [("A", True, 2, "app"), ("C", False, 2, "web")]


def test_only_an_intended_channel_makes_an_article_intended() -> None:
    meant = content_list(_shop(meant=[IntendedDifference("channel", "app")]), JANUARY, {})
    assert dict(meant.select("sku", "intended").iter_rows()) == {"A": True, "C": False}


def test_ranges_are_compared_in_every_way() -> None:
    told = assortment_figures(_shop(), JANUARY, {})
    found = {row[:3]: row[3:] for row in told.drop("low", "high").rows()}
    assert found["listed", "articles", "jaccard"] == (3, 5, 0.6)
    assert found["listed", "articles", "offline_range_online"] == (3, 4, 0.75)
    assert found["listed", "articles", "online_range_offline"] == (3, 4, 0.75)
    assert found["listed", "revenue", "jaccard"] == (128, 135, pytest.approx(128 / 135))
    assert found["listed", "revenue", "offline_range_online"] == (128, 128, 1)
    assert found["in_stock", "articles", "offline_range_online"] == (2, 3, pytest.approx(2 / 3))


def test_prices_are_compared_as_asked_and_as_paid() -> None:
    sell, realised = price_figures(_shop(), JANUARY, {}).drop("share", "low", "high").rows()
    assert sell == ("sell", 2, 1, 1, 0, pytest.approx(0.105361, abs=1e-6))
    assert realised == ("realised", 1, 0, 1, 0, pytest.approx(0.105361, abs=1e-6))


def test_swapped_sides_swap_the_containments() -> None:
    swapped = {"online": "offline", "offline": "online", "unknown": "unknown"}
    there = _shop({name: swapped[kind] for name, kind in KINDS.items()})
    here, other = (
        {row[:3]: row[3:] for row in assortment_figures(shop, JANUARY, {}).rows()}
        for shop in (_shop(), there)
    )
    mirrored = {"jaccard": "jaccard", "offline_range_online": "online_range_offline"}
    for basis, weight, measure in here:
        if measure in mirrored:
            assert here[basis, weight, measure] == other[basis, weight, mirrored[measure]]
    sell, back = (price_figures(shop, JANUARY, {}).row(0, named=True) for shop in (_shop(), there))
    assert (sell["online_lower"], sell["equal"], sell["mean_gap"]) == (
        back["online_higher"], back["equal"], back["mean_gap"]
    )  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_extracted_as_it_is_described(name: str) -> None:
    rows = extract(_shop(), name, JANUARY.start, JANUARY.end, {"category": ["cups", "hats"]}).collect()
    assert rows.height
    assert rows.schema == {column: kind.dtype for column, kind in LISTS[name].columns.columns().items()}
    assert "equal" not in rows.get_column("direction", default=pl.Series(["-"])).to_list()
    assert extract(article_shop({}), name).collect().is_empty()
    with pytest.raises(SliceError, match="nowhere"):
        extract(_shop(), name, where={"category": ["nowhere"]})


def test_the_command_lines_figures_are_those_of_the_rows() -> None:
    shop = _shop()
    told = evaluate(
        shop, Query(("price_parity", "assortment_overlap", "content_match"), JANUARY.start, JANUARY.end)
    )
    rows = told.select("kpi", "numerator", "denominator", "excluded").rows()
    assert {row[0]: row[1:] for row in rows} == _figures(shop)
    february = evaluate(shop, Query(("price_parity",), JANUARY.start, dt.date(2025, 2, 28), by=("month",)))
    assert february["numerator"].to_list() == [1, 2]
