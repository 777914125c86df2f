"""Vendure's articles, their prices and listings per channel, and customers."""

from __future__ import annotations

from connectors.sql_system import Select, Touched
from connectors.systems.vendure.money import amount
from connectors.systems.vendure.parts import DEFAULT_CHANNEL, SKU

SHOWN = f"""
spoken AS (SELECT "defaultLanguageCode" AS language FROM channel WHERE code = '{DEFAULT_CHANNEL}'),
article AS (
    SELECT DISTINCT ON (sku) {SKU} AS sku, variant.id, variant."productId",
        coalesce(own.name, product_text.name) AS title, product_text.description,
        variant.enabled AND product.enabled AS is_enabled,
        coalesce(variant."featuredAssetId", product."featuredAssetId") IS NOT NULL AS has_image,
        greatest(
            variant."updatedAt", product."updatedAt", own."updatedAt", product_text."updatedAt") AS changed_at
    FROM product_variant AS variant
    JOIN product ON product.id = variant."productId" AND product."deletedAt" IS NULL
    LEFT JOIN LATERAL (
        SELECT text.name, text."updatedAt" FROM product_variant_translation AS text
        WHERE text."baseId" = variant.id
        ORDER BY text."languageCode" <> (SELECT language FROM spoken), text."languageCode" LIMIT 1
    ) AS own ON true
    LEFT JOIN LATERAL (
        SELECT text.name, text.description, text."updatedAt" FROM product_translation AS text
        WHERE text."baseId" = product.id
        ORDER BY text."languageCode" <> (SELECT language FROM spoken), text."languageCode" LIMIT 1
    ) AS product_text ON true
    WHERE variant."deletedAt" IS NULL
    ORDER BY sku, variant.id
)"""
"""What is not deleted, in the default channel's language; of variants with one and the same SKU the first."""

PRODUCTS = f"""
WITH {SHOWN},
named AS (
    SELECT value.id, (
            SELECT text.name FROM facet_value_translation AS text WHERE text."baseId" = value.id
            ORDER BY text."languageCode" <> (SELECT language FROM spoken), text."languageCode" LIMIT 1
        ) AS name
    FROM facet_value AS value
    JOIN facet ON facet.id = value."facetId" AND facet.code = (SELECT category_facet FROM setting)
),
filed AS (
    SELECT related."productId", string_agg(named.name, ' / ' ORDER BY named.id) AS category
    FROM product_facet_values_facet_value AS related JOIN named ON named.id = related."facetValueId"
    GROUP BY related."productId"
)
SELECT article.sku, article.title, filed.category
FROM article LEFT JOIN filed ON filed."productId" = article."productId"
"""
"""Vendure's collections are menus, of which an article is in many: a facet says what an article is."""

PRICES = Select(
    f"""
WITH {SHOWN}
SELECT article.sku, channel.code AS channel, price."updatedAt" AT TIME ZONE 'utc' AS from_day,
    {amount("price.price", 'price."currencyCode"')} AS sell_price, price."currencyCode" AS currency,
    channel."pricesIncludeTax" AS tax_included
FROM product_variant_price AS price
JOIN article ON article.id = price."variantId"
JOIN channel ON channel.id = price."channelId" AND channel."defaultCurrencyCode" = price."currencyCode"
""",
    keeps_history=True,
)
"""Today's prices, each from the day it was last changed, in the currency of its channel."""

LISTINGS = Select(
    f"""
WITH {SHOWN},
stock AS (
    SELECT level."productVariantId", related."channelId", max(level."updatedAt") AS changed_at,
        sum(level."stockOnHand" - level."stockAllocated") AS pieces
    FROM stock_level AS level
    JOIN stock_location_channels_channel AS related ON related."stockLocationId" = level."stockLocationId"
    GROUP BY level."productVariantId", related."channelId"
)
SELECT article.sku, channel.code AS channel,
    greatest(article.changed_at, stock.changed_at) AT TIME ZONE 'utc' AS from_day,
    article.is_enabled AND sold."productId" IS NOT NULL AS listed,
    CASE variant."trackInventory" WHEN 'TRUE' THEN false WHEN 'FALSE' THEN true
            ELSE NOT general."trackInventory" END
        OR coalesce(stock.pieces, 0) > CASE WHEN variant."useGlobalOutOfStockThreshold"
            THEN general."outOfStockThreshold" ELSE variant."outOfStockThreshold" END AS in_stock,
    article.title, article.has_image,
    coalesce(article.description, '') <> '' AS has_description
FROM article
JOIN product_variant AS variant ON variant.id = article.id
JOIN product_variant_channels_channel AS related ON related."productVariantId" = article.id
JOIN channel ON channel.id = related."channelId"
LEFT JOIN product_channels_channel AS sold
    ON sold."productId" = article."productId" AND sold."channelId" = channel.id
LEFT JOIN stock ON stock."productVariantId" = article.id AND stock."channelId" = channel.id
CROSS JOIN (SELECT "trackInventory", "outOfStockThreshold" FROM global_settings LIMIT 1) AS general
""",
    keeps_history=True,
)
"""Each article as it is now, from the day it or its stock last changed."""

CUSTOMERS = Select(
    """
WITH member AS (
    SELECT related."customerId", max("group".name) AS tier
    FROM customer_groups_customer_group AS related
    JOIN customer_group AS "group" ON "group".id = related."customerGroupId"
    GROUP BY related."customerId"
),
home AS (
    SELECT DISTINCT ON (address."customerId") address."customerId", region.code
    FROM address JOIN region ON region.id = address."countryId"
    ORDER BY address."customerId", address."defaultShippingAddress" DESC, address.id
)
SELECT customer.id::text AS customer_ref, customer."emailAddress" AS email,
    nullif(customer."phoneNumber", '') AS phone, customer."userId" IS NULL AS is_guest,
    customer."createdAt" AT TIME ZONE 'utc' AS created_at, member.tier, upper(home.code) AS region
FROM customer
LEFT JOIN member ON member."customerId" = customer.id
LEFT JOIN home ON home."customerId" = customer.id
WHERE customer."deletedAt" IS NULL
""",
    touched=Touched(
        by="customer_ref",
        sql="""
SELECT stamp.id::text AS customer_ref, stamp.id, stamp."updatedAt" AS updated_at FROM (
    SELECT id, greatest("updatedAt", "deletedAt") AS "updatedAt" FROM customer UNION ALL
    SELECT "customerId", "updatedAt" FROM address WHERE "customerId" IS NOT NULL UNION ALL
    SELECT "customerId", "updatedAt" FROM history_entry WHERE "customerId" IS NOT NULL UNION ALL
    SELECT address."customerId", region."updatedAt"
    FROM region JOIN address ON address."countryId" = region.id
    WHERE address."customerId" IS NOT NULL UNION ALL
    SELECT related."customerId", "group"."updatedAt" FROM customer_group AS "group"
    JOIN customer_groups_customer_group AS related ON related."customerGroupId" = "group".id) AS stamp""",
        narrow={
            "customer": "id IN (SELECT id FROM touched)",
            "address": '"customerId" IN (SELECT id FROM touched)',
            "customer_groups_customer_group": '"customerId" IN (SELECT id FROM touched)',
        },
    ),
)
"""Guests have no user. Who joins or leaves a group gets an entry in the customer's history."""
