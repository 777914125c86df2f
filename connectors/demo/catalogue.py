"""The demo's articles, and in which channels each of them is sold."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import FIRST_DAY
from connectors.demo.chance import Floats, happens, stream
from connectors.demo.goods import CATEGORIES, Category
from connectors.demo.places import CHANNELS

LISTED_SHARES = (0.99, 0.99, 0.94, 0.86, 0.82)
OTHER_TITLE_SHARES = (0.0, 0.0, 0.02, 0.12, 0.05)
IN_STOCK_SHARE = 0.97


def products() -> pl.DataFrame:
    """One row per article: `sku`, names, category, `list_fen` (CNY cents with tax), `appeal`."""
    rng = stream("products")
    frame = pl.DataFrame(
        [row for category in CATEGORIES for row in _articles(category)],
        schema=("sku", "name_en", "name_zh", "category", "list_fen", "appeal"),
        orient="row",
    )
    popularity = rng.pareto(2.2, frame.height) + 0.3
    return frame.with_columns(pl.col("appeal") * pl.Series(popularity))


def _articles(category: Category) -> list[tuple[str, str, str, str, int, float]]:
    count = len(category.articles)
    steps = [((article * 7 % count) / (count - 1)) ** 1.5 for article in range(count)]
    return [
        (
            f"{category.code}-{article + 1:02}{variant + 1}",
            f"{names[0]} {kind[0]}",
            f"{names[1]} {kind[1]}",
            category.name,
            round((category.lowest + (category.dearest - category.lowest) * steps[article]) * kind[2]) * 100,
            category.appeal,
        )
        for article, names in enumerate(category.articles)
        for variant, kind in enumerate(category.variants)
    ]


def listings(articles: pl.DataFrame) -> pl.DataFrame:
    """One row per article and channel, from the first day on: whether it is listed and in stock."""
    rng = stream("listings")
    channels = pl.DataFrame({"channel": CHANNELS, "place": range(len(CHANNELS))})
    frame = articles.select("sku", "name_zh").join(channels, how="cross")
    place = frame["place"].to_numpy()
    listed = happens(rng, np.asarray(LISTED_SHARES)[place], frame.height)
    in_stock = happens(rng, IN_STOCK_SHARE, frame.height) & listed
    other = happens(rng, np.asarray(OTHER_TITLE_SHARES)[place], frame.height)
    titles = [
        f"{title}{' 官方正品' if differs else ''}"
        for title, differs in zip(frame["name_zh"], other, strict=True)
    ]
    return frame.select("sku", "channel").with_columns(
        pl.lit(FIRST_DAY).alias("from_day"),
        pl.Series("listed", listed),
        pl.Series("in_stock", in_stock),
        pl.Series("title", titles),
        pl.Series("has_image", happens(rng, 0.98, frame.height)),
        pl.Series("has_description", happens(rng, 0.94, frame.height)),
    )


def buying_weights(articles: pl.DataFrame, listed: pl.DataFrame) -> Floats:
    """How often each article is bought, one line per channel; 0 where it cannot be had."""
    weights = listed.join(articles.select("sku", "appeal"), on="sku", maintain_order="left").select(
        pl.col("appeal") * pl.col("in_stock")
    )
    return np.ascontiguousarray(weights.to_series().to_numpy().reshape(articles.height, len(CHANNELS)).T)
