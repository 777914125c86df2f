"""Vendure's money: whole numbers of a currency's smallest unit, with or without tax, line by line."""

from __future__ import annotations

PLACES = {
    0: ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
        "XAF", "XOF", "XPF"),
    3: ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"),
    4: ("CLF", "UYW"),
}  # fmt: skip
"""Currencies by the decimal places of ISO 4217, where those are not two."""


def units(currency: str) -> str:
    """The SQL expression of how many stored units make one of a currency, given as SQL.

    A shop whose `MoneyStrategy` keeps other decimal places than the currency has says so in its settings.
    """
    cases = " ".join(
        f"WHEN {currency} IN ({', '.join(repr(code) for code in codes)}) THEN 1{'0' * places}::numeric"
        for places, codes in PLACES.items()
    )
    own = "nullif((SELECT price_decimals FROM setting), '')::integer"
    return f"coalesce(power(10::numeric, {own}), CASE {cases} ELSE 100 END)"


def amount(stored: str, currency: str) -> str:
    """The SQL expression of a stored amount in its currency, both given as SQL."""
    return f"round({stored} / {units(currency)}, 4)"


RATE = """(
    SELECT coalesce(sum((tax->>'taxRate')::numeric), 0) / 100 AS rate
    FROM json_array_elements(nullif(line."taxLines", '')::json) AS tax)"""

ADJUSTED = """(
    SELECT coalesce(sum((less->>'amount')::numeric), 0) AS amount
    FROM json_array_elements(nullif(line.adjustments, '')::json) AS less
    WHERE less->>'adjustmentSource' IS DISTINCT FROM 'CANCEL_ORDER')"""
"""Queries of one row, to be joined laterally to order lines or shipping lines: so each text is read once."""

TAKEN = """
taken AS MATERIALIZED (
    SELECT entry.id AS entry_id, entry."orderId", entry."createdAt" AS taken_at,
        entry.data::json->>'reason' AS reason, piece->>'orderLineId' AS line_id,
        (piece->>'quantity')::integer AS quantity
    FROM history_entry AS entry
    CROSS JOIN LATERAL json_array_elements(entry.data::json->'lines') AS piece
    WHERE entry.type = 'ORDER_CANCELLATION'
),
taken_in_all AS MATERIALIZED (SELECT line_id, sum(quantity) AS quantity FROM taken GROUP BY line_id)"""
"""Pieces taken off lines after their order was placed, by cancelling, editing, or coming back.

The server takes each text of JSON for a hundred rows. Worked out by itself, that guess cannot make it join
order lines by trying every pair.
"""

PIECES = 'greatest(line."orderPlacedQuantity", line.quantity + coalesce(taken_in_all.quantity, 0))'
"""All pieces that were ever ordered; of a line that was added later none were at first."""

LINES = f"""
{TAKEN},
ordered AS (
    SELECT line.id::text AS line_id, line."orderId", line."productVariantId", line.quantity,
        line."orderPlacedQuantity" AS placed_quantity, whole.pieces, tax.rate,
        line."listPrice" / tax.inside AS price,
        (line."listPrice" * whole.pieces + discount.amount) / tax.inside AS net,
        (line."listPrice" * whole.pieces + greatest(discount.amount, 0)) / tax.inside AS gross
    FROM order_line AS line
    LEFT JOIN taken_in_all ON taken_in_all.line_id = line.id::text
    CROSS JOIN LATERAL (SELECT {PIECES} AS pieces) AS whole
    CROSS JOIN LATERAL {RATE} AS listed
    CROSS JOIN LATERAL (
        SELECT listed.rate, CASE WHEN line."listPriceIncludesTax" THEN 1 + listed.rate ELSE 1 END AS inside
    ) AS tax
    CROSS JOIN LATERAL {ADJUSTED} AS discount
    WHERE whole.pieces > 0
)"""
"""Order lines as they were ordered, in stored units.

A piece that is cancelled or comes back leaves the line's quantity, and what it cost comes back as a refund: a
line is worth what all pieces that were ever ordered cost. Its discounts were worked out for all of them.
"""
