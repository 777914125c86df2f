"""customer_visits: who of the customers we know looked around online, and when they next bought in a shop."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class CustomerVisits(Facts):
    """One row per customer and day of online visits that are known to be theirs."""

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    day = dy.Date(nullable=False, primary_key=True, description="day of online visits")
    days_observed = dy.Int64(nullable=False, description="calendar days from this day to the data's last day")
    days_to_store = dy.Int64(
        nullable=True,
        description="calendar days to the first offline paid order after the day's first visit; null without",
    )
    channel = dimension("of the day's first visit")
    channel_kind = dimension("online: others are left out")
    region = dimension("of the day's first visit")
    device = dimension("of the day's first visit")
    source = dimension("of the day's first visit")
    campaign = dimension("of the day's first visit")
