"""Saleor 3: orders, open checkouts, payments, fulfilments, returns, refunds."""

from __future__ import annotations

from connectors import tables
from connectors.return_reasons import reason_of
from connectors.sql_system import Select, SqlConnector
from connectors.text import Text

READS = """
account_address (id integer, country text, phone text)
account_user (id integer, email text, is_staff boolean, date_joined timestamptz,
    default_billing_address_id integer, default_shipping_address_id integer)
channel_channel (id integer, slug text)
checkout_checkout (token uuid, channel_id integer, user_id integer, created_at timestamptz)
order_fulfillment (id integer, order_id uuid, status text, created_at timestamptz, reason text)
order_fulfillmentline (id integer, fulfillment_id integer, order_line_id uuid, quantity integer,
    reason text)
order_order (id uuid, channel_id integer, user_id integer, user_email text, origin text, status text,
    created_at timestamptz, currency text, total_gross_amount numeric, shipping_price_net_amount numeric,
    shipping_price_gross_amount numeric, shipping_method_id integer, shipping_method_name text,
    shipping_address_id integer, billing_address_id integer, collection_point_id uuid,
    checkout_token text, voucher_code text)
order_orderevent (order_id uuid, type text, date timestamptz)
order_ordergrantedrefund (id integer, order_id uuid, amount_value numeric, currency text, status text,
    reason text, created_at timestamptz, updated_at timestamptz)
order_orderline (id uuid, order_id uuid, variant_id integer, product_variant_id text, product_sku text,
    quantity integer, is_gift_card boolean, is_shipping_required boolean, total_price_net_amount numeric,
    total_price_gross_amount numeric, undiscounted_total_price_net_amount numeric)
payment_payment (id integer, order_id uuid, checkout_id uuid, gateway text, created_at timestamptz,
    currency text, total numeric)
payment_transaction (id integer, payment_id integer, kind text, is_success boolean, amount numeric,
    created_at timestamptz)
payment_transactionevent (id integer, transaction_id integer, type text, amount_value numeric,
    currency text, psp_reference text, created_at timestamptz, related_granted_refund_id integer)
payment_transactionitem (id integer, order_id uuid, checkout_id uuid, name text, payment_method_type text)
product_category (id integer, name text)
product_product (id integer, name text, category_id integer)
product_productvariant (id integer, product_id integer, sku text)
shipping_shippingmethod (id integer, maximum_delivery_days integer)
warehouse_channelwarehouse (warehouse_id uuid, channel_id integer)
warehouse_warehouse (id uuid, name text, slug text, address_id integer, click_and_collect_option text)
"""

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

ORDER_LINES = f"""
SELECT line.order_id::text AS order_id, line.id::text AS line_id, {SKU} AS sku, line.quantity,
    CASE WHEN placed.status IN ('canceled', 'expired') THEN 0 ELSE line.quantity END AS quantity_kept,
    line.total_price_net_amount AS net_amount,
    round(greatest(line.undiscounted_total_price_net_amount, line.total_price_net_amount)
        / nullif(line.quantity, 0), 4) AS list_price
FROM order_orderline AS line JOIN order_order AS placed ON placed.id = line.order_id
WHERE NOT line.is_gift_card
"""

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

SHIPMENTS = f"""
SELECT parcel.id::text AS shipment_id, parcel.order_id::text AS order_id,
    CASE WHEN placed.collection_point_id IS NULL THEN 'parcel' ELSE 'pickup' END AS kind,
    placed.shipping_method_name AS carrier, CASE WHEN parcel.status = 'fulfilled'
        AND placed.collection_point_id IS NULL THEN parcel.created_at END AS shipped_at,
    {PROMISED} AS promised_at
FROM order_fulfillment AS parcel
JOIN order_order AS placed ON placed.id = parcel.order_id
LEFT JOIN shipping_shippingmethod AS method ON method.id = placed.shipping_method_id
WHERE parcel.status IN ('fulfilled', 'waiting_for_approval')
"""
"""Returned goods move to a fulfilment of their own, which is no parcel."""

RETURNS = Select(
    f"""
WITH returned AS (
    SELECT 'F' || item.id AS return_id, back.order_id::text AS order_id, item.order_line_id::text AS line_id,
        {SKU} AS sku, item.quantity, back.created_at AS requested_at,
        CASE WHEN back.status <> 'replaced' THEN back.created_at END AS received_at,
        coalesce(nullif(item.reason, ''), nullif(back.reason, '')) AS raw_reason,
        CASE WHEN back.status = 'replaced' THEN 'exchange' ELSE 'return' END AS kind
    FROM order_fulfillment AS back
    JOIN order_fulfillmentline AS item ON item.fulfillment_id = back.id
    JOIN order_orderline AS line ON line.id = item.order_line_id
    WHERE back.status IN ('returned', 'refunded_and_returned', 'replaced')
)
SELECT *, {reason_of("raw_reason")} AS reason FROM returned
""",
    known_by={"raw_reason": "order_fulfillment.reason", "reason": "order_fulfillment.reason"},
)
"""Saleor books a return when the goods are back: asked and received are one moment."""

REFUNDS = """
WITH event AS (
    SELECT event.*, item.order_id,
        min(event.created_at) FILTER (WHERE event.type = 'refund_request') OVER one AS asked_at,
        bool_or(event.type <> 'refund_request') OVER one AS has_ended
    FROM payment_transactionevent AS event
    JOIN payment_transactionitem AS item ON item.id = event.transaction_id
    WHERE event.type IN ('refund_success', 'refund_failure', 'refund_request') AND item.order_id IS NOT NULL
    WINDOW one AS (PARTITION BY event.transaction_id, event.psp_reference)
)
SELECT 'E' || event.id AS refund_id, CASE event.type WHEN 'refund_success' THEN 'settled'
        WHEN 'refund_failure' THEN 'failed' ELSE 'pending' END AS status,
    event.amount_value AS amount, event.currency,
    CASE WHEN event.type = 'refund_success' THEN event.created_at END AS refunded_at,
    coalesce(given.created_at, event.asked_at) AS requested_at, event.order_id::text AS order_id,
    nullif(given.reason, '') AS reason
FROM event
LEFT JOIN order_ordergrantedrefund AS given ON given.id = event.related_granted_refund_id
WHERE event.type <> 'refund_request' OR (event.related_granted_refund_id IS NULL AND NOT event.has_ended)
UNION ALL
SELECT 'G' || given.id, CASE given.status WHEN 'success' THEN 'settled' WHEN 'failure' THEN 'failed'
        ELSE 'pending' END, given.amount_value, given.currency,
    CASE WHEN given.status = 'success' THEN given.updated_at END, given.created_at, given.order_id::text,
    nullif(given.reason, '')
FROM order_ordergrantedrefund AS given
WHERE NOT EXISTS (
    SELECT FROM payment_transactionevent AS event
    WHERE event.related_granted_refund_id = given.id AND event.type IN ('refund_success', 'refund_failure'))
UNION ALL
SELECT 'P' || step.id, CASE WHEN step.is_success THEN 'settled' ELSE 'failed' END, step.amount,
    payment.currency,
    CASE WHEN step.is_success THEN step.created_at END, step.created_at, payment.order_id::text, NULL
FROM payment_transaction AS step JOIN payment_payment AS payment ON payment.id = step.payment_id
WHERE step.kind = 'refund' AND payment.order_id IS NOT NULL
"""
"""Money that left is an event; a granted refund is a promise until one refers to it."""

PRODUCTS = """
SELECT coalesce(nullif(variant.sku, ''), 'id:' || variant.id) AS sku, product.name AS title,
    category.name AS category
FROM product_productvariant AS variant
JOIN product_product AS product ON product.id = variant.product_id
LEFT JOIN product_category AS category ON category.id = product.category_id
"""

STORES = """
SELECT warehouse.slug AS store_id, min(channel.slug) AS channel, warehouse.name AS title,
    address.country AS region
FROM warehouse_warehouse AS warehouse
JOIN warehouse_channelwarehouse AS related ON related.warehouse_id = warehouse.id
JOIN channel_channel AS channel ON channel.id = related.channel_id
LEFT JOIN account_address AS address ON address.id = warehouse.address_id
WHERE warehouse.click_and_collect_option <> 'disabled'
GROUP BY warehouse.id, warehouse.slug, warehouse.name, address.country
"""
"""Warehouses from which customers may collect."""

CUSTOMERS = """
SELECT 'u' || account.id AS customer_ref, account.email, billing.phone, false AS is_guest,
    CASE WHEN account.date_joined >= '1990-01-01' THEN account.date_joined END AS created_at,
    coalesce(shipping.country, billing.country) AS region
FROM account_user AS account
LEFT JOIN account_address AS billing ON billing.id = account.default_billing_address_id
LEFT JOIN account_address AS shipping ON shipping.id = account.default_shipping_address_id
WHERE NOT account.is_staff
"""
"""Guests have no record, their orders carry an e-mail; people of Saleor's sample data joined in 1970."""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Saleor keeps no {en}: a folder with {file}.csv can tell",
        f"Saleor 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("Saleor 3", "Saleor 3"),
    description=Text(
        "Channels have the names of Saleor's channels, e.g. default-channel; shops are the warehouses "
        "customers collect from",
        "渠道名称与 Saleor 的 channel 一致，例如 default-channel；门店为可自提的仓库",
    ),
    reads=READS,
    proof=("order_order", "order_orderline", "channel_channel"),
    selects={
        tables.Carts: CARTS,
        tables.Orders: ORDERS,
        tables.OrderLines: ORDER_LINES,
        tables.Payments: PAYMENTS,
        tables.Shipments: SHIPMENTS,
        tables.Returns: RETURNS,
        tables.Refunds: REFUNDS,
        tables.Products: PRODUCTS,
        tables.Stores: STORES,
        tables.Customers: CUSTOMERS,
    },
    lacks={
        tables.Visits: _elsewhere("visits", "访问", "visits"),
        tables.Cases: _elsewhere("complaints", "投诉", "cases"),
        tables.Conversations: _elsewhere("conversations", "客服会话", "conversations"),
        tables.Surveys: _elsewhere("surveys", "问卷", "surveys"),
        tables.Reviews: _elsewhere("single reviews", "单条评价", "reviews"),
        tables.Prices: _elsewhere("history of prices", "价格历史", "prices"),
        tables.Listings: _elsewhere("history of what was on sale", "上架历史", "listings"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
