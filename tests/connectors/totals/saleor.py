"""Totals of Saleor's tables, and the statements that ask its database for the same."""

from __future__ import annotations

import polars as pl

from tests.connectors.totals.asked import Case, counts, money, sums

CASES: list[Case] = [
    (
        "orders",
        "orders",
        lambda rows: counts(rows, "raw_status"),
        "SELECT status, count(*) FROM order_order GROUP BY 1",
    ),
    (
        "what counts",
        "orders",
        lambda rows: counts(rows, "status", "kind"),
        """SELECT CASE WHEN status = 'canceled' THEN 'cancelled' WHEN status IN ('draft', 'unconfirmed')
               THEN 'draft' ELSE 'confirmed' END, CASE origin WHEN 'reissue' THEN 'replacement'
               ELSE 'sale' END, count(*) FROM order_order GROUP BY 1, 2""",
    ),
    (
        "totals less shipping and gift cards, in each currency",
        "orders",
        lambda rows: money(rows.filter(kind="sale")),
        """SELECT o.currency, sum(o.total_net_amount - o.shipping_price_net_amount) - coalesce((
               SELECT sum(l.total_price_net_amount) FROM order_orderline l
               WHERE l.is_gift_card AND l.currency = o.currency), 0)
           FROM order_order o WHERE o.origin <> 'reissue' GROUP BY 1""",
    ),
    (
        "shipping",
        "orders",
        lambda rows: money(rows, "shipping_amount"),
        "SELECT currency, sum(shipping_price_net_amount) FROM order_order GROUP BY 1",
    ),
    (
        "paid orders, paid back or not",
        "orders",
        lambda rows: sums(rows, pl.col("paid_at").count()),
        """SELECT count(DISTINCT t.order_id) FROM payment_transactionitem t
           WHERE EXISTS (SELECT 1 FROM payment_transactionevent e
               WHERE e.transaction_id = t.id AND e.type = 'charge_success')
           OR EXISTS (SELECT 1 FROM order_order o WHERE o.id = t.order_id AND o.total_gross_amount = 0)""",
    ),
    (
        "article lines",
        "order_lines",
        lambda rows: sums(rows, pl.len(), pl.col("quantity").sum(), pl.col("net_amount").sum()),
        """SELECT count(*), sum(quantity), sum(total_price_net_amount) FROM order_orderline
           WHERE NOT is_gift_card""",
    ),
    (
        "carts",
        "carts",
        lambda rows: counts(rows, "completed"),
        """SELECT false, count(*) FROM checkout_checkout UNION ALL
           SELECT true, count(*) FROM order_order WHERE origin <> 'reissue'""",
    ),
    (
        "attempts",
        "payments",
        lambda rows: sums(rows, pl.len(), pl.col("amount").sum()),
        """SELECT count(*), sum(greatest(charged, authorised)) FROM (
               SELECT sum(amount_value) FILTER (WHERE type = 'charge_success') charged,
                   sum(amount_value) FILTER (WHERE type = 'authorization_success') authorised
               FROM payment_transactionevent GROUP BY transaction_id) t""",
    ),
    (
        "parcels",
        "shipments",
        lambda rows: sums(rows, pl.col("shipped_at").count()),
        "SELECT count(*) FROM order_fulfillment WHERE status = 'fulfilled'",
    ),
    (
        "goods that came back",
        "returns",
        lambda rows: counts(rows, "kind"),
        """SELECT CASE f.status WHEN 'replaced' THEN 'exchange' ELSE 'return' END, count(*)
           FROM order_fulfillmentline l JOIN order_fulfillment f ON f.id = l.fulfillment_id
           WHERE f.status IN ('returned', 'replaced') GROUP BY 1""",
    ),
    (
        "money paid back",
        "refunds",
        lambda rows: money(rows.filter(status="settled"), "amount"),
        """SELECT currency, sum(amount_value) FROM payment_transactionevent
           WHERE type = 'refund_success' GROUP BY 1""",
    ),
    (
        "refunds promised or failed",
        "refunds",
        lambda rows: counts(rows.filter(pl.col("status") != "settled"), "status"),
        """SELECT CASE status WHEN 'failure' THEN 'failed' ELSE 'pending' END, count(*)
           FROM order_ordergrantedrefund WHERE status <> 'success' GROUP BY 1""",
    ),
    (
        "records",
        "customers",
        lambda rows: sums(rows, pl.len()),
        "SELECT count(*) FROM account_user WHERE NOT is_staff",
    ),
    (
        "articles",
        "products",
        lambda rows: sums(rows, pl.col("sku").n_unique()),
        "SELECT count(*) FROM product_productvariant",
    ),
]
