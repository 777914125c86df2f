"""Oscar's articles: what they are called, cost and whether they can be had."""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.systems.oscar.sites import SITES
from connectors.systems.oscar.words import is_any

SHARED = """
shared AS (
    SELECT partner_sku FROM partner_stockrecord GROUP BY partner_sku HAVING count(DISTINCT product_id) > 1
)"""
"""A SKU is a partner's own; where two mean different articles by one, their codes tell these apart."""

LINE_SKU = """CASE WHEN shared.partner_sku IS NOT NULL
        THEN coalesce(partner.code, line.partner_name) || ':' || line.partner_sku
        ELSE coalesce(nullif(line.partner_sku, ''), nullif(line.upc, ''), 'id:' || line.product_id,
            'line:' || line.id) END"""
LINE_JOINS = """LEFT JOIN shared ON shared.partner_sku = line.partner_sku
LEFT JOIN partner_partner AS partner ON partner.id = line.partner_id"""

ARTICLES = f"""
{SHARED},
article AS (
    SELECT DISTINCT ON (sku) * FROM (
        SELECT product.*, stock.id AS stock_id, stock.price, stock.price_currency,
            stock.date_updated AS stock_updated, stock.num_in_stock, stock.num_allocated,
            CASE WHEN shared.partner_sku IS NOT NULL THEN partner.code || ':' || stock.partner_sku
                ELSE coalesce(nullif(stock.partner_sku, ''), nullif(product.upc, ''), 'id:' || product.id)
                END AS sku
        FROM catalogue_product AS product
        LEFT JOIN partner_stockrecord AS stock ON stock.product_id = product.id
        LEFT JOIN partner_partner AS partner ON partner.id = stock.partner_id
        LEFT JOIN shared ON shared.partner_sku = stock.partner_sku
        WHERE product.structure IS DISTINCT FROM 'parent'
    ) AS supplied ORDER BY sku, stock_id, id
)"""
"""One row per SKU: with the stock record that Oscar itself would take first. Parents are never sold."""

PRODUCTS = f"""
WITH {ARTICLES}
SELECT article.sku, coalesce(nullif(article.title, ''), parent.title) AS title, (
        SELECT category.name FROM catalogue_productcategory AS related
        JOIN catalogue_category AS category ON category.id = related.category_id
        WHERE related.product_id = coalesce(article.parent_id, article.id)
        ORDER BY category.path, category.id LIMIT 1) AS category
FROM article LEFT JOIN catalogue_product AS parent ON parent.id = article.parent_id
"""

PRICES = Select(
    f"""
WITH {ARTICLES}, {SITES}
SELECT article.sku, site.channel, article.stock_updated AS from_day, article.price AS sell_price,
    article.price_currency AS currency, CASE setting.prices_include_tax
        WHEN 'yes' THEN true WHEN 'no' THEN false END AS tax_included
FROM article CROSS JOIN site CROSS JOIN setting WHERE article.price IS NOT NULL
""",
    keeps_history=True,
)
"""Oscar knows today's price, and since when its stock record has been as it is; offers are not in it."""

LISTINGS = Select(
    f"""
WITH {ARTICLES}, {SITES},
cancellation AS (
    SELECT order_id, max(date_created) AS at FROM order_orderstatuschange
    WHERE {is_any("new_status", "cancelled")} GROUP BY order_id
),
sold AS (
    SELECT line.stockrecord_id, max(greatest(placed.date_placed, cancellation.at)) AS at
    FROM order_line AS line JOIN order_order AS placed ON placed.id = line.order_id
    LEFT JOIN cancellation ON cancellation.order_id = placed.id
    WHERE line.stockrecord_id IS NOT NULL GROUP BY line.stockrecord_id
),
pictured AS (SELECT DISTINCT product_id FROM catalogue_productimage)
SELECT article.sku, site.channel,
    greatest(article.date_updated, parent.date_updated, article.stock_updated, sold.at) AS from_day,
    coalesce(article.is_public, true) AND coalesce(parent.is_public, true)
        AND article.price IS NOT NULL AS listed,
    article.stock_id IS NOT NULL AND (NOT coalesce(class.track_stock, true)
        OR coalesce(article.num_in_stock, 0) > coalesce(article.num_allocated, 0)) AS in_stock,
    coalesce(nullif(article.title, ''), parent.title) AS title,
    own.product_id IS NOT NULL OR parents.product_id IS NOT NULL AS has_image,
    coalesce(nullif(article.description, ''), parent.description, '') <> '' AS has_description
FROM article CROSS JOIN site
LEFT JOIN catalogue_product AS parent ON parent.id = article.parent_id
LEFT JOIN catalogue_productclass AS class
    ON class.id = coalesce(article.product_class_id, parent.product_class_id)
LEFT JOIN sold ON sold.stockrecord_id = article.stock_id
LEFT JOIN pictured AS own ON own.product_id = article.id
LEFT JOIN pictured AS parents ON parents.product_id = article.parent_id
""",
    keeps_history=True,
)
"""What is on sale now. Orders take from stock and give back without a stamp of its record: theirs counts."""
