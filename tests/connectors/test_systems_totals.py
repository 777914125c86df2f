"""Totals of real shops' tables, against SQL that asks the same of their databases in another way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from tests.connectors.system_world import Shop, dumped_shop

Rows = pl.DataFrame
Case = tuple[str, str, Callable[[Rows], Rows], str]


def money(rows: Rows, column: str = "net_amount", by: tuple[str, ...] = ("currency",)) -> Rows:
    return rows.group_by(by).agg(pl.col(column).sum())


def counts(rows: Rows, *columns: str) -> Rows:
    return rows.group_by(columns).len()


def sums(rows: Rows, *values: pl.Expr) -> Rows:
    """One row of a few totals."""
    return rows.select(*values)


def comparable(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in one order, numbers to the cent."""
    plain = [
        tuple(round(float(cell), 2) if isinstance(cell, int | float | Decimal) else cell for cell in row)
        for row in rows
    ]
    return sorted(plain, key=str)


ODOO: list[Case] = [
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

SALEOR: list[Case] = [
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

MEDUSA: list[Case] = [
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

UMAMI: list[Case] = [
    (
        "visits that saw a page, their pages, and those that saw only one",
        "visits",
        lambda rows: rows.group_by("channel").agg(
            pl.len(), pl.col("page_views").sum(), pl.col("bounced").sum()),
        """SELECT name, count(*), sum(pages), count(*) FILTER (WHERE pages = 1) FROM (
               SELECT w.name, visit_id, count(*) pages FROM website_event e
               JOIN website w ON w.website_id = e.website_id WHERE event_type = 1 GROUP BY 1, 2) v
           GROUP BY 1""",
    ),
    (
        "visits that reached a stage",
        "visits",
        lambda rows: sums(rows, *(pl.col(stage).sum() for stage in (
            "product_viewed", "added_to_cart", "reached_checkout", "ordered"))),
        """SELECT count(DISTINCT visit_id) FILTER (WHERE url_path ~ '^/products/.'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'add_to_cart'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'begin_checkout'),
               count(DISTINCT visit_id) FILTER (WHERE event_name = 'purchase') FROM website_event""",
    ),
    (
        "orders that visits led to",
        "visits",
        lambda rows: sums(
            rows, pl.col("order_id").count(), pl.col("order_id").drop_nulls().n_unique().alias("orders")),
        """SELECT count(*), count(DISTINCT string_value) FROM event_data WHERE data_key = 'orderId'""",
    ),
    (
        "where visits came from",
        "visits",
        lambda rows: counts(rows, "source"),
        """SELECT CASE WHEN max(utm_medium) = 'email' THEN 'email'
               WHEN max(referrer_domain) = 'google.com' THEN 'search' ELSE 'direct' END, count(*)
           FROM (SELECT visit_id, max(utm_medium) utm_medium, max(referrer_domain) referrer_domain
               FROM website_event GROUP BY 1) v GROUP BY utm_medium, referrer_domain""",
    ),
    (
        "devices and countries",
        "visits",
        lambda rows: counts(rows, "device", "region"),
        """SELECT CASE device WHEN 'mobile' THEN 'phone' WHEN 'laptop' THEN 'desktop' ELSE device END,
               country::text, count(DISTINCT visit_id) FROM website_event
           JOIN session USING (session_id) GROUP BY 1, 2""",
    ),
    (
        "visitors who signed in",
        "visits",
        lambda rows: sums(
            rows, pl.col("email_hash").count(),
            pl.col("email_hash").drop_nulls().n_unique().alias("people"), pl.col("visitor_id").n_unique()),
        """SELECT count(DISTINCT e.visit_id) FILTER (WHERE s.distinct_id LIKE '%@%'),
               count(DISTINCT lower(s.distinct_id)), count(DISTINCT s.session_id)
           FROM website_event e JOIN session s USING (session_id)""",
    ),
]  # fmt: skip

FORMBRICKS: list[Case] = [
    (
        "answers and their scores, by channel",
        "surveys",
        lambda rows: rows.drop_nulls("answered_at").group_by("kind", "channel", "scale_max").agg(
            pl.len(), pl.col("score").sum()),
        """SELECT 'nps', data->>'channel', 10, count(*), sum((data->>'q_nps')::int) FROM "Response"
           WHERE data ? 'q_nps' AND created_at < now() AT TIME ZONE 'utc' + interval '1 day' GROUP BY 2
           UNION ALL SELECT 'csat', 'Support CSAT', 5, count(*), sum((data->>'q_csat')::int) FROM "Response"
           WHERE data ? 'q_csat' AND created_at < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
    (
        "invitations, and those without an answer",
        "surveys",
        lambda rows: sums(
            rows, pl.col("invited_at").count(),
            pl.col("invited_at").filter(pl.col("answered_at").is_null()).count().alias("unanswered")),
        """SELECT count(*), count(*) FILTER (WHERE r.id IS NULL) FROM "Display" d
           LEFT JOIN "Response" r ON r."displayId" = d.id
           WHERE d.created_at < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
    (
        "people, orders and words",
        "surveys",
        lambda rows: sums(
            rows, pl.col("email_hash").count(), pl.col("order_id").count(), pl.col("comment").count()),
        """SELECT count(*) FILTER (WHERE c.id IS NOT NULL), count(r.data->>'orderId'),
               count(nullif(r.data->>'q_why', ''))
           FROM "Display" d FULL JOIN "Response" r ON r."displayId" = d.id
           LEFT JOIN "ContactAttribute" c ON c."contactId" = coalesce(r."contactId", d."contactId")
           WHERE coalesce(d.created_at, r.created_at) < now() AT TIME ZONE 'utc' + interval '1 day'""",
    ),
]  # fmt: skip

CASES = [
    pytest.param(system, *case[1:], id=f"{system}: {case[0]}")
    for system, cases in (
        ("odoo", ODOO),
        ("saleor", SALEOR),
        ("medusa", MEDUSA),
        ("umami", UMAMI),
        ("formbricks", FORMBRICKS),
    )
    for case in cases
]


@pytest.fixture(scope="module")
def rows_of(postgres_folder: str) -> Callable[[str], tuple[Shop, dict[str, Rows]]]:
    """A dump's shop and its accepted rows, read once."""
    read: dict[str, tuple[Shop, dict[str, Rows]]] = {}

    def rows_of(system: str) -> tuple[Shop, dict[str, Rows]]:
        if system not in read:
            shop = dumped_shop(postgres_folder, system)
            read[system] = shop, {name: accepted.rows for name, accepted in shop.accepted().items()}
        return read[system]

    return rows_of


@pytest.mark.parametrize(("system", "table", "total", "asked"), CASES)
def test_totals_are_what_the_database_says(
    system: str,
    table: str,
    total: Callable[[Rows], Rows],
    asked: str,
    rows_of: Callable[[str], tuple[Shop, dict[str, Rows]]],
) -> None:
    shop, rows = rows_of(system)
    assert comparable(total(rows[table]).rows()) == comparable(shop.database.run(asked))


def test_net_tax_and_shipping_make_medusas_own_total_where_nothing_was_changed(
    rows_of: Callable[[str], tuple[Shop, dict[str, Rows]]],
) -> None:
    shop, rows = rows_of("medusa")
    total = pl.col("net_amount") + pl.col("tax_amount") + pl.col("shipping_amount")
    ours = rows["orders"].select("order_id", total)
    theirs = shop.database.run(
        """SELECT o.id, (s.totals->>'original_order_total')::numeric FROM "order" o
           JOIN order_summary s ON s.order_id = o.id AND s.version = o.version AND s.deleted_at IS NULL
           WHERE NOT EXISTS (SELECT 1 FROM order_change c WHERE c.order_id = o.id AND c.status = 'confirmed'
               AND c.change_type IN ('edit', 'exchange', 'claim', 'credit_line'))"""
    )
    assert len(theirs) > 80
    assert comparable(
        ours.filter(pl.col("order_id").is_in([order for order, _ in theirs])).rows()
    ) == comparable(theirs)
