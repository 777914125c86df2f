"""Totals of Medusa's tables, and the statements that ask its database for the same."""

from __future__ import annotations

import polars as pl

from tests.connectors.totals.asked import Case, counts, money, sums

CASES: list[Case] = [
    (
        "orders",
        "orders",
        lambda rows: counts(rows, "raw_status"),
        'SELECT status::text, count(*) FROM "order" GROUP BY 1',
    ),
    (
        "captured money",
        "orders",
        lambda rows: sums(rows, pl.col("paid_at").count()),
        "SELECT count(*) FROM payment_collection WHERE status = 'completed'",
    ),
    (
        "pieces kept",
        "order_lines",
        lambda rows: sums(rows, pl.col("quantity_kept").sum()),
        """SELECT sum(quantity) FROM order_item i JOIN "order" o ON o.id = i.order_id
           WHERE i.version = o.version AND o.status <> 'canceled'
           AND i.item_id NOT IN (SELECT item_id FROM order_exchange_item)""",
    ),
    (
        "carts",
        "carts",
        lambda rows: counts(rows, "completed"),
        "SELECT completed_at IS NOT NULL, count(*) FROM cart GROUP BY 1",
    ),
    (
        "attempts",
        "payments",
        lambda rows: counts(rows, "succeeded"),
        "SELECT status = 'authorized', count(*) FROM payment_session GROUP BY 1",
    ),
    (
        "parcels and pick-ups",
        "shipments",
        lambda rows: sums(rows, pl.len(), pl.col("delivered_at").count()),
        """SELECT count(*), count(delivered_at) FROM fulfillment
           WHERE canceled_at IS NULL AND id NOT IN (SELECT fulfillment_id FROM return_fulfillment)""",
    ),
    (
        "goods that come back",
        "returns",
        lambda rows: counts(rows, "raw_reason", "kind"),
        """SELECT s.label, CASE WHEN r.exchange_id IS NULL THEN 'return' ELSE 'exchange' END, count(*)
           FROM return_item i JOIN "return" r ON r.id = i.return_id JOIN return_reason s ON s.id = i.reason_id
           GROUP BY 1, 2""",
    ),
    (
        "money paid back",
        "refunds",
        lambda rows: money(rows, "amount"),
        """SELECT upper(c.currency_code), sum(c.refunded_amount) FROM payment_collection c
           WHERE c.refunded_amount > 0 GROUP BY 1""",
    ),
    (
        "records",
        "customers",
        lambda rows: counts(rows, "is_guest"),
        "SELECT NOT has_account, count(*) FROM customer GROUP BY 1",
    ),
]
