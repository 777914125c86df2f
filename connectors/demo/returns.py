"""Goods that come back to the demo's retailer."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, HOUR, column, in_hours, known
from connectors.demo.chance import Flags, Floats, Whole, happens, pick_by, places, stream, words
from connectors.demo.goods import CATEGORIES
from connectors.demo.places import CHANNELS, STORE

ORDER_SHARES = (0.090, 0.090, 0.090, 0.132, 0.046)
LATE_FACTOR, LATER_LINES_SHARE = 1.4, 0.22
REASONS = ("faulty", "damaged_in_transit", "not_as_described", "wrong_size", "changed_mind", "other")
REASON_WEIGHTS = (14.0, 8.0, 15.0, 1.0, 52.0, 10.0)
SIZE_WEIGHTS = {"Apparel": 70.0, "Bedding": 18.0}
DAYS_TO_REQUEST, LAST_DAY_TO_REQUEST = 5.0, 24.0
IN_SHOP_SHARE, EXCHANGE_SHARE, DAMAGED_SHARE = 0.24, 0.11, 0.55


def returned_lines(orders: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Send goods back.

    Args:
        orders: one row per order the customer has: `order_id`, `channel`, `had_at` (delivered, collected or
            carried home), `late`, `damaged`, `main_category`.
        lines: the article lines (see `baskets.baskets`).

    Returns:
        One row per returned line, requested by the last day: `id`, `order_id`, `line_no`, `sku`, `quantity`,
        `requested_at`, `received_at`, `reason`, `wants` (refund or exchange), `handed_in` (the channel where
        the goods came back), `worth_fen` (what was paid for them).
    """
    rng, count = stream("returns"), orders.height
    factors = {category.name: category.returned for category in CATEGORIES}
    factor = orders["main_category"].replace_strict(factors, return_dtype=pl.Float64).to_numpy()
    share = np.asarray(ORDER_SHARES)[places(orders["channel"])] * factor
    share = np.where(orders["late"].to_numpy(), share * LATE_FACTOR, share)
    share = np.where(orders["damaged"].to_numpy(), DAMAGED_SHARE, share)
    days = np.minimum(0.2 + rng.exponential(DAYS_TO_REQUEST, count), LAST_DAY_TO_REQUEST)
    back = orders.select(
        "order_id",
        "channel",
        "damaged",
        pl.Series("returns", happens(rng, share, count)),
        column(_requested(rng, orders, days)).alias("requested_at"),
    ).filter("returns", pl.col("requested_at").is_not_null())
    kept = lines.join(back, on="order_id", how="inner", maintain_order="left")
    more = happens(rng, LATER_LINES_SHARE, kept.height)
    return _handled(kept.filter((pl.col("line_no") == 1) | pl.Series(more)))


def _requested(rng: np.random.Generator, orders: pl.DataFrame, days: Floats) -> Floats:
    """When the customer asks; in opening hours where the goods were bought in a shop."""
    asked = orders["had_at"].to_numpy() + days * DAY
    return known(np.where(places(orders["channel"]) == STORE, in_hours(rng, asked, 10, 21), asked))


def _handled(back: pl.DataFrame) -> pl.DataFrame:
    """Returned lines with where, why and how they came back."""
    rng, count = stream("returned lines"), back.height
    channel = places(back["channel"])
    in_shop = (channel == STORE) | (_for_whole_orders(back, happens(rng, IN_SHOP_SHARE, count)))
    requested = back["requested_at"].to_numpy()
    brought = in_hours(rng, requested + rng.uniform(0, 40, count) * HOUR * (channel != STORE), 10, 21)
    mailed = in_hours(rng, requested + rng.uniform(20, 62, count) * HOUR, 8, 20)
    pieces = back["quantity"].to_numpy()
    partly = happens(rng, 0.35, count) & (pieces > 1)
    quantity = np.where(partly, pieces - 1, pieces)
    paid = (back["net_fen"] + back["tax_fen"]).to_numpy()
    reason = np.where(back["damaged"].to_numpy(), 1, _reasons(rng, back))
    return back.select("order_id", "line_no", "sku", "channel", "requested_at").with_columns(
        pl.Series("id", np.arange(1, count + 1)),
        pl.Series("quantity", quantity),
        column(known(np.where(in_shop, brought, mailed))).alias("received_at"),
        words(REASONS, reason).alias("reason"),
        words(("refund", "exchange"), happens(rng, EXCHANGE_SHARE, count).astype(np.int64)).alias("wants"),
        words(CHANNELS, np.where(in_shop, STORE, channel)).alias("handed_in"),
        pl.Series("worth_fen", paid * quantity // pieces),
    )


def _for_whole_orders(back: pl.DataFrame, drawn: Flags) -> Flags:
    """What was drawn for an order's first returned line holds for all of them."""
    marked = back.select("order_id", pl.Series("drawn", drawn))
    return marked.select(pl.col("drawn").first().over("order_id")).to_series().to_numpy()


def _reasons(rng: np.random.Generator, back: pl.DataFrame) -> Whole:
    names = [category.name for category in CATEGORIES]
    weights = np.tile(REASON_WEIGHTS, (len(names), 1))
    weights[:, REASONS.index("wrong_size")] = [SIZE_WEIGHTS.get(name, REASON_WEIGHTS[3]) for name in names]
    return pick_by(rng, weights, places(back["category"].cast(pl.Enum(names))))
