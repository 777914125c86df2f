"""penalty_facts: what platforms punish the seller for."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class PenaltyFacts(Facts):
    """One row per penalty of a platform."""

    day = dy.Date(nullable=False, description="day it was given")
    channel = dimension("the channel it was given for")
    channel_kind = dimension("online, offline or unknown")
    points = dy.Float64(nullable=True, description="penalty points; null where it has none")
    amount = dy.Decimal(
        18, 4, nullable=True, description="reporting currency; null without money or without a rate"
    )
    unpriced = dy.Bool(nullable=False, description="whether it costs money for which there is no rate")
