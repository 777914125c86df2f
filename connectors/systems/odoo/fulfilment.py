"""Odoo's shipments, returns and refunds: warehouse transfers, credit notes and refunds at tills."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from connectors.return_reasons import reason_of
from connectors.sql_system import Select
from connectors.systems.odoo.changes import (
    TILL_LINE,
    TO_RECEIPT,
    each,
    roles,
    till,
    till_currency,
    touched,
)
from connectors.systems.odoo.lines import (
    GIFT_CARDS,
    SALE_IS_ORDER,
    SKU,
    TILL,
    TILL_LINES,
    TILL_ORDER,
)

PICKING = "stock_picking AS picking"
PARCEL = "picking.id::text AS shipment_id, picking.id AS picking_id, picking.pos_order_id AS receipt_id"

_parcel = partial(each, PARCEL, PICKING)

SHIPMENTS = Select(
    f"""
WITH {GIFT_CARDS}, {TILL_LINES},
leaving AS (
    SELECT picking.*, sale.commitment_date, carrier.name->>'en_US' AS carrier,
        coalesce(carrier.delivery_type = 'in_store', false) AS is_pickup,
        CASE WHEN picking.state = 'done' THEN picking.date_done AT TIME ZONE 'utc' END AS done_at,
        coalesce(
            CASE WHEN {SALE_IS_ORDER} THEN 'S' || sale.id END,
            CASE WHEN receipt.shipping_date IS NOT NULL AND {TILL_ORDER} THEN 'P' || receipt.id END
        ) AS order_id
    FROM stock_picking AS picking
    JOIN stock_picking_type AS type ON type.id = picking.picking_type_id
    LEFT JOIN sale_order AS sale ON sale.id = picking.sale_id
    LEFT JOIN pos_order AS receipt ON receipt.id = picking.pos_order_id
    LEFT JOIN delivery_carrier AS carrier ON carrier.id = coalesce(picking.carrier_id, sale.carrier_id)
    WHERE type.code IN ('outgoing', 'dropship') AND picking.return_id IS NULL
        AND picking.state IN ('waiting', 'confirmed', 'assigned', 'done')
)
SELECT id::text AS shipment_id, order_id,
    CASE WHEN is_pickup THEN 'pickup' ELSE 'parcel' END AS kind, carrier,
    CASE WHEN NOT is_pickup THEN done_at END AS shipped_at,
    commitment_date AT TIME ZONE 'utc' AS promised_at,
    CASE WHEN is_pickup THEN done_at END AS delivered_at,
    CASE WHEN is_pickup AND done_at IS NOT NULL THEN 'shop' END AS delivered_source
FROM leaving WHERE order_id IS NOT NULL
""",
    any_of=("stock_picking",),
    known_by={
        "carrier": "delivery_carrier",
        "promised_at": "sale_order.commitment_date",
        "delivered_at": "delivery_carrier.delivery_type",
        "delivered_source": "delivery_carrier.delivery_type",
    },
    touched=touched(
        "shipment_id",
        {
            "stock_picking": "id IN (SELECT picking_id FROM touched)",
            "pos_order_line": "order_id IN (SELECT receipt_id FROM touched)",
        },
        _parcel("stock_picking_type AS type ON type.id = picking.picking_type_id"),
        _parcel("delivery_carrier AS carrier ON carrier.id = picking.carrier_id"),
        _parcel(
            "sale_order AS sale ON sale.id = picking.sale_id",
            "delivery_carrier AS carrier ON carrier.id = sale.carrier_id",
        ),
        till(PARCEL, PICKING, "pos_order AS receipt ON receipt.id = picking.pos_order_id"),
        roles(PARCEL, PICKING, "pos_order_line AS line ON line.order_id = picking.pos_order_id"),
    ),
)
"""Odoo knows when goods left; that they arrived it knows only of pick-ups, which the shop hands over."""

CREDIT_NOTES = """
credited AS (
    SELECT note.id, min(line.order_id) AS order_id, count(DISTINCT line.order_id) AS orders
    FROM account_move AS note
    JOIN account_move_line AS item ON item.move_id IN (note.id, note.reversed_entry_id)
    JOIN sale_order_line_invoice_rel AS related ON related.invoice_line_id = item.id
    JOIN sale_order_line AS line ON line.id = related.order_line_id
    WHERE note.move_type = 'out_refund' AND note.state IN ('posted', 'cancel')
        AND NOT EXISTS (SELECT FROM pos_order AS receipt WHERE receipt.account_move = note.id)
    GROUP BY note.id
),
credit_note AS (
    SELECT note.*, CASE WHEN credited.orders = 1 THEN credited.order_id END AS order_id,
        nullif(trim(substring(note.ref FROM ', (.*)$')), '') AS reason
    FROM account_move AS note JOIN credited ON credited.id = note.id
)"""
"""Credit notes of web and sales orders, found by their lines or by the invoice they reverse.

Odoo writes the reason behind a comma: "Reversal of: INV/2026/00020, Wrong size".
"""

GONE = "stock_move AS gone ON gone.id = back.origin_returned_move_id"
TO_TYPE = "stock_picking_type AS type ON type.id = picking.picking_type_id"
TO_ORIGIN = "pos_order_line AS origin ON origin.id = line.refunded_orderline_id"
TO_INVOICE = (
    "sale_order_line_invoice_rel AS related ON related.order_line_id = line.id",
    "account_move_line AS invoiced ON invoiced.id = related.invoice_line_id",
)
TILL_RETURN = "'P' || line.id AS return_id, NULL::integer AS move_id, line.id AS line_id"

_back = partial(
    each, "'R' || back.id AS return_id, back.id AS move_id, NULL::integer AS line_id", "stock_move AS back"
)


def _noted(gone: str, owner: str, order: str) -> Iterator[str]:
    """What the credit notes of the order that goods came back from touch."""
    items = (gone, owner, f"sale_order_line AS line ON line.order_id = {order}", *TO_INVOICE)
    for key in ("id", "reversed_entry_id"):
        note = f"account_move AS note ON note.{key} = invoiced.move_id"
        yield from _back(*items, note, "pos_order AS receipt ON receipt.account_move = note.id")


RETURNS = Select(
    f"""
WITH {GIFT_CARDS}, {TILL_LINES}, {CREDIT_NOTES},
given AS (
    SELECT DISTINCT ON (order_id) order_id, reason FROM credit_note
    WHERE reason IS NOT NULL ORDER BY order_id, create_date
),
returned AS (
    SELECT 'R' || back.id AS return_id, picking.create_date AT TIME ZONE 'utc' AS requested_at,
        'S' || coalesce(line.order_id, origin.sale_id) AS order_id, 'S' || line.id AS line_id, {SKU} AS sku,
        CASE WHEN back.state = 'done' THEN back.quantity ELSE back.product_uom_qty END AS quantity,
        CASE WHEN picking.state = 'done' THEN picking.date_done AT TIME ZONE 'utc' END AS received_at,
        given.reason AS raw_reason,
        'warehouse:' || type.warehouse_id AS return_channel
    FROM stock_move AS back
    JOIN stock_picking AS picking ON picking.id = back.picking_id
    JOIN stock_picking_type AS type ON type.id = picking.picking_type_id
    JOIN stock_move AS gone ON gone.id = back.origin_returned_move_id
    JOIN stock_picking AS origin ON origin.id = gone.picking_id
    JOIN product_product AS product ON product.id = back.product_id
    LEFT JOIN sale_order_line AS line ON line.id = gone.sale_line_id
    LEFT JOIN given ON given.order_id = coalesce(line.order_id, origin.sale_id)
    WHERE type.code = 'incoming' AND picking.state <> 'cancel' AND back.state <> 'cancel'
        AND coalesce(line.order_id, origin.sale_id) IS NOT NULL
    UNION ALL
    SELECT 'P' || line.id, line.date_order AT TIME ZONE 'utc', 'P' || origin.order_id, 'P' || origin.id,
        {SKU}, -line.qty, line.date_order AT TIME ZONE 'utc', NULL, line.till
    FROM till_line AS line
    JOIN product_product AS product ON product.id = line.product_id
    LEFT JOIN pos_order_line AS origin ON origin.id = line.refunded_orderline_id
    WHERE line.role = 'refund' AND NOT coalesce(line.is_reward_line, false)
        AND line.state NOT IN ('cancel', 'draft')
)
SELECT *, {reason_of("raw_reason")} AS reason FROM returned
""",
    any_of=("stock_move.origin_returned_move_id", "pos_order_line.refunded_orderline_id"),
    known_by={"raw_reason": "account_move.ref", "reason": "account_move.ref"},
    touched=touched(
        "return_id",
        {
            "stock_move": """id IN (SELECT move_id FROM touched UNION ALL
                SELECT back.origin_returned_move_id FROM stock_move AS back
                WHERE back.id IN (SELECT move_id FROM touched))""",
            "pos_order_line": """id IN (SELECT line_id FROM touched UNION ALL
                SELECT line.refunded_orderline_id FROM pos_order_line AS line
                WHERE line.id IN (SELECT line_id FROM touched))""",
        },
        _back("stock_picking AS picking ON picking.id = back.picking_id", TO_TYPE),
        _back("product_product AS product ON product.id = back.product_id"),
        _noted(GONE, "sale_order_line AS moved ON moved.id = gone.sale_line_id", "moved.order_id"),
        _noted(GONE, "stock_picking AS origin ON origin.id = gone.picking_id", "origin.sale_id"),
        roles(TILL_RETURN, TILL_LINE),
        till(TILL_RETURN, TILL_LINE, TO_RECEIPT),
        each(TILL_RETURN, TILL_LINE, TO_ORIGIN),
    ),
)

TILL_REFUND = """
    'P' || line.order_id || '-' || coalesce((
        SELECT origin.order_id::text FROM pos_order_line AS origin
        WHERE origin.id = line.refunded_orderline_id
    ), 'none') AS refund_id, NULL::integer AS note_id, line.order_id AS receipt_id"""

UNKNOWN_ORIGIN = "'P' || line.order_id || '-none' AS refund_id, NULL::integer, line.order_id"
"""What a refund was called before the receipt it refers to was there."""

_note = partial(
    each,
    "'C' || note.id AS refund_id, note.id AS note_id, NULL::integer AS receipt_id",
    "(SELECT * FROM account_move WHERE move_type = 'out_refund') AS note",
)

REFUNDS = Select(
    f"""
WITH {GIFT_CARDS}, {TILL_LINES}, {CREDIT_NOTES}
SELECT 'C' || note.id AS refund_id,
    CASE WHEN note.state = 'cancel' OR note.payment_state = 'reversed' THEN 'failed'
        WHEN note.payment_state IN ('paid', 'in_payment') THEN 'settled' ELSE 'pending' END AS status,
    round(note.amount_total, 4) AS amount, currency.name AS currency,
    CASE WHEN note.state = 'posted' AND note.payment_state IN ('paid', 'in_payment') THEN coalesce((
            SELECT max(part.create_date) FROM account_partial_reconcile AS part
            JOIN account_move_line AS item ON item.id = part.credit_move_id WHERE item.move_id = note.id
        ), note.create_date) AT TIME ZONE 'utc' END AS refunded_at,
    note.create_date AT TIME ZONE 'utc' AS requested_at, 'S' || note.order_id AS order_id, note.reason
FROM credit_note AS note
JOIN res_currency AS currency ON currency.id = note.currency_id
UNION ALL
SELECT 'P' || receipt.id || '-' || coalesce(origin.order_id::text, 'none'), 'settled',
    round(-sum(line.price_subtotal_incl), 4), money.name,
    receipt.date_order AT TIME ZONE 'utc', receipt.date_order AT TIME ZONE 'utc', 'P' || origin.order_id, NULL
FROM till_line AS line
JOIN pos_order AS receipt ON receipt.id = line.order_id {TILL}
LEFT JOIN pos_order_line AS origin ON origin.id = line.refunded_orderline_id
WHERE line.role = 'refund' AND receipt.state NOT IN ('cancel', 'draft')
GROUP BY receipt.id, receipt.date_order, origin.order_id, money.name
HAVING sum(line.price_subtotal_incl) < 0
""",
    any_of=("account_move", "pos_order"),
    touched=touched(
        "refund_id",
        {
            "account_move": "id IN (SELECT note_id FROM touched)",
            "pos_order_line": """id IN (
                SELECT unnest(ARRAY[line.id, line.refunded_orderline_id]) FROM pos_order_line AS line
                WHERE line.order_id IN (SELECT receipt_id FROM touched))""",
        },
        _note("res_currency AS currency ON currency.id = note.currency_id"),
        _note("pos_order AS receipt ON receipt.account_move = note.id"),
        *(
            _note(
                f"account_move_line AS item ON item.move_id = note.{key}",
                "sale_order_line_invoice_rel AS related ON related.invoice_line_id = item.id",
                "sale_order_line AS line ON line.id = related.order_line_id",
            )
            for key in ("id", "reversed_entry_id")
        ),
        _note(
            "account_move_line AS item ON item.move_id = note.id",
            "account_partial_reconcile AS part ON part.credit_move_id = item.id",
        ),
        roles(TILL_REFUND, TILL_LINE),
        till_currency(TILL_REFUND, TILL_LINE, TO_RECEIPT),
        each(TILL_REFUND, TILL_LINE, TO_ORIGIN),
        each(UNKNOWN_ORIGIN, TILL_LINE, TO_ORIGIN),
    ),
)
"""A posted credit note is a debt: settled when a payment is matched with it, failed when it is taken back."""
