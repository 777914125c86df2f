"""One customer across systems: records and orders that share a keyed hash are one person."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from connectors.manifest import IdentityReport

MOST_RECORDS = 10
MOST_ORDERS = 100
HASHES = ("email_hash", "phone_hash", "member_hash")
MEMBER = "member_hash:"


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    Attributes:
        of_orders: one row per order with a customer: order_id, customer_id.
        of_records: one row per customer record: customer_ref, customer_id.
        report: what was found, in numbers.
    """

    of_orders: pl.DataFrame
    of_records: pl.DataFrame
    report: IdentityReport


def people(customers: pl.LazyFrame, orders: pl.LazyFrame) -> People:
    """Connect records and orders that share a hash; all they reach is one person.

    A person's id is the first of their records by name, or `order:` and their first order's id when they have
    none.
    An e-mail or phone shared by more than ten records (a shop's own phone), or by more than a hundred orders
    without a record (a placeholder), joins nobody. Member numbers are given to one person each, so they join
    however many records there are.

    Args:
        customers: the canonical table, ids as stored.
        orders: the canonical table, ids as stored.
    """
    record = pl.format("record {}", "customer_ref")
    node = pl.coalesce(record, pl.format("sale {}", "order_id"))
    named = pl.concat(
        [
            customers.select(record.alias("node"), "customer_ref", *HASHES),
            orders.select(node.alias("node"), "customer_ref", *HASHES),
        ]
    )
    links = (
        named.unpivot(list(HASHES), index=["node", "customer_ref"], variable_name="sort", value_name="hash")
        .drop_nulls("hash")
        .select("node", "customer_ref", pl.col("sort") + ":" + pl.col("hash").alias("hash"))
        .unique()
        .collect(engine="streaming")
        .rename({"sort": "hash"})
    )
    holders = links.group_by("hash").agg(
        records=pl.col("customer_ref").drop_nulls().n_unique(),
        orders=pl.col("customer_ref").null_count(),
        is_member=pl.col("hash").first().str.starts_with(MEMBER),
    )
    crowded = holders.filter(
        ~pl.col("is_member") & ((pl.col("records") > MOST_RECORDS) | (pl.col("orders") > MOST_ORDERS))
    )
    edges = links.join(crowded, on="hash", how="anti").select("node", "hash").unique()
    labels = _components(edges)
    sold = orders.filter(
        pl.col("customer_ref").is_not_null()
        | pl.any_horizontal(pl.col(name).is_not_null() for name in HASHES)
    ).select("order_id", node=node)
    of_orders = _labelled(sold.collect(engine="streaming"), labels).drop("node")
    of_records = _labelled(
        customers.select("customer_ref", node=record).collect(engine="streaming"), labels
    ).drop("node")
    known = pl.concat([of_orders["customer_id"], of_records["customer_id"]])
    report = IdentityReport(
        records=of_records.height,
        orders=orders.select(pl.len()).collect(engine="streaming").item(),
        identified=of_orders.height,
        customers=known.n_unique(),
        shared=crowded.height,
    )
    return People(of_orders, of_records, report)


def _components(edges: pl.DataFrame) -> pl.DataFrame:
    """One row per node of a graph of nodes and hashes: the first node by name that it reaches."""
    nodes = edges.select(pl.col("node").unique().sort()).with_row_index("number")
    pairs = edges.join(nodes, on="node").select("number", "hash")
    labels = nodes.select("number", label="number")
    while True:
        reached = pairs.join(labels, on="number").with_columns(pl.col("label").min().over("hash"))
        lowest = reached.group_by("number").agg(pl.col("label").min())
        jumped = (
            lowest.join(lowest.select(label="number", further="label"), on="label", how="left")
            .select("number", label=pl.min_horizontal("label", "further"))
            .sort("number")
        )
        if jumped.equals(labels):
            break
        labels = jumped
    names = nodes.select(label="number", first="node")
    return nodes.join(labels, on="number").join(names, on="label").select("node", "first")


def _labelled(rows: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    found = rows.join(labels, on="node", how="left").with_columns(pl.coalesce("first", "node").alias("first"))
    named = pl.col("first").str.strip_prefix("record ").str.replace("^sale ", "order:").alias("customer_id")
    return found.with_columns(named).drop("first")
