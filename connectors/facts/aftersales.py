"""return_days, return_facts, returner_days and refund_facts: goods and money going back."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, ahead, dimension


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
    lines_known = dy.Bool(nullable=False, description="the order's")
    units = dy.Decimal(
        18,
        4,
        nullable=False,
        description="pieces of the day's requests, over all days no more than the order's",
    )
    next_told_day = dy.Date(
        nullable=True,
        description="first request day from this one on of which it is told where goods came back",
    )
    next_in_store_day = dy.Date(
        nullable=True, description="first request day from this one on with goods handed back in a shop"
    )


class ReturnFacts(Facts):
    """One row per returned line; dimensions are the order's, null where it is not linked to one."""

    return_id = dy.String(nullable=False, primary_key=True, description="the returned line")
    requested_day = dy.Date(nullable=False, description="day of the request")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    device = dimension("the order's")
    payment_method = dimension("the order's")
    linked = dy.Bool(nullable=False, description="whether it is known of which order it is")
    reason = dy.String(nullable=True, description="why it came back; null where not told")
    exchange = dy.Bool(
        nullable=True, description="another piece is wanted, not the money; null where not told"
    )


class ReturnerDays(Facts):
    """One row per customer and day on which a return was requested; dimensions are the first such order's."""

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    day = dy.Date(nullable=False, primary_key=True, description="day of the request")
    previous_day = dy.Date(nullable=True, description="the customer's request day before; null on the first")
    next_followed_day = dy.Date(
        nullable=True,
        description="first request day from this one on with a paid order on a later day within 90 days",
        metadata=ahead(90),
    )
    days_observed = dy.Int64(nullable=False, description="calendar days from this day to the data's last day")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    payment_method = dimension("the order's")


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
    device = dimension("the order's")
    payment_method = dimension("the order's")
    linked = dy.Bool(nullable=False, description="whether it is known of which order it is")
    status = dy.String(nullable=False, description="settled, pending or failed")
    refund_seconds = dy.Int64(
        nullable=True,
        description="refunded minus requested, never below 0; null unless settled and in that order",
    )
    amount = dy.Decimal(18, 4, nullable=True, description="reporting currency; null without a rate")
