"""visit_facts and visitor_days: visits, the receipts of counted doors, and who came when."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class VisitSteps(dy.Schema):
    """How many visits of a row went how far; null where the row does not tell, or tells more than visits."""

    bounced = dy.Int64(nullable=True, description="visits that saw a single page")
    product_viewed = dy.Int64(nullable=True, description="visits that saw an article")
    searched = dy.Int64(nullable=True, description="visits that used the shop's search")
    added_to_cart = dy.Int64(nullable=True, description="visits that put an article into the cart")
    reached_checkout = dy.Int64(nullable=True, description="visits that began to check out")
    checked_out = dy.Int64(
        nullable=True, description="visits that began to check out and ordered; null where either is not told"
    )
    lcp_ms = dy.Int64(nullable=True, description="largest contentful paint, milliseconds")


class VisitFacts(VisitSteps, Facts):
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
    single = dy.Bool(nullable=False, description="whether the row is one visit, and not a count")
    is_door = dy.Bool(
        nullable=False, description="whether people through a door, or their receipts, are counted"
    )
    visitor_known = dy.Bool(
        nullable=False, description="whether it is one visit of a visitor told from others"
    )
    outcome_known = dy.Bool(
        nullable=False, description="whether it is known which of them led to a paid order"
    )
    converted = dy.Int64(
        nullable=False, description="visits with a paid order, or receipts of a counted door"
    )
    orders_known = dy.Bool(
        nullable=False, description="whether orders of that channel, store and day are known"
    )


class VisitorDays(Facts):
    """One row per visitor and day of visits whose outcome is known; dimensions of the day's first visit."""

    visitor_id = dy.String(
        nullable=False, primary_key=True, description="the browser, app installation or device"
    )
    day = dy.Date(nullable=False, primary_key=True, description="day of visits")
    previous_day = dy.Date(nullable=True, description="the visitor's day before; null on the first")
    next_buying_day = dy.Date(
        nullable=True, description="first day from this one on with a visit that led to a paid order"
    )
    channel = dimension("of the day's first visit")
    channel_kind = dimension("of the day's first visit")
    store = dimension("of the day's first visit")
    region = dimension("of the day's first visit")
    device = dimension("of the day's first visit")
    source = dimension("of the day's first visit")
    campaign = dimension("of the day's first visit")
