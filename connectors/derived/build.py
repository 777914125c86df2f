"""Writes all derived tables of a refresh, rebuilt from the joined tables every time."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from connectors.derived import Material, write_facts
from connectors.derived.aftersales import refund_facts, return_days, return_facts
from connectors.derived.articles import article_days
from connectors.derived.browsing import customer_visits
from connectors.derived.conversations import conversation_facts
from connectors.derived.customers import customer_days
from connectors.derived.firsts import customer_firsts, customer_months
from connectors.derived.invitations import invitation_days
from connectors.derived.lines import line_facts
from connectors.derived.listings import listing_days
from connectors.derived.order_cells import order_cells
from connectors.derived.orders import described_orders, order_facts
from connectors.derived.parcels import parcel_facts
from connectors.derived.penalties import penalty_facts
from connectors.derived.purchases import cart_facts, payment_facts
from connectors.derived.returners import returner_days
from connectors.derived.reviews import review_facts
from connectors.derived.service import case_facts
from connectors.derived.surveys import survey_facts
from connectors.derived.visits import followed_visits, visit_cells, visit_facts, visitor_days
from connectors.facts import (
    ArticleDays,
    CartFacts,
    CaseFacts,
    ConversationFacts,
    CustomerDays,
    CustomerFirsts,
    CustomerMonths,
    CustomerVisits,
    InvitationDays,
    LineFacts,
    ListingDays,
    OrderCells,
    OrderFacts,
    ParcelFacts,
    PaymentFacts,
    PenaltyFacts,
    RefundFacts,
    ReturnDays,
    ReturnerDays,
    ReturnFacts,
    ReviewFacts,
    SurveyFacts,
    VisitFacts,
    VisitorDays,
)


def build_facts(material: Material, folder: Path) -> None:
    """Write every derived table into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".between-", dir=folder) as between:
        _build(material, folder, Path(between))


def _build(material: Material, folder: Path, between: Path) -> None:
    orders = _kept(described_orders(material), between / "orders.parquet")
    visits = _kept(followed_visits(material, orders), between / "visits.parquet")
    write_facts(visit_facts(material, visits, orders), VisitFacts, folder)
    write_facts(visitor_days(visits), VisitorDays, folder)
    write_facts(customer_visits(material, visits, orders), CustomerVisits, folder)
    facts = write_facts(order_facts(material, orders, visit_cells(material)), OrderFacts, folder)
    write_facts(order_cells(material, facts), OrderCells, folder)
    write_facts(parcel_facts(material, orders), ParcelFacts, folder)
    write_facts(return_facts(material, facts), ReturnFacts, folder)
    write_facts(line_facts(material, facts), LineFacts, folder)
    write_facts(payment_facts(material, facts), PaymentFacts, folder)
    write_facts(cart_facts(material, orders), CartFacts, folder)
    write_facts(return_days(material, facts), ReturnDays, folder)
    write_facts(refund_facts(material, facts), RefundFacts, folder)
    surveys = _kept(survey_facts(material, facts), between / "surveys.parquet")
    write_facts(surveys, SurveyFacts, folder)
    write_facts(invitation_days(surveys), InvitationDays, folder)
    write_facts(conversation_facts(material), ConversationFacts, folder)
    write_facts(case_facts(material, facts), CaseFacts, folder)
    write_facts(review_facts(material, facts), ReviewFacts, folder)
    write_facts(penalty_facts(material), PenaltyFacts, folder)
    days = write_facts(customer_days(material, orders), CustomerDays, folder)
    firsts = write_facts(customer_firsts(days), CustomerFirsts, folder)
    write_facts(customer_months(days, firsts), CustomerMonths, folder)
    write_facts(returner_days(material, facts, days), ReturnerDays, folder)
    write_facts(listing_days(material), ListingDays, folder)
    write_facts(article_days(material), ArticleDays, folder)


def _kept(frame: pl.LazyFrame, path: Path) -> pl.LazyFrame:
    """What several derived tables read, worked out once and read back."""
    frame.sink_parquet(path, compression="lz4", engine="streaming")
    return pl.scan_parquet(path)
