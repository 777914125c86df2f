"""The derived tables: what measures read, joined once at every refresh."""

from __future__ import annotations

from connectors.facts.aftersales import RefundFacts, ReturnDays
from connectors.facts.base import Facts, dimensions_of, name_of_facts
from connectors.facts.customers import CustomerDays
from connectors.facts.orders import OrderFacts
from connectors.facts.visits import VisitFacts
from connectors.facts.voice import SurveyFacts

FACTS: dict[str, type[Facts]] = {
    name_of_facts(table): table
    for table in (VisitFacts, OrderFacts, ReturnDays, RefundFacts, SurveyFacts, CustomerDays)
}

__all__ = [
    "FACTS",
    "CustomerDays",
    "Facts",
    "OrderFacts",
    "RefundFacts",
    "ReturnDays",
    "SurveyFacts",
    "VisitFacts",
    "dimensions_of",
    "name_of_facts",
]
