"""Medusa's articles with their prices and listings, the shops, and customers."""

from __future__ import annotations

from connectors.sql_system import Select

SKU = "coalesce(nullif(variant.sku, ''), 'id:' || variant.id)"

PRODUCTS = f"""
SELECT {SKU} AS sku, product.title, (
        SELECT category.name FROM product_category_product AS related
        JOIN product_category AS category ON category.id = related.product_category_id
            AND category.deleted_at IS NULL
        WHERE related.product_id = product.id ORDER BY category.rank, category.name LIMIT 1) AS category
FROM product_variant AS variant
JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
WHERE variant.deleted_at IS NULL
"""

SOLD = f"""
sold AS (
    SELECT variant.id, {SKU} AS sku, product.id AS product_id, related.sales_channel_id,
        channel.name AS channel, product.status::text = 'published' AS is_published,
        variant.manage_inventory AND NOT variant.allow_backorder AS is_counted,
        product.title, product.description, coalesce(variant.thumbnail, product.thumbnail) AS thumbnail,
        greatest(variant.updated_at, product.updated_at, related.updated_at) AS changed_at
    FROM product_variant AS variant
    JOIN product ON product.id = variant.product_id AND product.deleted_at IS NULL
    JOIN product_sales_channel AS related ON related.product_id = product.id AND related.deleted_at IS NULL
    JOIN sales_channel AS channel ON channel.id = related.sales_channel_id
    WHERE variant.deleted_at IS NULL
)"""
"""Articles by the sales channels they are offered in."""

PRICES = Select(
    f"""
WITH {SOLD},
home AS (
    SELECT lower(currency_code) AS currency FROM store_currency
    WHERE is_default AND deleted_at IS NULL ORDER BY created_at LIMIT 1
),
priced AS (
    SELECT related.variant_id, price.amount, price.price_list_id, list.type::text AS kind,
        list.starts_at, list.ends_at, greatest(price.updated_at, related.updated_at) AS changed_at,
        greatest(price.updated_at, list.updated_at, list.starts_at) AS begun_at
    FROM product_variant_price_set AS related
    JOIN price ON price.price_set_id = related.price_set_id AND price.deleted_at IS NULL
        AND coalesce(price.rules_count, 0) = 0 AND coalesce(price.min_quantity, 0) <= 1
    JOIN home ON home.currency = lower(price.currency_code)
    LEFT JOIN price_list AS list ON list.id = price.price_list_id AND list.deleted_at IS NULL
        AND coalesce(list.rules_count, 0) = 0 AND list.status::text = 'active'
        AND coalesce(list.starts_at <= now(), true)
    WHERE related.deleted_at IS NULL AND (price.price_list_id IS NULL OR list.id IS NOT NULL)
),
base AS (
    SELECT DISTINCT ON (variant_id) * FROM priced WHERE price_list_id IS NULL
    ORDER BY variant_id, amount
),
offer AS (
    SELECT DISTINCT ON (variant_id) * FROM priced
    WHERE price_list_id IS NOT NULL AND coalesce(ends_at > now(), true)
    ORDER BY variant_id, amount, begun_at
),
ended AS (
    SELECT variant_id, max(ends_at) AS at FROM priced WHERE ends_at <= now() GROUP BY 1
),
today AS (
    SELECT coalesce(base.variant_id, offer.variant_id) AS variant_id, base.amount AS base,
        offer.amount AS offer, offer.ends_at, offer.begun_at, base.changed_at,
        offer.kind = 'override' OR base.amount IS NULL AS is_instead,
        offer.amount IS NOT NULL AND (offer.kind = 'override' OR base.amount IS NULL
            OR offer.amount <= base.amount) AS is_offered
    FROM base FULL JOIN offer ON offer.variant_id = base.variant_id
)
SELECT sold.sku, sold.channel, CASE WHEN today.is_offered THEN today.begun_at
        ELSE greatest(today.changed_at, ended.at) END AS from_day,
    CASE WHEN today.is_offered THEN today.offer ELSE today.base END AS sell_price,
    upper(home.currency) AS currency,
    CASE WHEN today.is_offered THEN today.ends_at - interval '1 microsecond' END AS to_day,
    CASE WHEN today.is_instead THEN today.offer ELSE today.base END AS list_price,
    coalesce((
        SELECT bool_or(preference.is_tax_inclusive) FROM price_preference AS preference
        WHERE preference.attribute = 'currency_code' AND lower(preference.value) = home.currency
            AND preference.deleted_at IS NULL), false) AS tax_included
FROM sold
JOIN today ON today.variant_id = sold.id
LEFT JOIN ended ON ended.variant_id = sold.id
CROSS JOIN home
""",
    any_of=("store_currency",),
    keeps_history=True,
)
"""What anybody pays today for one piece, in the store's own currency.

Prices for regions, customer groups or quantities are rules of their own and left out. A price list of offers
counts where it is lower; one that overrides takes the place of the price.
"""

LISTINGS = Select(
    f"""
WITH {SOLD},
counted AS (
    SELECT related.variant_id, served.sales_channel_id, related.inventory_item_id,
        max(greatest(level.updated_at, served.updated_at, related.updated_at)) AS changed_at,
        sum(level.stocked_quantity - level.reserved_quantity)
            >= max(coalesce(related.required_quantity, 1)) AS suffices
    FROM product_variant_inventory_item AS related
    JOIN inventory_level AS level ON level.inventory_item_id = related.inventory_item_id
        AND level.deleted_at IS NULL
    JOIN sales_channel_stock_location AS served ON served.stock_location_id = level.location_id
        AND served.deleted_at IS NULL
    WHERE related.deleted_at IS NULL GROUP BY 1, 2, 3
),
stock AS (
    SELECT variant_id, sales_channel_id, bool_and(suffices) AS suffices, count(*) AS items,
        max(changed_at) AS changed_at
    FROM counted GROUP BY 1, 2
),
needed AS (
    SELECT variant_id, count(*) AS items FROM product_variant_inventory_item
    WHERE deleted_at IS NULL GROUP BY 1
)
SELECT sold.sku, sold.channel, greatest(sold.changed_at, stock.changed_at) AS from_day,
    sold.is_published AS listed,
    NOT sold.is_counted OR coalesce(stock.suffices AND stock.items = needed.items, false) AS in_stock,
    sold.title,
    sold.thumbnail IS NOT NULL OR EXISTS (
        SELECT FROM image WHERE image.product_id = sold.product_id AND image.deleted_at IS NULL) AS has_image,
    coalesce(sold.description, '') <> '' AS has_description
FROM sold
LEFT JOIN stock ON stock.variant_id = sold.id AND stock.sales_channel_id = sold.sales_channel_id
LEFT JOIN needed ON needed.variant_id = sold.id
""",
    any_of=("product_sales_channel",),
    known_by={"in_stock": "inventory_level", "has_image": "image"},
    keeps_history=True,
)
"""Each article as it is now in each sales channel, from the day it or its stock last changed.

Stock counts where it lies at a location of the channel; an article of several items needs enough of each.
"""

STORES = """
SELECT location.id AS store_id, min(channel.name) AS channel, location.name AS title
FROM stock_location AS location
JOIN location_fulfillment_set AS related ON related.stock_location_id = location.id
    AND related.deleted_at IS NULL
JOIN fulfillment_set AS place ON place.id = related.fulfillment_set_id AND place.type = 'pickup'
JOIN sales_channel_stock_location AS served ON served.stock_location_id = location.id
    AND served.deleted_at IS NULL
JOIN sales_channel AS channel ON channel.id = served.sales_channel_id
WHERE location.deleted_at IS NULL GROUP BY location.id, location.name
"""
"""Locations from which customers may collect."""

CUSTOMERS = """
SELECT customer.id AS customer_ref, customer.email, customer.phone, NOT customer.has_account AS is_guest,
    customer.created_at, (
        SELECT max(customer_group.name) FROM customer_group_customer AS related
        JOIN customer_group ON customer_group.id = related.customer_group_id
            AND customer_group.deleted_at IS NULL
        WHERE related.customer_id = customer.id AND related.deleted_at IS NULL) AS tier, (
        SELECT upper(min(address.country_code)) FROM customer_address AS address
        WHERE address.customer_id = customer.id AND address.is_default_shipping AND address.deleted_at IS NULL
    ) AS region
FROM customer WHERE customer.deleted_at IS NULL
"""
"""Read whole: who is taken out of a group leaves no trace."""
