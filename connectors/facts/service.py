"""conversation_facts and case_facts: how customers were served, and what they complained of."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, ahead, dimension


class ConversationFacts(Facts):
    """One row per conversation with customer service."""

    conversation_id = dy.String(nullable=False, primary_key=True, description="the conversation")
    asked_day = dy.Date(nullable=False, description="day of the customer's first message")
    channel = dimension("the sales channel it is about")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the shop, where the channel has a single one")
    touchpoint = dimension("how they talked: chat, phone, email or store")
    in_service_hours = dy.Bool(
        nullable=False, description="whether it was asked in service hours; yes where nothing is said"
    )
    replies_known = dy.Bool(
        nullable=False, description="whether first replies of its connection are delivered"
    )
    solving_known = dy.Bool(
        nullable=False, description="whether its connection delivers what was solved and what was reopened"
    )
    reply_seconds = dy.Int64(
        nullable=True, description="first reply by a person minus asked, never below 0; null without a reply"
    )
    resolution_seconds = dy.Int64(
        nullable=True, description="resolved minus asked, never below 0; null while it is not resolved"
    )
    reopened = dy.Bool(
        nullable=False,
        description="whether the customer came back about it within 7 days",
        metadata=ahead(7),
    )
    rating = dy.Float64(nullable=True, description="the customer's grade, 1 to 5; null where none was given")


class CaseFacts(Facts):
    """One row per case; dimensions but the channel are null where it is not linked to an order."""

    case_id = dy.String(nullable=False, primary_key=True, description="the case")
    opened_day = dy.Date(nullable=False, description="day it was opened")
    channel = dimension("the order's, else the case's own")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    device = dimension("the order's")
    payment_method = dimension("the order's")
    kind = dy.String(nullable=False, description="complaint, dispute, chargeback or a question")
    linked = dy.Bool(nullable=False, description="whether it is known of which order it is")
    escalated = dy.Bool(nullable=False, description="the platform was called in")
    lost = dy.Bool(nullable=False, description="a dispute that was decided against the seller")
