"""order_cells: what was paid for, by day and by the place that visits are told of."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.orders import store_cells
from connectors.facts import OrderCells, dimensions_of


def order_cells(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, place, region and device with paid orders.

    What is bought on a website and collected in a shop was no visit to that shop: where visits of a channel
    are told without shops, its orders are put together without them too.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    paid = orders.filter("paid").join(store_cells(material), on="channel", how="left")
    placed = paid.with_columns(day="paid_day", store=pl.when("counts_by_store").then("store"))
    return (
        placed.group_by("day", *dimensions_of(OrderCells), "visits_known")
        .agg(
            orders=pl.len().cast(pl.Int64),
            orders_priced=pl.col("net_amount").count().cast(pl.Int64),
            orders_unpriced=pl.col("net_amount").null_count().cast(pl.Int64),
            net_amount=pl.col("net_amount").sum(),
        )
        .sort("day")
    )
