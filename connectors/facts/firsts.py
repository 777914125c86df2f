"""customer_firsts and customer_months: who first bought when and where, and who came back in which months."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class CustomerFirsts(Facts):
    """One row per customer with a paid order; dimensions are those of the very first one.

    The second and third order are the first ones of the next days on which the customer bought.
    """

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    first_day = dy.Date(nullable=False, description="day of the first paid order")
    days_observed = dy.Int64(nullable=False, description="calendar days from then to the data's last day")
    second_day = dy.Date(nullable=True, description="the next day of paid orders; null without one")
    days_to_second = dy.Int64(nullable=True, description="calendar days to it; null without one")
    second_channel = dy.String(nullable=True, description="channel of that day's first paid order")
    second_channel_kind = dy.String(nullable=True, description="kind of that channel")
    days_to_third = dy.Int64(
        nullable=True, description="calendar days from the second day to the third; null without one"
    )
    channel = dimension("of the first paid order")
    channel_kind = dimension("of the first paid order")
    store = dimension("of the first paid order")
    region = dimension("of the first paid order")
    category = dimension("of the first paid order")
    tier = dimension("of the first paid order")
    payment_method = dimension("of the first paid order")


class CustomerMonths(Facts):
    """One row per customer and calendar month with a paid order on a later day than the first one."""

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    first_day = dy.Date(nullable=False, description="day of the first paid order")
    month = dy.Date(nullable=False, primary_key=True, description="first day of a month with a later one")
    previous_month = dy.Date(nullable=True, description="the customer's month before; null on the first")
    channel = dimension("of the first paid order")
    channel_kind = dimension("of the first paid order")
    store = dimension("of the first paid order")
    region = dimension("of the first paid order")
    category = dimension("of the first paid order")
    tier = dimension("of the first paid order")
    payment_method = dimension("of the first paid order")
