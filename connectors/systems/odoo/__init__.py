"""Odoo 17 to 19: web shop, sales teams, tills, warehouse, invoices, surveys, live chat."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import Setting, SqlConnector
from connectors.systems.odoo.fulfilment import REFUNDS, RETURNS, SHIPMENTS
from connectors.systems.odoo.orders import CARTS, ORDER_LINES, ORDERS, PAYMENTS
from connectors.systems.odoo.prices import LISTINGS, PRICES
from connectors.systems.odoo.records import CUSTOMERS, PRODUCTS, STORES
from connectors.systems.odoo.voice import CONVERSATIONS, REVIEWS, SURVEYS, VISITS
from connectors.text import Text

READS = """
account_journal (id integer, currency_id integer, write_date timestamp)
account_move (id integer, move_type text, state text, payment_state text, ref text, amount_total numeric,
    currency_id integer, create_date timestamp, reversed_entry_id integer, write_date timestamp)
account_move_line (id integer, move_id integer, write_date timestamp)
account_partial_reconcile (id integer, debit_move_id integer, credit_move_id integer, create_date timestamp,
    write_date timestamp)
account_tax (id integer, company_id integer, price_include boolean, price_include_override text)
chatbot_script (id integer, operator_partner_id integer)
delivery_carrier (id integer, name jsonb, delivery_type text, product_id integer, write_date timestamp)
discuss_channel (id integer, channel_type text, create_date timestamp, livechat_channel_id integer,
    livechat_visitor_id integer, livechat_end_dt timestamp)
im_livechat_channel (id integer)
ir_attachment (id integer, res_model text, res_field text, res_id integer)
ir_module_module (name text, latest_version text)
loyalty_program (id integer, program_type text, write_date timestamp)
loyalty_reward (id integer, program_id integer, reward_type text, write_date timestamp)
loyalty_rule (id integer, program_id integer, write_date timestamp)
loyalty_rule_product_product_rel (loyalty_rule_id integer, product_product_id integer)
mail_message (id integer, model text, res_id integer, date timestamp, message_type text, author_id integer,
    subtype_id integer, is_internal boolean)
mail_message_subtype (id integer, internal boolean)
payment_method (id integer, name jsonb, write_date timestamp)
payment_transaction (id integer, create_date timestamp, last_state_change timestamp, state text, operation
    text, amount numeric, payment_method_id integer, is_live boolean, pos_order_id integer, write_date
    timestamp)
pos_config (id integer, name text, active boolean, picking_type_id integer, currency_id integer, journal_id
    integer, tip_product_id integer, write_date timestamp, company_id integer, use_pricelist boolean,
    pricelist_id integer)
pos_order (id integer, session_id integer, company_id integer, partner_id integer, state text, date_order
    timestamp, email text, mobile text, shipping_date date, account_move integer, write_date timestamp)
pos_order_line (id integer, order_id integer, product_id integer, qty numeric, price_unit numeric,
    price_subtotal numeric, price_subtotal_incl numeric, discount numeric, refunded_orderline_id integer,
    reward_id integer, is_reward_line boolean, sale_order_origin_id integer, write_date timestamp)
pos_payment (id integer, pos_order_id integer, payment_method_id integer, amount numeric, payment_date
    timestamp, payment_status text, is_change boolean, write_date timestamp)
pos_payment_method (id integer, name jsonb, write_date timestamp)
pos_session (id integer, config_id integer, write_date timestamp)
product_category (id integer, complete_name text, parent_path text)
product_pricelist (id integer, active boolean, sequence integer, company_id integer, website_id integer,
    currency_id integer, code text)
product_pricelist_item (id integer, pricelist_id integer, applied_on text, product_id integer,
    product_tmpl_id integer, categ_id integer, min_quantity numeric, date_start timestamp, date_end
    timestamp, compute_price text, base text, fixed_price numeric, percent_price float8, price_discount
    numeric, price_round numeric, price_surcharge numeric, price_min_margin numeric, price_max_margin
    numeric, write_date timestamp)
product_product (id integer, product_tmpl_id integer, default_code text, active boolean, write_date
    timestamp)
product_taxes_rel (prod_id integer, tax_id integer)
product_template (id integer, name jsonb, categ_id integer, type text, active boolean, website_id integer,
    write_date timestamp, company_id integer, list_price numeric, sale_ok boolean, is_published boolean,
    available_in_pos boolean, description_ecommerce jsonb, website_description jsonb, description_sale
    jsonb)
product_template_attribute_value (id integer, price_extra numeric)
product_variant_combination (product_product_id integer, product_template_attribute_value_id integer)
project_project (id integer, name jsonb)
project_task (id integer, project_id integer, partner_id integer, sale_order_id integer, state text,
    create_date timestamp, date_end timestamp, date_last_stage_update timestamp, is_template boolean)
rating_rating (id integer, res_model text, res_id integer, partner_id integer, rating float8, consumed
    boolean, is_internal boolean, feedback text, create_date timestamp, write_date timestamp, rated_on
    timestamp)
res_company (id integer, currency_id integer, write_date timestamp, account_price_include text)
res_country (id integer, code text, write_date timestamp)
res_country_group_pricelist_rel (pricelist_id integer, res_country_group_id integer)
res_currency (id integer, name text, write_date timestamp)
res_partner (id integer, email text, email_normalized text, phone text, phone_sanitized text, country_id
    integer, create_date timestamp, write_date timestamp)
res_users (id integer, partner_id integer, login text, share boolean, write_date timestamp)
sale_order (id integer, state text, website_id integer, team_id integer, partner_id integer,
    partner_shipping_id integer, company_id integer, currency_id integer, carrier_id integer, warehouse_id
    integer, create_date timestamp, date_order timestamp, commitment_date timestamp, amount_tax numeric,
    write_date timestamp)
sale_order_line (id integer, order_id integer, product_id integer, product_uom_qty numeric, price_unit
    numeric, discount numeric, price_subtotal numeric, display_type text, is_downpayment boolean,
    is_delivery boolean, reward_id integer, write_date timestamp)
sale_order_line_invoice_rel (order_line_id integer, invoice_line_id integer)
sale_order_transaction_rel (sale_order_id integer, transaction_id integer)
stock_move (id integer, picking_id integer, origin_returned_move_id integer, sale_line_id integer,
    product_id integer, state text, quantity numeric, product_uom_qty numeric, write_date timestamp)
stock_picking (id integer, picking_type_id integer, sale_id integer, pos_order_id integer, carrier_id
    integer, return_id integer, state text, create_date timestamp, date_done timestamp, write_date
    timestamp)
stock_picking_type (id integer, code text, warehouse_id integer, write_date timestamp)
stock_warehouse (id integer, name text, partner_id integer)
survey_question (id integer, survey_id integer, sequence integer, question_type text, scale_min integer,
    scale_max integer)
survey_survey (id integer, title jsonb)
survey_user_input (id integer, survey_id integer, partner_id integer, email text, test_entry boolean,
    create_date timestamp, end_datetime timestamp)
survey_user_input_line (id integer, user_input_id integer, question_id integer, answer_type text,
    value_scale integer, value_text_box text, skipped boolean, create_date timestamp)
website (id integer, user_id integer, channel_id integer, write_date timestamp, company_id integer)
website_track (id integer, visitor_id integer, visit_datetime timestamp, product_id integer)
website_visitor (id integer, website_id integer, partner_id integer, country_id integer)
"""

connector = SqlConnector(
    title=Text("Odoo 17 to 19", "Odoo 17 至 19"),
    description=Text(
        "Web shop and tills of one database; channels are web:1, pos:1 (a till), team:1 (a sales team)",
        "同一数据库中的网店与收银；渠道为 web:1、pos:1（收银台）、team:1（销售团队）",
    ),
    reads=READS,
    proof=("ir_module_module", "res_partner", "res_currency"),
    version="SELECT latest_version FROM ir_module_module WHERE name = 'base'",
    oldest=17,
    settings={
        "support_project": Setting(
            Text(
                "the project whose tasks are customers' questions; 'Customer support' unless set",
                "其任务为客户咨询的项目名称；默认为“Customer support”",
            ),
            "Customer support",
        )
    },
    selects={
        tables.Visits: VISITS,
        tables.Carts: CARTS,
        tables.Orders: ORDERS,
        tables.OrderLines: ORDER_LINES,
        tables.Payments: PAYMENTS,
        tables.Shipments: SHIPMENTS,
        tables.Returns: RETURNS,
        tables.Refunds: REFUNDS,
        tables.Conversations: CONVERSATIONS,
        tables.Surveys: SURVEYS,
        tables.Reviews: REVIEWS,
        tables.Products: PRODUCTS,
        tables.Prices: PRICES,
        tables.Listings: LISTINGS,
        tables.Stores: STORES,
        tables.Customers: CUSTOMERS,
    },
    lacks={
        tables.Cases: Text(
            "Odoo has no table of complaints: export them from the help desk into a folder of files",
            "Odoo 没有投诉表：请从客服系统导出到文件夹",
        ),
        tables.Penalties: Text(
            "marketplaces give penalties, not Odoo: a folder with penalties.csv can tell",
            "处罚来自电商平台而非 Odoo：可用文件夹中的 penalties.csv 提供",
        ),
    },
)
