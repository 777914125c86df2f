"""line_facts, listing_days and article_days: what is told of articles, where, and whether it was so."""

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


class ArticleDays(Facts):
    """One row per day and category, with how many articles are the same online and offline at its end."""

    day = dy.Date(nullable=False, description="the day")
    category = dimension("the article's")
    priced = dy.Int64(nullable=False, description="articles with prices on both sides that can be compared")
    priced_apart = dy.Int64(
        nullable=False,
        description="those whose prices on both sides differ in currency or contain tax or not",
    )
    same_price = dy.Int64(nullable=False, description="articles whose median prices differ by at most 0.5 %")
    online_lower = dy.Int64(nullable=False, description="articles that cost less online")
    online_higher = dy.Int64(nullable=False, description="articles that cost more online")
    listed_online = dy.Int64(nullable=False, description="articles on sale in some online channel")
    listed_offline = dy.Int64(nullable=False, description="articles on sale in some offline channel")
    listed_both = dy.Int64(nullable=False, description="articles on sale online and offline")
    stocked_online = dy.Int64(nullable=False, description="those of them that can be had online at once")
    stocked_offline = dy.Int64(nullable=False, description="those of them that can be had offline at once")
    stocked_both = dy.Int64(nullable=False, description="those that can be had at once on both sides")
    titled = dy.Int64(
        nullable=False, description="articles on sale on both sides whose titles can be compared"
    )
    untitled = dy.Int64(nullable=False, description="articles on sale on both sides whose titles cannot")
    same_title = dy.Int64(nullable=False, description="articles with one title in every channel")
