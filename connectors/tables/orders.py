"""Orders, their lines, and the attempts to pay them."""

from __future__ import annotations

from connectors import columns as c
from connectors.tables.base import Table

STATUSES = ("draft", "confirmed", "cancelled")


class Orders(Table):
    """One order or till receipt; a till's refund receipt is a refund, not an order."""

    order_id = c.key("the order")
    placed_at = c.time("when the customer ordered", required=True, dates_row=True)
    channel = c.text("where the customer was served", required=True)
    status = c.choice(*STATUSES, description="unconfirmed orders are drafts", required=True)
    raw_status = c.text("the system's own word for the status")
    kind = c.choice("sale", "replacement", description="what the order is for", required=True)
    net_amount = c.money("article lines after discount, before tax and shipping", required=True)
    currency = c.text("ISO 4217 code", required=True)
    paid_at = c.time("when the money was there", after="placed_at")
    customer_ref = c.reference("customers", "the customer; empty on an anonymous receipt")
    email_hash = c.keyed_hash("email", "keyed hash of the order's e-mail")
    phone_hash = c.keyed_hash("phone", "keyed hash of the order's phone number")
    member_hash = c.keyed_hash("member_no", "keyed hash of the order's member number")
    store_id = c.text("the shop of the till, or of the pick-up")
    region = c.text("delivery address's region")
    gross_amount = c.money("article lines before discount, before tax")
    tax_amount = c.money("tax on articles and shipping")
    shipping_amount = c.money("shipping before tax")
    payment_method = c.text("how it was paid")
    fulfilment = c.choice(
        "ship", "pickup", "instore", "digital", description="how the goods reach the customer"
    )
    promised_ship_at = c.time("shipped by then, as promised", ahead=True)
    promised_at = c.time("delivered by then, as promised", ahead=True)
    cancelled_at = c.time("when it was cancelled", after="placed_at")
    cancelled_by = c.choice("customer", "seller", "system", description="who cancelled")
    cancel_reason = c.choice(
        "stock", "price", "customer", "fraud", "payment", "other", description="why it was cancelled"
    )
    raw_cancel_reason = c.text("the system's own word for the reason", typed=True)
    tier = c.text("the customer's tier at that time")
    coupon = c.text("coupon code used")
    gift = c.flag("whether it is a gift")
    is_test = c.flag("whether it is a test order")


class OrderLines(Table):
    """One article line of an order; no shipping, reward, gift-card or section lines."""

    order_id = c.reference("orders", "the order", required=True, key=True)
    line_id = c.natural_key("the line within its order")
    sku = c.text("the article", required=True)
    quantity = c.quantity("as ordered", required=True)
    quantity_kept = c.quantity("after edits and cancellations")
    net_amount = c.money("line total after discount, before tax", required=True)
    list_price = c.money("price of one before discount")
    category = c.text("the article's category at that time")


class Payments(Table):
    """One payment attempt."""

    payment_id = c.key("the attempt")
    attempted_at = c.time("when it was tried", required=True, dates_row=True)
    succeeded = c.flag("whether the money came", required=True)
    order_id = c.reference("orders", "the order it was for")
    cart_id = c.reference("carts", "the cart it was for, where there is no order")
    method = c.text("card, wallet, cash ...")
    channel = c.text("where it was tried")
    amount = c.money("the amount")
