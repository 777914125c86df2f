"""Totals of Odoo's tables, and the statements that ask its database for the same."""

from __future__ import annotations

import polars as pl

from tests.connectors.totals.asked import Case, counts, money, sums

CASES: list[Case] = [
    (
        "every sale and receipt but carts and refunds",
        "orders",
        lambda rows: counts(rows, "status"),
        """SELECT CASE WHEN state IN ('sale', 'paid', 'done') THEN 'confirmed' WHEN state = 'cancel'
               THEN 'cancelled' ELSE 'draft' END, count(*) FROM (
               SELECT state FROM sale_order WHERE website_id IS NULL OR state <> 'draft'
               UNION ALL SELECT state FROM pos_order WHERE NOT is_refund) AS all_orders GROUP BY 1""",
    ),
    (
        "untaxed totals less shipping, in each currency",
        "orders",
        lambda rows: money(rows.filter(pl.col("channel").str.starts_with("pos:").not_())),
        """SELECT c.name, sum(o.amount_untaxed - coalesce(s.cost, 0)) FROM sale_order o
           JOIN res_currency c ON c.id = o.currency_id LEFT JOIN (
               SELECT order_id, sum(price_subtotal) cost FROM sale_order_line WHERE is_delivery GROUP BY 1
           ) s ON s.order_id = o.id WHERE o.website_id IS NULL OR o.state <> 'draft' GROUP BY 1""",
    ),
    (
        "tills' totals less tax",
        "orders",
        lambda rows: money(rows.filter(pl.col("channel").str.starts_with("pos:"))),
        "SELECT 'USD', sum(amount_total - amount_tax) FROM pos_order WHERE NOT is_refund",
    ),
    (
        "orders per channel",
        "orders",
        lambda rows: counts(rows, "channel"),
        """SELECT coalesce('web:' || website_id, 'team:' || team_id), count(*) FROM sale_order
           WHERE website_id IS NULL OR state <> 'draft' GROUP BY 1 UNION ALL
           SELECT 'pos:' || config_id, count(*) FROM pos_order WHERE NOT is_refund GROUP BY 1""",
    ),
    (
        "paid orders",
        "orders",
        lambda rows: sums(rows, pl.col("paid_at").count()),
        """SELECT (SELECT count(DISTINCT o.id) FROM sale_order o WHERE o.state <> 'draft' AND (
               EXISTS (SELECT 1 FROM account_move m
                   WHERE m.invoice_origin = o.name AND m.payment_state = 'paid')
               OR EXISTS (SELECT 1 FROM sale_order_transaction_rel r JOIN payment_transaction t
                   ON t.id = r.transaction_id WHERE r.sale_order_id = o.id AND t.state = 'done')))
           + (SELECT count(*) FROM pos_order WHERE amount_total >= 0)""",
    ),
    (
        "discounts",
        "orders",
        lambda rows: sums(rows, pl.col("gross_amount").sum() - pl.col("net_amount").sum()),
        """SELECT (
               SELECT sum(l.price_unit * l.product_uom_qty * l.discount / 100) FROM sale_order_line l
               JOIN sale_order o ON o.id = l.order_id
               WHERE o.website_id IS NULL OR o.state <> 'draft') + (
               SELECT sum(l.price_subtotal * l.discount / (100 - l.discount)) FROM pos_order_line l
               JOIN pos_order o ON o.id = l.order_id WHERE NOT o.is_refund)""",
    ),
    (
        "article lines and pieces",
        "order_lines",
        lambda rows: sums(rows, pl.len(), pl.col("quantity").sum()),
        """WITH l AS (SELECT l.product_uom_qty q FROM sale_order_line l JOIN sale_order o ON o.id = l.order_id
               WHERE l.is_delivery IS NOT TRUE AND (o.website_id IS NULL OR o.state <> 'draft')
               UNION ALL SELECT qty FROM pos_order_line WHERE qty > 0)
           SELECT count(*), sum(q) FROM l""",
    ),
    (
        "web carts",
        "carts",
        lambda rows: counts(rows, "completed"),
        """SELECT state IN ('sale', 'cancel'), count(*) FROM sale_order
           WHERE website_id IS NOT NULL GROUP BY 1""",
    ),
    (
        "attempts to pay",
        "payments",
        lambda rows: counts(rows, "succeeded"),
        """SELECT ok, count(*) FROM (SELECT state = 'done' ok FROM payment_transaction
               UNION ALL SELECT true FROM pos_payment WHERE amount > 0) a GROUP BY 1""",
    ),
    (
        "parcels and pick-ups",
        "shipments",
        lambda rows: sums(rows, pl.len(), pl.col("shipped_at").count(), pl.col("delivered_at").count()),
        """WITH p AS (SELECT p.state, c.delivery_type = 'in_store' AS collected FROM stock_picking p
               JOIN stock_picking_type t ON t.id = p.picking_type_id AND t.code = 'outgoing'
               JOIN sale_order o ON o.id = p.sale_id LEFT JOIN delivery_carrier c ON c.id = o.carrier_id
               WHERE p.state NOT IN ('draft', 'cancel'))
           SELECT count(*), count(*) FILTER (WHERE state = 'done' AND collected IS NOT TRUE),
               count(*) FILTER (WHERE state = 'done' AND collected) FROM p""",
    ),
    (
        "goods that came back",
        "returns",
        lambda rows: sums(rows, pl.len(), pl.col("quantity").sum(), pl.col("received_at").count()),
        """WITH r AS (SELECT m.product_uom_qty q, p.state = 'done' back FROM stock_move m
               JOIN stock_picking p ON p.id = m.picking_id WHERE p.return_id IS NOT NULL
               UNION ALL SELECT -qty, true FROM pos_order_line WHERE refunded_orderline_id IS NOT NULL)
           SELECT count(*), sum(q), count(*) FILTER (WHERE back) FROM r""",
    ),
    (
        "reasons of returns on the web",
        "returns",
        lambda rows: counts(rows.filter(pl.col("raw_reason").is_not_null()), "raw_reason"),
        """SELECT split_part(ref, ', ', 2), count(*) FROM account_move
           WHERE move_type = 'out_refund' AND invoice_origin IS NOT NULL GROUP BY 1""",
    ),
    (
        "money paid back at tills, and owed on the web",
        "refunds",
        lambda rows: money(rows, "amount", ("status", "currency")),
        """SELECT 'settled', 'USD', -sum(amount_total) FROM pos_order WHERE is_refund UNION ALL
           SELECT 'pending', c.name, sum(amount_total) FROM account_move m
           JOIN res_currency c ON c.id = m.currency_id
           WHERE move_type = 'out_refund' AND invoice_origin IS NOT NULL GROUP BY c.name""",
    ),
    (
        "visits begin where half an hour is silent before",
        "visits",
        lambda rows: sums(rows, pl.len(), pl.col("product_viewed").sum()),
        """WITH t AS (SELECT visitor_id, visit_datetime, product_id, (
               SELECT max(s.visit_datetime) FROM website_track s
               WHERE s.visitor_id = t.visitor_id AND s.visit_datetime <= t.visit_datetime AND NOT EXISTS (
                   SELECT 1 FROM website_track b WHERE b.visitor_id = s.visitor_id
                   AND b.visit_datetime < s.visit_datetime
                   AND b.visit_datetime >= s.visit_datetime - interval '30 minutes')) AS began
               FROM website_track t)
           SELECT count(DISTINCT (visitor_id, began)),
               count(DISTINCT (visitor_id, began)) FILTER (WHERE product_id IS NOT NULL) FROM t""",
    ),
    (
        "conversations",
        "conversations",
        lambda rows: counts(rows, "medium"),
        """SELECT 'chat', count(*) FROM discuss_channel WHERE channel_type = 'livechat' UNION ALL
           SELECT 'email', count(*) FROM project_task WHERE project_id = 8""",
    ),
    (
        "answers to surveys",
        "surveys",
        lambda rows: rows.group_by("kind").agg(
            pl.len(), pl.col("score").count().alias("answers"), pl.col("score").sum()),
        """SELECT 'nps', (SELECT count(*) FROM survey_user_input WHERE survey_id = 6), count(*),
               sum(value_scale)::float
           FROM survey_user_input_line WHERE answer_type = 'scale' UNION ALL
           SELECT 'csat', count(*), count(nullif(rating, 0)), sum(rating) FROM rating_rating
           WHERE res_model <> 'product.template'""",
    ),
    (
        "stars of reviews",
        "reviews",
        lambda rows: counts(rows, "stars"),
        "SELECT rating::int, count(*) FROM rating_rating WHERE res_model = 'product.template' GROUP BY 1",
    ),
]  # fmt: skip
