"""return_days and refund_facts: goods and money going back."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class ReturnDays(Facts):
    """One row per paid order and day on which a return of it was requested."""

    order_id = dy.String(nullable=False, primary_key=True, description="the order")
    day = dy.Date(nullable=False, primary_key=True, description="day of the request")
    previous_day = dy.Date(nullable=True, description="the order's request day before; null on the first")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    payment_method = dimension("the order's")
    units = dy.Decimal(18, 4, nullable=False, description="pieces of the day's requests")


class RefundFacts(Facts):
    """One row per refund; dimensions are the order's, null where it is not linked to one."""

    refund_id = dy.String(nullable=False, primary_key=True, description="the refund")
    requested_day = dy.Date(
        nullable=True, description="day the customer asked, else the day the return was requested"
    )
    refunded_day = dy.Date(nullable=True, description="day the money left")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    payment_method = dimension("the order's")
    status = dy.String(nullable=False, description="settled, pending or failed")
    refund_seconds = dy.Int64(
        nullable=True,
        description="refunded minus requested, never below 0; null unless settled and in that order",
    )
    amount = dy.Decimal(18, 4, nullable=True, description="reporting currency; null without a rate")
