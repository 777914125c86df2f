"""Vendure 3: orders of every channel, carts, payments, parcels, refunds, prices and listings of today."""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import Setting, SqlConnector
from connectors.systems.vendure.catalogue import CUSTOMERS, LISTINGS, PRICES, PRODUCTS
from connectors.systems.vendure.fulfilment import REFUNDS, RETURNS, SHIPMENTS
from connectors.systems.vendure.orders import CARTS, ORDER_LINES, ORDERS, PAYMENTS
from connectors.text import Text

READS = """
address (id integer, customerId integer, countryId integer, defaultShippingAddress boolean,
    updatedAt timestamp)
channel (id integer, code text, defaultLanguageCode text, defaultCurrencyCode text, pricesIncludeTax boolean,
    updatedAt timestamp)
customer (id integer, emailAddress text, phoneNumber text, userId integer, createdAt timestamp, updatedAt
    timestamp, deletedAt timestamp)
customer_group (id integer, name text, updatedAt timestamp)
customer_groups_customer_group (customerId integer, customerGroupId integer)
facet (id integer, code text)
facet_value (id integer, facetId integer)
facet_value_translation (id integer, baseId integer, languageCode text, name text)
fulfillment (id integer, state text, method text, updatedAt timestamp)
global_settings (id integer, trackInventory boolean, outOfStockThreshold integer)
history_entry (id integer, orderId integer, customerId integer, type text, data text, createdAt timestamp,
    updatedAt timestamp)
order (id integer, type text, state text, aggregateOrderId integer, customerId integer, currencyCode text,
    couponCodes text, shippingAddress text, subTotalWithTax integer, shippingWithTax integer, orderPlacedAt
    timestamp, createdAt timestamp, updatedAt timestamp)
order_channels_channel (orderId integer, channelId integer)
order_fulfillments_fulfillment (orderId integer, fulfillmentId integer)
order_line (id integer, orderId integer, productVariantId integer, quantity integer, orderPlacedQuantity
    integer, listPrice integer, listPriceIncludesTax boolean, adjustments text, taxLines text, updatedAt
    timestamp)
order_line_reference (id integer, orderLineId integer, fulfillmentId integer, quantity integer, updatedAt
    timestamp)
payment (id integer, orderId integer, method text, state text, amount integer, createdAt timestamp,
    updatedAt timestamp)
product (id integer, enabled boolean, featuredAssetId integer, updatedAt timestamp, deletedAt timestamp)
product_channels_channel (productId integer, channelId integer)
product_facet_values_facet_value (productId integer, facetValueId integer)
product_translation (id integer, baseId integer, languageCode text, name text, description text, updatedAt
    timestamp)
product_variant (id integer, productId integer, sku text, enabled boolean, featuredAssetId integer,
    trackInventory text, useGlobalOutOfStockThreshold boolean, outOfStockThreshold integer, updatedAt
    timestamp, deletedAt timestamp)
product_variant_channels_channel (productVariantId integer, channelId integer)
product_variant_price (id integer, variantId integer, channelId integer, currencyCode text, price integer,
    updatedAt timestamp)
product_variant_translation (id integer, baseId integer, languageCode text, name text, updatedAt timestamp)
refund (id integer, paymentId integer, state text, total integer, reason text, createdAt timestamp,
    updatedAt timestamp)
region (id integer, code text, updatedAt timestamp)
shipping_line (id integer, orderId integer, shippingMethodId integer, listPrice integer,
    listPriceIncludesTax boolean, adjustments text, taxLines text, updatedAt timestamp)
shipping_method (id integer, code text, updatedAt timestamp)
stock_level (id integer, productVariantId integer, stockLocationId integer, stockOnHand integer,
    stockAllocated integer, updatedAt timestamp)
stock_location_channels_channel (stockLocationId integer, channelId integer)
"""
"""Ids are integers or UUIDs, as the shop chose; times are UTC without saying so."""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Vendure keeps no {en}: a folder with {file}.csv can tell",
        f"Vendure 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("Vendure 3", "Vendure 3"),
    description=Text(
        "Channels have the codes of Vendure's channels, __default_channel__ for orders of no other; goods "
        "cancelled after they left count as returns",
        "渠道名称为 Vendure 渠道的 code，不属于其他渠道的订单为 __default_channel__；"
        "发货后取消的商品计为退货",
    ),
    reads=READS,
    proof=("order_channels_channel", "order_line", "order_line_reference", "history_entry"),
    settings={
        "category_facet": Setting(
            Text(
                "the code of the facet that says what an article is; 'category' unless set",
                "说明商品类别的 facet 的 code；默认为“category”",
            ),
            "category",
        ),
        "pickup_methods": Setting(
            Text(
                "the codes of shipping methods by which customers collect, separated by commas",
                "到店自提的配送方式的 code，以逗号分隔",
            ),
            "",
        ),
        "price_decimals": Setting(
            Text(
                "the decimal places of stored prices where MoneyStrategy has others than the currency",
                "若 MoneyStrategy 的小数位数与货币不同，填写存储价格的小数位数",
            ),
            "",
        ),
    },
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
        tables.Customers: CUSTOMERS,
    },
    lacks={
        tables.Visits: _elsewhere("visits", "访问", "visits"),
        tables.Cases: _elsewhere("complaints", "投诉", "cases"),
        tables.Conversations: _elsewhere("conversations", "客服会话", "conversations"),
        tables.Surveys: _elsewhere("surveys", "问卷", "surveys"),
        tables.Reviews: _elsewhere("reviews", "评价", "reviews"),
        tables.Stores: _elsewhere("shops, only warehouses", "门店（只有仓库）", "stores"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
