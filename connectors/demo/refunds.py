"""Money the demo's retailer gives back, for returned goods, cancelled orders and missing pieces."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, END, HOUR, column, day_number, day_of, known
from connectors.demo.chance import Floats, happens, places, stream, words
from connectors.demo.effects import Effect, SlowRefunds, planted
from connectors.demo.places import CHANNELS, STORE
from connectors.demo.shortfalls import short_refunds

STATES = ("paid_out", "open", "rejected_by_bank")
AFTER_POST_HOURS, AFTER_SHOP_HOURS, AFTER_CANCEL_HOURS = 10.0, 11.0, 5.0
STUCK_SHARE, REJECTED_SHARE = 0.006, 0.012
SECOND_TRY = 2 * DAY


def refunds(
    returned: pl.DataFrame, orders: pl.DataFrame, short: pl.DataFrame, effects: tuple[Effect, ...]
) -> pl.DataFrame:
    """Give money back.

    Args:
        returned: the returned lines (see `returns.returned_lines`).
        orders: all orders (see `cancellations.with_cancellations`).
        short: lines that went out incomplete (see `shortfalls.shortfalls`).
        effects: the planted effects.

    Returns:
        One row per refund: `id`, `order_id`, `return_id` (null unless for a return), `state`, `amount_fen`,
        `requested_at`, `refunded_at` (null unless paid out), `cause`. A refund that the bank rejects is
        followed by a second one.
    """
    due = pl.concat(
        [_for_returns(returned, planted(effects, SlowRefunds)), _for_cancelled(orders)], how="diagonal"
    )
    rng, count = stream("refund states"), due.height
    rejected, stuck = happens(rng, REJECTED_SHARE, count), happens(rng, STUCK_SHARE, count)
    paid_out = due["refunded_at"].to_numpy() + np.where(rejected, SECOND_TRY, 0.0)
    settled = known(np.where(stuck, np.nan, paid_out))
    first_tries = _with_states(due.with_columns(column(settled).alias("refunded_at")))
    failures = due.filter(pl.Series(rejected) & (pl.col("refunded_at") <= END)).with_columns(
        pl.lit("rejected_by_bank", pl.Enum(STATES)).alias("state"),
        pl.lit(None, pl.Float64).alias("refunded_at"),
    )
    unsent = _with_states(short_refunds(short))
    every = pl.concat([first_tries, failures, unsent], how="diagonal")
    return every.sort("requested_at", "order_id", "return_id", "state", "amount_fen").with_row_index(
        "id", offset=1
    )


def _with_states(due: pl.DataFrame) -> pl.DataFrame:
    """Refunds that no bank rejects: paid out, or still open on the last day."""
    is_open = due["refunded_at"].is_null().cast(pl.Int64).to_numpy()
    return due.with_columns(words(STATES, is_open).alias("state"))


def _for_returns(returned: pl.DataFrame, effect: SlowRefunds | None) -> pl.DataFrame:
    """Refunds of returned goods: at once at the till, else some time after the goods are back."""
    wanted = returned.filter(pl.col("wants") == "refund")
    rng, count = stream("refunds"), wanted.height
    bought_in_shop = places(wanted["channel"]) == STORE
    handed_in = places(wanted["handed_in"])
    hours = np.where(handed_in == STORE, AFTER_SHOP_HOURS, AFTER_POST_HOURS) * rng.gamma(2.0, 0.5, count)
    hours = hours + _slowness(rng, wanted, handed_in, effect)
    hours = np.where(bought_in_shop, rng.uniform(0.02, 0.2, count), hours)
    received = wanted["received_at"].to_numpy()
    return wanted.select("order_id", "requested_at", amount_fen="worth_fen", return_id="id").with_columns(
        column(received + hours * HOUR).alias("refunded_at"), pl.lit("return").alias("cause")
    )


def _slowness(
    rng: np.random.Generator, wanted: pl.DataFrame, handed_in: np.ndarray, effect: SlowRefunds | None
) -> Floats:
    """Hours added by the planted effect."""
    drawn = rng.gamma(6.0, 1 / 6, wanted.height)
    if effect is None:
        return np.zeros(wanted.height)
    day = day_of(wanted["requested_at"].to_numpy())
    during = (day >= day_number(effect.first)) & (day <= day_number(effect.last))
    return np.where(during & (handed_in == CHANNELS.index(effect.channel)), effect.size * drawn, 0.0)


def _for_cancelled(orders: pl.DataFrame) -> pl.DataFrame:
    """Refunds of orders cancelled after they had been paid."""
    lost = orders.filter(pl.col("paid_at").is_not_null() & pl.col("cancelled_at").is_not_null())
    hours = stream("cancelled refunds").gamma(2.0, AFTER_CANCEL_HOURS / 2, lost.height)
    return lost.select("order_id", requested_at="cancelled_at", amount_fen="total_fen").with_columns(
        column(lost["cancelled_at"].to_numpy() + hours * HOUR).alias("refunded_at"),
        pl.lit("cancellation").alias("cause"),
    )
