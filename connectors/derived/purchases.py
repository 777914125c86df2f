"""payment_facts, cart_facts and a part of order_facts: attempts to pay, carts, discounts."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors.derived import Material
from connectors.facts import PaymentFacts, dimensions_of

OWN = ("channel", "channel_kind", "payment_method")
DIGITS = 17
GIVEN_UP_AFTER = dt.timedelta(hours=24)


def with_purchase(orders: pl.LazyFrame, material: Material) -> pl.LazyFrame:
    """Orders with the columns of `OrderPurchase`.

    A gross amount of 0 beside goods that cost something is none; a cancelled order without a reason may have
    been cancelled for any.
    """
    told = (pl.col("gross_amount") > 0) | (pl.col("net_amount") == 0)
    gross = pl.when(told & pl.col("net_amount").is_not_null()).then(pl.col("gross_amount"))
    told = pl.col("connection").is_in(material.deliverers("orders", "cancel_reason"))
    cancelled = pl.col("status") == "cancelled"
    for_stock = pl.when(cancelled).then(pl.col("cancel_reason") == "stock").otherwise(pl.lit(value=False))
    return orders.with_columns(gross_amount=gross).with_columns(
        discount=pl.col("gross_amount") - pl.col("net_amount"),
        stock_cancelled=pl.when(told).then(for_stock),
    )


def payment_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per payment attempt.

    Attempts on a cart belong to the order that the cart became, so that a customer who fails before an order
    is made and succeeds after counts as one purchase.

    Args:
        material: the joined tables.
        orders: order facts.
    """
    own = dimensions_of(PaymentFacts)
    described = orders.select("order_id", *(pl.col(name).alias(f"order_{name}") for name in own))
    carts = material.scan("carts").select("cart_id", cart_channel="channel")
    attempts = _attempts(material)
    placed = (
        attempts.join(described, on="order_id", how="left")
        .join(carts, on="cart_id", how="left")
        .join(_purchases(attempts), on="purchase", how="left")
        .with_columns(channel=pl.coalesce("order_channel", "channel", "cart_channel"))
    )
    known = pl.col("purchase").is_not_null()
    return placed.with_columns(
        *(pl.col(f"order_{name}").alias(name) for name in own if name not in OWN),
        channel_kind=material.kind().fill_null("unknown"),
        payment_method=pl.coalesce("method", "order_payment_method"),
        purchase_known=known,
        opens_purchase=known & (pl.col("turn") == pl.col("first_turn")).fill_null(value=False),
        purchase_succeeded=known & pl.col("any_succeeded").fill_null(value=False),
    )


def _attempts(material: Material) -> pl.LazyFrame:
    """One row per payment attempt: its order, also that of its cart, its purchase and its turn.

    Turns sort as moments do, of several at once as their ids do.
    """
    purchase = pl.coalesce(pl.format("order {}", "order_id"), pl.format("cart {}", "cart_id"))
    moment = pl.col("attempted_at").dt.epoch("us").cast(pl.String).str.zfill(DIGITS)
    return (
        material.scan("payments")
        .join(_orders_of_carts(material), on="cart_id", how="left")
        .with_columns(order_id=pl.coalesce("order_id", "order_of_cart"))
        .with_columns(purchase=purchase, turn=pl.concat_str(moment, "payment_id"))
    )


def _purchases(attempts: pl.LazyFrame) -> pl.LazyFrame:
    """One row per purchase: its first turn, and whether any attempt succeeded."""
    known = attempts.filter(pl.col("purchase").is_not_null())
    return known.group_by("purchase").agg(
        first_turn=pl.col("turn").min(), any_succeeded=pl.col("succeeded").any()
    )


def _orders_of_carts(material: Material) -> pl.LazyFrame:
    """One row per cart that became an order, as the cart or an attempt that names both says."""
    named = [material.scan(name).select("cart_id", "order_id").drop_nulls() for name in ("carts", "payments")]
    return pl.concat(named).group_by("cart_id").agg(order_of_cart=pl.col("order_id").min())


def cart_facts(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per cart; where a connection keeps no completed carts, also one per order that a cart became.

    Args:
        material: the joined tables.
        orders: one row per order, as made by `described_orders`.
    """
    placed = material.scan("orders").select("order_id", order_placed_at="placed_at")
    carts = material.scan("carts").join(placed, on="order_id", how="left")
    took = pl.coalesce("completed_at", "order_placed_at") - pl.col("started_at")
    in_time = pl.col("completed") & (took.is_null() | (took <= GIVEN_UP_AFTER))
    kept = carts.select("channel", "day", "started_at", completed_24h=in_time)
    every = pl.concat([kept, _deleted(material, orders)])
    return every.with_columns(
        channel_kind=material.kind(), old=pl.col("started_at") + GIVEN_UP_AFTER <= _newest(material)
    )


def _deleted(material: Material, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per order whose cart was deleted: in channels with carts, of connections with none completed.

    What happened before the oldest cart that is left is not known, so orders of earlier days stay away.
    """
    carts = material.scan("carts")
    deleting = carts.group_by("connection").agg(any_completed=pl.col("completed").any())
    deleting = deleting.filter(~pl.col("any_completed"))
    oldest = (
        carts.join(deleting, on="connection", how="semi")
        .group_by("connection", "channel")
        .agg(oldest=pl.col("day").min())
    )
    of_customers = (
        (pl.col("kind") == "sale")
        & (pl.col("status") != "draft")
        & ~pl.col("is_test").fill_null(value=False)
        & (pl.col("placed_day") >= pl.col("oldest"))
    )
    found = orders.join(oldest, on=["connection", "channel"]).filter(of_customers)
    return found.select("channel", day="placed_day", started_at="placed_at", completed_24h=pl.lit(value=True))


def _newest(material: Material) -> pl.Expr:
    """When the newest order was placed; without orders, when the newest cart was opened."""
    times = [
        material.scan(table).select(pl.col(column).max()).collect(engine="streaming").item()
        for table, column in (("orders", "placed_at"), ("carts", "started_at"))
    ]
    return pl.lit(next((time for time in times if time), None), dtype=pl.Datetime("us", "UTC"))
