"""Odoo's articles, shops and customers."""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.systems.odoo.lines import SKU

PRODUCTS = f"""
SELECT DISTINCT ON (1) {SKU} AS sku, template.name->>'en_US' AS title, category.complete_name AS category
FROM product_product AS product
JOIN product_template AS template ON template.id = product.product_tmpl_id
LEFT JOIN product_category AS category ON category.id = template.categ_id
WHERE template.type <> 'combo'
    AND NOT EXISTS (SELECT FROM delivery_carrier AS carrier WHERE carrier.product_id = product.id)
ORDER BY 1, product.active AND template.active DESC, product.id DESC
"""
"""Archived articles stay, old orders name them; where two share a code the living one is meant."""

STORES = Select(
    """
SELECT 'pos:' || config.id AS store_id, 'pos:' || config.id AS channel, config.name AS title,
    upper(country.code) AS region
FROM pos_config AS config
LEFT JOIN stock_picking_type AS type ON type.id = config.picking_type_id
LEFT JOIN stock_warehouse AS warehouse ON warehouse.id = type.warehouse_id
LEFT JOIN res_partner AS address ON address.id = warehouse.partner_id
LEFT JOIN res_country AS country ON country.id = address.country_id
WHERE config.active OR config.id IN (SELECT session.config_id FROM pos_session AS session)
UNION ALL
SELECT 'warehouse:' || warehouse.id, 'web:' || coalesce(min(sale.website_id), min(site.id)), warehouse.name,
    upper(country.code)
FROM stock_warehouse AS warehouse
JOIN sale_order AS sale ON sale.warehouse_id = warehouse.id
JOIN delivery_carrier AS carrier ON carrier.id = sale.carrier_id AND carrier.delivery_type = 'in_store'
CROSS JOIN website AS site
LEFT JOIN res_partner AS address ON address.id = warehouse.partner_id
LEFT JOIN res_country AS country ON country.id = address.country_id
WHERE 1 <> (
    SELECT count(*) FROM pos_config AS config
    JOIN stock_picking_type AS type ON type.id = config.picking_type_id
    WHERE config.active AND type.warehouse_id = warehouse.id)
GROUP BY warehouse.id, warehouse.name, country.code
""",
    any_of=("pos_config", "delivery_carrier"),
)
"""A till is a shop; so is a warehouse with pick-ups, unless exactly one till stands in it."""

CUSTOMERS = """
WITH known AS (
    SELECT partner_id FROM sale_order
    UNION SELECT partner_id FROM pos_order
    UNION SELECT partner_id FROM website_visitor
    UNION SELECT partner_id FROM res_users WHERE share AND login <> 'portaltemplate'
    UNION SELECT partner_id FROM survey_user_input WHERE NOT coalesce(test_entry, false)
    UNION SELECT partner_id FROM rating_rating WHERE res_model <> 'product.template'
    EXCEPT SELECT public.partner_id FROM website AS site JOIN res_users AS public ON public.id = site.user_id
)
SELECT partner.id::text AS customer_ref, coalesce(partner.email_normalized, partner.email) AS email,
    coalesce(partner.phone_sanitized, partner.phone) AS phone,
    NOT EXISTS (SELECT FROM res_users AS account WHERE account.partner_id = partner.id) AS is_guest,
    partner.create_date AT TIME ZONE 'utc' AS created_at, upper(country.code) AS region
FROM res_partner AS partner
LEFT JOIN res_country AS country ON country.id = partner.country_id
WHERE partner.id IN (SELECT partner_id FROM known)
"""
"""Whoever ordered, has an account, or was recognised elsewhere; guests have a record per order."""
