"""Saleor's orders, order lines, carts and payment attempts."""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.stamps import of_last
from connectors.systems.saleor.changes import PARTS_OF_ORDERS, VANISHED_ARTICLES, touched

PAID = """
received AS (
    SELECT item.order_id, event.created_at, event.amount_value AS amount
    FROM payment_transactionevent AS event
    JOIN payment_transactionitem AS item ON item.id = event.transaction_id
    WHERE event.type = 'charge_success' AND item.order_id IS NOT NULL
    UNION ALL
    SELECT payment.order_id, step.created_at, step.amount
    FROM payment_transaction AS step JOIN payment_payment AS payment ON payment.id = step.payment_id
    WHERE step.kind = 'capture' AND step.is_success AND payment.order_id IS NOT NULL
),
adding_up AS (
    SELECT order_id, created_at, sum(amount) OVER (PARTITION BY order_id ORDER BY created_at) AS so_far
    FROM received
),
paid AS (
    SELECT adding_up.order_id, min(adding_up.created_at) AS paid_at
    FROM adding_up JOIN order_order AS placed ON placed.id = adding_up.order_id
    WHERE adding_up.so_far >= placed.total_gross_amount GROUP BY 1
)"""
"""An order is paid when what was charged adds up to its total; what is paid back later does not undo it."""

METHOD = """(
    SELECT coalesce(max(nullif(item.payment_method_type, '')), max(nullif(item.name, '')))
    FROM payment_transactionitem AS item WHERE item.order_id = placed.id), (
    SELECT max(payment.gateway) FROM payment_payment AS payment WHERE payment.order_id = placed.id)"""

SKU = """coalesce(
    nullif(line.product_sku, ''), 'id:' || line.variant_id, line.product_variant_id, 'line:' || line.id)"""

PROMISED = "placed.created_at + make_interval(days => method.maximum_delivery_days)"

ORDERS = f"""
WITH {PAID},
sold AS (
    SELECT order_id, sum(total_price_net_amount) FILTER (WHERE NOT is_gift_card) AS net_amount,
        sum(greatest(undiscounted_total_price_net_amount, total_price_net_amount))
            FILTER (WHERE NOT is_gift_card) AS gross_amount,
        sum(total_price_gross_amount - total_price_net_amount) FILTER (WHERE NOT is_gift_card) AS tax_amount,
        bool_or(is_shipping_required) AS is_shipped
    FROM order_orderline GROUP BY order_id
)
SELECT placed.id::text AS order_id, placed.created_at AS placed_at, channel.slug AS channel,
    CASE WHEN placed.status = 'canceled' THEN 'cancelled'
        WHEN placed.status IN ('draft', 'unconfirmed', 'expired') THEN 'draft' ELSE 'confirmed' END AS status,
    placed.status AS raw_status,
    CASE WHEN placed.origin = 'reissue' THEN 'replacement' ELSE 'sale' END AS kind,
    coalesce(sold.net_amount, 0) AS net_amount, placed.currency,
    coalesce(paid.paid_at, CASE WHEN placed.total_gross_amount = 0
        AND placed.status NOT IN ('draft', 'unconfirmed', 'expired') THEN placed.created_at END) AS paid_at,
    'u' || placed.user_id AS customer_ref, placed.user_email AS email, billing.phone,
    collection.slug AS store_id, address.country AS region,
    coalesce(sold.gross_amount, 0) AS gross_amount,
    coalesce(sold.tax_amount, 0)
        + placed.shipping_price_gross_amount - placed.shipping_price_net_amount AS tax_amount,
    placed.shipping_price_net_amount AS shipping_amount, coalesce({METHOD}) AS payment_method,
    CASE WHEN placed.collection_point_id IS NOT NULL THEN 'pickup' WHEN sold.is_shipped THEN 'ship'
        ELSE 'digital' END AS fulfilment,
    {PROMISED} AS promised_at, CASE WHEN placed.status = 'canceled' THEN (
        SELECT max(event.date) FROM order_orderevent AS event
        WHERE event.order_id = placed.id AND event.type = 'canceled') END AS cancelled_at,
    nullif(placed.voucher_code, '') AS coupon
FROM order_order AS placed
JOIN channel_channel AS channel ON channel.id = placed.channel_id
LEFT JOIN sold ON sold.order_id = placed.id
LEFT JOIN paid ON paid.order_id = placed.id
LEFT JOIN account_address AS address ON address.id = placed.shipping_address_id
LEFT JOIN account_address AS billing ON billing.id = placed.billing_address_id
LEFT JOIN shipping_shippingmethod AS method ON method.id = placed.shipping_method_id
LEFT JOIN warehouse_warehouse AS collection ON collection.id = placed.collection_point_id
"""
"""Read whole, as carts, payments and shipments are: the names of channels and warehouses, the days that a way
of shipping takes, and addresses change without a trace.
"""

OPEN = ("SELECT id::text, id, NULL::timestamptz FROM order_order WHERE status IN ('draft', 'unconfirmed')",)

ORDER_LINES = Select(
    f"""
SELECT line.order_id::text AS order_id, line.id::text AS line_id, {SKU} AS sku, line.quantity,
    CASE WHEN placed.status IN ('canceled', 'expired') THEN 0 ELSE line.quantity END AS quantity_kept,
    line.total_price_net_amount AS net_amount,
    round(greatest(line.undiscounted_total_price_net_amount, line.total_price_net_amount)
        / nullif(line.quantity, 0), 4) AS list_price, placed.created_at AS filed_at
FROM order_orderline AS line JOIN order_order AS placed ON placed.id = line.order_id
WHERE NOT line.is_gift_card
""",
    touched=touched(
        "order_id",
        {
            "order_order": "id IN (SELECT id FROM touched)",
            "order_orderline": "order_id IN (SELECT id FROM touched)",
        },
        PARTS_OF_ORDERS,
        of_last("line.order_id::text, line.order_id", "order_orderline AS line", stamp="created_at"),
        VANISHED_ARTICLES,
        OPEN,
    ),
)
"""Drafts and unconfirmed orders get new prices without a stamp: they are always read again."""

CARTS = """
SELECT checkout.token::text AS cart_id, checkout.created_at AS started_at, channel.slug AS channel,
    false AS completed, NULL::timestamptz AS completed_at, NULL AS order_id,
    'u' || checkout.user_id AS customer_ref
FROM checkout_checkout AS checkout JOIN channel_channel AS channel ON channel.id = checkout.channel_id
UNION ALL
SELECT coalesce(nullif(placed.checkout_token, ''), placed.id::text), placed.created_at, channel.slug,
    true, placed.created_at, placed.id::text, 'u' || placed.user_id
FROM order_order AS placed JOIN channel_channel AS channel ON channel.id = placed.channel_id
WHERE coalesce(placed.origin, '') NOT IN ('draft', 'reissue', 'bulk_create') AND placed.status <> 'draft'
"""

PAYMENTS = """
WITH event AS (
    SELECT event.*, item.order_id, item.checkout_id,
        coalesce(nullif(item.payment_method_type, ''), nullif(item.name, '')) AS method,
        event.type LIKE '%_success' AS succeeded,
        min(event.created_at) FILTER (WHERE event.type LIKE '%_success') OVER one AS first_success,
        row_number() OVER (
            PARTITION BY item.id, event.type LIKE '%_success' ORDER BY event.created_at, event.id) AS place
    FROM payment_transactionevent AS event
    JOIN payment_transactionitem AS item ON item.id = event.transaction_id
    WHERE event.type IN ('authorization_success', 'authorization_failure', 'charge_success', 'charge_failure')
    WINDOW one AS (PARTITION BY item.id)
),
attempt AS (
    SELECT 'E' || id AS payment_id, created_at, succeeded, order_id, checkout_id, method,
        amount_value AS amount
    FROM event
    WHERE CASE WHEN succeeded THEN place = 1 ELSE first_success IS NULL OR created_at <= first_success END
    UNION ALL
    SELECT 'P' || payment.id, payment.created_at, EXISTS (
            SELECT FROM payment_transaction AS step
            WHERE step.payment_id = payment.id AND step.kind IN ('auth', 'capture') AND step.is_success),
        payment.order_id, payment.checkout_id, payment.gateway, payment.total
    FROM payment_payment AS payment
)
SELECT attempt.payment_id, attempt.created_at AS attempted_at, attempt.succeeded,
    attempt.order_id::text AS order_id,
    CASE WHEN attempt.order_id IS NULL THEN attempt.checkout_id::text END AS cart_id,
    attempt.method, channel.slug AS channel, attempt.amount
FROM attempt
LEFT JOIN order_order AS placed ON placed.id = attempt.order_id
LEFT JOIN checkout_checkout AS checkout ON checkout.token = attempt.checkout_id
LEFT JOIN channel_channel AS channel ON channel.id = coalesce(placed.channel_id, checkout.channel_id)
"""
"""What was authorised and charged later is one attempt; refusals before it are attempts of their own."""
