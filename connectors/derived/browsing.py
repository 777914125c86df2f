"""customer_visits: online visits of people known by account or e-mail, and what followed in a shop."""

from __future__ import annotations

import polars as pl

from connectors.derived import Material
from connectors.facts import CustomerVisits, dimensions_of


def customer_visits(material: Material, visits: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer and day of online visits.

    Args:
        material: the joined tables.
        visits: one row per row of visits, with its dimensions and the visitor's account and e-mail's hash.
        orders: one row per order, with settled_at.
    """
    signed_in = pl.any_horizontal(pl.col("customer_ref", "email_hash").is_not_null())
    online = visits.filter((pl.col("channel_kind") == "online") & signed_in)
    known = (
        online.join(_of_accounts(material), on="customer_ref", how="left")
        .join(_of_emails(material), on="email_hash", how="left")
        .with_columns(customer_id=pl.coalesce("by_account", "by_email"))
        .filter(pl.col("customer_id").is_not_null())
    )
    names = dimensions_of(CustomerVisits)
    first = [pl.col(name).sort_by("started_at", *names, nulls_last=True).first() for name in names]
    days = known.group_by("customer_id", "day").agg(*first, moment=pl.col("started_at").min())
    bought = (
        orders.filter("paid", pl.col("customer_id").is_not_null(), pl.col("channel_kind") == "offline")
        .select("customer_id", moment="settled_at", store_day="paid_day")
        .sort("moment")
    )
    followed = days.sort("moment").join_asof(
        bought, on="moment", by="customer_id", strategy="forward", check_sortedness=False
    )
    return followed.with_columns(
        days_observed=(pl.lit(material.last_day, dtype=pl.Date) - pl.col("day")).dt.total_days(),
        days_to_store=(pl.col("store_day") - pl.col("day")).dt.total_days(),
    ).sort("day", "customer_id")


def _of_accounts(material: Material) -> pl.LazyFrame:
    """One row per account that has a record or an order: customer_ref, by_account (the person)."""
    records = material.people.of_records.lazy()
    sold = _sold(material, "customer_ref")
    named = pl.concat([records.select("customer_ref", "customer_id"), sold])
    return named.group_by("customer_ref").agg(by_account=pl.col("customer_id").first())


def _of_emails(material: Material) -> pl.LazyFrame:
    """One row per e-mail that is one person's: email_hash, by_email; what several share tells nobody."""
    records = material.scan("customers").select("customer_ref", "email_hash")
    recorded = records.join(material.people.of_records.lazy(), on="customer_ref").select(
        "email_hash", "customer_id"
    )
    named = pl.concat([recorded, _sold(material, "email_hash")]).drop_nulls()
    people = named.group_by("email_hash").agg(
        by_email=pl.col("customer_id").first(), persons=pl.col("customer_id").n_unique()
    )
    return people.filter(pl.col("persons") == 1).drop("persons")


def _sold(material: Material, column: str) -> pl.LazyFrame:
    """A column of orders with the person who placed them, where both are known."""
    orders = material.scan("orders").select("order_id", column).drop_nulls()
    return orders.join(material.people.of_orders.lazy(), on="order_id").select(column, "customer_id").unique()
