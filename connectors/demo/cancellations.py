"""Orders of the demo that come to nothing: never paid, out of stock, called off, not collected."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import END, HOUR, column
from connectors.demo.chance import pick, places, stream, words
from connectors.demo.places import STORE

GIVEN_UP_AFTER = 1_800.0
BY = ("customer", "seller", "system")
REASONS = ("none", "changed_mind", "out_of_stock", "price_error", "fraud_check", "not_paid", "not_collected")
SHARES = (9_755, 150, 70, 5, 12)
BY_OF_REASON = (-1, 0, 1, 1, 2, 2, 2)
HOURS = ((0.0, 0.0), (0.1, 5.0), (2.0, 20.0), (0.5, 8.0), (0.2, 6.0))


def with_cancellations(orders: pl.DataFrame) -> pl.DataFrame:
    """The orders with `cancelled_at`, `cancelled_by` and `cancel_reason`; null where the order stands.

    Orders not paid within half an hour are cancelled by the system; a few paid ones before they are shipped.

    Args:
        orders: see `payments.pay`.
    """
    rng, count = stream("cancellations"), orders.height
    paid, placed = orders["paid_at"].to_numpy(), orders["placed_at"].to_numpy()
    online = places(orders["channel"]) != STORE
    reason = np.where(online, pick(rng, SHARES, count), 0)
    lowest, highest = np.asarray(HOURS).T
    hours = lowest[reason] + (highest - lowest)[reason] * rng.random(count)
    moment = np.where(reason > 0, paid + hours * HOUR, np.nan)
    unpaid = np.isnan(paid) & ~orders["is_draft"].to_numpy() & online
    reason = np.where(unpaid, REASONS.index("not_paid"), reason)
    moment = np.where(unpaid, placed + GIVEN_UP_AFTER, moment)
    moment = np.floor(np.where(moment <= END, moment, np.nan))
    reason = np.where(np.isnan(moment), 0, reason)
    return orders.with_columns(
        column(moment).alias("cancelled_at"),
        words(BY, np.asarray(BY_OF_REASON)[reason]).alias("cancelled_by"),
        words(REASONS, np.where(reason == 0, -1, reason)).alias("cancel_reason"),
    )


def with_uncollected(orders: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """The orders, of which those that nobody collected in time are cancelled when the time is over.

    Args:
        orders: see `with_cancellations`.
        shipments: see `fulfilment.pick_ups`.
    """
    left = shipments.filter(
        (pl.col("kind") == "pickup") & pl.col("delivered_at").is_null() & (pl.col("expires_at") <= END)
    ).select("order_id", "expires_at")
    over = pl.col("expires_at").is_not_null()
    return (
        orders.join(left, on="order_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(over).then("expires_at").otherwise("cancelled_at").alias("cancelled_at"),
            pl.when(over).then(pl.lit("system", pl.Enum(BY))).otherwise("cancelled_by").alias("cancelled_by"),
            pl.when(over)
            .then(pl.lit("not_collected", pl.Enum(REASONS)))
            .otherwise("cancel_reason")
            .alias("cancel_reason"),
        )
        .drop("expires_at")
    )
