"""line_facts and listing_days: whether articles are what was told of them, and what is told of them."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, ahead, dimension


class LineFacts(Facts):
    """One row per paid order and category of its article lines; lines of which nothing was kept are none."""

    order_id = dy.String(nullable=False, description="the order")
    paid_day = dy.Date(nullable=False, description="day paid")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the lines' own, else their article's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    delivered = dy.Bool(
        nullable=False,
        description="the order arrived or was carried out of a shop, and why it came back is told",
        metadata=ahead(30),
    )
    unknown = dy.Bool(
        nullable=False,
        description="not known whether it arrived, or why something of it came back",
        metadata=ahead(30),
    )
    lines = dy.Int64(nullable=False, description="article lines")
    lines_told = dy.Int64(
        nullable=False,
        description="those that stayed, or of which it is told why they came back",
        metadata=ahead(30),
    )
    lines_untold = dy.Int64(
        nullable=False,
        description="those that came back within 30 calendar days of payment for no reason told",
        metadata=ahead(30),
    )
    lines_mismatched = dy.Int64(
        nullable=False,
        description="those that came back within 30 calendar days as not what was described",
        metadata=ahead(30),
    )


class ListingDays(Facts):
    """One row per day, channel and category, with how many articles were on sale at the end of the day."""

    day = dy.Date(nullable=False, description="the day")
    channel = dimension("where they were on sale")
    channel_kind = dimension("online, offline or unknown")
    category = dimension("the article's")
    told = dy.Int64(
        nullable=False, description="articles of which it is known whether their page is complete"
    )
    untold = dy.Int64(nullable=False, description="articles of which it is not")
    complete = dy.Int64(nullable=False, description="articles with title, picture and description")
