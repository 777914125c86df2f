"""The derived tables in DuckDB's SQL, as far as the benchmark's made-up shop needs them: one connection."""

from __future__ import annotations

DAY = "(timezone('Asia/Shanghai', {}))::date"


def day(moment: str) -> str:
    """The business day of a moment."""
    return DAY.format(moment)


ORDER_FACTS = f"""
WITH last_day AS (SELECT max(day) AS day FROM orders),
horizon AS (
    SELECT greatest((SELECT day FROM last_day), (SELECT max({day("delivered_at")}) FROM shipments)) AS day
),
moment AS (SELECT greatest(
    (SELECT max(placed_at) FROM orders),
    (SELECT max(greatest(shipped_at, first_scan_at, ready_at, delivered_at)) FROM shipments)
) AS at),
cells AS (SELECT channel, bool_or(store_id IS NOT NULL) AS by_store FROM visits GROUP BY channel),
visited AS (
    SELECT DISTINCT channel, CASE WHEN by_store THEN store_id END AS cell, day
    FROM visits JOIN cells USING (channel)
),
sold_as AS (SELECT sku, last(category) AS category FROM products WHERE category IS NOT NULL GROUP BY sku),
lines AS (
    SELECT order_id, sum(coalesce(quantity_kept, quantity)) AS units,
        bool_and(coalesce(quantity_kept >= quantity, true)) AS in_full,
        arg_min(own, (-net_amount_native, own)) AS category
    FROM (
        SELECT l.*, coalesce(l.category, s.category) AS own FROM order_lines l LEFT JOIN sold_as s USING (sku)
    )
    GROUP BY order_id
),
described AS (
    SELECT o.*, k.kind AS channel_kind, l.units, l.in_full, l.category AS main_category,
        s.region AS shop_region,
        status = 'confirmed' AND o.kind = 'sale' AND NOT coalesce(is_test, false) AS counted,
        counted AND paid_at IS NOT NULL AS paid, {day("placed_at")} AS placed_day,
        CASE WHEN paid THEN {day("paid_at")} END AS paid_day, coalesce(paid_day, placed_day) AS known_day,
        coalesce(o.tier, c.tier) AS own_tier, CASE WHEN by_store THEN o.store_id END AS cell
    FROM orders o JOIN kinds k USING (channel) LEFT JOIN lines l USING (order_id)
    LEFT JOIN stores s ON s.store_id = o.store_id LEFT JOIN customers c USING (customer_ref)
    LEFT JOIN cells ON cells.channel = o.channel
),
firsts AS (SELECT customer_ref, min(paid_day) AS first_day FROM described WHERE paid GROUP BY customer_ref),
parcels AS (
    SELECT order_id, s.shipped_at, s.first_scan_at, s.delivered_at, s.kind, s.damaged, d.promised_ship_at,
        CASE WHEN coalesce(d.fulfilment, '') NOT IN ('instore', 'digital') AND d.promised_ship_at <= moment.at
            THEN d.promised_ship_at END AS ship_by,
        {day("coalesce(s.promised_at, d.promised_at)")} AS promise_day,
        {day("s.delivered_at")} AS arrived_day,
        CASE WHEN s.delivered_at IS NOT NULL THEN arrived_day - promise_day
            WHEN s.tracked AND promise_day < horizon.day THEN horizon.day - promise_day END AS days_late,
        coalesce(s.shipped_at, s.first_scan_at) AS left_at,
        CASE WHEN left_at IS NOT NULL THEN left_at > ship_by WHEN s.delivered_at IS NULL THEN true
            WHEN s.delivered_at <= ship_by THEN false END AS left_late
    FROM shipments s JOIN described d USING (order_id), horizon, moment
),
delivered AS (
    SELECT order_id, max(promise_day) AS promised_day, max(days_late) AS days_late,
        bool_or(days_late > 0) AS late, bool_or(days_late IS NULL) AS unknown,
        max(delivered_at) AS last_delivered, bool_or(delivered_at IS NULL) AS under_way,
        count(*) AS known_parcels,
        min(coalesce(shipped_at, first_scan_at, delivered_at)) AS first_left_at,
        count(*) FILTER (kind <> 'pickup' AND coalesce(shipped_at, first_scan_at, delivered_at) IS NOT NULL)
            AS parcels,
        CASE WHEN bool_or(left_late) THEN true WHEN bool_and(left_late IS NOT NULL) THEN false END
            AS left_late,
        coalesce(bool_or(damaged), false) AS damaged
    FROM parcels GROUP BY order_id
),
returned AS (
    SELECT order_id, true AS returned_30d, sum(coalesce(r.quantity, l.whole, 1)) AS units,
        CASE WHEN bool_or(reason = 'quality') THEN true WHEN bool_and(reason IS NOT NULL) THEN false END
            AS for_quality_30d,
        CASE WHEN bool_or(r.day - d.paid_day <= 15) THEN true END AS returned_15d,
        CASE WHEN bool_or(r.day - d.paid_day <= 15 AND reason = 'quality') THEN true
            WHEN bool_and(r.day - d.paid_day > 15 OR reason IS NOT NULL) THEN false END AS for_quality_15d
    FROM returns r JOIN described d USING (order_id)
    LEFT JOIN (
        SELECT order_id, line_id, sum(coalesce(quantity_kept, quantity)) AS whole
        FROM order_lines GROUP BY ALL
    ) l USING (order_id, line_id)
    WHERE d.paid AND r.day - d.paid_day <= 30 GROUP BY order_id
),
refunded AS (
    SELECT d.order_id, sum(f.amount) AS refunded
    FROM refunds f JOIN returns r USING (return_id)
    JOIN described d ON d.order_id = coalesce(f.order_id, r.order_id)
    WHERE f.status = 'settled' AND d.paid AND {day("f.refunded_at")} - d.paid_day <= 30 GROUP BY d.order_id
),
told AS (
    SELECT order_id, bool_or(c.kind = 'complaint' AND c.day - known_day <= 15) AS complaint_15d,
        bool_or(c.kind = 'complaint' AND c.day - known_day <= 30) AS complaint_30d,
        bool_or(c.kind IN ('question', 'complaint', 'where_is_my_order') AND c.day - known_day <= 30)
            AS contacted_30d,
        bool_or(escalated AND c.day - known_day <= 30) AS escalated_30d,
        bool_or(c.kind = 'where_is_my_order' AND c.day - known_day <= 7) AS where_is_my_order_7d,
        bool_or(c.kind = 'dispute' AND coalesce(seller_liable, false)
            AND coalesce({day("closed_at")}, c.day) - known_day <= 60) AS dispute_lost_60d,
        bool_or(c.kind = 'chargeback' AND c.day - known_day <= 60) AS chargeback_60d
    FROM cases c JOIN described USING (order_id) GROUP BY order_id
),
reviewed AS (
    SELECT order_id, bool_or(stars <= 2 AND r.day - known_day <= 60) AS bad_review_60d
    FROM reviews r JOIN described USING (order_id) GROUP BY order_id
),
devices AS (
    SELECT order_id, arg_max(device, started_at) AS device
    FROM visits WHERE order_id IS NOT NULL GROUP BY order_id
),
known_lines AS (
    SELECT DISTINCT channel, store_id, known_day FROM described SEMI JOIN order_lines USING (order_id)
)
SELECT * EXCLUDE (promise, is_known, clock_at) FROM (
SELECT order_id, d.connection, placed_day, paid_day, d.channel, channel_kind, d.store_id AS store,
    CASE WHEN channel_kind = 'offline' THEN coalesce(shop_region, d.region)
        ELSE coalesce(d.region, shop_region) END AS region,
    main_category AS category,
    CASE WHEN customer_ref IS NULL THEN 'unknown'
        WHEN first_day IS NULL OR d.known_day <= first_day THEN 'new' ELSE 'returning' END AS customer_type,
    own_tier AS tier, device, payment_method, customer_ref AS customer_id, counted, paid,
    visited.channel IS NOT NULL AS visits_known, known_lines.channel IS NOT NULL AS lines_known, net_amount,
    coalesce(d.units, 0) AS units,
    CASE WHEN gross_amount > 0 OR net_amount = 0 THEN gross_amount END AS gross_amount,
    CASE WHEN gross_amount > 0 OR net_amount = 0 THEN gross_amount - net_amount END AS discount,
    status = 'cancelled' AND coalesce(cancel_reason = 'stock', status = 'cancelled') AS stock_cancelled,
    known_parcels IS NULL AND (coalesce(fulfilment, '') = 'instore'
        OR fulfilment IS NULL AND channel_kind = 'offline') AS handed_over,
    status IN ('confirmed', 'cancelled') AND NOT is_test AND paid_at IS NOT NULL AS sold,
    CASE WHEN sold THEN {day("paid_at")} END AS sold_day,
    status = 'cancelled' AND cancelled_by = 'seller'
        AND (first_left_at IS NULL OR cancelled_at <= first_left_at) AS seller_cancelled,
    CASE WHEN coalesce(fulfilment, '') NOT IN ('instore', 'digital') AND promised_ship_at <= moment.at
        THEN {day("promised_ship_at")} END AS promised_ship_day,
    CASE WHEN promised_ship_day IS NULL THEN NULL WHEN known_parcels IS NULL THEN true ELSE left_late END
        AS shipped_late,
    coalesce(parcels, 0) AS parcels, coalesce(v.damaged, false) AS damaged, in_full,
    coalesce(v.promised_day, {day("promised_at")}) AS promise,
    CASE WHEN promise <= horizon.day THEN promise END AS promised_day,
    promised_day - d.known_day AS days_promised, days_promised <= 15 AS promised_15d,
    v.promised_day IS NOT NULL AND (late OR NOT unknown) AND promise <= horizon.day AS is_known,
    true AS shipments_known, CASE WHEN is_known THEN v.days_late END AS days_late,
    coalesce(is_known, false) AS outcome_known,
    CASE WHEN paid_at <= coalesce(left_first.at, paid_at) THEN paid_at ELSE placed_at END AS clock_at,
    CASE WHEN NOT under_way THEN greatest(0, date_diff('second', clock_at, last_delivered)) END
        AS delivery_seconds,
    CASE WHEN NOT under_way THEN greatest(0, {day("last_delivered")} - {day("clock_at")}) END
        AS days_to_deliver,
    known_parcels IS NOT NULL AS shipped,
    CASE WHEN shipped THEN under_way ELSE coalesce(fulfilment IN ('ship', 'pickup'), false) END
        AS undelivered,
    true AS returns_known, coalesce(returned_30d, false) AS returned_30d,
    least(coalesce(returned.units, 0), coalesce(d.units, 0)) AS units_returned_30d,
    CASE WHEN returned_15d IS NULL THEN false ELSE for_quality_15d END AS quality_returned_15d,
    CASE WHEN returned_30d IS NULL THEN false ELSE for_quality_30d END AS quality_returned_30d,
    net_amount + coalesce(tax_amount, 0) + coalesce(shipping_amount, 0) AS paid_amount,
    least(coalesce(refunded, 0), paid_amount) AS refunded_30d,
    coalesce(complaint_15d, false) AS complaint_15d, coalesce(complaint_30d, false) AS complaint_30d,
    coalesce(escalated_30d, false) AS escalated_30d, coalesce(contacted_30d, false) AS contacted_30d,
    coalesce(where_is_my_order_7d, false) AS where_is_my_order_7d,
    coalesce(dispute_lost_60d, false) AS dispute_lost_60d, coalesce(chargeback_60d, false) AS chargeback_60d,
    coalesce(bad_review_60d, false) AS bad_review_60d
FROM described d LEFT JOIN firsts USING (customer_ref) LEFT JOIN delivered v USING (order_id)
LEFT JOIN returned USING (order_id) LEFT JOIN refunded USING (order_id) LEFT JOIN told USING (order_id)
LEFT JOIN reviewed USING (order_id) LEFT JOIN devices USING (order_id)
LEFT JOIN (
    SELECT order_id, min(coalesce(shipped_at, first_scan_at, ready_at, delivered_at)) AS at
    FROM shipments GROUP BY order_id
) left_first USING (order_id)
LEFT JOIN known_lines ON known_lines.channel = d.channel AND known_lines.known_day = d.known_day
    AND known_lines.store_id IS NOT DISTINCT FROM d.store_id
LEFT JOIN visited ON visited.channel = d.channel AND visited.day = d.known_day
    AND visited.cell IS NOT DISTINCT FROM d.cell, horizon, moment
)
"""

DIMENSIONS = (
    "channel", "channel_kind", "store", "region", "category", "customer_type", "tier", "payment_method",
)  # fmt: skip
CUSTOMER_DAYS = f"""
WITH days AS (
    SELECT customer_id, paid_day AS day,
        {", ".join(f"arg_min_null({name}, (settled_at, order_id)) AS {name}" for name in DIMENSIONS)},
        count(*) AS orders, count(net_amount) AS orders_priced,
        count(*) - count(net_amount) AS orders_unpriced,
        bool_or(channel_kind = 'online') AS online, bool_or(channel_kind = 'offline') AS offline,
        sum(net_amount) AS net_amount, max(history_from) AS history_from
    FROM derived_orders JOIN (
        SELECT connection, min(placed_day) AS history_from FROM derived_orders GROUP BY connection
    ) USING (connection) WHERE paid AND customer_id IS NOT NULL GROUP BY ALL
)
SELECT customer_id, day, lag(day) OVER customer AS previous_day, lead(day) OVER customer AS next_day,
    history_from,
    min(CASE WHEN online THEN day END) OVER onwards AS next_online_day,
    min(CASE WHEN offline THEN day END) OVER onwards AS next_offline_day,
    (SELECT max(day) FROM orders) - day AS days_observed, lead(day) OVER customer - day AS days_to_next,
    {", ".join(DIMENSIONS)}, orders, orders_priced, orders_unpriced, net_amount,
    max(CASE WHEN net_amount IS NOT NULL THEN day END) OVER before AS previous_priced_day
FROM days
WINDOW customer AS (PARTITION BY customer_id ORDER BY day),
    onwards AS (PARTITION BY customer_id ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
    before AS (PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
ORDER BY day
"""

VISIT_DIMENSIONS = ("channel", "channel_kind", "store", "region", "device", "source", "campaign")
VISITOR_DAYS = f"""
WITH days AS (
    SELECT visitor_id, day, bool_or(converted > 0) AS bought,
        {", ".join(f"arg_min_null({name}, (started_at, visit_id)) AS {name}" for name in VISIT_DIMENSIONS)}
    FROM derived_visits WHERE visitor_known AND outcome_known GROUP BY ALL
)
SELECT visitor_id, day, lag(day) OVER visitor AS previous_day,
    min(CASE WHEN bought THEN day END) OVER onwards AS next_buying_day, {", ".join(VISIT_DIMENSIONS)}
FROM days
WINDOW visitor AS (PARTITION BY visitor_id ORDER BY day),
    onwards AS (PARTITION BY visitor_id ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
ORDER BY day
"""
