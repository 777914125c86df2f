"""order_facts: every order with what measures ask of it, stage by stage."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, ahead, dimension
from connectors.facts.fulfilment import OrderDispatch
from connectors.facts.purchases import OrderPurchase


class OrderDelivery(dy.Schema):
    """What delivery made of an order."""

    promised_day = dy.Date(
        nullable=True,
        description="day by which all of it was promised; null without a promise or while not due",
    )
    shipments_known = dy.Bool(
        nullable=False, description="whether delivery times of its connection are delivered"
    )
    promised_15d = dy.Bool(
        nullable=True,
        description="that day is within 15 calendar days of payment; null where it is",
        metadata=ahead(15),
    )
    days_promised = dy.Int64(
        nullable=True,
        description="calendar days from payment, else from placing, to that day; null where it is",
    )
    days_late = dy.Int64(
        nullable=True,
        description="calendar days of the worst parcel after its promise, negative early, null unknown",
    )
    outcome_known = dy.Bool(nullable=False, description="whether it is known if the promise was kept")
    delivery_seconds = dy.Int64(
        nullable=True,
        description="last delivered minus the clock's start; null while anything is under way or not known",
    )
    days_to_deliver = dy.Int64(
        nullable=True, description="calendar days over the same time; null where the seconds are"
    )
    shipped = dy.Bool(nullable=False, description="whether it has a parcel or pick-up")
    undelivered = dy.Bool(
        nullable=False,
        description="it is to be shipped or collected, and not all of it has arrived, or nobody knows",
    )


class OrderReturns(dy.Schema):
    """What of an order came back, and how much of its money."""

    returns_known = dy.Bool(nullable=False, description="whether returns of its connection are delivered")
    returned_30d = dy.Bool(
        nullable=False,
        description="a return was requested within 30 calendar days of payment",
        metadata=ahead(30),
    )
    units_returned_30d = dy.Decimal(
        18,
        4,
        nullable=False,
        description="pieces returned within 30 calendar days of payment",
        metadata=ahead(30),
    )
    quality_returned_15d = dy.Bool(
        nullable=True,
        description="a return for quality came within 15 calendar days of payment; null where not told",
        metadata=ahead(15),
    )
    quality_returned_30d = dy.Bool(
        nullable=True,
        description="a return for quality came within 30 calendar days of payment; null where not told",
        metadata=ahead(30),
    )
    paid_amount = dy.Decimal(
        18, 4, nullable=True, description="net, tax and shipping, reporting currency; null without a rate"
    )
    refunded_30d = dy.Decimal(
        18,
        4,
        nullable=True,
        description="settled within 30 calendar days of payment, at most what was paid; null where not known",
        metadata=ahead(30),
    )


class OrderService(dy.Schema):
    """What customers said of an order; null where nobody delivers for its connection what would tell it."""

    complaint_15d = dy.Bool(
        nullable=True,
        description="a complaint was opened within 15 calendar days of payment",
        metadata=ahead(15),
    )
    complaint_30d = dy.Bool(
        nullable=True,
        description="a complaint was opened within 30 calendar days of payment",
        metadata=ahead(30),
    )
    escalated_30d = dy.Bool(
        nullable=True,
        description="a case that the platform was called into was opened within 30 calendar days of payment",
        metadata=ahead(30),
    )
    contacted_30d = dy.Bool(
        nullable=True,
        description="the customer asked or complained about it within 30 calendar days of payment",
        metadata=ahead(30),
    )
    where_is_my_order_7d = dy.Bool(
        nullable=True,
        description="the customer asked where it is within 7 calendar days of payment",
        metadata=ahead(7),
    )
    dispute_lost_60d = dy.Bool(
        nullable=True,
        description="a dispute was decided against the seller within 60 calendar days of payment",
        metadata=ahead(60),
    )
    chargeback_60d = dy.Bool(
        nullable=True,
        description="the customer's bank took the money back within 60 calendar days of payment",
        metadata=ahead(60),
    )
    bad_review_60d = dy.Bool(
        nullable=True,
        description="a review of 1 or 2 stars was written within 60 calendar days of payment",
        metadata=ahead(60),
    )


class OrderHead(Facts):
    """Who ordered what, where and when."""

    order_id = dy.String(nullable=False, primary_key=True, description="the order")
    connection = dy.String(nullable=False, description="the connection that delivered it")
    placed_day = dy.Date(nullable=False, description="day placed")
    paid_day = dy.Date(nullable=True, description="day paid; null unless it is a paid order")
    channel = dimension("where the customer was served")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the shop of the till or of the pick-up")
    region = dimension("the shop's region when offline, else the delivery address's")
    category = dimension("category of the largest line by amount; ties: first by name")
    customer_type = dimension(
        "new on the customer's first day of paid orders, else returning; unknown when anonymous"
    )
    tier = dimension("the customer's tier")
    device = dimension("the device of the visit that led to it")
    payment_method = dimension("how it was paid")
    customer_id = dy.String(nullable=True, description="the person, across all systems; null when anonymous")
    counted = dy.Bool(nullable=False, description="kind sale, not a test, confirmed")
    paid = dy.Bool(nullable=False, description="counted and paid")
    visits_known = dy.Bool(
        nullable=False, description="whether visits of its channel, store and day are known"
    )
    lines_known = dy.Bool(
        nullable=False,
        description="whether lines of its connection, channel, store and day are known, and its own readable",
    )
    net_amount = dy.Decimal(18, 4, nullable=True, description="reporting currency; null without a rate")
    units = dy.Decimal(18, 4, nullable=False, description="pieces kept, else ordered; 0 without lines")


class OrderFacts(OrderHead, OrderPurchase, OrderDispatch, OrderDelivery, OrderReturns, OrderService):
    """One row per order."""
