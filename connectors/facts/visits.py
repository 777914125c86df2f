"""visit_facts: visits and the receipts of counted doors."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class VisitFacts(Facts):
    """One row per row of visits, and one per day and counted door with the receipts of that door."""

    day = dy.Date(nullable=False, description="day of the visit")
    channel = dimension("where the visit took place")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the shop whose door was counted")
    region = dimension("the shop's region, else the visitor's")
    device = dimension("phone, tablet, desktop ...")
    source = dimension("where the visit came from")
    campaign = dimension("the campaign that brought the visit")
    visits = dy.Int64(nullable=False, description="how many visits; 0 on a receipts row")
    outcome_known = dy.Bool(
        nullable=False, description="whether it is known which of them led to a paid order"
    )
    converted = dy.Int64(
        nullable=False, description="visits with a paid order, or receipts of a counted door"
    )
    orders_known = dy.Bool(
        nullable=False, description="whether orders of that channel, store and day are known"
    )
