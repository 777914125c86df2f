"""The derived tables: what measures read, joined once at every refresh."""

from __future__ import annotations

from connectors.facts.aftersales import RefundFacts, ReturnDays, ReturnerDays, ReturnFacts
from connectors.facts.articles import ArticleDays, LineFacts, ListingDays
from connectors.facts.base import Facts, days_ahead_of, dimensions_of, name_of_facts
from connectors.facts.browsing import CustomerVisits
from connectors.facts.customers import CustomerDays
from connectors.facts.firsts import CustomerFirsts, CustomerMonths
from connectors.facts.invitations import InvitationDays
from connectors.facts.order_cells import OrderCells
from connectors.facts.orders import OrderFacts
from connectors.facts.parcels import ParcelFacts
from connectors.facts.purchases import CartFacts, PaymentFacts
from connectors.facts.risk import PenaltyFacts
from connectors.facts.service import CaseFacts, ConversationFacts
from connectors.facts.visits import VisitFacts, VisitorDays
from connectors.facts.voice import ReviewFacts, SurveyFacts

FACTS: dict[str, type[Facts]] = {
    name_of_facts(table): table
    for table in (
        VisitFacts,
        VisitorDays,
        OrderFacts,
        OrderCells,
        LineFacts,
        ParcelFacts,
        ReturnFacts,
        CartFacts,
        PaymentFacts,
        ReturnDays,
        ReturnerDays,
        RefundFacts,
        ConversationFacts,
        CaseFacts,
        SurveyFacts,
        InvitationDays,
        ReviewFacts,
        CustomerDays,
        CustomerFirsts,
        CustomerMonths,
        CustomerVisits,
        PenaltyFacts,
        ListingDays,
        ArticleDays,
    )
}

__all__ = [
    "FACTS",
    "ArticleDays",
    "CartFacts",
    "CaseFacts",
    "ConversationFacts",
    "CustomerDays",
    "CustomerFirsts",
    "CustomerMonths",
    "CustomerVisits",
    "Facts",
    "InvitationDays",
    "LineFacts",
    "ListingDays",
    "OrderCells",
    "OrderFacts",
    "ParcelFacts",
    "PaymentFacts",
    "PenaltyFacts",
    "RefundFacts",
    "ReturnDays",
    "ReturnFacts",
    "ReturnerDays",
    "ReviewFacts",
    "SurveyFacts",
    "VisitFacts",
    "VisitorDays",
    "days_ahead_of",
    "dimensions_of",
    "name_of_facts",
]
