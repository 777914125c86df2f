"""The carts of the demo's online customers: those that became orders, and those left behind."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, START, column, known, moments_on
from connectors.demo.chance import happens, places, stream
from connectors.demo.places import ONLINE

MINUTE = 60.0
LEFT_FOR_EACH_ORDER = (2.1, 1.6, 2.4, 1.9)
THOUGHT_OVER_SHARE, LONGEST_THOUGHT = 0.07, 6.0
SIGNED_IN_SHARE = 0.35


def carts(orders: pl.DataFrame) -> pl.DataFrame:
    """Fill the carts.

    Args:
        orders: all orders (see `payments.pay`).

    Returns:
        One row per cart in the order of opening: `id`, `channel`, `opened_at`, `ordered_at` and `order_id`
        (both null for a cart left behind), `customer_id` (null where nobody signed in).
    """
    online = orders.filter(pl.col("channel").cast(pl.String).is_in(ONLINE) & ~pl.col("is_draft"))
    every = pl.concat([_ordered(online), _left(online)], how="diagonal").sort(
        "opened_at", maintain_order=True
    )
    return every.with_row_index("id", offset=1)


def _ordered(orders: pl.DataFrame) -> pl.DataFrame:
    """Carts that became orders: most within the hour, some after days."""
    rng, count = stream("ordered carts"), orders.height
    minutes = 2 + rng.exponential(14, count)
    days = rng.uniform(0.3, LONGEST_THOUGHT, count)
    before = np.where(happens(rng, THOUGHT_OVER_SHARE, count), days * DAY, minutes * MINUTE)
    opened = np.maximum(np.floor(orders["placed_at"].to_numpy() - before), START)
    return orders.select("channel", "order_id", "customer_id", ordered_at="placed_at").with_columns(
        column(opened).alias("opened_at")
    )


def _left(orders: pl.DataFrame) -> pl.DataFrame:
    """Carts left behind, on the days on which people order."""
    rng = stream("carts left behind")
    each = np.asarray(LEFT_FOR_EACH_ORDER)[places(orders["channel"])]
    copies = rng.poisson(each)
    chosen = np.repeat(np.arange(orders.height), copies)
    like = orders.select("channel", "customer_id", "day")[chosen]
    opened = known(moments_on(rng, like["day"].to_numpy(), np.zeros(like.height, dtype=np.bool_)))
    signed_in = happens(rng, SIGNED_IN_SHARE, like.height)
    return (
        like.select("channel", "customer_id")
        .with_columns(
            pl.when(pl.Series(signed_in)).then("customer_id").alias("customer_id"),
            column(opened).alias("opened_at"),
        )
        .filter(pl.col("opened_at").is_not_null())
    )
