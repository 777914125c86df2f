"""Oscar's shipments and returns, from shipping events: what happened to how many pieces of which line."""

from __future__ import annotations

from connectors.return_reasons import reason_of
from connectors.systems.oscar.articles import LINE_JOINS, LINE_SKU, SHARED
from connectors.systems.oscar.words import is_any, kinds

IS_PICKUP = is_any("placed.shipping_code", "pickup")
IS_DIGITAL = "placed.shipping_code = 'no-shipping-required'"

SHIPPING_KINDS = kinds(
    "shipping_kind", "order_shippingeventtype",
    "cancelled", "return_requested", "returned", "delivered", "ready", "shipped",
)  # fmt: skip

PIECES = f"""
{SHIPPING_KINDS},
happened AS (
    SELECT event.id AS event_id, event.order_id, event.date_created AS at,
        nullif(trim(event.notes), '') AS notes, shipping_kind.kind
    FROM order_shippingevent AS event JOIN shipping_kind ON shipping_kind.id = event.event_type_id
    WHERE shipping_kind.kind IS NOT NULL
),
piece AS (
    SELECT happened.*, item.line_id, item.quantity
    FROM happened JOIN order_shippingeventquantity AS item ON item.event_id = happened.event_id
    UNION ALL
    SELECT happened.*, line.id, line.quantity
    FROM happened JOIN order_line AS line ON line.order_id = happened.order_id
    WHERE NOT EXISTS (
        SELECT FROM order_shippingeventquantity AS item WHERE item.event_id = happened.event_id)
),
moved AS (
    SELECT piece.*, sum(quantity) OVER (PARTITION BY line_id, kind ORDER BY at, event_id) AS so_far
    FROM piece
)"""
"""An event without quantities is one of the whole order.

Events name no parcel, only lines: what left first is taken to arrive first, and what was asked to come back
first to be back first. So pieces of a line are paired by how many of them there were so far.
"""

SHIPMENTS = f"""
WITH {PIECES},
stage AS (
    SELECT happened.*, placed.number, placed.shipping_method, {IS_PICKUP} AS is_pickup,
        CASE WHEN kind = 'ready' AND {IS_PICKUP} THEN 1 WHEN kind = 'shipped' THEN 2
            WHEN kind = 'delivered' THEN 3 END AS stage
    FROM happened JOIN order_order AS placed ON placed.id = happened.order_id
    WHERE NOT {IS_DIGITAL}
),
first_stage AS (SELECT order_id, min(stage) AS stage FROM stage GROUP BY order_id),
parcel AS (
    SELECT stage.* FROM stage
    JOIN first_stage ON first_stage.order_id = stage.order_id AND first_stage.stage = stage.stage
),
arrived AS (
    SELECT here.event_id, here.line_id, min(there.at) AS at
    FROM parcel JOIN moved AS here ON here.event_id = parcel.event_id
    LEFT JOIN moved AS there
        ON there.line_id = here.line_id AND there.kind = 'delivered' AND there.so_far >= here.so_far
    GROUP BY here.event_id, here.line_id
),
delivery AS (
    SELECT event_id, CASE WHEN bool_and(at IS NOT NULL) THEN max(at) END AS at FROM arrived GROUP BY event_id
)
SELECT parcel.event_id::text AS shipment_id, parcel.number AS order_id,
    CASE WHEN parcel.is_pickup THEN 'pickup' ELSE 'parcel' END AS kind,
    CASE WHEN NOT parcel.is_pickup THEN nullif(parcel.shipping_method, '') END AS carrier,
    CASE WHEN NOT parcel.is_pickup AND parcel.kind = 'shipped' THEN parcel.at END AS shipped_at,
    CASE WHEN parcel.kind = 'ready' THEN parcel.at END AS ready_at, delivery.at AS delivered_at,
    CASE WHEN delivery.at IS NOT NULL THEN 'shop' END AS delivered_source
FROM parcel LEFT JOIN delivery ON delivery.event_id = parcel.event_id
"""
"""One per event by which goods leave or wait to be collected; by which they arrive, if no other is booked.

A parcel has arrived when all of it has.
"""

RETURNS = f"""
WITH {SHARED}, {PIECES},
back AS (
    SELECT here.event_id, here.line_id, here.quantity::numeric, here.at AS received_at,
        least(min(asked.at), here.at) AS requested_at,
        coalesce(here.notes, (array_agg(asked.notes ORDER BY asked.so_far))[1]) AS raw_reason
    FROM moved AS here
    LEFT JOIN moved AS asked
        ON asked.line_id = here.line_id AND asked.kind = 'return_requested' AND asked.so_far >= here.so_far
    WHERE here.kind = 'returned'
    GROUP BY here.event_id, here.line_id, here.quantity, here.at, here.notes
),
total AS (SELECT line_id, sum(quantity) AS quantity FROM back GROUP BY line_id),
returned AS (
    SELECT * FROM back
    UNION ALL
    SELECT asked.event_id, asked.line_id,
        least(asked.quantity, asked.so_far - coalesce(total.quantity, 0)), NULL, asked.at, asked.notes
    FROM moved AS asked LEFT JOIN total ON total.line_id = asked.line_id
    WHERE asked.kind = 'return_requested' AND asked.so_far > coalesce(total.quantity, 0)
)
SELECT returned.event_id || '-' || line.id AS return_id, placed.number AS order_id,
    line.id::text AS line_id, {LINE_SKU} AS sku, returned.quantity, returned.requested_at,
    returned.received_at, returned.raw_reason,
    nullif({reason_of("returned.raw_reason")}, 'other') AS reason
FROM returned
JOIN order_line AS line ON line.id = returned.line_id
JOIN order_order AS placed ON placed.id = line.order_id
{LINE_JOINS}
"""
"""One per line of an event that takes goods back; where nobody asked before, asked and back are one moment.

The only words an event has are notes, often a number of the parcel: those that are no reason tell none.
"""
