"""Odoo's prices and listings as they are today, in web shops and at tills."""

from __future__ import annotations

from connectors.sql_system import Select
from connectors.systems.odoo.lines import SKU

OFFERED = f"""
article AS (
    SELECT DISTINCT ON (1) {SKU} AS sku, product.id, template.id AS template_id, template.categ_id,
        category.parent_path, template.company_id, template.website_id, template.name->>'en_US' AS title,
        coalesce(template.is_published, false) AS is_published,
        coalesce(template.available_in_pos, false) AS is_at_tills,
        template.list_price + coalesce((
            SELECT sum(value.price_extra) FROM product_variant_combination AS chosen
            JOIN product_template_attribute_value AS value
                ON value.id = chosen.product_template_attribute_value_id
            WHERE chosen.product_product_id = product.id), 0) AS price,
        (template.description_ecommerce->>'en_US', template.website_description->>'en_US',
            template.description_sale->>'en_US')::text AS description,
        greatest(product.write_date, template.write_date) AS changed_at
    FROM product_product AS product
    JOIN product_template AS template ON template.id = product.product_tmpl_id
    LEFT JOIN product_category AS category ON category.id = template.categ_id
    WHERE product.active AND template.active AND template.sale_ok AND template.type <> 'combo'
        AND NOT EXISTS (SELECT FROM delivery_carrier AS carrier WHERE carrier.product_id = product.id)
    ORDER BY 1, product.id DESC
)"""
"""Articles that are sold, each with its own price before any price list."""

PRICES = Select(
    f"""
WITH {OFFERED},
place AS (
    SELECT 'web:' || site.id AS channel, site.id AS website_id, company.id AS company_id,
        company.currency_id AS own_currency_id, company.currency_id, company.account_price_include, (
            SELECT list.id FROM product_pricelist AS list
            WHERE list.active AND list.code IS NULL AND coalesce(list.website_id, site.id) = site.id
                AND coalesce(list.company_id, company.id) = company.id
                AND NOT EXISTS (
                    SELECT FROM res_country_group_pricelist_rel AS related
                    WHERE related.pricelist_id = list.id)
            ORDER BY list.sequence, list.id LIMIT 1) AS pricelist_id
    FROM website AS site JOIN res_company AS company ON company.id = site.company_id
    UNION ALL
    SELECT 'pos:' || config.id, NULL, company.id, company.currency_id,
        coalesce(config.currency_id, journal.currency_id, company.currency_id),
        company.account_price_include, CASE WHEN config.use_pricelist THEN config.pricelist_id END
    FROM pos_config AS config
    JOIN res_company AS company ON company.id = config.company_id
    LEFT JOIN account_journal AS journal ON journal.id = config.journal_id
    WHERE config.active
),
sold AS (
    SELECT place.*, list.id AS list_id, coalesce(list.currency_id, place.currency_id) AS money_id,
        article.sku, article.id, article.template_id, article.categ_id, article.parent_path, article.price,
        article.changed_at
    FROM place
    JOIN article ON coalesce(article.company_id, place.company_id) = place.company_id
        AND CASE WHEN place.website_id IS NULL THEN article.is_at_tills
            ELSE article.is_published
                AND coalesce(article.website_id, place.website_id) = place.website_id END
    LEFT JOIN product_pricelist AS list ON list.id = place.pricelist_id
),
rule AS (
    SELECT sold.channel, sold.sku, item.*, item.date_end <= now() AT TIME ZONE 'utc' AS is_over
    FROM sold
    JOIN product_pricelist_item AS item ON item.pricelist_id = sold.list_id
        AND coalesce(item.min_quantity, 0) <= 1
        AND coalesce(item.date_start <= now() AT TIME ZONE 'utc', true)
        AND CASE item.applied_on WHEN '0_product_variant' THEN item.product_id = sold.id
            WHEN '1_product' THEN item.product_tmpl_id = sold.template_id
            WHEN '2_product_category' THEN sold.categ_id = item.categ_id
                OR sold.parent_path LIKE (
                    SELECT category.parent_path || '%' FROM product_category AS category
                    WHERE category.id = item.categ_id)
            ELSE true END
),
today AS (
    SELECT DISTINCT ON (channel, sku) * FROM rule WHERE is_over IS NOT TRUE
    ORDER BY channel, sku, applied_on, min_quantity DESC, categ_id DESC, id DESC
),
ended AS (SELECT channel, sku, max(date_end) AS at FROM rule WHERE is_over GROUP BY 1, 2),
priced AS (
    SELECT sold.*, today.date_end, CASE WHEN today.id IS NULL THEN sold.price
            WHEN today.compute_price = 'fixed' THEN today.fixed_price
            WHEN today.base <> 'list_price' OR sold.money_id <> sold.own_currency_id THEN NULL
            WHEN today.compute_price = 'percentage' THEN sold.price * (1 - today.percent_price::numeric / 100)
            ELSE least(
                greatest(
                    coalesce(
                        round(cut.price / nullif(today.price_round, 0)) * nullif(today.price_round, 0),
                        cut.price) + coalesce(today.price_surcharge, 0),
                    sold.price + nullif(today.price_min_margin, 0)),
                sold.price + nullif(today.price_max_margin, 0)) END AS sell_price,
        greatest(sold.changed_at, today.write_date, today.date_start, ended.at) AS begun_at
    FROM sold
    LEFT JOIN today ON today.channel = sold.channel AND today.sku = sold.sku
    LEFT JOIN ended ON ended.channel = sold.channel AND ended.sku = sold.sku
    CROSS JOIN LATERAL (SELECT sold.price * (1 - coalesce(today.price_discount, 0) / 100) AS price) AS cut
    WHERE today.compute_price = 'fixed' OR sold.money_id = sold.own_currency_id
)
SELECT priced.sku, priced.channel, priced.begun_at AT TIME ZONE 'utc' AS from_day,
    round(priced.sell_price, 4) AS sell_price, currency.name AS currency,
    (priced.date_end - interval '1 microsecond') AT TIME ZONE 'utc' AS to_day,
    CASE WHEN priced.money_id = priced.own_currency_id
        THEN round(greatest(priced.price, priced.sell_price), 4) END AS list_price, (
        SELECT bool_or(coalesce(
            tax.price_include, coalesce(tax.price_include_override, priced.account_price_include)
                = 'tax_included', false))
        FROM product_taxes_rel AS related JOIN account_tax AS tax ON tax.id = related.tax_id
        WHERE related.prod_id = priced.template_id AND tax.company_id = priced.company_id) AS tax_included
FROM priced
JOIN res_currency AS currency ON currency.id = priced.money_id
WHERE priced.sell_price IS NOT NULL
""",
    any_of=("product_template.is_published", "product_template.available_in_pos"),
    known_by={"tax_included": "account_tax"},
    keeps_history=True,
)
"""What anybody pays for one piece: the article's price, or what the list of a web shop or till makes of it.

Of a web shop the first list counts that asks for no code and holds in every country. Prices that follow from
costs, from other lists or from today's exchange rates are left out.
"""

EMPTY = r"regexp_replace(article.description, '<[^>]*>|&nbsp;|[\s\",()]', '', 'g') = ''"

LISTINGS = Select(
    f"""
WITH {OFFERED},
pictured AS (
    SELECT res_model, res_id FROM ir_attachment
    WHERE res_model IN ('product.template', 'product.product')
        AND res_field IN ('image_1920', 'image_variant_1920')
)
SELECT article.sku, 'web:' || site.id AS channel, article.changed_at AT TIME ZONE 'utc' AS from_day,
    article.is_published AS listed, article.title,
    EXISTS (
        SELECT FROM pictured WHERE res_id = CASE res_model WHEN 'product.product' THEN article.id
            ELSE article.template_id END) AS has_image,
    NOT {EMPTY} AS has_description
FROM website AS site
JOIN article ON coalesce(article.website_id, site.id) = site.id
    AND coalesce(article.company_id, site.company_id) = site.company_id
""",
    any_of=("product_template.is_published",),
    known_by={"has_image": "ir_attachment"},
    keeps_history=True,
)
"""Each article as the web shops show it now; stock has no day and no channel, so it is not told."""
