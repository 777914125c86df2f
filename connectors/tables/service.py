"""Complaints and conversations: what customers asked of the shop."""

from __future__ import annotations

from connectors import columns as c
from connectors.tables.base import Table


class Cases(Table):
    """One complaint, dispute, chargeback or question."""

    case_id = c.key("the case")
    opened_at = c.time("when it was opened", required=True, dates_row=True)
    channel = c.text("the sales channel it is about", required=True)
    kind = c.choice(
        "complaint", "dispute", "chargeback", "question", "where_is_my_order",
        description="what it is", required=True,
    )  # fmt: skip
    order_id = c.reference("orders", "the order it is about")
    closed_at = c.time("when it was closed", after="opened_at")
    escalated = c.flag("whether the platform was called in")
    seller_liable = c.flag("whether it was decided against the seller")


class Conversations(Table):
    """One round of customer service."""

    conversation_id = c.key("the conversation")
    asked_at = c.time("the customer's first message", required=True, dates_row=True)
    channel = c.text("the sales channel it is about", required=True)
    medium = c.choice("chat", "phone", "email", "store", description="how they talked")
    first_human_reply_at = c.time("first reply by a person", after="asked_at")
    resolved_at = c.time("when it was solved", after="asked_at")
    reopened = c.flag("whether the customer came back about it within 7 days")
    rating = c.score("the customer's grade, 1 to 5", lowest=1, highest=5)
    in_service_hours = c.flag("whether it was asked in service hours; empty means yes")
