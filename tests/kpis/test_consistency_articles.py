"""Prices, range and titles in the comparison, worked out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from connectors.business import Business, IntendedDifference
from kpis.catalogue import catalogue
from kpis.consistency import consistency, in_words
from kpis.intervals import Z95
from tests.kpis.both_sides import CHANNELS, JANUARY, TILL, WEB, paid, row_of, wilson
from tests.kpis.frames import manifest, shop_of
from tests.kpis.told import january


def prices(**changed: int) -> pl.DataFrame:
    """Fifty articles that cost 10 on the web and at the till, but for some."""
    rows = [
        {"sku": f"a{number}", "channel": channel, "category": "shoes", "currency": "CNY", "sell_price": price}
        for number in range(50)
        for channel in ("web", "till")
        for price in [changed.get(f"a{number}", 10) if channel == "web" else 10]
    ]
    days = pl.DataFrame(
        {"from_day": [january(1)], "to_day": [None]}, {"from_day": pl.Date, "to_day": pl.Date}
    )
    frame = pl.DataFrame(rows).with_columns(tax_included=pl.lit(value=True)).join(days, how="cross")
    return frame.with_columns(sell_price_native=pl.col("sell_price"))


def test_articles_score_the_share_that_is_the_same() -> None:
    """Five of fifty cost more online: 90 %, 10 points away from all of them, and the margin is 2."""
    dearer = prices(a1=11, a2=12, a3=13, a4=14, a5=15)
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(None, about, prices=dearer, order_facts=paid(WEB, 5)), JANUARY)
    row = row_of(told, "price_parity")
    low, high = wilson(45, 50, Z95)
    assert (row["gap"], row["online_n"], row["offline_n"]) == (pytest.approx(-0.1), 50, 50)
    assert (row["low95"], row["high95"]) == pytest.approx((low - 1, high - 1))
    assert (row["margin"], row["verdict"], row["score"]) == (0.02, "inconsistent", pytest.approx(90))
    assert told.index.value == pytest.approx(90), "there is nothing else to score"
    assert told.index.coverage == pytest.approx(0.15), "prices weigh 15 of 100"
    assert told.index.low < 90 < told.index.high
    assert told.reasons["content_match"].en == "no article is known both online and offline"


@pytest.mark.parametrize(("articles", "index"), [(1, None), (29, None), (30, 100)])
def test_few_articles_do_not_make_an_index(articles: int, index: float | None) -> None:
    """All cost the same: said of them, but only thirty are enough for a score."""
    few = prices().filter(pl.col("sku").is_in([f"a{number}" for number in range(articles)]))
    told = consistency(
        shop_of(None, manifest(channels=CHANNELS), prices=few, order_facts=paid(WEB, 5)), JANUARY
    )
    row = row_of(told, "price_parity")
    assert (row["gap"], row["online_n"], row["score"], told.index.value) == (0, articles, index, index)
    if index is None:
        assert told.not_scored["price_parity"].en == f"a side counts only {articles}, and a score takes 30"


def test_few_answers_close_to_each_other_have_no_score() -> None:
    """Ten orders a side, worth nearly the same, would tell a margin of 10 %."""
    told = consistency(shop_of(order_facts=paid(WEB, *[99, 101] * 5) + paid(TILL, *[98, 100] * 25)), JANUARY)
    row = row_of(told, "average_order_value")
    assert row["error"] < row["margin"] / 3
    assert (row["verdict"], row["score"], told.index.value) == ("consistent", None, None)
    assert told.not_scored["average_order_value"].en == "a side counts only 10, and a score takes 30"


def test_an_intended_difference_in_price_is_none() -> None:
    meant = Business(intended_differences=(IntendedDifference("sku", "a1"),))
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(meant, about, prices=prices(a1=11), order_facts=paid(WEB, 5)), JANUARY)
    assert (row_of(told, "price_parity")["score"], row_of(told, "price_parity")["online_n"]) == (100, 49)
    assert told.intended[0].kpis == tuple(name for name, kpi in catalogue().items() if kpi.agreement)


def test_without_a_margin_there_is_no_verdict_and_a_note_says_so() -> None:
    listed = pl.DataFrame(
        [(f"a{number}", name, "shoes", True, january(1)) for number in range(40) for name in ("web", "till")],
        {
            "sku": pl.String,
            "channel": pl.String,
            "category": pl.String,
            "listed": pl.Boolean,
            "from_day": pl.Date,
        },
        orient="row",
    ).with_columns(in_stock=pl.lit(value=True), title_hash=pl.lit("x"))
    about = manifest(channels=CHANNELS)
    told = consistency(shop_of(None, about, listings=listed, order_facts=paid(WEB, 5)), JANUARY)
    assert row_of(told, "assortment_overlap")["verdict"] is None
    assert told.no_margin == ("assortment_overlap", "content_match")
    said = {(note.en, note.zh) for note in in_words(told)}
    assert ("content_match: no verdict, no margin is set.", "content_match：无判定，未设定容差。") in said
    business = Business(margins=dict.fromkeys(told.no_margin, 0.2))
    judged = consistency(shop_of(business, about, listings=listed, order_facts=paid(WEB, 5)), JANUARY)
    assert (judged.no_margin, row_of(judged, "content_match")["verdict"]) == ((), "consistent")
