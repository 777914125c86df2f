"""Saleor's shipments, returns and refunds."""

from __future__ import annotations

from connectors.return_reasons import reason_of
from connectors.sql_system import Select
from connectors.stamps import of_last
from connectors.systems.saleor.changes import PARTS_OF_ORDERS, VANISHED_ARTICLES, touched
from connectors.systems.saleor.orders import PROMISED, SKU

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
    touched=touched(
        "order_id",
        {"order_fulfillment": "order_id IN (SELECT id FROM touched)"},
        PARTS_OF_ORDERS,
        of_last("back.order_id::text, back.order_id", "order_fulfillment AS back", stamp="created_at"),
        of_last("line.order_id::text, line.order_id", "order_orderline AS line", stamp="created_at"),
        VANISHED_ARTICLES,
    ),
    known_by={"raw_reason": "order_fulfillment.reason", "reason": "order_fulfillment.reason"},
)
"""Saleor books a return when the goods are back: asked and received are one moment."""

EVENT = """
    'E' || event.id AS refund_id, event.transaction_id, NULL::integer AS given_id, NULL::integer AS step_id"""
GIVEN = "'G' || given.id, NULL::integer, given.id, NULL::integer"
STEP = "'P' || step.id, NULL::integer, NULL::integer, step.id"
ITEM = "payment_transactionitem AS item ON item.id = event.transaction_id"
PAYMENT = "payment_payment AS payment ON payment.id = step.payment_id"

REFUNDS = Select(
    """
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
""",
    touched=touched(
        "refund_id",
        {
            "payment_transactionevent": """transaction_id IN (SELECT transaction_id FROM touched)
                OR related_granted_refund_id IN (SELECT given_id FROM touched)""",
            "order_ordergrantedrefund": """id IN (SELECT given_id FROM touched UNION ALL
                SELECT event.related_granted_refund_id FROM payment_transactionevent AS event
                WHERE event.transaction_id IN (SELECT transaction_id FROM touched))""",
            "payment_transaction": "id IN (SELECT step_id FROM touched)",
        },
        of_last(
            EVENT,
            "payment_transactionevent AS event",
            "payment_transactionevent AS other ON other.transaction_id = event.transaction_id",
            stamp="created_at",
        ),
        of_last(EVENT, "payment_transactionevent AS event", ITEM, stamp="modified_at"),
        of_last(
            EVENT,
            "payment_transactionevent AS event",
            ITEM,
            "order_order AS placed ON placed.id = item.order_id",
            stamp="updated_at",
        ),
        of_last(
            EVENT,
            "payment_transactionevent AS event",
            "order_ordergrantedrefund AS given ON given.id = event.related_granted_refund_id",
            stamp="updated_at",
        ),
        of_last(GIVEN, "order_ordergrantedrefund AS given", stamp="updated_at"),
        of_last(
            GIVEN,
            "order_ordergrantedrefund AS given",
            "payment_transactionevent AS event ON event.related_granted_refund_id = given.id",
            stamp="created_at",
        ),
        of_last(STEP, "payment_transaction AS step", stamp="created_at"),
        of_last(STEP, "payment_transaction AS step", PAYMENT, stamp="modified_at"),
        of_last(
            STEP,
            "payment_transaction AS step",
            PAYMENT,
            "order_order AS placed ON placed.id = payment.order_id",
            stamp="updated_at",
        ),
    ),
)
"""Money that left is an event; a granted refund is a promise until one refers to it."""
