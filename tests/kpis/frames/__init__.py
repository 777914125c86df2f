"""Shops made of small frames: derived tables written down row by row, or drawn from a seed."""

from __future__ import annotations

import polars as pl

from tests.kpis.frames.aftersales import (
    drawn_refund,
    drawn_return,
    drawn_return_days,
    drawn_returner_days,
)
from tests.kpis.frames.articles import drawn_article_days, drawn_lines, drawn_listing_days
from tests.kpis.frames.base import DELIVERED, FIRST, LAST, Frames, Rows, facts, manifest, shop_of
from tests.kpis.frames.customers import customer_days
from tests.kpis.frames.draw import Draw
from tests.kpis.frames.firsts import customer_firsts, customer_months
from tests.kpis.frames.orders import drawn_order, order_cells
from tests.kpis.frames.parcels import drawn_parcel
from tests.kpis.frames.purchases import drawn_cart, drawn_payments
from tests.kpis.frames.risk import drawn_penalty
from tests.kpis.frames.service import drawn_case, drawn_conversation
from tests.kpis.frames.visits import drawn_customer_visits, drawn_visit, visitor_days
from tests.kpis.frames.voice import drawn_review, drawn_survey, invitation_days

__all__ = [
    "DELIVERED", "FIRST", "LAST", "Frames", "Rows", "drawn_tables", "facts", "manifest", "shop_of",
]  # fmt: skip


def drawn_tables(seed: int, orders: int = 400) -> dict[str, pl.DataFrame]:
    """Derived tables of a made-up shop of 18 months, consistent with each other, the same for a seed."""
    draw = Draw(seed)
    drawn = [drawn_order(draw, place) for place in range(orders)]
    days = customer_days(drawn)
    for order in drawn:
        first = min((day["day"] for day in days if day["customer_id"] == order["customer_id"]), default=None)
        order["customer_type"] = (
            "unknown" if first is None else "new" if order["paid_day"] == first else "returning"
        )
    returned = [order for order in drawn if order["paid"] and draw.chance(0.3)]
    surveys = [drawn_survey(draw, place) for place in range(orders)]
    visits = [drawn_visit(draw) for _ in range(orders)]
    return {
        "visit_facts": facts("visit_facts", visits),
        "visitor_days": facts("visitor_days", visitor_days(visits)),
        "order_facts": facts("order_facts", drawn),
        "order_cells": facts("order_cells", order_cells(drawn)),
        "parcel_facts": facts("parcel_facts", [drawn_parcel(draw, place) for place in range(2 * orders)]),
        "return_facts": facts(
            "return_facts", [drawn_return(draw, place, order) for place, order in enumerate(returned)]
        ),
        "returner_days": facts("returner_days", drawn_returner_days(draw, returned)),
        "line_facts": facts(
            "line_facts", [line for order in drawn if order["paid"] for line in drawn_lines(draw, order)]
        ),
        "listing_days": facts("listing_days", drawn_listing_days(draw)),
        "article_days": facts("article_days", drawn_article_days(draw)),
        "payment_facts": facts("payment_facts", drawn_payments(draw, drawn)),
        "cart_facts": facts("cart_facts", [drawn_cart(draw) for _ in range(orders)]),
        "return_days": facts(
            "return_days", [day for order in returned for day in drawn_return_days(draw, order)]
        ),
        "refund_facts": facts(
            "refund_facts", [drawn_refund(draw, place, order) for place, order in enumerate(returned)]
        ),
        "conversation_facts": facts(
            "conversation_facts", [drawn_conversation(draw, place) for place in range(orders)]
        ),
        "survey_facts": facts("survey_facts", surveys),
        "invitation_days": facts("invitation_days", invitation_days(surveys)),
        "review_facts": facts("review_facts", [drawn_review(draw, place) for place in range(orders)]),
        "penalty_facts": facts("penalty_facts", [drawn_penalty(draw) for _ in range(orders // 4)]),
        "customer_days": facts("customer_days", days),
        "customer_firsts": facts("customer_firsts", customer_firsts(days)),
        "customer_months": facts("customer_months", customer_months(days)),
        "case_facts": facts("case_facts", [drawn_case(draw, *case) for case in enumerate(drawn)]),
        "customer_visits": facts("customer_visits", drawn_customer_visits(draw, days)),
    }
