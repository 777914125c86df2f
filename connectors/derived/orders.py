"""order_facts: one row per order with everything that measures ask of it."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.derived.baskets import baskets
from connectors.derived.delivery import with_delivery
from connectors.derived.dispatch import with_dispatch
from connectors.derived.purchases import with_purchase
from connectors.derived.returned import of_returns, with_returned
from connectors.derived.sent import sent, ship_by, with_clock
from connectors.derived.service import SOON_DAYS, of_service, with_service

LINE_CELL = ["connection", "channel", "store"]
# What derived tables read of an order as it was joined; all else would only be carried along.
CARRIED = (
    "order_id", "connection", "placed_at", "channel", "store", "region", "status", "kind", "is_test",
    "net_amount", "gross_amount", "tax_amount", "shipping_amount", "payment_method", "fulfilment",
    "promised_ship_at", "promised_at", "cancelled_at", "cancelled_by", "cancel_reason", "tier",
)  # fmt: skip


def order_facts(material: Material, orders: pl.LazyFrame, cells: pl.LazyFrame) -> pl.LazyFrame:
    """One row per order.

    Args:
        material: the joined tables.
        orders: one row per order, as made by `described_orders`.
        cells: one row per channel, store cell and day whose visits are known.
    """
    lines, visited = [*LINE_CELL, "known_day"], ["channel", "store_cell", "known_day"]
    joined = (
        orders.join(_events(material, orders), on="order_id", how="left")
        .join(_lines_known(orders), on=lines, how="left", nulls_equal=True)
        .join(cells.with_columns(visits_known=pl.lit(value=True)), on=visited, how="left", nulls_equal=True)
    )
    # An order without any line holds nothing, unless it had lines that could not be read.
    lines_lost = pl.col("ordered_units").is_null() & pl.col("has_lines_aside").fill_null(value=False)
    described = joined.with_columns(
        pl.col("visits_known").fill_null(value=False),
        lines_known=pl.col("lines_known").fill_null(value=False) & ~lines_lost,
        units=pl.col("ordered_units").fill_null(0),
    )
    for stage in (with_purchase, with_dispatch, with_delivery, with_returned, with_service):
        described = stage(described, material)
    ahead = (pl.col("promised_day") - pl.col("known_day")).dt.total_days()
    return described.with_columns(promised_15d=ahead <= SOON_DAYS, days_promised=ahead)


def _events(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per order of which something is told later, so that orders are joined with all that at once."""
    told = [
        *of_returns(orders, material),
        *of_service(orders, material),
        _devices(material),
        _lines_put_aside(material),
    ]
    return pl.concat(told, how="diagonal").group_by("order_id").agg(pl.all().max())


def described_orders(material: Material) -> pl.LazyFrame:
    """One row per order: dimensions, customer, whether it counts and is paid, its days, what was sent.

    What has to be joined is joined with as few columns as it needs, and with the orders once: their many
    columns cost more to carry through a join than the join itself.
    """
    orders = _placed(material)
    told = (
        _persons(orders, material)
        .join(baskets(material), on="order_id", how="left")
        .join(sent(orders, material), on="order_id", how="left")
    )
    described = orders.join(told, on="order_id", how="left")
    return with_clock(described).with_columns(tier=pl.coalesce("tier", "record_tier"))


def _placed(material: Material) -> pl.LazyFrame:
    """One row per order, with what the order itself says."""
    counted = (
        (pl.col("kind") == "sale")
        & (pl.col("status") == "confirmed")
        & ~pl.col("is_test").fill_null(value=False)
    )
    unpriced = ~pl.col("connection").is_in(material.deliverers("orders", "paid_at"))
    settled = pl.when(unpriced).then(pl.col("placed_at")).otherwise(pl.col("paid_at"))
    paid = counted & settled.is_not_null()
    offline = material.kind() == "offline"
    store_region = _looked_up("store", material.store_regions())
    by_store = _looked_up("channel", store_cells(material))
    return (
        material.scan("orders")
        .rename({"store_id": "store"})
        .select(*CARRIED, "customer_ref", settled_at=settled, counted=counted, paid=paid)
        .with_columns(
            channel_kind=material.kind(),
            region=pl.when(offline)
            .then(pl.coalesce(store_region, "region"))
            .otherwise(pl.coalesce("region", store_region)),
            placed_day=material.day("placed_at"),
            paid_day=pl.when("paid").then(material.day("settled_at")),
            ship_by=ship_by(material),
            store_cell=pl.when(by_store).then("store"),
        )
        .with_columns(known_day=pl.coalesce("paid_day", "placed_day"))
    )


def _looked_up(column: str, few: pl.LazyFrame) -> pl.Expr:
    """What a small table of two columns says of a value; null where it is not in there."""
    values = few.collect(engine="streaming")
    return pl.col(column).replace_strict(
        values[column], values.drop(column).to_series(), default=None, return_dtype=values.dtypes[1]
    )


def _persons(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """One row per order: customer_id, record_tier and customer_type."""
    records = (
        material.people.of_records.lazy()
        .select("customer_ref")
        .join(material.scan("customers").select("customer_ref", record_tier="tier"), on="customer_ref")
    )
    named = (
        orders.select("order_id", "customer_ref", "paid", "paid_day", "known_day")
        .join(material.people.of_orders.lazy(), on="order_id", how="left")
        .join(records.unique("customer_ref"), on="customer_ref", how="left")
    )
    first = named.filter("paid").group_by("customer_id").agg(first_day=pl.col("paid_day").min()).drop_nulls()
    kind = (
        pl.when(pl.col("customer_id").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("first_day").is_null() | (pl.col("known_day") <= pl.col("first_day")))
        .then(pl.lit("new"))
        .otherwise(pl.lit("returning"))
    )
    return named.join(first, on="customer_id", how="left").select(
        "order_id", "customer_id", "record_tier", customer_type=kind
    )


def store_cells(material: Material) -> pl.LazyFrame:
    """One row per channel with visits: whether its visits are counted per shop (`counts_by_store`)."""
    return (
        material.scan("visits")
        .group_by("channel")
        .agg(counts_by_store=pl.col("store_id").is_not_null().any())
    )


def _lines_known(orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per connection, channel, store and day with at least one article line."""
    cells = orders.filter(pl.col("ordered_units").is_not_null()).select(*LINE_CELL, "known_day").unique()
    return cells.with_columns(lines_known=pl.lit(value=True))


def _lines_put_aside(material: Material) -> pl.LazyFrame:
    """One row per order of which a line was put aside."""
    own = pl.concat_str("connection", "order_id", separator=":")
    orders = material.aside("order_lines").select(order_id=own).drop_nulls().unique()
    return orders.with_columns(has_lines_aside=pl.lit(value=True))


def _devices(material: Material) -> pl.LazyFrame:
    """One row per order that a visit led to: the device of the last such visit."""
    visits = material.scan("visits").filter(pl.col("order_id").is_not_null())
    return visits.group_by("order_id").agg(device=pl.col("device").sort_by("started_at").last())
