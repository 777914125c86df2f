"""Medusa 2: orders in their current version, carts, payments, fulfilments, returns, refunds, prices."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import SqlConnector
from connectors.systems.medusa.catalogue import CUSTOMERS, LISTINGS, PRICES, PRODUCTS, STORES
from connectors.systems.medusa.fulfilment import REFUNDS, RETURNS, SHIPMENTS
from connectors.systems.medusa.orders import CARTS, ORDER_LINES, ORDERS, PAYMENTS
from connectors.text import Text

READS = """
cart (id text, sales_channel_id text, customer_id text, created_at timestamptz, completed_at timestamptz,
    deleted_at timestamptz, updated_at timestamptz)
cart_payment_collection (cart_id text, payment_collection_id text, deleted_at timestamptz, updated_at
    timestamptz)
customer (id text, email text, phone text, has_account boolean, created_at timestamptz, deleted_at
    timestamptz)
customer_address (customer_id text, country_code text, is_default_shipping boolean, deleted_at timestamptz)
customer_group (id text, name text, deleted_at timestamptz)
customer_group_customer (customer_id text, customer_group_id text, deleted_at timestamptz)
fulfillment (id text, provider_id text, shipping_option_id text, packed_at timestamptz, shipped_at
    timestamptz, delivered_at timestamptz, canceled_at timestamptz, deleted_at timestamptz, updated_at
    timestamptz)
fulfillment_set (id text, type text, deleted_at timestamptz, updated_at timestamptz)
image (id text, product_id text, deleted_at timestamptz)
inventory_level (id text, inventory_item_id text, location_id text, stocked_quantity numeric,
    reserved_quantity numeric, updated_at timestamptz, deleted_at timestamptz)
location_fulfillment_set (stock_location_id text, fulfillment_set_id text, deleted_at timestamptz,
    updated_at timestamptz)
order (id text, sales_channel_id text, customer_id text, email text, status text, is_draft_order boolean,
    version integer, currency_code text, shipping_address_id text, created_at timestamptz, canceled_at
    timestamptz, deleted_at timestamptz, updated_at timestamptz)
order_address (id text, country_code text, deleted_at timestamptz, updated_at timestamptz)
order_cart (order_id text, cart_id text, deleted_at timestamptz, updated_at timestamptz)
order_claim_item (item_id text, is_additional_item boolean, deleted_at timestamptz, updated_at timestamptz)
order_exchange_item (item_id text, deleted_at timestamptz, updated_at timestamptz)
order_fulfillment (order_id text, fulfillment_id text, deleted_at timestamptz, updated_at timestamptz)
order_item (order_id text, item_id text, version integer, quantity numeric, unit_price numeric, deleted_at
    timestamptz, updated_at timestamptz)
order_line_item (id text, variant_id text, variant_sku text, unit_price numeric, is_tax_inclusive boolean,
    is_giftcard boolean, requires_shipping boolean, deleted_at timestamptz, updated_at timestamptz)
order_line_item_adjustment (item_id text, version integer, amount numeric, code text, is_tax_inclusive
    boolean, deleted_at timestamptz, updated_at timestamptz)
order_line_item_tax_line (item_id text, rate numeric, deleted_at timestamptz, updated_at timestamptz)
order_payment_collection (order_id text, payment_collection_id text, deleted_at timestamptz, updated_at
    timestamptz)
order_shipping (order_id text, version integer, shipping_method_id text, return_id text, claim_id text,
    exchange_id text, deleted_at timestamptz, updated_at timestamptz)
order_shipping_method (id text, amount numeric, is_tax_inclusive boolean, shipping_option_id text,
    deleted_at timestamptz, updated_at timestamptz)
order_shipping_method_adjustment (shipping_method_id text, version integer, amount numeric, deleted_at
    timestamptz, updated_at timestamptz)
order_shipping_method_tax_line (shipping_method_id text, rate numeric, deleted_at timestamptz, updated_at
    timestamptz)
payment (id text, payment_collection_id text, provider_id text, currency_code text, captured_at timestamptz,
    deleted_at timestamptz, updated_at timestamptz)
payment_session (id text, payment_collection_id text, provider_id text, status text, amount numeric,
    created_at timestamptz, deleted_at timestamptz, updated_at timestamptz)
price (id text, price_set_id text, price_list_id text, currency_code text, amount numeric, rules_count
    integer, min_quantity numeric, updated_at timestamptz, deleted_at timestamptz)
price_list (id text, status text, type text, starts_at timestamptz, ends_at timestamptz, rules_count
    integer, updated_at timestamptz, deleted_at timestamptz)
price_preference (attribute text, value text, is_tax_inclusive boolean, deleted_at timestamptz)
product (id text, title text, deleted_at timestamptz, status text, description text, thumbnail text,
    updated_at timestamptz)
product_category (id text, name text, rank integer, deleted_at timestamptz)
product_category_product (product_id text, product_category_id text)
product_sales_channel (product_id text, sales_channel_id text, updated_at timestamptz, deleted_at
    timestamptz)
product_variant (id text, sku text, product_id text, deleted_at timestamptz, manage_inventory boolean,
    allow_backorder boolean, thumbnail text, updated_at timestamptz)
product_variant_inventory_item (variant_id text, inventory_item_id text, required_quantity integer,
    updated_at timestamptz, deleted_at timestamptz)
product_variant_price_set (variant_id text, price_set_id text, updated_at timestamptz, deleted_at
    timestamptz)
refund (id text, payment_id text, amount numeric, refund_reason_id text, note text, created_at timestamptz,
    deleted_at timestamptz, updated_at timestamptz)
refund_reason (id text, label text, deleted_at timestamptz, updated_at timestamptz)
return (id text, order_id text, exchange_id text, status text, requested_at timestamptz, received_at
    timestamptz, created_at timestamptz, canceled_at timestamptz, deleted_at timestamptz, updated_at
    timestamptz)
return_item (id text, return_id text, item_id text, reason_id text, quantity numeric, note text, deleted_at
    timestamptz, updated_at timestamptz)
return_reason (id text, label text, deleted_at timestamptz, updated_at timestamptz)
sales_channel (id text, name text, deleted_at timestamptz, updated_at timestamptz)
sales_channel_stock_location (sales_channel_id text, stock_location_id text, deleted_at timestamptz,
    updated_at timestamptz)
service_zone (id text, fulfillment_set_id text, deleted_at timestamptz, updated_at timestamptz)
shipping_option (id text, service_zone_id text, deleted_at timestamptz, updated_at timestamptz)
stock_location (id text, name text, deleted_at timestamptz, updated_at timestamptz)
store_currency (currency_code text, is_default boolean, created_at timestamptz, deleted_at timestamptz)
"""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Medusa keeps no {en}: a folder with {file}.csv can tell",
        f"Medusa 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("Medusa 2", "Medusa 2"),
    description=Text(
        "Channels have the names of Medusa's sales channels; shops are the locations customers collect from",
        "渠道名称与 Medusa 的销售渠道一致；门店为可自提的库存地点",
    ),
    reads=READS,
    proof=("order", "order_line_item", "sales_channel"),
    selects={
        tables.Carts: CARTS,
        tables.Orders: ORDERS,
        tables.OrderLines: ORDER_LINES,
        tables.Payments: PAYMENTS,
        tables.Shipments: SHIPMENTS,
        tables.Returns: RETURNS,
        tables.Refunds: REFUNDS,
        tables.Products: PRODUCTS,
        tables.Prices: PRICES,
        tables.Listings: LISTINGS,
        tables.Stores: STORES,
        tables.Customers: CUSTOMERS,
    },
    lacks={
        tables.Visits: _elsewhere("visits", "访问", "visits"),
        tables.Cases: _elsewhere("complaints", "投诉", "cases"),
        tables.Conversations: _elsewhere("conversations", "客服会话", "conversations"),
        tables.Surveys: _elsewhere("surveys", "问卷", "surveys"),
        tables.Reviews: _elsewhere("reviews", "评价", "reviews"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
