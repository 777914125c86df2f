"""customer_days: who came back, and where."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class CustomerDays(Facts):
    """One row per customer and day of paid orders; dimensions are those of the day's first paid order."""

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    day = dy.Date(nullable=False, primary_key=True, description="day of paid orders")
    previous_day = dy.Date(nullable=True, description="the customer's day before; null on the first")
    next_day = dy.Date(nullable=True, description="the customer's next day; null on the last")
    history_from = dy.Date(
        nullable=False,
        description="first day of orders of the connection that the day's are from, of several the last",
    )
    next_online_day = dy.Date(
        nullable=True, description="first day from this one on with an online paid order"
    )
    next_offline_day = dy.Date(
        nullable=True, description="first day from this one on with an offline paid order"
    )
    days_observed = dy.Int64(nullable=False, description="calendar days from this day to the data's last day")
    days_to_next = dy.Int64(nullable=True, description="calendar days to the next day; null on the last")
    channel = dimension("of the day's first paid order")
    channel_kind = dimension("of the day's first paid order")
    store = dimension("of the day's first paid order")
    region = dimension("of the day's first paid order")
    category = dimension("of the day's first paid order")
    customer_type = dimension("new on the customer's first day, else returning")
    tier = dimension("of the day's first paid order")
    payment_method = dimension("of the day's first paid order")
    orders = dy.Int64(nullable=False, description="paid orders of the day")
    orders_priced = dy.Int64(nullable=False, description="those whose amount is known")
    orders_unpriced = dy.Int64(nullable=False, description="those without a rate to the reporting currency")
    net_amount = dy.Decimal(
        18, 4, nullable=True, description="of orders whose amount is known; null where there is none"
    )
    previous_priced_day = dy.Date(
        nullable=True, description="the customer's day before with a known amount; null on the first"
    )
