"""Saleor 3: orders, open checkouts, payments, fulfilments, returns, refunds, today's prices."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import SqlConnector
from connectors.systems.saleor.catalogue import CUSTOMERS, LISTINGS, PRICES, PRODUCTS, STORES
from connectors.systems.saleor.fulfilment import REFUNDS, RETURNS, SHIPMENTS
from connectors.systems.saleor.orders import CARTS, ORDER_LINES, ORDERS, PAYMENTS
from connectors.text import Text

READS = """
account_address (id integer, country text, phone text)
account_user (id integer, email text, is_staff boolean, date_joined timestamptz, default_billing_address_id
    integer, default_shipping_address_id integer)
channel_channel (id integer, slug text)
checkout_checkout (token uuid, channel_id integer, user_id integer, created_at timestamptz)
discount_promotion (id uuid, start_date timestamptz, end_date timestamptz)
discount_promotionrule (id uuid, promotion_id uuid)
order_fulfillment (id integer, order_id uuid, status text, created_at timestamptz, reason text)
order_fulfillmentline (id integer, fulfillment_id integer, order_line_id uuid, quantity integer, reason
    text)
order_order (id uuid, channel_id integer, user_id integer, user_email text, origin text, status text,
    created_at timestamptz, currency text, total_gross_amount numeric, shipping_price_net_amount numeric,
    shipping_price_gross_amount numeric, shipping_method_id integer, shipping_method_name text,
    shipping_address_id integer, billing_address_id integer, collection_point_id uuid, checkout_token text,
    voucher_code text, updated_at timestamptz)
order_orderevent (order_id uuid, type text, date timestamptz)
order_ordergrantedrefund (id integer, order_id uuid, amount_value numeric, currency text, status text,
    reason text, created_at timestamptz, updated_at timestamptz)
order_orderline (id uuid, order_id uuid, variant_id integer, product_variant_id text, product_sku text,
    quantity integer, is_gift_card boolean, is_shipping_required boolean, total_price_net_amount numeric,
    total_price_gross_amount numeric, undiscounted_total_price_net_amount numeric, created_at timestamptz)
payment_payment (id integer, order_id uuid, checkout_id uuid, gateway text, created_at timestamptz, currency
    text, total numeric, modified_at timestamptz)
payment_transaction (id integer, payment_id integer, kind text, is_success boolean, amount numeric,
    created_at timestamptz)
payment_transactionevent (id integer, transaction_id integer, type text, amount_value numeric, currency
    text, psp_reference text, created_at timestamptz, related_granted_refund_id integer)
payment_transactionitem (id integer, order_id uuid, checkout_id uuid, name text, payment_method_type text,
    modified_at timestamptz)
product_category (id integer, name text)
product_product (id integer, name text, category_id integer, description_plaintext text, updated_at
    timestamptz)
product_productchannellisting (id integer, product_id integer, channel_id integer, is_published boolean,
    published_at timestamptz, available_for_purchase_at timestamptz)
product_productmedia (id integer, product_id integer)
product_productvariant (id integer, product_id integer, sku text, track_inventory boolean, updated_at
    timestamptz)
product_productvariantchannellisting (id integer, variant_id integer, channel_id integer, currency text,
    price_amount numeric, discounted_price_amount numeric)
product_variantchannellistingpromotionrule (id integer, variant_channel_listing_id integer,
    promotion_rule_id uuid)
shipping_shippingmethod (id integer, maximum_delivery_days integer)
tax_taxconfiguration (id integer, channel_id integer, prices_entered_with_tax boolean)
warehouse_channelwarehouse (warehouse_id uuid, channel_id integer)
warehouse_stock (id integer, product_variant_id integer, warehouse_id uuid, quantity integer,
    quantity_allocated integer)
warehouse_warehouse (id uuid, name text, slug text, address_id integer, click_and_collect_option text)
"""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Saleor keeps no {en}: a folder with {file}.csv can tell",
        f"Saleor 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("Saleor 3", "Saleor 3"),
    description=Text(
        "Channels have the names of Saleor's channels, e.g. default-channel; shops are the warehouses "
        "customers collect from",
        "渠道名称与 Saleor 的 channel 一致，例如 default-channel；门店为可自提的仓库",
    ),
    reads=READS,
    proof=("order_order", "order_orderline", "channel_channel"),
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
        tables.Reviews: _elsewhere("single reviews", "单条评价", "reviews"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
