"""Vendure's orders, order lines, carts and payment attempts."""

from __future__ import annotations

from connectors.sql_system import Select, Touched
from connectors.systems.vendure.changes import touched_orders
from connectors.systems.vendure.money import ADJUSTED, LINES, RATE, amount, units
from connectors.systems.vendure.parts import (
    BACK,
    CUSTOMER,
    ENTERED,
    HOME,
    IS_ENTERED,
    IS_ORDER,
    PICKUP_METHODS,
    SENT,
    SKU,
)

CALLED_OFF = """({part}.state = 'Cancelled' AND NOT EXISTS (
    SELECT FROM order_fulfillments_fulfillment AS related
    JOIN fulfillment AS parcel ON parcel.id = related."fulfillmentId"
    WHERE related."orderId" = {part}.id AND parcel.state NOT IN ('Created', 'Pending', 'Cancelled')))"""
"""Vendure also cancels an order when all its goods came back: what had left was a sale."""

IS_CANCELLED = f"""({CALLED_OFF.format(part="placed")} OR placed.type = 'Aggregate' AND coalesce((
    SELECT bool_and{CALLED_OFF.format(part="part")} FROM "order" AS part
    WHERE part."aggregateOrderId" = placed.id), false))"""

STEPS = """
step AS (
    SELECT entry."orderId",
        min(entry."createdAt") FILTER (WHERE entry.data::json->>'to' = 'PaymentSettled') AS paid_at,
        min(entry."createdAt") FILTER (WHERE entry.data::json->>'to' = 'Cancelled') AS cancelled_at
    FROM history_entry AS entry
    WHERE entry.type = 'ORDER_STATE_TRANSITION'
        AND (entry.data LIKE '%PaymentSettled%' OR entry.data LIKE '%Cancelled%')
    GROUP BY 1
),
paid AS (
    SELECT payment."orderId", max(payment.method) AS method,
        sum(payment.amount) FILTER (WHERE payment.state = 'Settled') AS amount,
        max(payment."createdAt") FILTER (WHERE payment.state = 'Settled') AS paid_at
    FROM payment WHERE payment.state IN ('Authorized', 'Settled') GROUP BY 1
)"""

DELIVERY = f"""
delivery AS (
    SELECT line."orderId", sum(cost.net) AS net, sum(cost.net * cost.rate) AS tax,
        bool_and(method.code = ANY({PICKUP_METHODS})) AS is_pickup
    FROM shipping_line AS line
    LEFT JOIN shipping_method AS method ON method.id = line."shippingMethodId"
    CROSS JOIN LATERAL {RATE} AS tax
    CROSS JOIN LATERAL {ADJUSTED} AS less
    CROSS JOIN LATERAL (
        SELECT tax.rate, (line."listPrice" + less.amount)
            / CASE WHEN line."listPriceIncludesTax" THEN 1 + tax.rate ELSE 1 END AS net
    ) AS cost
    GROUP BY line."orderId"
)"""
"""A cancelled order's shipping is taken back by an adjustment, which is no discount."""

REASON = "lower(translate(replace(gone.reason, 'order.cancel-reason-', ''), '-_', '  '))"

ORDERS = Select(
    f"""
WITH {LINES}, {HOME}, {ENTERED}, {STEPS}, {DELIVERY},
sold AS (
    SELECT "orderId", sum(net) AS net, sum(gross) AS gross, sum(net * rate) AS tax FROM ordered GROUP BY 1
),
gone AS (
    SELECT DISTINCT ON ("orderId") "orderId", nullif(trim(reason), '') AS reason
    FROM taken ORDER BY "orderId", taken_at DESC, entry_id DESC
),
receipt AS MATERIALIZED (
    SELECT placed.id, {IS_CANCELLED} AS is_cancelled, {units('placed."currencyCode"')} AS units
    FROM "order" AS placed WHERE {IS_ORDER}
)
SELECT placed.id::text AS order_id,
    coalesce(placed."orderPlacedAt", placed."createdAt") AT TIME ZONE 'utc' AS placed_at,
    coalesce(home.channel, 'none') AS channel,
    CASE WHEN receipt.is_cancelled THEN 'cancelled'
        WHEN placed."orderPlacedAt" IS NULL THEN 'draft' ELSE 'confirmed' END AS status,
    placed.state AS raw_status, 'sale' AS kind,
    round(coalesce(sold.net, 0) / receipt.units, 4) AS net_amount, placed."currencyCode" AS currency,
    CASE WHEN step.paid_at IS NOT NULL THEN greatest(step.paid_at, placed."orderPlacedAt")
        WHEN step."orderId" IS NULL AND placed."orderPlacedAt" IS NOT NULL
            AND paid.amount >= placed."subTotalWithTax" + placed."shippingWithTax"
        THEN greatest(paid.paid_at, placed."orderPlacedAt") END AT TIME ZONE 'utc' AS paid_at,
    customer.id::text AS customer_ref, customer."emailAddress" AS email,
    upper(nullif(placed."shippingAddress"::json->>'countryCode', '')) AS region,
    round(coalesce(sold.gross, 0) / receipt.units, 4) AS gross_amount,
    round((coalesce(sold.tax, 0) + coalesce(delivery.tax, 0)) / receipt.units, 4) AS tax_amount,
    round(coalesce(delivery.net, 0) / receipt.units, 4) AS shipping_amount, paid.method AS payment_method,
    CASE WHEN delivery.is_pickup THEN 'pickup'
        WHEN delivery."orderId" IS NOT NULL THEN 'ship' END AS fulfilment,
    CASE WHEN receipt.is_cancelled THEN step.cancelled_at END AT TIME ZONE 'utc' AS cancelled_at,
    CASE WHEN receipt.is_cancelled THEN CASE {REASON} WHEN 'customer request' THEN 'customer'
        WHEN 'not available' THEN 'seller' WHEN 'out of stock' THEN 'seller' END END AS cancelled_by,
    CASE WHEN receipt.is_cancelled AND gone.reason IS NOT NULL THEN CASE {REASON}
        WHEN 'customer request' THEN 'customer' WHEN 'not available' THEN 'stock'
        WHEN 'out of stock' THEN 'stock' ELSE 'other' END END AS cancel_reason,
    CASE WHEN receipt.is_cancelled THEN gone.reason END AS raw_cancel_reason,
    nullif(split_part(placed."couponCodes", ',', 1), '') AS coupon
FROM receipt
JOIN "order" AS placed ON placed.id = receipt.id {CUSTOMER}
LEFT JOIN home ON home."orderId" = placed.id
LEFT JOIN sold ON sold."orderId" = placed.id
LEFT JOIN delivery ON delivery."orderId" = placed.id
LEFT JOIN step ON step."orderId" = placed.id
LEFT JOIN paid ON paid."orderId" = placed.id
LEFT JOIN gone ON gone."orderId" = placed.id
""",
    touched=touched_orders(
        "order", "order_line", "shipping_line", "payment", "history_entry", "fulfillment", "customer",
        "channel", "shipping_method",
    ),
)  # fmt: skip
"""An order is paid when Vendure says so; one that was imported says nothing, but its payments do.

Rows are stamped when their transaction began, which is before the order was placed if paying placed it.
"""

ORDER_LINES = Select(
    f"""
WITH {LINES}, {ENTERED}, {SENT}, {BACK},
returned AS MATERIALIZED (SELECT line_id, sum(quantity) AS quantity FROM back GROUP BY line_id)
SELECT placed.id::text AS order_id, ordered.line_id, {SKU} AS sku,
    coalesce(placed."orderPlacedAt", placed."createdAt") AT TIME ZONE 'utc' AS filed_at,
    coalesce(nullif(ordered.placed_quantity, 0), ordered.pieces) AS quantity,
    ordered.quantity + coalesce(returned.quantity, 0) AS quantity_kept,
    {amount("ordered.net", 'placed."currencyCode"')} AS net_amount,
    {amount("ordered.price", 'placed."currencyCode"')} AS list_price
FROM ordered
JOIN "order" AS placed ON placed.id = ordered."orderId"
JOIN product_variant AS variant ON variant.id = ordered."productVariantId"
LEFT JOIN returned ON returned.line_id = ordered.line_id
WHERE {IS_ORDER}
""",
    touched=touched_orders(
        "order", "order_line", "history_entry", "fulfillment", "order_line_reference", "product_variant"
    ),
)
"""What came back was kept first; what never left was not."""

CARTS = Select(
    f"""
WITH {HOME}, {ENTERED}
SELECT placed.id::text AS cart_id, placed."createdAt" AT TIME ZONE 'utc' AS started_at,
    coalesce(home.channel, 'none') AS channel, placed."orderPlacedAt" IS NOT NULL AS completed,
    placed."orderPlacedAt" AT TIME ZONE 'utc' AS completed_at,
    CASE WHEN placed."orderPlacedAt" IS NOT NULL THEN placed.id::text END AS order_id,
    customer.id::text AS customer_ref
FROM "order" AS placed {CUSTOMER}
LEFT JOIN home ON home."orderId" = placed.id
WHERE placed.type <> 'Seller' AND NOT {IS_ENTERED}
""",
    touched=Touched(
        by="cart_id",
        sql="""
SELECT stamp.id::text AS cart_id, stamp.id, stamp."updatedAt" AS updated_at FROM (
    SELECT id, "updatedAt" FROM "order" UNION ALL
    SELECT "orderId", "updatedAt" FROM history_entry WHERE type = 'ORDER_STATE_TRANSITION' UNION ALL
    SELECT placed.id, greatest(customer."updatedAt", customer."deletedAt")
    FROM customer JOIN "order" AS placed ON placed."customerId" = customer.id UNION ALL
    SELECT related."orderId", channel."updatedAt"
    FROM channel JOIN order_channels_channel AS related ON related."channelId" = channel.id) AS stamp""",
        narrow={
            "order": "id IN (SELECT id FROM touched)",
            "history_entry": '"orderId" IN (SELECT id FROM touched)',
            "order_channels_channel": '"orderId" IN (SELECT id FROM touched)',
        },
    ),
)
"""A cart is an order that nobody has placed yet."""

PAYMENTS = Select(
    f"""
WITH {HOME}, {ENTERED}
SELECT payment.id::text AS payment_id, payment."createdAt" AT TIME ZONE 'utc' AS attempted_at,
    payment.state IN ('Authorized', 'Settled') OR payment.state = 'Cancelled' AND EXISTS (
        SELECT FROM history_entry AS entry
        WHERE entry."orderId" = placed.id AND entry.type = 'ORDER_PAYMENT_TRANSITION'
            AND entry.data::json->>'paymentId' = payment.id::text
            AND entry.data::json->>'to' IN ('Authorized', 'Settled')) AS succeeded,
    CASE WHEN {IS_ORDER} THEN placed.id::text END AS order_id,
    CASE WHEN NOT {IS_ORDER} THEN placed.id::text END AS cart_id,
    payment.method, coalesce(home.channel, 'none') AS channel,
    {amount("payment.amount", 'placed."currencyCode"')} AS amount
FROM payment
JOIN "order" AS placed ON placed.id = payment."orderId" AND placed.type <> 'Seller'
LEFT JOIN home ON home."orderId" = placed.id
""",
    touched=Touched(
        by="payment_id",
        sql="""
SELECT payment.id::text AS payment_id, payment.id, payment."orderId", stamp."updatedAt" AS updated_at FROM (
    SELECT id AS "orderId", "updatedAt" FROM "order" UNION ALL
    SELECT "orderId", "updatedAt" FROM history_entry WHERE "orderId" IS NOT NULL UNION ALL
    SELECT "orderId", "updatedAt" FROM payment UNION ALL
    SELECT related."orderId", channel."updatedAt"
    FROM channel JOIN order_channels_channel AS related ON related."channelId" = channel.id) AS stamp
JOIN payment ON payment."orderId" = stamp."orderId\"""",
        narrow={
            "payment": "id IN (SELECT id FROM touched)",
            "order": 'id IN (SELECT "orderId" FROM touched)',
            "history_entry": '"orderId" IN (SELECT "orderId" FROM touched)',
            "order_channels_channel": '"orderId" IN (SELECT "orderId" FROM touched)',
        },
    ),
)
"""A payment that was authorised and is given back later did succeed."""
