"""payment_facts, cart_facts and a part of order_facts: the steps between a full cart and the money."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, ahead, dimension


class OrderPurchase(dy.Schema):
    """What an order would have cost without discount, and whether its goods were there."""

    gross_amount = dy.Decimal(
        18, 4, nullable=True, description="before discount, reporting currency; null where not told"
    )
    discount = dy.Decimal(18, 4, nullable=True, description="gross minus net amount; null where either is")
    stock_cancelled = dy.Bool(
        nullable=True, description="cancelled because goods were out of stock; null where not told"
    )


class PaymentFacts(Facts):
    """One row per payment attempt; a purchase is the order it was for, else the cart.

    Dimensions are the order's; where no order is known, the channel is the attempt's, else the cart's.
    """

    payment_id = dy.String(nullable=False, primary_key=True, description="the attempt")
    day = dy.Date(nullable=False, description="day of the attempt")
    channel = dimension("where it was tried")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    payment_method = dimension("the attempt's own, else the order's")
    succeeded = dy.Bool(nullable=False, description="whether the money came")
    purchase_known = dy.Bool(nullable=False, description="whether it is known which purchase it was for")
    opens_purchase = dy.Bool(nullable=False, description="whether it is the first attempt of its purchase")
    purchase_succeeded = dy.Bool(nullable=False, description="whether any attempt of its purchase succeeded")


class CartFacts(Facts):
    """One row per cart, and one per order whose cart its system has deleted."""

    day = dy.Date(nullable=False, description="day the cart was opened, or a deleted one's order was placed")
    channel = dimension("where it was opened")
    channel_kind = dimension("online, offline or unknown")
    old = dy.Bool(
        nullable=False, description="whether it was opened 24 hours before the newest order, or earlier"
    )
    completed_24h = dy.Bool(
        nullable=False,
        description="whether it became an order within 24 hours, or at a time not told",
        metadata=ahead(1),
    )
