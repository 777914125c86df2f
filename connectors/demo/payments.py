"""How the demo's orders are paid: attempts that fail or succeed, and orders given up."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import END, column, day_number
from connectors.demo.chance import Flags, Floats, Whole, happens, pick_by, places, stream, words
from connectors.demo.effects import Effect, PaymentFailures, planted
from connectors.demo.places import CHANNELS, STORE

METHODS = ("Alipay", "WeChat Pay", "Card", "Cash")
CASH = METHODS.index("Cash")
METHOD_WEIGHTS = ((52, 30, 18, 0), (48, 42, 10, 0), (4, 92, 4, 0), (70, 18, 12, 0), (30, 38, 17, 15))
FAILURES = (0.030, 0.035, 0.110, 0.0)
NEVER_TRIED = 0.012
TRIES = 3
TRIES_AGAIN = 0.80
SWITCHES = 0.4


def pay(orders: pl.DataFrame, effects: tuple[Effect, ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pay for the orders.

    Args:
        orders: see `baskets.baskets`.
        effects: the planted effects.

    Returns:
        One row per attempt: `id`, `order_id`, `attempted_at`, `method`, `succeeded`, `amount_fen`. And the
        orders with `paid_at` and `payment_method` (of the last attempt), both null for drafts and orders
        given up.
    """
    rng, count = stream("payments"), orders.height
    channel, day = places(orders["channel"]), orders["day"].to_numpy()
    shy = happens(rng, NEVER_TRIED, count) & (channel != STORE)
    trying = ~(orders["is_draft"].to_numpy() | shy)
    extra = _extra_failures(channel, day, planted(effects, PaymentFailures))
    at_till = channel == STORE
    when = orders["placed_at"].to_numpy() + np.where(at_till, 0.0, rng.uniform(15, 240, count))
    method = pick_by(rng, METHOD_WEIGHTS, channel)
    paid = np.full(count, np.nan)
    attempts = []
    for _ in range(TRIES):
        failed = happens(rng, np.where(method == CASH, 0.0, np.asarray(FAILURES)[method] + extra), count)
        trying &= when <= END
        attempts.append(_attempts(orders, trying, when, method, failed))
        settled = np.floor(np.minimum(when + rng.uniform(1, 12, count), END))
        paid = np.where(trying & ~failed, settled, paid)
        trying &= failed & (happens(rng, TRIES_AGAIN, count) | at_till)
        other = np.where(at_till, CASH, pick_by(rng, METHOD_WEIGHTS, channel))
        method = np.where(trying & (happens(rng, SWITCHES, count) | at_till), other, method)
        when = when + rng.uniform(20, 400, count)
    tried = pl.concat(attempts).sort("attempted_at", "order_id").with_row_index("id", offset=1)
    return tried, orders.with_columns(
        column(paid).alias("paid_at"),
        words(METHODS, np.where(np.isnan(paid), -1, method)).alias("payment_method"),
    )


def _extra_failures(channel: Whole, day: Whole, effect: PaymentFailures | None) -> Floats:
    if effect is None:
        return np.zeros(len(channel))
    during = (day >= day_number(effect.first)) & (day <= day_number(effect.last))
    return np.where(during & (channel == CHANNELS.index(effect.channel)), effect.size, 0.0)


def _attempts(
    orders: pl.DataFrame, trying: Flags, when: Floats, method: Whole, failed: Flags
) -> pl.DataFrame:
    return orders.select(
        "order_id",
        pl.Series("attempted_at", np.floor(when)),
        words(METHODS, method).alias("method"),
        pl.Series("succeeded", ~failed),
        amount_fen=pl.col("total_fen"),
    ).filter(pl.Series(trying))
