"""Medusa 2: orders in their current version, carts, payments, fulfilments, returns, refunds."""

from __future__ import annotations

from connectors import tables
from connectors.return_reasons import reason_of
from connectors.sql_system import SqlConnector
from connectors.text import Text

READS = """
cart (id text, sales_channel_id text, customer_id text, created_at timestamptz, completed_at timestamptz,
    deleted_at timestamptz)
cart_payment_collection (cart_id text, payment_collection_id text, deleted_at timestamptz)
customer (id text, email text, phone text, has_account boolean, created_at timestamptz,
    deleted_at timestamptz)
customer_address (customer_id text, country_code text, is_default_shipping boolean,
    deleted_at timestamptz)
customer_group (id text, name text, deleted_at timestamptz)
customer_group_customer (customer_id text, customer_group_id text, deleted_at timestamptz)
fulfillment (id text, provider_id text, shipping_option_id text, packed_at timestamptz,
    shipped_at timestamptz, delivered_at timestamptz, canceled_at timestamptz, deleted_at timestamptz)
fulfillment_set (id text, type text)
location_fulfillment_set (stock_location_id text, fulfillment_set_id text, deleted_at timestamptz)
order (id text, sales_channel_id text, customer_id text, email text, status text, is_draft_order boolean,
    version integer, currency_code text, shipping_address_id text, created_at timestamptz,
    canceled_at timestamptz, deleted_at timestamptz)
order_address (id text, country_code text)
order_cart (order_id text, cart_id text, deleted_at timestamptz)
order_claim_item (item_id text, is_additional_item boolean, deleted_at timestamptz)
order_exchange_item (item_id text, deleted_at timestamptz)
order_fulfillment (order_id text, fulfillment_id text, deleted_at timestamptz)
order_item (order_id text, item_id text, version integer, quantity numeric, unit_price numeric,
    deleted_at timestamptz)
order_line_item (id text, variant_id text, variant_sku text, unit_price numeric, is_tax_inclusive boolean,
    is_giftcard boolean, requires_shipping boolean, deleted_at timestamptz)
order_line_item_adjustment (item_id text, version integer, amount numeric, code text,
    is_tax_inclusive boolean, deleted_at timestamptz)
order_line_item_tax_line (item_id text, rate numeric, deleted_at timestamptz)
order_payment_collection (order_id text, payment_collection_id text, deleted_at timestamptz)
order_shipping (order_id text, version integer, shipping_method_id text, return_id text, claim_id text,
    exchange_id text, deleted_at timestamptz)
order_shipping_method (id text, amount numeric, is_tax_inclusive boolean, shipping_option_id text,
    deleted_at timestamptz)
order_shipping_method_adjustment (shipping_method_id text, version integer, amount numeric,
    deleted_at timestamptz)
order_shipping_method_tax_line (shipping_method_id text, rate numeric, deleted_at timestamptz)
payment (id text, payment_collection_id text, provider_id text, currency_code text,
    captured_at timestamptz, deleted_at timestamptz)
payment_session (id text, payment_collection_id text, provider_id text, status text, amount numeric,
    created_at timestamptz)
product (id text, title text, deleted_at timestamptz)
product_category (id text, name text, rank integer, deleted_at timestamptz)
product_category_product (product_id text, product_category_id text)
product_variant (id text, sku text, product_id text, deleted_at timestamptz)
refund (id text, payment_id text, amount numeric, refund_reason_id text, note text,
    created_at timestamptz, deleted_at timestamptz)
refund_reason (id text, label text)
return (id text, order_id text, exchange_id text, status text, requested_at timestamptz,
    received_at timestamptz, created_at timestamptz, canceled_at timestamptz, deleted_at timestamptz)
return_item (id text, return_id text, item_id text, reason_id text, quantity numeric, note text,
    deleted_at timestamptz)
return_reason (id text, label text)
sales_channel (id text, name text)
sales_channel_stock_location (sales_channel_id text, stock_location_id text, deleted_at timestamptz)
service_zone (id text, fulfillment_set_id text)
shipping_option (id text, service_zone_id text)
stock_location (id text, name text, deleted_at timestamptz)
"""

REPLACEMENTS = """
replacement AS (
    SELECT item_id FROM order_exchange_item WHERE deleted_at IS NULL
    UNION SELECT item_id FROM order_claim_item WHERE is_additional_item AND deleted_at IS NULL
)"""
"""Pieces sent in place of others: their order is not worth more for them."""

ITEMS = f"""
{REPLACEMENTS},
rate AS (
    SELECT item_id, sum(rate) / 100 AS rate FROM order_line_item_tax_line WHERE deleted_at IS NULL GROUP BY 1
),
item AS (
    SELECT current.order_id, line.*, current.quantity, placed.status::text AS status,
        coalesce(rate.rate, 0) AS rate,
        current.quantity * coalesce(current.unit_price, line.unit_price)
            / CASE WHEN line.is_tax_inclusive THEN 1 + coalesce(rate.rate, 0) ELSE 1 END AS gross_amount,
        promotion.discount, promotion.coupon
    FROM "order" AS placed
    JOIN order_item AS current ON current.order_id = placed.id AND current.version = placed.version
        AND current.deleted_at IS NULL
    JOIN order_line_item AS line ON line.id = current.item_id AND line.deleted_at IS NULL
    LEFT JOIN rate ON rate.item_id = line.id
    CROSS JOIN LATERAL (
        SELECT min(less.code) AS coupon, coalesce(sum(less.amount
            / CASE WHEN coalesce(less.is_tax_inclusive, line.is_tax_inclusive)
                THEN 1 + coalesce(rate.rate, 0) ELSE 1 END), 0) AS discount
        FROM order_line_item_adjustment AS less
        WHERE less.item_id = line.id AND less.deleted_at IS NULL
            AND coalesce(less.version, placed.version) = placed.version
    ) AS promotion
    WHERE placed.deleted_at IS NULL AND NOT coalesce(line.is_giftcard, false)
        AND NOT EXISTS (SELECT FROM replacement WHERE replacement.item_id = line.id)
)"""
"""Every edit, return and shipment writes all items of an order anew; only its own version counts."""

DELIVERY = """
delivery AS (
    SELECT chosen.order_id, bool_or(coalesce(place.type = 'pickup', false)) AS is_pickup,
        min(stock_location.id) FILTER (WHERE place.type = 'pickup') AS store_id,
        sum(cost.net) AS net, sum(cost.net * cost.rate) AS tax
    FROM "order" AS placed
    JOIN order_shipping AS chosen ON chosen.order_id = placed.id AND chosen.version = placed.version
        AND chosen.deleted_at IS NULL AND chosen.return_id IS NULL AND chosen.claim_id IS NULL
        AND chosen.exchange_id IS NULL
    JOIN order_shipping_method AS method ON method.id = chosen.shipping_method_id
        AND method.deleted_at IS NULL
    LEFT JOIN shipping_option ON shipping_option.id = method.shipping_option_id
    LEFT JOIN service_zone ON service_zone.id = shipping_option.service_zone_id
    LEFT JOIN fulfillment_set AS place ON place.id = service_zone.fulfillment_set_id
    LEFT JOIN location_fulfillment_set AS related ON related.fulfillment_set_id = place.id
        AND related.deleted_at IS NULL
    LEFT JOIN stock_location ON stock_location.id = related.stock_location_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(line.rate), 0) / 100 AS rate FROM order_shipping_method_tax_line AS line
        WHERE line.shipping_method_id = method.id AND line.deleted_at IS NULL
    ) AS tax
    CROSS JOIN LATERAL (
        SELECT tax.rate, (method.amount - (
            SELECT coalesce(sum(less.amount), 0) FROM order_shipping_method_adjustment AS less
            WHERE less.shipping_method_id = method.id AND less.deleted_at IS NULL
                AND coalesce(less.version, placed.version) = placed.version
        )) / CASE WHEN method.is_tax_inclusive THEN 1 + tax.rate ELSE 1 END AS net
    ) AS cost
    GROUP BY chosen.order_id
)"""

ORDERS = f"""
WITH {ITEMS}, {DELIVERY},
sold AS (
    SELECT order_id, sum(gross_amount - discount) AS net_amount, sum(gross_amount) AS gross_amount,
        sum((gross_amount - discount) * rate) AS tax_amount, bool_or(requires_shipping) AS is_shipped,
        min(coupon) AS coupon
    FROM item GROUP BY order_id
),
paid AS (
    SELECT related.order_id, min(payment.captured_at) AS paid_at,
        max(payment.provider_id) AS method
    FROM order_payment_collection AS related
    JOIN payment ON payment.payment_collection_id = related.payment_collection_id
        AND payment.deleted_at IS NULL
    WHERE related.deleted_at IS NULL GROUP BY 1
)
SELECT placed.id AS order_id, placed.created_at AS placed_at, coalesce(channel.name, 'none') AS channel,
    CASE WHEN placed.status::text = 'canceled' THEN 'cancelled'
        WHEN placed.is_draft_order OR placed.status::text IN ('draft', 'requires_action') THEN 'draft'
        ELSE 'confirmed' END AS status,
    placed.status::text AS raw_status, 'sale' AS kind,
    round(coalesce(sold.net_amount, 0), 4) AS net_amount, upper(placed.currency_code) AS currency,
    paid.paid_at, placed.customer_id AS customer_ref, placed.email, delivery.store_id,
    upper(address.country_code) AS region, round(coalesce(sold.gross_amount, 0), 4) AS gross_amount,
    round(coalesce(sold.tax_amount, 0) + coalesce(delivery.tax, 0), 4) AS tax_amount,
    round(coalesce(delivery.net, 0), 4) AS shipping_amount, paid.method AS payment_method,
    CASE WHEN delivery.is_pickup THEN 'pickup' WHEN sold.is_shipped THEN 'ship'
        ELSE 'digital' END AS fulfilment,
    placed.canceled_at AS cancelled_at, sold.coupon
FROM "order" AS placed
LEFT JOIN sales_channel AS channel ON channel.id = placed.sales_channel_id
LEFT JOIN sold ON sold.order_id = placed.id
LEFT JOIN delivery ON delivery.order_id = placed.id
LEFT JOIN paid ON paid.order_id = placed.id
LEFT JOIN order_address AS address ON address.id = placed.shipping_address_id
WHERE placed.deleted_at IS NULL
"""

ORDER_LINES = f"""
WITH {ITEMS}
SELECT item.order_id, item.id AS line_id, coalesce(nullif(item.variant_sku, ''), 'id:' || item.variant_id,
        'line:' || item.id) AS sku, (
        SELECT first.quantity FROM order_item AS first
        WHERE first.order_id = item.order_id AND first.item_id = item.id AND first.deleted_at IS NULL
        ORDER BY first.version LIMIT 1) AS quantity,
    CASE WHEN item.status = 'canceled' THEN 0 ELSE item.quantity END AS quantity_kept,
    round(item.gross_amount - item.discount, 4) AS net_amount,
    round(item.gross_amount / nullif(item.quantity, 0), 4) AS list_price
FROM item
"""

CARTS = """
SELECT cart.id AS cart_id, cart.created_at AS started_at, coalesce(channel.name, 'none') AS channel,
    cart.completed_at IS NOT NULL AS completed, cart.completed_at, related.order_id,
    cart.customer_id AS customer_ref
FROM cart
LEFT JOIN sales_channel AS channel ON channel.id = cart.sales_channel_id
LEFT JOIN order_cart AS related ON related.cart_id = cart.id AND related.deleted_at IS NULL
WHERE cart.deleted_at IS NULL
"""

PAYMENTS = """
SELECT session.id AS payment_id, session.created_at AS attempted_at,
    session.status::text IN ('authorized', 'captured') AS succeeded,
    ordered.order_id, filled.cart_id, session.provider_id AS method, channel.name AS channel, session.amount
FROM payment_session AS session
LEFT JOIN order_payment_collection AS ordered
    ON ordered.payment_collection_id = session.payment_collection_id AND ordered.deleted_at IS NULL
LEFT JOIN cart_payment_collection AS filled
    ON filled.payment_collection_id = session.payment_collection_id AND filled.deleted_at IS NULL
LEFT JOIN "order" AS placed ON placed.id = ordered.order_id
LEFT JOIN cart ON cart.id = filled.cart_id
LEFT JOIN sales_channel AS channel ON channel.id = coalesce(placed.sales_channel_id, cart.sales_channel_id)
WHERE placed.deleted_at IS NULL AND cart.deleted_at IS NULL
"""
"""Medusa deletes a session that another replaces: attempts are a lower bound, purchases are all there."""

SHIPMENTS = """
SELECT parcel.id AS shipment_id, placed.id AS order_id,
    CASE WHEN place.type = 'pickup' THEN 'pickup' ELSE 'parcel' END AS kind, parcel.provider_id AS carrier,
    CASE WHEN place.type IS DISTINCT FROM 'pickup' THEN parcel.shipped_at END AS shipped_at,
    CASE WHEN place.type = 'pickup' THEN parcel.packed_at END AS ready_at, parcel.delivered_at,
    CASE WHEN parcel.delivered_at IS NOT NULL THEN 'shop' END AS delivered_source
FROM fulfillment AS parcel
JOIN order_fulfillment AS related ON related.fulfillment_id = parcel.id AND related.deleted_at IS NULL
JOIN "order" AS placed ON placed.id = related.order_id AND placed.deleted_at IS NULL
LEFT JOIN shipping_option ON shipping_option.id = parcel.shipping_option_id
LEFT JOIN service_zone ON service_zone.id = shipping_option.service_zone_id
LEFT JOIN fulfillment_set AS place ON place.id = service_zone.fulfillment_set_id
WHERE parcel.canceled_at IS NULL AND parcel.deleted_at IS NULL
"""

RETURNS = f"""
WITH returned AS (
    SELECT piece.id AS return_id, back.order_id, piece.item_id AS line_id,
        coalesce(nullif(line.variant_sku, ''), 'id:' || line.variant_id, 'line:' || line.id) AS sku,
        piece.quantity, least(back.requested_at, back.created_at) AS requested_at, back.received_at,
        coalesce(reason.label, nullif(piece.note, '')) AS raw_reason,
        CASE WHEN back.exchange_id IS NULL THEN 'return' ELSE 'exchange' END AS kind
    FROM "return" AS back
    JOIN "order" AS placed ON placed.id = back.order_id AND placed.deleted_at IS NULL
    JOIN return_item AS piece ON piece.return_id = back.id AND piece.deleted_at IS NULL
    JOIN order_line_item AS line ON line.id = piece.item_id
    LEFT JOIN return_reason AS reason ON reason.id = piece.reason_id
    WHERE back.deleted_at IS NULL AND back.canceled_at IS NULL
        AND back.status::text NOT IN ('open', 'canceled')
)
SELECT *, {reason_of("raw_reason")} AS reason FROM returned
"""

REFUNDS = """
SELECT given.id AS refund_id, 'settled' AS status, given.amount, upper(payment.currency_code) AS currency,
    given.created_at AS refunded_at, related.order_id,
    coalesce(reason.label, nullif(given.note, '')) AS reason
FROM refund AS given
JOIN payment ON payment.id = given.payment_id
LEFT JOIN order_payment_collection AS related
    ON related.payment_collection_id = payment.payment_collection_id AND related.deleted_at IS NULL
LEFT JOIN refund_reason AS reason ON reason.id = given.refund_reason_id
WHERE given.deleted_at IS NULL
"""

PRODUCTS = """
SELECT coalesce(nullif(variant.sku, ''), 'id:' || variant.id) AS sku, product.title, (
        SELECT category.name FROM product_category_product AS related
        JOIN product_category AS category ON category.id = related.product_category_id
            AND category.deleted_at IS NULL
        WHERE related.product_id = product.id ORDER BY category.rank, category.name LIMIT 1) AS category
FROM product_variant AS variant
JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
WHERE variant.deleted_at IS NULL
"""

STORES = """
SELECT location.id AS store_id, min(channel.name) AS channel, location.name AS title
FROM stock_location AS location
JOIN location_fulfillment_set AS related ON related.stock_location_id = location.id
    AND related.deleted_at IS NULL
JOIN fulfillment_set AS place ON place.id = related.fulfillment_set_id AND place.type = 'pickup'
JOIN sales_channel_stock_location AS served ON served.stock_location_id = location.id
    AND served.deleted_at IS NULL
JOIN sales_channel AS channel ON channel.id = served.sales_channel_id
WHERE location.deleted_at IS NULL GROUP BY location.id, location.name
"""
"""Locations from which customers may collect."""

CUSTOMERS = """
SELECT customer.id AS customer_ref, customer.email, customer.phone, NOT customer.has_account AS is_guest,
    customer.created_at, (
        SELECT max(customer_group.name) FROM customer_group_customer AS related
        JOIN customer_group ON customer_group.id = related.customer_group_id
            AND customer_group.deleted_at IS NULL
        WHERE related.customer_id = customer.id AND related.deleted_at IS NULL) AS tier, (
        SELECT upper(min(address.country_code)) FROM customer_address AS address
        WHERE address.customer_id = customer.id AND address.is_default_shipping AND address.deleted_at IS NULL
    ) AS region
FROM customer WHERE customer.deleted_at IS NULL
"""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Medusa keeps no {en}: a folder with {file}.csv can tell",
        f"Medusa 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("Medusa 2", "Medusa 2"),
    description=Text(
        "Channels have the names of Medusa's sales channels; shops are the locations customers collect from",
        "渠道名称与 Medusa 的销售渠道一致；门店为可自提的库存地点",
    ),
    reads=READS,
    proof=("order", "order_line_item", "sales_channel"),
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
        tables.Reviews: _elsewhere("reviews", "评价", "reviews"),
        tables.Prices: _elsewhere("history of prices", "价格历史", "prices"),
        tables.Listings: _elsewhere("history of what was on sale", "上架历史", "listings"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
