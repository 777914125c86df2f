"""Vendure's parcels, returns and refunds, dated by the history of their orders."""

from __future__ import annotations

from connectors.return_reasons import reason_of
from connectors.sql_system import Select
from connectors.systems.vendure.changes import NARROW_REFUNDS, touched_orders
from connectors.systems.vendure.money import TAKEN, amount
from connectors.systems.vendure.parts import (
    BACK,
    ENTERED,
    IS_ENTERED,
    PICKUP_METHODS,
    ROOT,
    SENT,
    SKU,
)

SHIPMENTS = Select(
    f"""
WITH {SENT}, {ENTERED},
collected AS (
    SELECT line."orderId", bool_and(method.code = ANY({PICKUP_METHODS})) AS is_pickup
    FROM shipping_line AS line LEFT JOIN shipping_method AS method ON method.id = line."shippingMethodId"
    GROUP BY line."orderId"
),
parcel AS (
    SELECT {ROOT} AS order_id, fulfillment.id, fulfillment.method,
        bool_and(coalesce(collected.is_pickup, false)) AS is_pickup, min(sent.shipped_at) AS left_at,
        min(sent.delivered_at) AS delivered_at
    FROM fulfillment
    JOIN order_fulfillments_fulfillment AS related ON related."fulfillmentId" = fulfillment.id
    JOIN "order" AS placed ON placed.id = related."orderId"
    LEFT JOIN collected ON collected."orderId" = placed.id
    LEFT JOIN sent ON sent.parcel_id = fulfillment.id::text AND sent."orderId" = placed.id
    WHERE fulfillment.state <> 'Cancelled' AND (placed."orderPlacedAt" IS NOT NULL OR {IS_ENTERED})
    GROUP BY 1, fulfillment.id, fulfillment.method
)
SELECT parcel.order_id || '-' || parcel.id AS shipment_id, parcel.order_id::text AS order_id,
    CASE WHEN parcel.is_pickup THEN 'pickup' ELSE 'parcel' END AS kind, nullif(parcel.method, '') AS carrier,
    CASE WHEN NOT parcel.is_pickup THEN parcel.left_at END AT TIME ZONE 'utc' AS shipped_at,
    CASE WHEN parcel.is_pickup THEN parcel.left_at END AT TIME ZONE 'utc' AS ready_at,
    parcel.delivered_at AT TIME ZONE 'utc' AS delivered_at,
    CASE WHEN parcel.delivered_at IS NOT NULL THEN 'shop' END AS delivered_source
FROM parcel
""",
    touched=touched_orders("order", "history_entry", "fulfillment", "shipping_line", "shipping_method"),
)
"""One fulfilment may serve several orders: it is a parcel of each."""

RETURNS = Select(
    f"""
WITH {TAKEN}, {SENT}, {BACK},
returned AS (
    SELECT back.entry_id || '-' || back.line_id AS return_id, {ROOT}::text AS order_id,
        CASE WHEN placed.type <> 'Seller' THEN back.line_id END AS line_id, {SKU} AS sku, back.quantity,
        back.taken_at AT TIME ZONE 'utc' AS requested_at, back.taken_at AT TIME ZONE 'utc' AS received_at,
        nullif(trim(back.reason), '') AS raw_reason
    FROM back
    JOIN "order" AS placed ON placed.id = back."orderId"
    JOIN product_variant AS variant ON variant.id = back."productVariantId"
    WHERE back.quantity > 0
)
SELECT *, {reason_of("raw_reason")} AS reason FROM returned
""",
    touched=touched_orders(
        "order", "order_line", "history_entry", "fulfillment", "order_line_reference", "product_variant"
    ),
)
"""Vendure books no returns: goods that come back into stock are cancelled after they left."""

REFUNDS = Select(
    f"""
WITH settled AS MATERIALIZED (
    SELECT entry.data::json->>'refundId' AS refund_id, max(entry."createdAt") AS settled_at
    FROM history_entry AS entry
    WHERE entry.type = 'ORDER_REFUND_TRANSITION' AND entry.data::json->>'to' = 'Settled' GROUP BY 1
)
SELECT given.id::text AS refund_id, CASE given.state WHEN 'Settled' THEN 'settled' WHEN 'Failed' THEN 'failed'
        ELSE 'pending' END AS status,
    {amount("given.total", 'placed."currencyCode"')} AS amount, placed."currencyCode" AS currency,
    CASE WHEN given.state = 'Settled' THEN coalesce(settled.settled_at, given."updatedAt") END
        AT TIME ZONE 'utc' AS refunded_at,
    given."createdAt" AT TIME ZONE 'utc' AS requested_at, {ROOT}::text AS order_id,
    nullif(trim(given.reason), '') AS reason
FROM refund AS given
JOIN payment ON payment.id = given."paymentId"
JOIN "order" AS placed ON placed.id = payment."orderId"
LEFT JOIN settled ON settled.refund_id = given.id::text
""",
    touched=touched_orders("order", "history_entry", "payment", "refund", narrow=NARROW_REFUNDS),
)
"""A refund belongs to a payment; Vendure links it to no goods that came back."""
