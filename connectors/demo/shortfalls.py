"""Pieces that the demo's warehouse found missing when it packed: the order goes out without them."""

from __future__ import annotations

import polars as pl

from connectors.demo.calendar import HOUR, column, known
from connectors.demo.chance import happens, stream

SHORT_SHARE = 0.03
REFUND_HOURS = 9.0


def shortfalls(lines: pl.DataFrame, returned: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Lines that went out with a piece less.

    Args:
        lines: the article lines (see `baskets.baskets`).
        returned: the returned lines (see `returns.returned_lines`), none of which was short.
        shipments: see `fulfilment.parcels`.

    Returns:
        One row per such line, all of several pieces: `order_id`, `line_no`, `missing` (pieces),
        `requested_at` (when the first parcel left), `amount_fen` (what was paid for the pieces).
    """
    parcels = shipments.filter(pl.col("kind") == "parcel")
    left = parcels.group_by("order_id").agg(requested_at=pl.col("shipped_at").min())
    several = (
        lines.filter(pl.col("quantity") > 1)
        .join(returned, on=["order_id", "line_no"], how="anti")
        .join(left, on="order_id", maintain_order="left")
    )
    short = several.filter(pl.Series(happens(stream("shortfalls"), SHORT_SHARE, several.height)))
    of_one = (pl.col("net_fen") + pl.col("tax_fen")) // pl.col("quantity")
    return short.select("order_id", "line_no", "requested_at", missing=pl.lit(1, pl.Int64), amount_fen=of_one)


def with_kept(lines: pl.DataFrame, short: pl.DataFrame) -> pl.DataFrame:
    """The lines with `kept`, the pieces that were billed in the end; see `shortfalls` for the arguments."""
    missing = short.select("order_id", "line_no", "missing")
    kept = pl.col("quantity") - pl.col("missing").fill_null(0)
    joined = lines.join(missing, on=["order_id", "line_no"], how="left", maintain_order="left")
    return joined.with_columns(kept.alias("kept")).drop("missing")


def short_refunds(short: pl.DataFrame) -> pl.DataFrame:
    """Money for the missing pieces, on its way once the parcel has left; see `shortfalls`."""
    hours = stream("short refunds").gamma(2.0, REFUND_HOURS / 2, short.height)
    moments = short["requested_at"].to_numpy() + hours * HOUR
    return short.select("order_id", "requested_at", "amount_fen").with_columns(
        column(known(moments)).alias("refunded_at"), pl.lit("short_delivery").alias("cause")
    )
