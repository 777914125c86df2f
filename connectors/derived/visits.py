"""visit_facts and visitor_days: visits with what became of them, and the receipts behind counted doors."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.orders import store_cells
from connectors.facts import VisitorDays, dimensions_of

CELL = ["channel", "store_cell", "day"]
STEPS = ("bounced", "product_viewed", "searched", "added_to_cart", "reached_checkout")


def visit_cells(material: Material) -> pl.LazyFrame:
    """One row per channel, store cell and day with visits; stores count only where visits are by store."""
    visits = material.scan("visits").join(store_cells(material), on="channel")
    return visits.select(
        "channel", store_cell=pl.when("counts_by_store").then(pl.col("store_id")), known_day="day"
    ).unique()


def visit_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per row of visits, and one per day and counted door with its receipts.

    Args:
        material: the joined tables.
        orders: order facts without `visits_known` needs: one row per order with store_cell, paid, known_day.
    """
    rows = _followed(material, orders)
    flags = ("single", "is_door", "visitor_known")
    every = pl.concat([rows, _receipts(rows, orders, material)], how="diagonal")
    return every.with_columns(pl.col(flags).fill_null(value=False)).drop("counted")


def visitor_days(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per visitor and day of single visits whose outcome is known; arguments as in `visit_facts`."""
    known = _followed(material, orders).filter("visitor_known", "outcome_known")
    first = [pl.col(name).sort_by("started_at", "visit_id").first() for name in dimensions_of(VisitorDays)]
    days = known.group_by("visitor_id", "day").agg(*first, bought=(pl.col("converted") > 0).any())
    buying_day = pl.when("bought").then(pl.col("day")).backward_fill()
    return days.with_columns(
        previous_day=pl.col("day").shift(1).over("visitor_id", order_by="day"),
        next_buying_day=buying_day.over("visitor_id", order_by="day"),
    )


def _followed(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per row of visits with how far its visits went and what is known of their outcome."""
    visits = _described(material).join(
        _order_spans(orders), on=["channel", "store_cell"], how="left", nulls_equal=True
    )
    paid = orders.select("order_id", led_to_paid="paid")
    joined = visits.join(paid, on="order_id", how="left").with_columns(
        orders_known=pl.col("day").is_between("first_day", "last_day").fill_null(value=False)
    )
    linked = pl.col("outcomes_told") & pl.col("connection").is_in(material.deliverers("visits", "order_id"))
    is_door = pl.col("visit_id").is_null() | (pl.col("store").is_not_null() & ~pl.col("outcomes_told"))
    counted = is_door & pl.col("ordered").is_null() & pl.col("led_to_paid").is_null()
    bought = (
        pl.when(pl.col("led_to_paid").is_not_null())
        .then(pl.col("led_to_paid").cast(pl.Int64))
        .when(counted)
        .then(0)
        .when(pl.col("order_id_lost") & pl.col("ordered").is_null())
        .then(None)
        .otherwise(pl.col("ordered").fill_null(pl.when(linked).then(0)))
    )
    known = pl.when(counted).then(pl.col("orders_known")).otherwise(bought.is_not_null())
    single = pl.col("visit_id").is_not_null() & (pl.col("visits") == 1) & ~counted
    through_a_door = pl.col("store").is_not_null() | (pl.col("channel_kind") == "offline")
    return _with_steps(joined, linked).with_columns(
        converted=bought.fill_null(0),
        outcome_known=known,
        counted=counted,
        single=single,
        is_door=counted & through_a_door,
        visitor_known=single & pl.col("visitor_id").is_not_null(),
    )


def _with_steps(visits: pl.LazyFrame, linked: pl.Expr) -> pl.LazyFrame:
    """Rows of visits with how many went how far; a row that tells more steps than visits tells nothing.

    Args:
        visits: rows of visits.
        linked: whether a visit without an order id is known to have led to none.
    """
    named = pl.col("order_id").is_not_null() | pl.col("order_id_lost")
    of_one = pl.when(named).then(1).when(linked & pl.col("visit_id").is_not_null()).then(0)
    ordered = pl.coalesce("ordered", of_one)
    told = visits.with_columns(
        pl.when(pl.col(step) <= pl.col("visits")).then(pl.col(step)).alias(step) for step in STEPS
    )
    both = ordered.is_not_null() & pl.col("reached_checkout").is_not_null()
    return told.with_columns(checked_out=pl.when(both).then(pl.min_horizontal(ordered, "reached_checkout")))


def _described(material: Material) -> pl.LazyFrame:
    """Rows of visits with the dimensions they carry, and whether any of their source says what came of it."""
    visits = material.scan("visits")
    told = visits.group_by("connection", "channel").agg(
        outcomes_told=(
            pl.col("ordered").is_not_null() | pl.col("order_id").is_not_null() | pl.col("order_id_lost")
        ).any()
    )
    return (
        visits.join(told, on=["connection", "channel"])
        .join(store_cells(material), on="channel")
        .with_columns(
            store_cell=pl.when("counts_by_store").then(pl.col("store_id")), channel_kind=material.kind()
        )
        .rename({"store_id": "store"})
        .join(material.store_regions(), on="store", how="left")
        .with_columns(region=pl.coalesce("store_region", "region"))
    )


def _order_spans(orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per channel and store cell with orders: the days on which its connections deliver orders."""
    spans = orders.group_by("connection").agg(
        first_day=pl.col("placed_day").min(), last_day=pl.col("placed_day").max()
    )
    cells = orders.select("connection", "channel", "store_cell").unique().join(spans, on="connection")
    return cells.group_by("channel", "store_cell").agg(pl.col("first_day").min(), pl.col("last_day").max())


def _receipts(rows: pl.LazyFrame, orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per counted door and day with paid orders that no single visit led to."""
    doors = (
        rows.filter(pl.col("counted") & pl.col("orders_known"))
        .group_by(CELL)
        .agg(pl.col("channel_kind", "store", "region").drop_nulls().first(), pl.col("is_door").any())
    )
    sold = orders.filter("paid").join(
        material.scan("visits").select("order_id").drop_nulls(), on="order_id", how="anti"
    )
    counts = sold.group_by("channel", "store_cell", pl.col("paid_day").alias("day")).agg(
        converted=pl.len().cast(pl.Int64)
    )
    return doors.join(counts, on=CELL, nulls_equal=True).select(
        *CELL,
        "channel_kind",
        "store",
        "region",
        "converted",
        "is_door",
        visits=pl.lit(0, dtype=pl.Int64),
        outcome_known=pl.lit(value=True),
        orders_known=pl.lit(value=True),
        counted=pl.lit(value=True),
    )
