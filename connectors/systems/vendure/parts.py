"""What several of Vendure's tables need: which orders count, where they belong, when goods left and came."""

from __future__ import annotations

from connectors.systems.vendure.money import PIECES

DEFAULT_CHANNEL = "__default_channel__"

HOME = f"""
home AS (
    SELECT related."orderId", coalesce(
            min(channel.code) FILTER (WHERE channel.code <> '{DEFAULT_CHANNEL}'), min(channel.code)
        ) AS channel
    FROM order_channels_channel AS related JOIN channel ON channel.id = related."channelId"
    GROUP BY related."orderId"
)"""
"""Where an order was placed: every order is in the default channel too, whatever channel it came from."""

ENTERED = """
entered AS (
    SELECT entry."orderId" FROM history_entry AS entry
    WHERE entry.type = 'ORDER_STATE_TRANSITION' AND entry.data LIKE '%Draft%'
        AND entry.data::json->>'to' = 'Draft'
)"""
"""Orders that staff entered: they were never a customer's cart."""

IS_ENTERED = """(placed.state = 'Draft' OR placed.id IN (SELECT "orderId" FROM entered))"""

IS_ORDER = f"""(placed.type <> 'Seller' AND (placed."orderPlacedAt" IS NOT NULL OR {IS_ENTERED}))"""
"""Not the copies that a marketplace makes for each seller, nor carts."""

ROOT = """coalesce(placed."aggregateOrderId", placed.id)"""
"""The customer's order: sellers fulfil, cancel and refund copies of their parts of it."""

CUSTOMER = """
LEFT JOIN customer ON customer.id = placed."customerId" AND customer."deletedAt" IS NULL"""

SENT = """
sent AS MATERIALIZED (
    SELECT entry."orderId", entry.data::json->>'fulfillmentId' AS parcel_id,
        min(entry."createdAt") FILTER (WHERE entry.data::json->>'to' = 'Shipped') AS shipped_at,
        min(entry."createdAt") FILTER (WHERE entry.data::json->>'to' = 'Delivered') AS delivered_at
    FROM history_entry AS entry
    WHERE entry.type = 'ORDER_FULFILLMENT_TRANSITION'
        AND (entry.data LIKE '%Shipped%' OR entry.data LIKE '%Delivered%')
    GROUP BY 1, 2
)"""
"""When parcels left and arrived, which only the history of each of their orders tells."""

BACK = f"""
sent_piece AS MATERIALIZED (
    SELECT piece."orderLineId"::text AS line_id, piece.quantity,
        least(sent.shipped_at, sent.delivered_at) AS at
    FROM order_line_reference AS piece
    JOIN order_line AS line ON line.id = piece."orderLineId"
    JOIN fulfillment AS parcel ON parcel.id = piece."fulfillmentId" AND parcel.state <> 'Cancelled'
    JOIN sent ON sent.parcel_id = parcel.id::text AND sent."orderId" = line."orderId"
    WHERE piece."orderLineId"::text IN (SELECT line_id FROM taken_in_all)
),
taken_so_far AS (
    SELECT taken.*, sum(taken.quantity) OVER (
            PARTITION BY taken.line_id ORDER BY taken.taken_at, taken.entry_id) AS so_far
    FROM taken
),
back_so_far AS (
    SELECT taken.entry_id, taken.line_id, taken.taken_at, taken.reason, line."orderId",
        line."productVariantId", greatest(sum(sent_piece.quantity) - ({PIECES} - taken.so_far), 0) AS quantity
    FROM taken_so_far AS taken
    JOIN taken_in_all ON taken_in_all.line_id = taken.line_id
    JOIN order_line AS line ON line.id::text = taken.line_id
    JOIN sent_piece ON sent_piece.line_id = taken.line_id AND sent_piece.at <= taken.taken_at
    GROUP BY taken.entry_id, taken.line_id, taken.taken_at, taken.reason, taken.so_far, line."orderId",
        line."productVariantId", line."orderPlacedQuantity", line.quantity, taken_in_all.quantity
),
back AS MATERIALIZED (
    SELECT entry_id, line_id, taken_at, reason, "orderId", "productVariantId", quantity - lag(quantity, 1, 0)
            OVER (PARTITION BY line_id ORDER BY taken_at, entry_id) AS quantity
    FROM back_so_far
)"""
"""Pieces cancelled once more had left than the line keeps: they came back. Others never left."""

PICKUP_METHODS = r"""regexp_split_to_array(trim((SELECT pickup_methods FROM setting)), '\s*,\s*')"""

SKU = "coalesce(nullif(variant.sku, ''), 'id:' || variant.id)"
