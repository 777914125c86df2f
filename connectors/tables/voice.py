"""Surveys and reviews: what customers said when they were asked, and by themselves."""

from __future__ import annotations

from connectors import columns as c
from connectors.tables.base import Table


class Surveys(Table):
    """One invitation or answer; one question each."""

    survey_id = c.key("the invitation or answer")
    kind = c.choice("nps", "csat", "ease", description="the question", required=True)
    channel = c.text("the sales channel it is about", required=True)
    invited_at = c.time("when the customer was asked")
    answered_at = c.time("when the customer answered", after="invited_at", dates_row=True)
    score = c.score("the answer, on the scale of the two columns beside it")
    scale_min = c.number("lowest possible answer")
    scale_max = c.number("highest possible answer")
    customer_ref = c.reference("customers", "the customer")
    email_hash = c.keyed_hash("email", "keyed hash of the customer's e-mail")
    order_id = c.reference("orders", "the order it is about")
    store_id = c.text("the shop it is about")
    touchpoint = c.text("the moment of the journey: purchase, delivery, pick-up, service ...")
    comment = c.text("the customer's words", personal=True, typed=True)


class Reviews(Table):
    """One product review."""

    review_id = c.key("the review")
    created_at = c.time("when it was written", required=True, dates_row=True)
    channel = c.text("where it was written", required=True)
    stars = c.whole("1 to 5", required=True, at_least=1, at_most=5)
    order_id = c.reference("orders", "the order it is about")
    sku = c.text("the article")
