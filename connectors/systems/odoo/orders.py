"""Odoo's orders, order lines, carts and payment attempts: web shop, sales teams and tills."""

from __future__ import annotations

from functools import partial

from connectors.sql_system import Select
from connectors.systems.odoo.changes import (
    NARROW_LINES,
    NARROW_ORDERS,
    SALE,
    each,
    lines,
    orders,
    roles,
    till,
    touched,
)
from connectors.systems.odoo.lines import (
    ATTEMPT,
    GIFT_CARDS,
    PICKUP_STORE,
    SALE_CHANNEL,
    SALE_IS_ORDER,
    SALE_LINES,
    SKU,
    TILL,
    TILL_LINES,
    TILL_ORDER,
)

PAID = f"""
attempted AS (
    SELECT related.sale_order_id AS order_id,
        min(attempt.last_state_change) FILTER (WHERE attempt.state = 'done') AS paid_at,
        max(method.name->>'en_US') AS method,
        bool_and(NOT coalesce(attempt.is_live, true)) AS unreal
    FROM sale_order_transaction_rel AS related
    JOIN payment_transaction AS attempt ON attempt.id = related.transaction_id
    LEFT JOIN payment_method AS method ON method.id = attempt.payment_method_id
    WHERE attempt.state IN ('done', 'authorized') AND {ATTEMPT}
    GROUP BY 1
),
invoice AS (
    SELECT DISTINCT line.order_id, move.id, move.payment_state IN ('paid', 'in_payment') AS is_paid
    FROM sale_order_line AS line
    JOIN sale_order_line_invoice_rel AS related ON related.order_line_id = line.id
    JOIN account_move_line AS item ON item.id = related.invoice_line_id
    JOIN account_move AS move ON move.id = item.move_id
    WHERE move.move_type = 'out_invoice' AND move.state = 'posted'
),
settled AS (
    SELECT item.move_id, max(part.create_date) AS at
    FROM account_partial_reconcile AS part JOIN account_move_line AS item ON item.id = part.debit_move_id
    GROUP BY 1
),
invoiced AS (
    SELECT invoice.order_id, max(settled.at) AS paid_at
    FROM invoice LEFT JOIN settled ON settled.move_id = invoice.id
    GROUP BY 1 HAVING bool_and(invoice.is_paid)
)"""
"""When the money was there: the first payment on the web, or the last of what settled every invoice."""

ORDERS = Select(
    f"""
WITH {GIFT_CARDS}, {SALE_LINES}, {TILL_LINES}, {PAID},
sold AS (
    SELECT order_id,
        sum(price_subtotal) FILTER (WHERE role IN ('article', 'discount')) AS net_amount,
        sum(gross) FILTER (WHERE role = 'article') AS gross_amount,
        sum(price_subtotal) FILTER (WHERE role = 'shipping') AS shipping_amount,
        bool_and(product_type = 'service') FILTER (WHERE role = 'article') AS is_service
    FROM sale_line GROUP BY order_id
),
rung_up AS (
    SELECT order_id,
        sum(price_subtotal) FILTER (WHERE role IN ('article', 'discount')) AS net_amount,
        sum(gross) FILTER (WHERE role = 'article') AS gross_amount,
        sum(price_subtotal_incl - price_subtotal) FILTER (WHERE role IN ('article', 'discount')) AS tax_amount
    FROM till_line GROUP BY order_id HAVING bool_or(role IN ('article', 'discount', 'none'))
),
till_paid AS (
    SELECT payment.pos_order_id, string_agg(DISTINCT method.name->>'en_US', '+') AS method
    FROM pos_payment AS payment JOIN pos_payment_method AS method ON method.id = payment.payment_method_id
    WHERE NOT coalesce(payment.is_change, false) GROUP BY 1
)
SELECT 'S' || sale.id AS order_id, sale.date_order AT TIME ZONE 'utc' AS placed_at,
    {SALE_CHANNEL} AS channel,
    CASE WHEN sale.state IN ('sale', 'done') THEN 'confirmed' WHEN sale.state = 'cancel' THEN 'cancelled'
        ELSE 'draft' END AS status,
    sale.state AS raw_status, 'sale' AS kind,
    round(coalesce(sold.net_amount, 0), 4) AS net_amount, currency.name AS currency,
    least(attempted.paid_at, invoiced.paid_at) AT TIME ZONE 'utc' AS paid_at,
    sale.partner_id::text AS customer_ref, NULL::text AS email, NULL::text AS phone,
    CASE WHEN carrier.delivery_type = 'in_store'
        THEN {PICKUP_STORE.format(warehouse="sale.warehouse_id")} END AS store_id,
    upper(country.code) AS region,
    round(coalesce(sold.gross_amount, 0), 4) AS gross_amount, round(sale.amount_tax, 4) AS tax_amount,
    round(coalesce(sold.shipping_amount, 0), 4) AS shipping_amount, attempted.method AS payment_method,
    CASE WHEN carrier.delivery_type = 'in_store' THEN 'pickup' WHEN sold.is_service THEN 'digital'
        ELSE 'ship' END AS fulfilment,
    sale.commitment_date AT TIME ZONE 'utc' AS promised_at,
    coalesce(attempted.unreal, false)
        AND EXISTS (SELECT FROM payment_transaction AS attempt WHERE attempt.is_live) AS is_test
FROM sale_order AS sale
JOIN res_company AS company ON company.id = sale.company_id
JOIN res_currency AS currency ON currency.id = coalesce(sale.currency_id, company.currency_id)
LEFT JOIN sold ON sold.order_id = sale.id
LEFT JOIN attempted ON attempted.order_id = sale.id
LEFT JOIN invoiced ON invoiced.order_id = sale.id
LEFT JOIN delivery_carrier AS carrier ON carrier.id = sale.carrier_id
LEFT JOIN res_partner AS receiver ON receiver.id = sale.partner_shipping_id
LEFT JOIN res_country AS country ON country.id = receiver.country_id
WHERE {SALE_IS_ORDER}
UNION ALL
SELECT 'P' || receipt.id, receipt.date_order AT TIME ZONE 'utc', 'pos:' || config.id,
    CASE WHEN receipt.state = 'cancel' THEN 'cancelled' WHEN receipt.state = 'draft' THEN 'draft'
        ELSE 'confirmed' END,
    receipt.state, 'sale', round(coalesce(rung_up.net_amount, 0), 4), money.name,
    CASE WHEN receipt.state NOT IN ('cancel', 'draft') THEN receipt.date_order AT TIME ZONE 'utc' END,
    receipt.partner_id::text, receipt.email, receipt.mobile, 'pos:' || config.id, NULL,
    round(coalesce(rung_up.gross_amount, 0), 4), round(coalesce(rung_up.tax_amount, 0), 4), 0,
    till_paid.method,
    CASE WHEN receipt.shipping_date IS NULL THEN 'instore' ELSE 'ship' END, NULL, false
FROM pos_order AS receipt {TILL}
JOIN rung_up ON rung_up.order_id = receipt.id
LEFT JOIN till_paid ON till_paid.pos_order_id = receipt.id
""",
    any_of=("sale_order", "pos_order"),
    known_by={
        "email": "pos_order.email",
        "phone": "pos_order.mobile",
        "store_id": "stock_picking_type",
        "promised_at": "sale_order.commitment_date",
        "is_test": "payment_transaction.is_live",
    },
    touched=touched("order_id", NARROW_ORDERS, orders()),
)
"""A database that never took a live payment is a trial: nothing in it counts as a test."""

ORDER_LINES = Select(
    f"""
WITH {GIFT_CARDS}, {SALE_LINES}, {TILL_LINES}
SELECT 'S' || line.order_id AS order_id, 'S' || line.id AS line_id, {SKU} AS sku,
    line.product_uom_qty AS quantity,
    CASE WHEN sale.state = 'cancel' THEN 0 ELSE line.product_uom_qty END AS quantity_kept,
    round(line.price_subtotal, 4) AS net_amount,
    round(line.gross / nullif(line.product_uom_qty, 0), 4) AS list_price,
    sale.date_order AT TIME ZONE 'utc' AS filed_at
FROM sale_line AS line
JOIN sale_order AS sale ON sale.id = line.order_id
JOIN product_product AS product ON product.id = line.product_id
WHERE line.role = 'article' AND {SALE_IS_ORDER}
UNION ALL
SELECT 'P' || line.order_id, 'P' || line.id, {SKU}, line.qty,
    CASE WHEN line.state = 'cancel' THEN 0 ELSE line.qty END,
    round(line.price_subtotal, 4), round(line.gross / nullif(line.qty, 0), 4),
    line.date_order AT TIME ZONE 'utc'
FROM till_line AS line
JOIN product_product AS product ON product.id = line.product_id
WHERE line.role = 'article'
""",
    any_of=("sale_order", "pos_order"),
    touched=touched("order_id", NARROW_LINES, lines()),
)

PUBLIC = """(
        SELECT max(greatest(site.write_date, public.write_date)) AS write_date
        FROM website AS site, res_users AS public WHERE public.id = site.user_id
    ) AS public ON public.write_date IS NOT NULL AND sale.website_id IS NOT NULL"""
"""Whose carts are nobody's: when a site's visitor becomes another user, it may concern any cart."""

_cart = partial(each, "'S' || sale.id AS cart_id, sale.id AS sale_id")

CARTS = Select(
    f"""
WITH finished AS (
    SELECT sale.id, sale.state IN ('sale', 'done')
        OR EXISTS (SELECT FROM stock_picking AS picking WHERE picking.sale_id = sale.id)
        OR EXISTS (
            SELECT FROM sale_order_transaction_rel AS related
            JOIN payment_transaction AS attempt ON attempt.id = related.transaction_id
            WHERE related.sale_order_id = sale.id AND attempt.state IN ('done', 'authorized', 'pending')
                AND {ATTEMPT}) AS completed
    FROM sale_order AS sale WHERE sale.website_id IS NOT NULL
)
SELECT 'S' || sale.id AS cart_id, sale.create_date AT TIME ZONE 'utc' AS started_at,
    {SALE_CHANNEL} AS channel, finished.completed,
    CASE WHEN finished.completed THEN sale.date_order AT TIME ZONE 'utc' END AS completed_at,
    CASE WHEN finished.completed AND {SALE_IS_ORDER} THEN 'S' || sale.id END AS order_id,
    CASE WHEN NOT EXISTS (
            SELECT FROM website AS site JOIN res_users AS public ON public.id = site.user_id
            WHERE public.partner_id = sale.partner_id)
        THEN sale.partner_id::text END AS customer_ref
FROM sale_order AS sale JOIN finished ON finished.id = sale.id
""",
    any_of=("sale_order.website_id",),
    touched=touched(
        "cart_id",
        {
            "sale_order": "id IN (SELECT sale_id FROM touched)",
            "sale_order_transaction_rel": "sale_order_id IN (SELECT sale_id FROM touched)",
        },
        _cart(SALE),
        _cart(SALE, "res_partner AS buyer ON buyer.id = sale.partner_id"),
        _cart(SALE, "stock_picking AS picking ON picking.sale_id = sale.id"),
        _cart(
            SALE,
            "sale_order_transaction_rel AS related ON related.sale_order_id = sale.id",
            "payment_transaction AS attempt ON attempt.id = related.transaction_id",
        ),
        _cart(SALE, PUBLIC),
    ),
)
"""Odoo moves `date_order` when an order is confirmed, so a cart began when its row was made."""

PAID_AT_TILL = "'P' || payment.id AS payment_id, NULL::integer AS attempt_id, payment.id AS paid_id"
TILL_PAYMENT = "pos_payment AS payment"

_attempt = partial(
    each,
    "'T' || attempt.id AS payment_id, attempt.id AS attempt_id, NULL::integer AS paid_id",
    "payment_transaction AS attempt",
)

PAYMENTS = Select(
    f"""
WITH {GIFT_CARDS}, {TILL_LINES}
SELECT 'T' || attempt.id AS payment_id, attempt.create_date AT TIME ZONE 'utc' AS attempted_at,
    attempt.state IN ('done', 'authorized') AS succeeded,
    coalesce(CASE WHEN {SALE_IS_ORDER} THEN 'S' || sale.id END, 'P' || attempt.pos_order_id) AS order_id,
    CASE WHEN sale.website_id IS NOT NULL THEN 'S' || sale.id END AS cart_id,
    method.name->>'en_US' AS method, CASE WHEN sale.id IS NOT NULL THEN {SALE_CHANNEL} END AS channel,
    round(attempt.amount, 4) AS amount
FROM payment_transaction AS attempt
LEFT JOIN payment_method AS method ON method.id = attempt.payment_method_id
LEFT JOIN sale_order AS sale ON sale.id = (
    SELECT min(related.sale_order_id) FROM sale_order_transaction_rel AS related
    WHERE related.transaction_id = attempt.id)
WHERE {ATTEMPT} AND (attempt.pos_order_id IS NULL OR attempt.state NOT IN ('done', 'authorized'))
UNION ALL
SELECT 'P' || payment.id, payment.payment_date AT TIME ZONE 'utc',
    coalesce(nullif(payment.payment_status, ''), 'done') IN ('done', 'force_done'), 'P' || receipt.id, NULL,
    method.name->>'en_US', 'pos:' || session.config_id, round(payment.amount, 4)
FROM pos_payment AS payment
JOIN pos_order AS receipt ON receipt.id = payment.pos_order_id
JOIN pos_session AS session ON session.id = receipt.session_id
LEFT JOIN pos_payment_method AS method ON method.id = payment.payment_method_id
WHERE payment.amount > 0 AND NOT coalesce(payment.is_change, false) AND {TILL_ORDER}
""",
    any_of=("payment_transaction", "pos_payment"),
    touched=touched(
        "payment_id",
        {
            "payment_transaction": "id IN (SELECT attempt_id FROM touched)",
            "sale_order_transaction_rel": "transaction_id IN (SELECT attempt_id FROM touched)",
            "pos_payment": "id IN (SELECT paid_id FROM touched)",
            "pos_order_line": """order_id IN (
                SELECT payment.pos_order_id FROM pos_payment AS payment
                WHERE payment.id IN (SELECT paid_id FROM touched))""",
        },
        _attempt("payment_method AS method ON method.id = attempt.payment_method_id"),
        _attempt(
            "sale_order_transaction_rel AS related ON related.transaction_id = attempt.id",
            "sale_order AS sale ON sale.id = related.sale_order_id",
        ),
        each(
            PAID_AT_TILL,
            TILL_PAYMENT,
            "pos_payment_method AS method ON method.id = payment.payment_method_id",
        ),
        till(PAID_AT_TILL, TILL_PAYMENT, "pos_order AS receipt ON receipt.id = payment.pos_order_id"),
        roles(PAID_AT_TILL, TILL_PAYMENT, "pos_order_line AS line ON line.order_id = payment.pos_order_id"),
    ),
)
"""A payment at a till that came over the payment page is there twice; its success counts once."""
