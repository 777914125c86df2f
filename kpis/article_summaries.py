"""How far ranges and prices are the same online and offline, looked at in every usual way."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connectors.articles import TOLERANCE
from kpis.article_lists import price_list
from kpis.article_sales import revenue
from kpis.articles import Where, is_intended, last_day, states
from kpis.intervals import around_share, ratio_error, wilson
from kpis.periods import Period
from kpis.shop import Shop

MEASURES = {
    "jaccard": ("both", "either"),
    "offline_range_online": ("both", "offline"),
    "online_range_offline": ("both", "online"),
}
BASES = {"listed": "listed", "in_stock": "stocked"}
WEIGHTS = ("articles", "revenue")


def assortment_figures(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """How far the ranges are the same on the period's last day with data, one row per way to look at it.

    Columns: basis (`listed`, or `in_stock`: on sale and to be had at once), weight (`articles`, or their
    `revenue` of 90 days), measure, numerator, denominator, value (null where there is nothing), low and high
    (95 %, clustered by article). The measures are `jaccard`, what is on both sides of what is on either, and
    both containments: `offline_range_online`, what can be bought online of the shops' range, and
    `online_range_offline`, the reverse. What is meant to differ is left out; stock that nobody tells of
    counts as none.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    day, meant = last_day(shop, period), shop.business.meant_to_differ
    kept = states(shop, day, where, without=meant.get("channel", ())).filter(~is_intended(meant))
    sold = revenue(shop, day or period.end, where)
    weighed = (
        kept.lazy()
        .join(sold, on="sku", how="left")
        .with_columns(articles=pl.lit(1.0), revenue=pl.col("revenue_90d").fill_null(0).cast(pl.Float64))
    )
    rows = [
        weighed.select(
            pl.lit(basis).alias("basis"),
            pl.lit(weight).alias("weight"),
            pl.lit(measure).alias("measure"),
            *_share(
                _within(state, above) * pl.col(weight),
                _within(state, below) * pl.col(weight),
                weighted=weight != WEIGHTS[0],
            ),
        )
        for basis, state in BASES.items()
        for weight in WEIGHTS
        for measure, (above, below) in MEASURES.items()
    ]
    return pl.concat(pl.collect_all(rows))


def price_figures(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """How far prices are the same, one row for the asked (`sell`) and one for the `realised` price.

    Columns: price, compared (articles with that price on both sides), equal (up to 0.5 %), online_lower,
    online_higher, share (equal of compared; null without any), low and high (95 %), mean_gap (the mean of
    |ln(online / offline)| where they are not equal; null where all are). Sell prices are those of the
    period's last day with data, realised ones those of the whole period, for the same articles. What is meant
    to differ by its category or article is left out.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    is_compared = ~pl.col("intended") & (pl.col("direction") != "not_comparable")
    listed = price_list(shop, period, where).filter(is_compared)
    ways: dict[str, Sequence[str]] = {
        "sell": ("online_price", "offline_price"),
        "realised": ("online_realised", "offline_realised"),
    }
    return pl.concat([_prices(listed, name, *map(pl.col, columns)) for name, columns in ways.items()])


def _prices(listed: pl.DataFrame, name: str, online: pl.Expr, offline: pl.Expr) -> pl.DataFrame:
    both = listed.filter((online > 0) & (offline > 0))
    gap = online.log() - offline.log()
    equal = gap.abs() <= TOLERANCE
    counted = both.select(
        pl.lit(name).alias("price"),
        compared=pl.len().cast(pl.Int64),
        equal=equal.sum().cast(pl.Int64),
        online_lower=(~equal & (gap < 0)).sum().cast(pl.Int64),
        online_higher=(~equal & (gap > 0)).sum().cast(pl.Int64),
        mean_gap=gap.abs().filter(~equal).mean(),
    )
    low, high = wilson(pl.col("equal").cast(pl.Float64), pl.col("compared").cast(pl.Float64))
    share = pl.when(pl.col("compared") > 0).then(pl.col("equal") / pl.col("compared"))
    told = counted.with_columns(share=share, low=low, high=high)
    return told.select(
        "price", "compared", "equal", "online_lower", "online_higher", "share", "low", "high", "mean_gap"
    )


def _within(state: str, part: str) -> pl.Expr:
    """1 for articles on both sides, on either, or on one; else 0."""
    if part == "either":
        return pl.max_horizontal(f"{state}_online", f"{state}_offline")
    return pl.col(f"{state}_{part}")


def _share(y: pl.Expr, x: pl.Expr, *, weighted: bool) -> list[pl.Expr]:
    """Numerator, denominator, value and interval of sums over articles, each of them a cluster."""
    numerator, denominator = y.sum(), x.sum()
    value = pl.when(denominator > 0).then(numerator / denominator)
    clusters = (x != 0).sum().cast(pl.Float64)
    error = ratio_error(numerator, denominator, ((y * y).sum(), (x * y).sum(), (x * x).sum()), clusters)
    # Articles that count alike are plain answers; Wilson holds where these are few, too.
    low, high = around_share(value, error, clusters) if weighted else wilson(numerator, denominator)
    sides = (numerator.alias("numerator"), denominator.alias("denominator"), value.alias("value"))
    return [*sides, low.clip(0, 1).alias("low"), high.clip(0, 1).alias("high")]
