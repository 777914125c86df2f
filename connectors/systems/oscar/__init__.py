"""django-oscar 4: orders, baskets, payments, shipping events, reviews, stock records.

Every table is read whole at each refresh. Orders, lines, payment sources and users carry no stamp of their
last change, transactions and events only that of their making. The logs beside them do not make up for it:
a status set without `set_status`, the status of a line and a correction in Django's admin leave no trace in
any of them, and neither does a line taken out of a basket.
"""

from __future__ import annotations

from connectors import tables
from connectors.sql_system import SqlConnector
from connectors.systems.oscar.articles import LISTINGS, PRICES, PRODUCTS
from connectors.systems.oscar.fulfilment import RETURNS, SHIPMENTS
from connectors.systems.oscar.money import PAYMENTS, REFUNDS
from connectors.systems.oscar.orders import CARTS, ORDER_LINES, ORDERS
from connectors.systems.oscar.people import CUSTOMERS, REVIEWS
from connectors.systems.oscar.words import SETTINGS
from connectors.text import Text

READS = """
address_useraddress (id integer, user_id integer, country_id text, phone_number text,
    is_default_for_shipping boolean, is_default_for_billing boolean)
auth_user (id integer, email text, is_staff boolean, date_joined timestamptz)
basket_basket (id integer, owner_id integer, status text, date_created timestamptz,
    date_submitted timestamptz)
basket_line (id integer, basket_id integer, date_created timestamptz)
catalogue_category (id integer, path text, name text)
catalogue_product (id integer, structure text, upc text, title text, description text, parent_id integer,
    product_class_id integer, is_public boolean, date_updated timestamptz)
catalogue_productcategory (id integer, product_id integer, category_id integer)
catalogue_productclass (id integer, track_stock boolean)
catalogue_productimage (id integer, product_id integer)
django_site (id integer, domain text)
order_line (id integer, order_id integer, partner_id integer, partner_name text, partner_sku text,
    stockrecord_id integer, product_id integer, upc text, quantity integer, status text,
    line_price_incl_tax numeric, line_price_excl_tax numeric, line_price_before_discounts_excl_tax numeric)
order_order (id integer, number text, site_id integer, basket_id integer, user_id integer,
    shipping_address_id integer, currency text, total_incl_tax numeric, shipping_incl_tax numeric,
    shipping_excl_tax numeric, shipping_method text, shipping_code text, status text, guest_email text,
    date_placed timestamptz)
order_orderdiscount (id integer, order_id integer, voucher_code text)
order_orderstatuschange (id integer, order_id integer, new_status text, date_created timestamptz)
order_paymentevent (id integer, order_id integer, event_type_id integer, shipping_event_id integer,
    amount numeric, date_created timestamptz)
order_paymenteventtype (id integer, name text, code text)
order_shippingaddress (id integer, country_id text)
order_shippingevent (id integer, order_id integer, event_type_id integer, notes text, date_created
    timestamptz)
order_shippingeventquantity (id integer, event_id integer, line_id integer, quantity integer)
order_shippingeventtype (id integer, name text, code text)
partner_partner (id integer, code text)
partner_stockrecord (id integer, product_id integer, partner_id integer, partner_sku text, price numeric,
    price_currency text, num_in_stock integer, num_allocated integer, date_updated timestamptz)
payment_source (id integer, order_id integer, source_type_id integer, currency text,
    amount_allocated numeric, amount_debited numeric)
payment_sourcetype (id integer, name text)
payment_transaction (id integer, source_id integer, txn_type text, status text, amount numeric,
    date_created timestamptz)
reviews_productreview (id integer, product_id integer, user_id integer, score smallint, status smallint,
    date_created timestamptz)
"""


def _elsewhere(en: str, zh: str, file: str) -> Text:
    return Text(
        f"Oscar keeps no {en}: a folder with {file}.csv can tell",
        f"Oscar 不保存{zh}：可用文件夹中的 {file}.csv 提供",
    )


connector = SqlConnector(
    title=Text("django-oscar 4", "django-oscar 4"),
    description=Text(
        "Channels have the domains of Django's sites; baskets know no site and are of channel none where "
        "several sites sell; settings say what the shop's own words mean",
        "渠道为 Django 站点的域名；购物车不记录站点，多个站点时归入渠道 none；店铺自定义词汇由设置项说明",
    ),
    reads=READS,
    proof=("order_order", "order_line", "basket_basket", "partner_stockrecord"),
    settings=SETTINGS,
    selects={
        tables.Carts: CARTS,
        tables.Orders: ORDERS,
        tables.OrderLines: ORDER_LINES,
        tables.Payments: PAYMENTS,
        tables.Shipments: SHIPMENTS,
        tables.Returns: RETURNS,
        tables.Refunds: REFUNDS,
        tables.Reviews: REVIEWS,
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
        tables.Stores: _elsewhere("shops that customers visit", "实体门店", "stores"),
        tables.Penalties: _elsewhere("penalties", "平台处罚", "penalties"),
    },
)
