"""Oscar's people: registered customers, and what they say of articles."""

from __future__ import annotations

from connectors.systems.oscar.articles import ARTICLES, LINE_JOINS, LINE_SKU
from connectors.systems.oscar.sites import LONE_SITE

APPROVED = 1

CUSTOMERS = """
WITH home AS (
    SELECT user_id, min(country_id) FILTER (WHERE is_default_for_shipping) AS country,
        min(nullif(phone_number, '')) FILTER (WHERE is_default_for_billing) AS billing_phone,
        min(nullif(phone_number, '')) FILTER (WHERE is_default_for_shipping) AS shipping_phone
    FROM address_useraddress GROUP BY user_id
)
SELECT 'u' || account.id AS customer_ref, nullif(account.email, '') AS email,
    coalesce(home.billing_phone, home.shipping_phone) AS phone, false AS is_guest,
    account.date_joined AS created_at, home.country AS region
FROM auth_user AS account LEFT JOIN home ON home.user_id = account.id
WHERE NOT coalesce(account.is_staff, false)
"""
"""Guests have no record, their orders carry an e-mail."""

REVIEWS = f"""
WITH {ARTICLES}, {LONE_SITE},
known_as AS (SELECT DISTINCT ON (id) id, sku FROM article ORDER BY id, stock_id)
SELECT review.id::text AS review_id, review.date_created AS created_at,
    coalesce(purchase.channel, lone.channel) AS channel, review.score AS stars, purchase.order_id,
    coalesce(purchase.sku, known_as.sku) AS sku
FROM reviews_productreview AS review CROSS JOIN lone
LEFT JOIN known_as ON known_as.id = review.product_id
LEFT JOIN LATERAL (
    SELECT min(placed.number) AS order_id, min(site.domain) AS channel,
        CASE WHEN min({LINE_SKU}) = max({LINE_SKU}) THEN min({LINE_SKU}) END AS sku
    FROM order_order AS placed
    JOIN order_line AS line ON line.order_id = placed.id
    LEFT JOIN catalogue_product AS variant ON variant.id = line.product_id
    LEFT JOIN django_site AS site ON site.id = placed.site_id
    {LINE_JOINS}
    WHERE placed.user_id = review.user_id AND placed.date_placed <= review.date_created
        AND review.product_id IN (line.product_id, variant.parent_id)
    HAVING count(DISTINCT placed.id) = 1
) AS purchase ON true
WHERE review.status = {APPROVED}
"""
"""A review is of the order by which its author bought the article, where there is one such order only."""
