"""Medusa's orders, order lines, carts and payment attempts."""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.systems.medusa.changes import (
    CHOSEN,
    METHOD,
    NARROW_ITEMS,
    NARROW_ORDERS,
    PLACES,
    SITES,
    costs_with,
    each,
    items,
    last,
    touched,
)

ITEMS = """
replacement AS (
    SELECT item_id FROM order_exchange_item WHERE deleted_at IS NULL
    UNION SELECT item_id FROM order_claim_item WHERE is_additional_item AND deleted_at IS NULL
),
rate AS (
    SELECT item_id, sum(rate) / 100 AS rate FROM order_line_item_tax_line WHERE deleted_at IS NULL GROUP BY 1
),
promotion AS (
    SELECT item_id, version, min(code) AS coupon, sum(amount) FILTER (WHERE is_tax_inclusive) AS taxed,
        sum(amount) FILTER (WHERE NOT is_tax_inclusive) AS untaxed,
        sum(amount) FILTER (WHERE is_tax_inclusive IS NULL) AS as_line
    FROM order_line_item_adjustment WHERE deleted_at IS NULL GROUP BY 1, 2
),
priced AS (
    SELECT current.order_id, line.id, line.variant_id, line.variant_sku, line.requires_shipping,
        line.is_tax_inclusive, current.quantity, placed.status::text AS status, placed.created_at,
        coalesce(rate.rate, 0) AS rate, promotion.item_id IS NOT NULL AS is_promoted,
        promotion.coupon, promotion.taxed, promotion.untaxed, promotion.as_line,
        current.quantity * coalesce(current.unit_price, line.unit_price) AS price
    FROM "order" AS placed
    JOIN order_item AS current ON current.order_id = placed.id AND current.version = placed.version
        AND current.deleted_at IS NULL
    JOIN order_line_item AS line ON line.id = current.item_id AND line.deleted_at IS NULL
    LEFT JOIN rate ON rate.item_id = line.id
    LEFT JOIN promotion ON promotion.item_id = line.id
        AND coalesce(promotion.version, placed.version) = placed.version
    WHERE placed.deleted_at IS NULL AND NOT coalesce(line.is_giftcard, false)
        AND NOT EXISTS (SELECT FROM replacement WHERE replacement.item_id = line.id)
),
item AS (
    SELECT *, CASE WHEN is_tax_inclusive THEN price / (1 + rate) ELSE price END AS gross_amount,
        CASE WHEN NOT is_promoted THEN 0
            ELSE coalesce(untaxed, 0) + coalesce(taxed / (1 + rate), 0)
                + coalesce(CASE WHEN is_tax_inclusive THEN as_line / (1 + rate) ELSE as_line END, 0)
            END AS discount
    FROM priced
)"""
"""Every edit, return and shipment writes all items of an order anew; only its own version counts.

Pieces sent in place of others are left out: their order is not worth more for them.
"""

DELIVERY = """
tax AS (
    SELECT shipping_method_id, sum(rate) / 100 AS rate FROM order_shipping_method_tax_line
    WHERE deleted_at IS NULL GROUP BY 1
),
less AS (
    SELECT shipping_method_id, version, sum(amount) AS amount FROM order_shipping_method_adjustment
    WHERE deleted_at IS NULL GROUP BY 1, 2
),
delivery AS (
    SELECT chosen.order_id, bool_or(coalesce(place.type = 'pickup', false)) AS is_pickup,
        min(stock_location.id) FILTER (WHERE place.type = 'pickup') AS store_id,
        sum(cost.net) AS net, sum(cost.net * coalesce(tax.rate, 0)) AS tax
    FROM "order" AS placed
    JOIN order_shipping AS chosen ON chosen.order_id = placed.id AND chosen.version = placed.version
        AND chosen.deleted_at IS NULL AND chosen.return_id IS NULL AND chosen.claim_id IS NULL
        AND chosen.exchange_id IS NULL
    JOIN order_shipping_method AS method ON method.id = chosen.shipping_method_id
        AND method.deleted_at IS NULL
    LEFT JOIN shipping_option ON shipping_option.id = method.shipping_option_id
    LEFT JOIN service_zone ON service_zone.id = shipping_option.service_zone_id
    LEFT JOIN fulfillment_set AS place ON place.id = service_zone.fulfillment_set_id
    LEFT JOIN location_fulfillment_set AS related ON related.fulfillment_set_id = place.id
        AND related.deleted_at IS NULL
    LEFT JOIN stock_location ON stock_location.id = related.stock_location_id
    LEFT JOIN tax ON tax.shipping_method_id = method.id
    LEFT JOIN less ON less.shipping_method_id = method.id
        AND coalesce(less.version, placed.version) = placed.version
    CROSS JOIN LATERAL (
        SELECT (method.amount - coalesce(less.amount, 0))
            / CASE WHEN method.is_tax_inclusive THEN 1 + coalesce(tax.rate, 0) ELSE 1 END AS net
    ) AS cost
    GROUP BY chosen.order_id
)"""

PAID = """
paid AS (
    SELECT related.order_id, min(payment.captured_at) AS paid_at,
        max(payment.provider_id) AS method
    FROM order_payment_collection AS related
    JOIN payment ON payment.payment_collection_id = related.payment_collection_id
        AND payment.deleted_at IS NULL
    WHERE related.deleted_at IS NULL GROUP BY 1
)"""

ORDERS = Select(
    f"""
WITH {ITEMS}, {DELIVERY}, {PAID},
sold AS (
    SELECT order_id, sum(gross_amount - discount) AS net_amount, sum(gross_amount) AS gross_amount,
        sum((gross_amount - discount) * rate) AS tax_amount, bool_or(requires_shipping) AS is_shipped,
        min(coupon) AS coupon
    FROM item GROUP BY order_id
)
SELECT placed.id AS order_id, placed.created_at AS placed_at, coalesce(channel.name, 'none') AS channel,
    CASE WHEN placed.status::text = 'canceled' THEN 'cancelled'
        WHEN placed.is_draft_order OR placed.status::text IN ('draft', 'requires_action') THEN 'draft'
        ELSE 'confirmed' END AS status,
    placed.status::text AS raw_status, 'sale' AS kind,
    round(coalesce(sold.net_amount, 0), 4) AS net_amount, upper(placed.currency_code) AS currency,
    paid.paid_at, placed.customer_id AS customer_ref, placed.email, delivery.store_id,
    upper(address.country_code) AS region, round(coalesce(sold.gross_amount, 0), 4) AS gross_amount,
    round(coalesce(sold.tax_amount, 0) + coalesce(delivery.tax, 0), 4) AS tax_amount,
    round(coalesce(delivery.net, 0), 4) AS shipping_amount, paid.method AS payment_method,
    CASE WHEN delivery.is_pickup THEN 'pickup' WHEN sold.is_shipped THEN 'ship'
        ELSE 'digital' END AS fulfilment,
    placed.canceled_at AS cancelled_at, sold.coupon
FROM "order" AS placed
LEFT JOIN sales_channel AS channel ON channel.id = placed.sales_channel_id
LEFT JOIN sold ON sold.order_id = placed.id
LEFT JOIN delivery ON delivery.order_id = placed.id
LEFT JOIN paid ON paid.order_id = placed.id
LEFT JOIN order_address AS address ON address.id = placed.shipping_address_id
WHERE placed.deleted_at IS NULL
""",
    touched=touched(
        "order_id",
        NARROW_ORDERS,
        items(),
        each(
            "chosen.order_id",
            CHOSEN,
            METHOD,
            "shipping_option ON shipping_option.id = method.shipping_option_id",
            *PLACES,
            *SITES,
        ),
        costs_with("order_shipping_method_tax_line"),
        costs_with("order_shipping_method_adjustment"),
        each(
            "related.order_id",
            "order_payment_collection AS related",
            "payment ON payment.payment_collection_id = related.payment_collection_id"
            " AND related.deleted_at IS NULL",
        ),
        last(
            "placed.id",
            '"order" AS placed',
            "sales_channel AS channel ON channel.id = placed.sales_channel_id AND placed.deleted_at IS NULL",
        ),
        last(
            "placed.id",
            '"order" AS placed',
            "order_address AS address ON address.id = placed.shipping_address_id"
            " AND placed.deleted_at IS NULL",
        ),
    ),
)

ORDER_LINES = Select(
    f"""
WITH {ITEMS},
first AS (
    SELECT order_id, item_id, min(ARRAY[version, quantity]) AS version_and_quantity
    FROM order_item WHERE deleted_at IS NULL GROUP BY 1, 2
)
SELECT item.order_id, item.id AS line_id, coalesce(nullif(item.variant_sku, ''), 'id:' || item.variant_id,
        'line:' || item.id) AS sku, first.version_and_quantity[2] AS quantity,
    CASE WHEN item.status = 'canceled' THEN 0 ELSE item.quantity END AS quantity_kept,
    round(item.gross_amount - item.discount, 4) AS net_amount,
    round(item.gross_amount / nullif(item.quantity, 0), 4) AS list_price, item.created_at AS filed_at
FROM item
LEFT JOIN first ON first.order_id = item.order_id AND first.item_id = item.id
""",
    touched=touched("order_id", NARROW_ITEMS, items()),
)
"""What was ordered is the quantity of the first version: the server finds it without sorting the versions."""

CARTS = Select(
    """
SELECT cart.id AS cart_id, cart.created_at AS started_at, coalesce(channel.name, 'none') AS channel,
    cart.completed_at IS NOT NULL AS completed, cart.completed_at, related.order_id,
    cart.customer_id AS customer_ref
FROM cart
LEFT JOIN sales_channel AS channel ON channel.id = cart.sales_channel_id
LEFT JOIN order_cart AS related ON related.cart_id = cart.id AND related.deleted_at IS NULL
WHERE cart.deleted_at IS NULL
""",
    touched=touched(
        "cart_id",
        {
            "cart": "id IN (SELECT cart_id FROM touched)",
            "order_cart": "cart_id IN (SELECT cart_id FROM touched) AND deleted_at IS NULL",
        },
        each(
            "cart.id AS cart_id",
            "cart",
            "sales_channel AS channel ON channel.id = cart.sales_channel_id AND cart.deleted_at IS NULL",
        ),
        last("related.cart_id", "order_cart AS related"),
    ),
)

PAYMENTS = Select(
    """
SELECT session.id AS payment_id, session.created_at AS attempted_at,
    session.status::text IN ('authorized', 'captured') AS succeeded,
    ordered.order_id, filled.cart_id, session.provider_id AS method, channel.name AS channel, session.amount
FROM payment_session AS session
LEFT JOIN order_payment_collection AS ordered
    ON ordered.payment_collection_id = session.payment_collection_id AND ordered.deleted_at IS NULL
LEFT JOIN cart_payment_collection AS filled
    ON filled.payment_collection_id = session.payment_collection_id AND filled.deleted_at IS NULL
LEFT JOIN "order" AS placed ON placed.id = ordered.order_id
LEFT JOIN cart ON cart.id = filled.cart_id
LEFT JOIN sales_channel AS channel ON channel.id = coalesce(placed.sales_channel_id, cart.sales_channel_id)
WHERE placed.deleted_at IS NULL AND cart.deleted_at IS NULL
""",
    touched=touched(
        "payment_id",
        {
            "payment_session": "id IN (SELECT payment_id FROM touched)",
            **dict.fromkeys(
                ("order_payment_collection", "cart_payment_collection"),
                "payment_collection_id IN (SELECT payment_collection_id FROM touched) AND deleted_at IS NULL",
            ),
        },
        *(
            each(
                "session.id AS payment_id, session.payment_collection_id",
                "payment_session AS session",
                f"{link} AS related ON related.payment_collection_id = session.payment_collection_id",
                owner,
                "sales_channel AS channel ON channel.id = owner.sales_channel_id",
            )
            for link, owner in (
                ("order_payment_collection", '"order" AS owner ON owner.id = related.order_id'),
                ("cart_payment_collection", "cart AS owner ON owner.id = related.cart_id"),
            )
        ),
    ),
)
"""Medusa deletes a session that another replaces: attempts are a lower bound, purchases are all there."""
