"""Goods the demo's retailer sends again for nothing: after an exchange, or when a parcel arrived damaged."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import HOUR, column, day_of, known
from connectors.demo.chance import Floats, happens, places, stream
from connectors.demo.orders import SHIP_WITHIN, promised_by

AMOUNTS = ("goods_list_fen", "net_fen", "tax_fen", "shipping_fen", "total_fen")
RESENT_SHARE = 0.6
CARRIED_OVER = ("person", "customer_id", "channel", "region", "fulfilment", "shop", "store_id", "tier")


def replacements(
    orders: pl.DataFrame, lines: pl.DataFrame, returned: pl.DataFrame, damaged: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The orders and lines of what is sent again.

    Args:
        orders: all orders (see `cancellations.with_cancellations`).
        lines: their lines (see `baskets.baskets`).
        returned: the returned lines (see `returns.returned_lines`).
        damaged: the orders that arrived damaged: `order_id`, `had_at`.

    Returns:
        Orders and lines as in the arguments, with amounts of 0; the orders with `replaces` (an order id).
    """
    resent = _resent(lines, returned, damaged)
    first = resent.group_by("order_id", maintain_order=True).agg(
        pl.col("placed_at").max(), pl.len().cast(pl.Int64).alias("lines")
    )
    heads = first.sort("placed_at", "order_id").with_row_index("number", offset=orders.height + 1)
    heads = heads.with_columns(pl.col("number").cast(pl.Int64)).join(
        orders.select("order_id", *CARRIED_OVER), on="order_id", maintain_order="left"
    )
    numbered = resent.join(heads.select("order_id", "number"), on="order_id", maintain_order="left")
    again = (
        numbered.drop("order_id", "placed_at")
        .rename({"number": "order_id"})
        .with_columns(
            pl.int_range(1, pl.len() + 1).over("order_id").alias("line_no"),
            pl.lit(0).cast(pl.Int64).alias("net_fen"),
            pl.lit(0).cast(pl.Int64).alias("tax_fen"),
        )
    )
    return _promised(heads), again.select(lines.columns)


def _resent(lines: pl.DataFrame, returned: pl.DataFrame, damaged: pl.DataFrame) -> pl.DataFrame:
    """One row per line sent again, with the moment when that was decided."""
    wanted = returned.filter((pl.col("wants") == "exchange") & pl.col("received_at").is_not_null())
    exchanged = lines.drop("quantity").join(
        wanted.select("order_id", "line_no", "quantity", placed_at="received_at"),
        on=["order_id", "line_no"],
        maintain_order="left",
    )
    rng, count = stream("replacements"), damaged.height
    moments = known(damaged["had_at"].to_numpy() + rng.uniform(2, 48, count) * HOUR)
    resent = happens(rng, RESENT_SHARE, count) & ~np.isnan(moments)
    broken = damaged.select("order_id", column(moments).alias("placed_at")).filter(pl.Series(resent))
    unreturned = broken.join(returned, on="order_id", how="anti")
    anew = lines.filter(pl.col("line_no") == 1).join(unreturned, on="order_id", maintain_order="left")
    columns = [*lines.columns, "placed_at"]
    return pl.concat([exchanged.select(columns), anew.select(columns)])


def _promised(heads: pl.DataFrame) -> pl.DataFrame:
    placed: Floats = heads["placed_at"].to_numpy()
    day, ships = day_of(placed), (heads["fulfilment"] == "ship").to_numpy()
    promised = np.where(ships, promised_by(places(heads["region"]), day), np.nan)
    none = [pl.lit(0).cast(pl.Int64).alias(name) for name in AMOUNTS]
    return heads.rename({"order_id": "replaces", "number": "order_id"}).with_columns(
        pl.Series("day", day),
        *none,
        *(pl.lit(value=False).alias(name) for name in ("is_draft", "is_test", "gift")),
        column(np.where(ships, placed + SHIP_WITHIN, np.nan)).alias("promised_ship_at"),
        column(promised).alias("promised_at"),
    )
