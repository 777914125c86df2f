"""Medusa's shipments, returns and refunds."""

from __future__ import annotations

from connectors.return_reasons import reason_of
from connectors.sql_system import Select
from connectors.systems.medusa.changes import PLACES, each, last, touched

SHIPMENTS = Select(
    """
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
""",
    touched=touched(
        "shipment_id",
        {
            "fulfillment": "id IN (SELECT shipment_id FROM touched)",
            "order_fulfillment": "fulfillment_id IN (SELECT shipment_id FROM touched) AND deleted_at IS NULL",
        },
        each(
            "parcel.id AS shipment_id",
            "fulfillment AS parcel",
            "shipping_option ON shipping_option.id = parcel.shipping_option_id",
            *PLACES,
        ),
        each(
            "related.fulfillment_id",
            "order_fulfillment AS related",
            '"order" AS placed ON placed.id = related.order_id AND related.deleted_at IS NULL',
        ),
    ),
)

RETURNS = Select(
    f"""
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
""",
    touched=touched(
        "return_id",
        {"return_item": "id IN (SELECT return_id FROM touched)"},
        each(
            "piece.id AS return_id",
            "return_item AS piece",
            '"return" AS back ON back.id = piece.return_id AND piece.deleted_at IS NULL',
            '"order" AS placed ON placed.id = back.order_id',
        ),
        last(
            "piece.id",
            "return_item AS piece",
            "order_line_item AS line ON line.id = piece.item_id AND piece.deleted_at IS NULL",
        ),
        last(
            "piece.id",
            "return_item AS piece",
            "return_reason AS reason ON reason.id = piece.reason_id AND piece.deleted_at IS NULL",
        ),
    ),
)

REFUNDS = Select(
    """
SELECT given.id AS refund_id, 'settled' AS status, given.amount, upper(payment.currency_code) AS currency,
    given.created_at AS refunded_at, related.order_id,
    coalesce(reason.label, nullif(given.note, '')) AS reason
FROM refund AS given
JOIN payment ON payment.id = given.payment_id
LEFT JOIN order_payment_collection AS related
    ON related.payment_collection_id = payment.payment_collection_id AND related.deleted_at IS NULL
LEFT JOIN refund_reason AS reason ON reason.id = given.refund_reason_id
WHERE given.deleted_at IS NULL
""",
    touched=touched(
        "refund_id",
        {"refund": "id IN (SELECT refund_id FROM touched)"},
        each(
            "given.id AS refund_id",
            "refund AS given",
            "payment ON payment.id = given.payment_id AND given.deleted_at IS NULL",
            "order_payment_collection AS related"
            " ON related.payment_collection_id = payment.payment_collection_id",
        ),
        last(
            "given.id",
            "refund AS given",
            "refund_reason AS reason ON reason.id = given.refund_reason_id AND given.deleted_at IS NULL",
        ),
    ),
)
