"""Saleor's articles with their prices and listings, the shops, and customers."""

from __future__ import annotations

from connectors.sql_system import Select

VARIANT_SKU = "coalesce(nullif(variant.sku, ''), 'id:' || variant.id)"

PRODUCTS = f"""
SELECT {VARIANT_SKU} AS sku, product.name AS title,
    category.name AS category
FROM product_productvariant AS variant
JOIN product_product AS product ON product.id = variant.product_id
LEFT JOIN product_category AS category ON category.id = product.category_id
"""

PRICES = Select(
    f"""
WITH offer AS (
    SELECT related.variant_channel_listing_id AS listing_id, max(promotion.start_date) AS begun_at,
        min(promotion.end_date) AS ends_at
    FROM product_variantchannellistingpromotionrule AS related
    JOIN discount_promotionrule AS rule ON rule.id = related.promotion_rule_id
    JOIN discount_promotion AS promotion ON promotion.id = rule.promotion_id
    GROUP BY 1
)
SELECT {VARIANT_SKU} AS sku, channel.slug AS channel,
    greatest(variant.updated_at, CASE WHEN price.is_offer THEN offer.begun_at END) AS from_day,
    CASE WHEN price.is_offer THEN listing.discounted_price_amount ELSE listing.price_amount END AS sell_price,
    listing.currency, CASE WHEN price.is_offer THEN offer.ends_at - interval '1 microsecond' END AS to_day,
    listing.price_amount AS list_price, tax.prices_entered_with_tax AS tax_included
FROM product_productvariantchannellisting AS listing
JOIN product_productvariant AS variant ON variant.id = listing.variant_id
JOIN channel_channel AS channel ON channel.id = listing.channel_id
LEFT JOIN tax_taxconfiguration AS tax ON tax.channel_id = channel.id
LEFT JOIN offer ON offer.listing_id = listing.id
CROSS JOIN LATERAL (
    SELECT coalesce(listing.discounted_price_amount < listing.price_amount, false) AS is_offer
) AS price
WHERE listing.price_amount IS NOT NULL
""",
    any_of=("product_productvariant.updated_at",),
    known_by={"tax_included": "tax_taxconfiguration"},
    keeps_history=True,
)
"""Today's prices, promotions of the catalogue included; a price has no stamp, its article's stands for it."""

LISTINGS = Select(
    f"""
WITH stock AS (
    SELECT stock.product_variant_id, related.channel_id,
        sum(stock.quantity - stock.quantity_allocated) AS pieces
    FROM warehouse_stock AS stock
    JOIN warehouse_channelwarehouse AS related ON related.warehouse_id = stock.warehouse_id
    GROUP BY 1, 2
)
SELECT {VARIANT_SKU} AS sku, channel.slug AS channel,
    greatest(variant.updated_at, product.updated_at, shown.at) AS from_day,
    listing.is_published AND shown.since <= now() AND price.price_amount IS NOT NULL AS listed,
    NOT variant.track_inventory OR coalesce(stock.pieces, 0) > 0 AS in_stock,
    product.name AS title, EXISTS (
        SELECT FROM product_productmedia AS media WHERE media.product_id = product.id) AS has_image,
    coalesce(product.description_plaintext, '') <> '' AS has_description
FROM product_productchannellisting AS listing
JOIN product_product AS product ON product.id = listing.product_id
JOIN product_productvariant AS variant ON variant.product_id = product.id
JOIN channel_channel AS channel ON channel.id = listing.channel_id
LEFT JOIN product_productvariantchannellisting AS price
    ON price.variant_id = variant.id AND price.channel_id = channel.id
LEFT JOIN stock ON stock.product_variant_id = variant.id AND stock.channel_id = channel.id
CROSS JOIN LATERAL (
    SELECT greatest(listing.published_at, listing.available_for_purchase_at, '-infinity') AS since,
        CASE WHEN greatest(listing.published_at, listing.available_for_purchase_at) <= now()
            THEN greatest(listing.published_at, listing.available_for_purchase_at) END AS at
) AS shown
""",
    any_of=("product_productvariant.updated_at",),
    known_by={
        "in_stock": "warehouse_stock",
        "has_image": "product_productmedia",
        "has_description": "product_product.description_plaintext",
    },
    keeps_history=True,
)
"""Each article as it is now in each channel: published, on sale from a day on, and with a price."""

STORES = """
SELECT warehouse.slug AS store_id, min(channel.slug) AS channel, warehouse.name AS title,
    address.country AS region
FROM warehouse_warehouse AS warehouse
JOIN warehouse_channelwarehouse AS related ON related.warehouse_id = warehouse.id
JOIN channel_channel AS channel ON channel.id = related.channel_id
LEFT JOIN account_address AS address ON address.id = warehouse.address_id
WHERE warehouse.click_and_collect_option <> 'disabled'
GROUP BY warehouse.id, warehouse.slug, warehouse.name, address.country
"""
"""Warehouses from which customers may collect."""

CUSTOMERS = """
SELECT 'u' || account.id AS customer_ref, account.email, billing.phone, false AS is_guest,
    CASE WHEN account.date_joined >= '1990-01-01' THEN account.date_joined END AS created_at,
    coalesce(shipping.country, billing.country) AS region
FROM account_user AS account
LEFT JOIN account_address AS billing ON billing.id = account.default_billing_address_id
LEFT JOIN account_address AS shipping ON shipping.id = account.default_shipping_address_id
WHERE NOT account.is_staff
"""
"""Guests have no record, their orders carry an e-mail; people of Saleor's sample data joined in 1970."""
