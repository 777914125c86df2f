"""invitation_days: how many were asked, and how many of them answered."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class InvitationDays(Facts):
    """One row per day and slice: who was asked that day, and answers of that day that nobody was asked for.

    A dimension that a connection only tells of those who answered is unknown for all whom it asked: otherwise
    everybody would have answered in one slice, and nobody in another.
    """

    day = dy.Date(nullable=False, description="day invited; of answers without an invitation, day answered")
    channel = dimension("the order's, else the survey's own")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the order's, else the survey's own")
    region = dimension("the order's, else the store's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    touchpoint = dimension("the moment of the journey")
    invited = dy.Int64(nullable=False, description="invitations")
    answered = dy.Int64(nullable=False, description="those that were answered, then or later")
    uninvited = dy.Int64(nullable=False, description="answers of which no invitation is known")
