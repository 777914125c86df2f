"""survey_facts and review_facts: what customers answer and write."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class SurveyFacts(Facts):
    """One row per survey invitation or answer."""

    survey_id = dy.String(nullable=False, primary_key=True, description="the invitation or answer")
    answered_day = dy.Date(nullable=True, description="day answered")
    invited_day = dy.Date(nullable=True, description="day invited")
    channel = dimension("the order's, else the survey's own")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the order's, else the survey's own")
    region = dimension("the order's, else the store's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    touchpoint = dimension("the moment of the journey")
    kind = dy.String(nullable=False, description="nps, csat or ease")
    score = dy.Float64(
        nullable=True, description="the answer; null unless it is on the question's own scale (nps: 0 to 10)"
    )
    off_scale = dy.Bool(nullable=False, description="answered on another scale, so left out")


class ReviewFacts(Facts):
    """One row per product review."""

    review_id = dy.String(nullable=False, primary_key=True, description="the review")
    created_day = dy.Date(nullable=False, description="day it was written")
    channel = dimension("the order's, else where it was written")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the article's category in the order, else its own")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    device = dimension("the order's")
    payment_method = dimension("the order's")
    linked = dy.Bool(nullable=False, description="whether it is known of which order it is")
    stars = dy.Int64(nullable=False, description="1 to 5")
