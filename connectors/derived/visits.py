"""visit_facts and visitor_days: visits with what became of them, and the receipts behind counted doors."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.orders import store_cells
from connectors.facts import VisitorDays, dimensions_of

CELL = ["channel", "store_cell", "day"]
PLACE = ["connection", "channel", "store_id"]
# A moment of a day in microseconds, from the day before in UTC to the day after, and so many combinations
# of dimensions beside it fill a whole number of 64 bits.
COMBINATIONS = 1 << 25
# What says how far visits went and what came of them, and no derived table reads: only carried along.
UNREAD = (
    "visit_id", "order_id", "order_id_lost", "customer_ref_lost", "page_views", "ordered", "led_to_paid",
    "outcomes_told", "store_region", "first_day", "last_day",
)  # fmt: skip
STEPS = ("bounced", "product_viewed", "searched", "added_to_cart", "reached_checkout")


def visit_cells(material: Material) -> pl.LazyFrame:
    """One row per channel, store cell and day with visits; stores count only where visits are by store."""
    visits = material.scan("visits").join(store_cells(material), on="channel")
    return visits.select(
        "channel", store_cell=pl.when("counts_by_store").then(pl.col("store_id")), known_day="day"
    ).unique()


def visit_facts(material: Material, visits: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per row of visits, and one per day and counted door with its receipts.

    Args:
        material: the joined tables.
        visits: as made by `followed_visits`.
        orders: order facts without `visits_known` needs: one row per order with store_cell, paid, known_day.
    """
    flags = ("single", "is_door", "visitor_known")
    every = pl.concat([visits, _receipts(visits, orders, material)], how="diagonal")
    return every.with_columns(pl.col(flags).fill_null(value=False)).drop("counted")


def visitor_days(visits: pl.LazyFrame) -> pl.LazyFrame:
    """One row per visitor and day of single visits whose outcome is known.

    The day's first visit, of several at once the one with the first dimensions by name, gives the dimensions.

    Args:
        visits: as made by `followed_visits`.
    """
    names = dimensions_of(VisitorDays)
    known = visits.filter("visitor_known", "outcome_known")
    combinations = (
        known.select(names)
        .unique()
        .sort(names)
        .with_row_index("combination")
        .with_columns(pl.col("combination").cast(pl.Int64))
        .collect(engine="streaming")
        .lazy()
    )
    day_before = pl.col("day").cast(pl.Datetime("us", "UTC")) - pl.duration(days=1)
    moment = (pl.col("started_at") - day_before).dt.total_microseconds()
    days = (
        known.join(combinations, on=names, how="left", nulls_equal=True)
        .group_by("visitor_id", "day")
        .agg(
            first=(moment * COMBINATIONS + pl.col("combination")).min(),
            bought=(pl.col("converted") > 0).any(),
        )
    )
    # By day, so that a reader of a few weeks skips the rest of the file.
    return (
        _with_neighbours(days)
        .sort("day")
        .with_columns(combination=pl.col("first") % COMBINATIONS)
        .join(combinations, on="combination", how="left", maintain_order="left")
    )


def _with_neighbours(days: pl.LazyFrame) -> pl.LazyFrame:
    """Days of visitors with the one before and the next on which the visitor bought, from that day on."""
    same = pl.col("visitor_id") == pl.col("visitor_id").shift(1)
    buyer, buying_day = (pl.when("bought").then(name).backward_fill() for name in ("visitor_id", "day"))
    return days.sort("visitor_id", "day").with_columns(
        previous_day=pl.when(same).then(pl.col("day").shift(1)),
        next_buying_day=pl.when(buyer == pl.col("visitor_id")).then(buying_day),
    )


def followed_visits(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per row of visits with how far its visits went and what is known of their outcome.

    Args:
        material: the joined tables.
        orders: as for `visit_facts`.
    """
    visits = _described(material, orders)
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
    return (
        _with_steps(joined, linked)
        .with_columns(
            converted=bought.fill_null(0),
            outcome_known=known,
            counted=counted,
            single=single,
            is_door=counted & through_a_door,
            visitor_known=single & pl.col("visitor_id").is_not_null(),
        )
        .drop(UNREAD)
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


def _described(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of visits with the dimensions they carry, and what is known of the place that they are told of."""
    return (
        material.scan("visits")
        .join(_places(material, orders), on=PLACE, how="left", nulls_equal=True)
        .with_columns(region=pl.coalesce("store_region", "region"))
        .rename({"store_id": "store"})
    )


def _places(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per connection, channel and shop of visits: few, so that visits are joined with them at once.

    Columns: whether any visit of the connection and channel says what came of it (`outcomes_told`), the store
    cell, the channel's kind, the shop's region, the first and last day on which orders are delivered.
    """
    told = pl.any_horizontal(pl.col("ordered", "order_id").is_not_null(), "order_id_lost").any()
    places = material.scan("visits").group_by(PLACE).agg(outcomes_told=told)
    return (
        places.join(store_cells(material), on="channel")
        .with_columns(
            pl.col("outcomes_told").any().over("connection", "channel"),
            store_cell=pl.when("counts_by_store").then("store_id"),
            channel_kind=material.kind(),
        )
        .join(material.store_regions(), left_on="store_id", right_on="store", how="left")
        .join(_order_spans(orders), on=["channel", "store_cell"], how="left", nulls_equal=True)
        .drop("counts_by_store")
        .collect(engine="streaming")
        .lazy()
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
