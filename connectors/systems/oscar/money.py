"""Oscar's money: payments tried, orders paid, money given back; by sources and by payment events.

A shop may book the same money on a payment source, as its transactions, and on the order, as payment events:
one of the two counts per order, never their sum.
"""

from __future__ import annotations

from connectors.systems.oscar.sites import NO_CHANNEL
from connectors.systems.oscar.words import is_any, kinds

PAYMENT_KINDS = kinds("payment_kind", "order_paymenteventtype", "refunded", "failed", "paid", "authorised")

SUCCEEDED = f"NOT {is_any('entry.status', 'failed')} AND NOT {is_any('entry.status', 'pending')}"

PAID = f"""
{PAYMENT_KINDS},
debit AS (
    SELECT entry.source_id, entry.date_created AS at, entry.amount FROM payment_transaction AS entry
    WHERE {is_any("entry.txn_type", "paid")} AND {SUCCEEDED}
),
booked AS (SELECT source_id, sum(amount) AS amount FROM debit GROUP BY source_id),
received AS (
    SELECT source.order_id, 'source' AS ledger, debit.at, debit.amount
    FROM debit JOIN payment_source AS source ON source.id = debit.source_id
    UNION ALL
    SELECT source.order_id, 'source', placed.date_placed, source.amount_debited - coalesce(booked.amount, 0)
    FROM payment_source AS source JOIN order_order AS placed ON placed.id = source.order_id
    LEFT JOIN booked ON booked.source_id = source.id
    WHERE source.amount_debited > coalesce(booked.amount, 0)
    UNION ALL
    SELECT event.order_id, 'event', event.date_created, event.amount
    FROM order_paymentevent AS event JOIN payment_kind ON payment_kind.id = event.event_type_id
    WHERE payment_kind.kind = 'paid'
),
adding_up AS (
    SELECT order_id, at, sum(amount) OVER (PARTITION BY order_id, ledger ORDER BY at) AS so_far
    FROM received
),
paid AS (
    SELECT adding_up.order_id, min(adding_up.at) AS paid_at
    FROM adding_up JOIN order_order AS placed ON placed.id = adding_up.order_id
    WHERE adding_up.so_far >= placed.total_incl_tax GROUP BY adding_up.order_id
)"""
"""An order is paid when what came adds up to its total; what is given back later does not undo it.

What a source was debited without a transaction was debited as it was made, when the order was placed.
"""

PAYMENTS = f"""
WITH {PAYMENT_KINDS},
entry AS (
    SELECT entry.*, {SUCCEEDED} AS succeeded, {is_any("entry.status", "pending")} AS is_open
    FROM payment_transaction AS entry
    WHERE {is_any("entry.txn_type", "paid")} OR {is_any("entry.txn_type", "authorised")}
),
step AS (
    SELECT 'T' || entry.id AS payment_id, 'S' || source.id AS purse, source.order_id, type.name AS method,
        entry.date_created AS at, entry.succeeded, entry.amount, entry.id AS place
    FROM entry JOIN payment_source AS source ON source.id = entry.source_id
    LEFT JOIN payment_sourcetype AS type ON type.id = source.source_type_id
    WHERE NOT entry.is_open
    UNION ALL
    SELECT 'S' || source.id, 'S' || source.id, source.order_id, type.name, placed.date_placed, true,
        greatest(source.amount_allocated, source.amount_debited), source.id
    FROM payment_source AS source JOIN order_order AS placed ON placed.id = source.order_id
    LEFT JOIN payment_sourcetype AS type ON type.id = source.source_type_id
    WHERE (source.amount_allocated > 0 OR source.amount_debited > 0)
        AND NOT EXISTS (SELECT FROM entry WHERE entry.source_id = source.id)
    UNION ALL
    SELECT 'E' || event.id, 'O' || event.order_id, event.order_id, NULL, event.date_created,
        payment_kind.kind <> 'failed', event.amount, event.id
    FROM order_paymentevent AS event JOIN payment_kind ON payment_kind.id = event.event_type_id
    WHERE payment_kind.kind IN ('paid', 'authorised', 'failed')
        AND NOT EXISTS (SELECT FROM payment_source AS source WHERE source.order_id = event.order_id)
),
attempt AS (
    SELECT step.*, min(at) FILTER (WHERE succeeded) OVER (PARTITION BY purse) AS first_success,
        row_number() OVER (PARTITION BY purse, succeeded ORDER BY at, place) AS turn
    FROM step
)
SELECT attempt.payment_id, attempt.at AS attempted_at, attempt.succeeded, placed.number AS order_id,
    attempt.method, coalesce(site.domain, '{NO_CHANNEL}') AS channel, attempt.amount
FROM attempt
JOIN order_order AS placed ON placed.id = attempt.order_id
LEFT JOIN django_site AS site ON site.id = placed.site_id
WHERE CASE WHEN succeeded THEN turn = 1 ELSE first_success IS NULL OR at <= first_success END
"""
"""What was authorised and debited later is one attempt; refusals before it are attempts of their own.

Oscar writes sources once the order is placed: attempts that led to no order are not known. Of a source
without any amount, cash on delivery perhaps, nothing is known yet.
"""

REFUNDS = f"""
WITH {PAYMENT_KINDS}, {kinds("shipping_kind", "order_shippingeventtype", "returned")},
given AS (
    SELECT 'T' || entry.id AS refund_id, 'source' AS ledger, source.order_id, source.currency, entry.amount,
        entry.date_created AS at, NULL::integer AS shipping_event_id,
        CASE WHEN {is_any("entry.status", "failed")} THEN 'failed'
            WHEN {is_any("entry.status", "pending")} THEN 'pending' ELSE 'settled' END AS status
    FROM payment_transaction AS entry JOIN payment_source AS source ON source.id = entry.source_id
    WHERE {is_any("entry.txn_type", "refunded")}
    UNION ALL
    SELECT 'E' || event.id, 'event', event.order_id, placed.currency, event.amount, event.date_created,
        event.shipping_event_id, 'settled'
    FROM order_paymentevent AS event JOIN payment_kind ON payment_kind.id = event.event_type_id
    JOIN order_order AS placed ON placed.id = event.order_id
    WHERE payment_kind.kind = 'refunded'
),
added AS (
    SELECT order_id, coalesce(sum(amount) FILTER (WHERE ledger = 'source'), 0)
        < coalesce(sum(amount) FILTER (WHERE ledger = 'event'), 0) AS by_events
    FROM given WHERE status = 'settled' GROUP BY order_id
)
SELECT given.refund_id, given.status, given.amount, given.currency,
    CASE WHEN given.status = 'settled' THEN given.at END AS refunded_at,
    CASE WHEN given.status <> 'settled' THEN given.at END AS requested_at, placed.number AS order_id, (
        SELECT min(item.event_id || '-' || item.line_id) FROM order_shippingeventquantity AS item
        JOIN order_shippingevent AS event ON event.id = item.event_id
        JOIN shipping_kind ON shipping_kind.id = event.event_type_id AND shipping_kind.kind = 'returned'
        WHERE event.id = given.shipping_event_id) AS return_id
FROM given
JOIN order_order AS placed ON placed.id = given.order_id
LEFT JOIN added ON added.order_id = given.order_id
WHERE given.status <> 'settled' OR added.by_events = (given.ledger = 'event')
"""
"""Money that left counts once, by the ledger that has more of it."""
