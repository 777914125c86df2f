"""Lists to act on: articles whose price, range or title is not the same online and offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from kpis.article_sales import realised, revenue
from kpis.articles import KINDS, Where, holding, is_intended, last_day, states
from kpis.periods import Period
from kpis.shop import Shop

DIRECTIONS = ("online_lower", "equal", "online_higher", "not_comparable")


class ArticleRow(dy.Schema):
    """One row per article, those that brought in most first."""

    sku = dy.String(nullable=False, description="the article")
    title = dy.String(nullable=True, description="its name")
    category = dy.String(nullable=True, description="its category")
    revenue_90d = dy.Decimal(
        38,
        4,
        nullable=False,
        description="net amount of paid orders of 90 days, reporting currency",
    )
    intended = dy.Bool(
        nullable=False, description="whether it is meant to differ, as settings say: not in the index"
    )


class PriceRow(ArticleRow):
    """One row per article with a price online and offline on the last day."""

    currency = dy.String(nullable=True, description="of both prices; null where they cannot be compared")
    tax_included = dy.Bool(nullable=True, description="whether both contain tax; null where nobody says so")
    online_price = dy.Float64(nullable=True, description="median selling price of the online channels")
    offline_price = dy.Float64(nullable=True, description="median selling price of the offline channels")
    gap = dy.Float64(nullable=True, description="online price by offline price, less 1")
    direction = dy.String(
        nullable=False,
        description="online_lower, equal (up to 0.5 %), online_higher or not_comparable",
        metadata={"choices": DIRECTIONS},
    )
    online_realised = dy.Float64(
        nullable=True, description="net amount by quantity of the period's online lines, reporting currency"
    )
    offline_realised = dy.Float64(nullable=True, description="the same of offline lines")


class AssortmentRow(ArticleRow):
    """One row per article on sale on one side only on the last day."""

    side = dy.String(
        nullable=False, description="where it is on sale: online or offline", metadata={"choices": KINDS}
    )
    in_stock = dy.Bool(nullable=False, description="whether it can be had there at once")


class ContentRow(ArticleRow):
    """One row per article on sale on both sides whose titles are not all the same, or cannot be compared."""

    comparable = dy.Bool(nullable=False, description="whether titles of both sides are told in a like way")
    titles = dy.Int64(nullable=False, description="how many titles it has")
    channels_apart = dy.String(
        nullable=True, description="channels whose title is not the most frequent one, by comma"
    )


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A list that can be extracted: its columns, and what makes it."""

    columns: type[ArticleRow]
    rows: Callable[[Shop, Period, Where], pl.DataFrame]


def price_list(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """One row per article with a price on both sides, as `PriceRow`, also where both are the same.

    As of the period's last day with data; realised prices are those of the whole period.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    directions = {"equal": "same_price", "online_lower": "online_lower", "online_higher": "online_higher"}
    direction = pl.coalesce(pl.when(pl.col(name) > 0).then(pl.lit(said)) for said, name in directions.items())
    found = _found(shop, period, where, pl.col("online_lower") + pl.col("online_higher") > 0)
    both = found.filter((pl.col("priced") > 0) | (pl.col("priced_apart") > 0))
    comparable = pl.col("priced") > 0
    prices = ("currency", "tax_included", "online_price", "offline_price")
    told = both.with_columns(
        pl.when(comparable).then(pl.col(prices)),
        direction=direction.fill_null("not_comparable"),
        gap=pl.when(comparable & (pl.col("offline_price") > 0)).then(
            pl.col("online_price") / pl.col("offline_price") - 1
        ),
    )
    return _finished(PriceRow, told.join(realised(shop, period, where), on="sku", how="left"))


def assortment_list(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """One row per article on sale on one side only, as `AssortmentRow`, on the period's last day with data.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    is_on_one = pl.col("listed_online") != pl.col("listed_offline")
    found = _found(shop, period, where, is_on_one).filter(is_on_one)
    stocked = pl.max_horizontal("stocked_online", "stocked_offline") > 0
    side = pl.when(pl.col("listed_online") > 0).then(pl.lit("online")).otherwise(pl.lit("offline"))
    return _finished(AssortmentRow, found.with_columns(side=side, in_stock=stocked))


def content_list(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """One row per article on sale on both sides without one title everywhere, as `ContentRow`.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    is_apart = (pl.col("listed_both") > 0) & (pl.col("same_title") == 0)
    found = _found(shop, period, where, is_apart).filter(is_apart)
    shown = holding(shop, "listings", last_day(shop, period), where).filter(
        "listed", pl.col("title_hash").is_not_null(), pl.col("channel_kind").is_in(KINDS)
    )
    often = pl.len().over("sku", "title_hash")
    usual = pl.col("title_hash").sort_by(often, "title_hash", descending=[True, False]).first().over("sku")
    titles = shown.group_by("sku").agg(titles=pl.col("title_hash").n_unique().cast(pl.Int64))
    apart = shown.filter(pl.col("title_hash") != usual).group_by("sku").agg(pl.col("channel").unique().sort())
    named = apart.select("sku", channels_apart=pl.col("channel").list.join(", "))
    told = found.join(titles, on="sku", how="left").join(named, on="sku", how="left")
    return _finished(
        ContentRow, told.with_columns(pl.col("titles").fill_null(0), comparable=pl.col("titled") > 0)
    )


def _found(shop: Shop, period: Period, where: Where, differs: pl.Expr) -> pl.LazyFrame:
    """The articles of a day with what they brought in, and whether they are meant to differ.

    They are where settings name them or their category, and where only a channel that is named makes them.
    """
    day, meant = last_day(shop, period), shop.business.meant_to_differ
    every = states(shop, day, where)
    named = is_intended(meant)
    if channels := meant.get("channel"):
        others = states(shop, day, where, without=channels).select("sku", still_differs=differs)
        every = every.join(others, on="sku", how="left")
        named = named | (differs & ~pl.col("still_differs").fill_null(value=False))
    sold = revenue(shop, day or dt.date.max, where)
    found = every.lazy().with_columns(intended=named).join(sold, on="sku", how="left")
    return found.with_columns(pl.col("revenue_90d").fill_null(0))


def _finished(columns: type[ArticleRow], rows: pl.LazyFrame) -> pl.DataFrame:
    ordered = rows.sort("revenue_90d", "sku", descending=[True, False])
    return columns.cast(ordered.select(columns.column_names())).collect(engine="streaming")


def _price_differences(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    return price_list(shop, period, where).filter(pl.col("direction") != "equal")


LISTS: Mapping[str, ArticleList] = {
    "price_differences": ArticleList(PriceRow, _price_differences),
    "assortment_gaps": ArticleList(AssortmentRow, assortment_list),
    "content_differences": ArticleList(ContentRow, content_list),
}
