"""What Odoo's order lines are: articles, discounts, shipping, or none of an order's business."""

from __future__ import annotations

GIFT_CARDS = """
gift_card AS (
    SELECT listed.product_product_id AS product_id
    FROM loyalty_rule_product_product_rel AS listed
    JOIN loyalty_rule AS rule ON rule.id = listed.loyalty_rule_id
    JOIN loyalty_program AS program ON program.id = rule.program_id
    WHERE program.program_type IN ('gift_card', 'ewallet')
)"""
"""Articles that are vouchers: selling one is no sale yet, and paying with one is no discount."""

SALE_LINES = """
sale_line AS (
    SELECT line.*, CASE
            WHEN line.display_type IS NOT NULL OR coalesce(line.is_downpayment, false) THEN 'none'
            WHEN coalesce(line.is_delivery, false) OR reward.reward_type = 'shipping' THEN 'shipping'
            WHEN program.program_type IN ('gift_card', 'ewallet') OR template.type = 'combo' THEN 'none'
            WHEN line.product_id IN (SELECT product_id FROM gift_card) THEN 'none'
            WHEN line.reward_id IS NOT NULL OR line.price_subtotal < 0 THEN 'discount'
            ELSE 'article' END AS role,
        template.type AS product_type,
        CASE WHEN line.discount < 100 THEN line.price_subtotal / (1 - line.discount / 100)
            ELSE line.price_unit * line.product_uom_qty END AS gross
    FROM sale_order_line AS line
    LEFT JOIN product_product AS product ON product.id = line.product_id
    LEFT JOIN product_template AS template ON template.id = product.product_tmpl_id
    LEFT JOIN loyalty_reward AS reward ON reward.id = line.reward_id
    LEFT JOIN loyalty_program AS program ON program.id = reward.program_id
)"""
"""`price_subtotal` never contains tax, `price_unit` may: gross is the one with its discount undone."""

TILL_LINES = """
till_line AS (
    SELECT line.*, receipt.state, receipt.date_order, 'pos:' || session.config_id AS till, CASE
            WHEN line.sale_order_origin_id IS NOT NULL THEN 'settlement'
            WHEN line.product_id = config.tip_product_id OR template.type = 'combo' THEN 'none'
            WHEN program.program_type IN ('gift_card', 'ewallet') THEN 'none'
            WHEN line.qty < 0 THEN 'refund'
            WHEN line.product_id IN (SELECT product_id FROM gift_card) THEN 'none'
            WHEN coalesce(line.is_reward_line, false) OR line.price_subtotal < 0 THEN 'discount'
            ELSE 'article' END AS role,
        CASE WHEN line.discount < 100 THEN line.price_subtotal / (1 - line.discount / 100)
            ELSE line.price_unit * line.qty END AS gross
    FROM pos_order_line AS line
    JOIN pos_order AS receipt ON receipt.id = line.order_id
    JOIN pos_session AS session ON session.id = receipt.session_id
    JOIN pos_config AS config ON config.id = session.config_id
    LEFT JOIN product_product AS product ON product.id = line.product_id
    LEFT JOIN product_template AS template ON template.id = product.product_tmpl_id
    LEFT JOIN loyalty_reward AS reward ON reward.id = line.reward_id
    LEFT JOIN loyalty_program AS program ON program.id = reward.program_id
)"""
"""A settlement pays a web or sales order at a till: its goods are lines of that order."""

TILL_ORDER = """
receipt.id IN (SELECT order_id FROM till_line WHERE role IN ('article', 'discount', 'none'))"""
"""Receipts that sell something; one that only takes goods back is a refund."""

SALE_IS_ORDER = "(sale.website_id IS NULL OR sale.state <> 'draft')"
"""A draft of the web shop is a cart; other drafts are quotations."""

SALE_CHANNEL = "coalesce('web:' || sale.website_id, 'team:' || sale.team_id, 'team:none')"

ATTEMPT = "coalesce(attempt.operation, '') NOT IN ('refund', 'validation')"

SKU = "coalesce(nullif(product.default_code, ''), 'id:' || product.id)"

TILL = """
    JOIN pos_session AS session ON session.id = receipt.session_id
    JOIN pos_config AS config ON config.id = session.config_id
    JOIN res_company AS company ON company.id = receipt.company_id
    LEFT JOIN account_journal AS journal ON journal.id = config.journal_id
    LEFT JOIN res_currency AS money
        ON money.id = coalesce(config.currency_id, journal.currency_id, company.currency_id)"""

PICKUP_STORE = """coalesce((
    SELECT 'pos:' || min(config.id) FROM pos_config AS config
    JOIN stock_picking_type AS kind ON kind.id = config.picking_type_id
    WHERE config.active AND kind.warehouse_id = {warehouse} HAVING count(*) = 1
), 'warehouse:' || {warehouse})"""
"""The shop of a pick-up: the only till of its warehouse, else the warehouse itself."""

LAST_PURCHASE = """
LEFT JOIN LATERAL (
    SELECT bought.channel FROM (
        SELECT sale.date_order AS bought_at, {sale_channel} AS channel FROM sale_order AS sale
        WHERE sale.partner_id = {partner} AND sale.state IN ('sale', 'done')
        UNION ALL
        SELECT receipt.date_order, 'pos:' || session.config_id FROM pos_order AS receipt
        JOIN pos_session AS session ON session.id = receipt.session_id
        WHERE receipt.partner_id = {partner}
    ) AS bought
    WHERE bought.bought_at <= {moment} ORDER BY bought.bought_at DESC LIMIT 1
) AS purchase ON true"""
"""Where a person had bought last before a moment: what they were asked about."""


def last_purchase(partner: str, moment: str) -> str:
    """A join that finds `purchase.channel`; null for people who had bought nothing."""
    return LAST_PURCHASE.format(sale_channel=SALE_CHANNEL, partner=partner, moment=moment)
