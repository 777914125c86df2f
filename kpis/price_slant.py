"""In which categories prices lean to one side: dearer online, or cheaper."""

from __future__ import annotations

import polars as pl

from kpis.article_lists import price_list
from kpis.articles import Where
from kpis.periods import Period
from kpis.shop import Shop

SIDES = ("online_lower", "online_higher")


def price_slant(shop: Shop, period: Period, where: Where) -> pl.DataFrame:
    """One row per category and side with an article that differs, the greatest share of a category first.

    Columns: category, direction (`online_lower` or `online_higher`), count (articles that differ so),
    compared (articles of the category with comparable prices), and gap (the median of those that differ so,
    the online price by the offline one, less 1; null where nothing costs anything offline). On the period's
    last day with data; what is meant to differ is left out, and so are articles of no known category.

    Raises:
        SliceError: a dimension that articles do not have.
    """
    comparable = price_list(shop, period, where).filter(
        pl.col("direction") != "not_comparable", ~pl.col("intended"), pl.col("category").is_not_null()
    )
    compared = pl.len().over("category").cast(pl.Int64)
    found = (
        comparable.with_columns(compared=compared)
        .filter(pl.col("direction").is_in(SIDES))
        .group_by("category", "direction")
        .agg(count=pl.len().cast(pl.Int64), compared=pl.col("compared").first(), gap=pl.col("gap").median())
    )
    share = pl.col("count") / pl.col("compared")
    return found.sort(share, "count", "category", "direction", descending=[True, True, False, False])
