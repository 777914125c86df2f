"""What is in the demo's orders: article lines with their prices and discounts, and the orders' sums."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import is_sale
from connectors.demo.chance import Floats, Whole, happens, pick, places, stream
from connectors.demo.prices import PriceBook, without_tax

MORE_LINES = (0.64, 0.62, 0.66, 0.70, 0.56)
MOST_LINES = 7
QUANTITIES, QUANTITY_WEIGHTS = (1, 2, 3, 4, 6), (80, 14, 3, 2, 1)
SALE_COUPON_SHARE, COUPON_SHARE = 0.75, 0.12
SALE_COUPONS, COUPONS = (0.10, 0.15, 0.20, 0.25), (0.05, 0.10)
TIER_DISCOUNTS = (0.0, 0.02, 0.05)
FREE_SHIPPING_FEN, SHIPPING_FEN = 9_900, 800


def baskets(
    orders: pl.DataFrame, articles: pl.DataFrame, weights: Floats, book: PriceBook
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Fill the orders.

    Args:
        orders: see `orders.order_heads`.
        articles: see `catalogue.products`.
        weights: how often each article is bought, one line per channel.
        book: the prices.

    Returns:
        One row per line: `order_id`, `line_no`, `sku`, `category`, `quantity`, `list_fen` (of one, before
        tax), `net_fen`, `tax_fen`. And the orders with `coupon`, `goods_list_fen`, `net_fen`, `tax_fen`,
        `shipping_fen`, `total_fen`, `lines` and `main_category`.
    """
    rng = stream("baskets")
    channel = places(orders["channel"])
    count = np.minimum(rng.geometric(np.asarray(MORE_LINES)[channel]), MOST_LINES)
    of_order = np.repeat(np.arange(orders.height), count)
    article = _articles(rng, channel[of_order], weights)
    first = pl.Series(of_order * articles.height + article).is_first_distinct().to_numpy()
    of_order, article = of_order[first], article[first]
    discount, coupon = _discounts(rng, orders)
    quantity = np.asarray(QUANTITIES)[pick(rng, QUANTITY_WEIGHTS, len(of_order))]
    places_and_days = article, channel[of_order], orders["day"].to_numpy()[of_order]
    paid = np.round(book.sell_fen(*places_and_days) * quantity * (1 - discount[of_order])).astype(np.int64)
    listed = without_tax(book.before_offers_fen(*places_and_days))
    net = np.minimum(without_tax(paid), listed * quantity)
    lines = pl.DataFrame(
        {
            "order_id": orders["order_id"].to_numpy()[of_order],
            "line_no": np.arange(len(of_order)) - np.searchsorted(of_order, of_order) + 1,
            "sku": articles["sku"].gather(pl.Series(article)),
            "category": articles["category"].gather(pl.Series(article)),
            "quantity": quantity,
            "list_fen": listed,
            "net_fen": net,
            "tax_fen": paid - net,
        }
    )
    return lines, _summed(orders.with_columns(coupon), lines)


def _articles(rng: np.random.Generator, channel: Whole, weights: Floats) -> Whole:
    """The article of each line, bought as often as it is in the line's channel."""
    article = np.zeros(len(channel), dtype=np.int64)
    for place, chosen in enumerate(weights):
        here = np.flatnonzero(channel == place)
        article[here] = pick(rng, chosen, len(here))
    return article


def _discounts(rng: np.random.Generator, orders: pl.DataFrame) -> tuple[Floats, pl.Series]:
    """The share taken off each order, and the coupon that did it; null where there was none."""
    count, sale = orders.height, is_sale(orders["day"].to_numpy())
    online = (orders["fulfilment"] != "instore").to_numpy()
    sale_share = np.where(online, SALE_COUPON_SHARE, SALE_COUPON_SHARE / 2)
    used = happens(rng, np.where(sale, sale_share, COUPON_SHARE), count)
    large = np.asarray(SALE_COUPONS)[pick(rng, (3, 4, 2, 1), count)]
    small = np.asarray(COUPONS)[pick(rng, (2, 1), count)]
    coupon = np.where(used, np.where(sale, large, small), 0.0)
    tier = np.append(TIER_DISCOUNTS, 0.0)[places(orders["tier"])]
    names = pl.Series("coupon", np.round(coupon * 100).astype(np.int64)).cast(pl.String)
    return np.maximum(coupon, tier), ("SAVE" + names).set(pl.Series(~used), None).alias("coupon")


def _summed(orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The orders with the sums of their lines and what shipping costs."""
    goods = pl.col("list_fen") * pl.col("quantity")
    sums = lines.group_by("order_id", maintain_order=True).agg(
        goods.sum().alias("goods_list_fen"),
        pl.col("net_fen", "tax_fen").sum(),
        pl.len().cast(pl.Int64).alias("lines"),
        pl.col("category").sort_by("net_fen", descending=True).first().alias("main_category"),
    )
    paid = pl.col("net_fen") + pl.col("tax_fen")
    charged = (pl.col("fulfilment") == "ship") & (paid < FREE_SHIPPING_FEN)
    joined = orders.join(sums, on="order_id", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(charged).then(SHIPPING_FEN).otherwise(0).cast(pl.Int64).alias("shipping_fen")
    ).with_columns((paid + pl.col("shipping_fen")).alias("total_fen"))
