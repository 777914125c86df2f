"""Oscar's orders, their lines and the baskets they come from."""

from __future__ import annotations

from connectors.systems.oscar.articles import LINE_JOINS, LINE_SKU, SHARED
from connectors.systems.oscar.fulfilment import IS_DIGITAL, IS_PICKUP, PIECES
from connectors.systems.oscar.money import PAID
from connectors.systems.oscar.sites import LONE_SITE, NO_CHANNEL
from connectors.systems.oscar.words import is_any

STATUS = f"""CASE WHEN {is_any("placed.status", "cancelled")} THEN 'cancelled'
        WHEN {is_any("placed.status", "unpaid")} THEN 'draft' ELSE 'confirmed' END"""

ORDERS = f"""
WITH {PAID},
sold AS (
    SELECT order_id, sum(line_price_excl_tax) AS net_amount,
        sum(line_price_before_discounts_excl_tax) AS gross_amount,
        sum(line_price_incl_tax - line_price_excl_tax) AS tax_amount
    FROM order_line GROUP BY order_id
),
bought_with AS (
    SELECT source.order_id, string_agg(DISTINCT type.name, '+' ORDER BY type.name) AS methods
    FROM payment_source AS source JOIN payment_sourcetype AS type ON type.id = source.source_type_id
    GROUP BY source.order_id
),
voucher AS (
    SELECT order_id, min(voucher_code) AS code FROM order_orderdiscount
    WHERE voucher_code <> '' GROUP BY order_id
),
cancellation AS (
    SELECT order_id, max(date_created) AS at FROM order_orderstatuschange
    WHERE {is_any("new_status", "cancelled")} GROUP BY order_id
)
SELECT placed.number AS order_id, placed.date_placed AS placed_at,
    coalesce(site.domain, '{NO_CHANNEL}') AS channel, {STATUS} AS status, placed.status AS raw_status,
    'sale' AS kind, coalesce(sold.net_amount, 0) AS net_amount, placed.currency, coalesce(paid.paid_at,
        CASE WHEN placed.total_incl_tax = 0 AND {STATUS} <> 'draft' THEN placed.date_placed END) AS paid_at,
    'u' || placed.user_id AS customer_ref, nullif(placed.guest_email, '') AS email,
    address.country_id AS region, coalesce(sold.gross_amount, 0) AS gross_amount,
    coalesce(sold.tax_amount, 0) + placed.shipping_incl_tax - placed.shipping_excl_tax AS tax_amount,
    placed.shipping_excl_tax AS shipping_amount, bought_with.methods AS payment_method,
    CASE WHEN {IS_PICKUP} THEN 'pickup' WHEN {IS_DIGITAL} THEN 'digital' ELSE 'ship' END AS fulfilment,
    CASE WHEN {is_any("placed.status", "cancelled")} THEN cancellation.at END AS cancelled_at,
    voucher.code AS coupon
FROM order_order AS placed
LEFT JOIN django_site AS site ON site.id = placed.site_id
LEFT JOIN sold ON sold.order_id = placed.id
LEFT JOIN paid ON paid.order_id = placed.id
LEFT JOIN bought_with ON bought_with.order_id = placed.id
LEFT JOIN voucher ON voucher.order_id = placed.id
LEFT JOIN cancellation ON cancellation.order_id = placed.id
LEFT JOIN order_shippingaddress AS address ON address.id = placed.shipping_address_id
"""
"""The number is the order's id: customers, analytics and surveys know no other. Surcharges are no article."""

ORDER_LINES = f"""
WITH {SHARED}, {PIECES},
undone AS (
    SELECT line_id, sum(quantity) AS quantity FROM piece WHERE kind = 'cancelled' GROUP BY line_id
)
SELECT placed.number AS order_id, line.id::text AS line_id, {LINE_SKU} AS sku, line.quantity,
    CASE WHEN {is_any("placed.status", "cancelled")} OR {is_any("line.status", "cancelled")} THEN 0
        ELSE greatest(line.quantity - coalesce(undone.quantity, 0), 0) END AS quantity_kept,
    line.line_price_excl_tax AS net_amount,
    round(line.line_price_before_discounts_excl_tax / nullif(line.quantity, 0), 4) AS list_price
FROM order_line AS line
JOIN order_order AS placed ON placed.id = line.order_id
LEFT JOIN undone ON undone.line_id = line.id
{LINE_JOINS}
"""

CARTS = f"""
WITH {LONE_SITE},
filled AS (SELECT basket_id, min(date_created) AS at FROM basket_line GROUP BY basket_id),
bought AS (
    SELECT DISTINCT ON (basket_id) basket_id, number, date_placed FROM order_order
    WHERE basket_id IS NOT NULL ORDER BY basket_id, id
)
SELECT basket.id::text AS cart_id, coalesce(filled.at, basket.date_created) AS started_at, lone.channel,
    bought.basket_id IS NOT NULL OR basket.status = 'Submitted' AS completed,
    coalesce(bought.date_placed, CASE WHEN basket.status = 'Submitted' THEN basket.date_submitted END)
        AS completed_at,
    bought.number AS order_id, 'u' || basket.owner_id AS customer_ref
FROM basket_basket AS basket CROSS JOIN lone
LEFT JOIN filled ON filled.basket_id = basket.id
LEFT JOIN bought ON bought.basket_id = basket.id
WHERE bought.basket_id IS NOT NULL OR basket.status = 'Submitted'
    OR (filled.basket_id IS NOT NULL AND basket.status NOT IN ('Merged', 'Saved'))
"""
"""Everyone who signs in is given a basket, long before anything is in it: a cart begins with its first line.

Merged baskets live on in another, saved ones are for later; frozen ones were left at the payment.
"""
