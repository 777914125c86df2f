"""The derived tables: what measures read, joined once at every refresh."""

from __future__ import annotations

import re

import dataframely as dy


def _dimension(description: str) -> dy.String:
    return dy.String(nullable=True, description=description, metadata={"dimension": True})


class Facts(dy.Schema):
    """Base of the derived tables; `day` columns are days of the business zone, durations whole seconds."""


class VisitFacts(Facts):
    """One row per row of visits, and one per day and counted door with the receipts of that door."""

    day = dy.Date(nullable=False, description="day of the visit")
    channel = _dimension("where the visit took place")
    channel_kind = _dimension("online, offline or unknown")
    store = _dimension("the shop whose door was counted")
    region = _dimension("the shop's region, else the visitor's")
    device = _dimension("phone, tablet, desktop ...")
    source = _dimension("where the visit came from")
    campaign = _dimension("the campaign that brought the visit")
    visits = dy.Int64(nullable=False, description="how many visits; 0 on a receipts row")
    outcome_known = dy.Bool(
        nullable=False, description="whether it is known which of them led to a paid order"
    )
    converted = dy.Int64(
        nullable=False, description="visits with a paid order, or receipts of a counted door"
    )
    orders_known = dy.Bool(
        nullable=False, description="whether orders of that channel, store and day are known"
    )


class OrderFacts(Facts):
    """One row per order."""

    order_id = dy.String(nullable=False, primary_key=True, description="the order")
    connection = dy.String(nullable=False, description="the connection that delivered it")
    placed_day = dy.Date(nullable=False, description="day placed")
    paid_day = dy.Date(nullable=True, description="day paid; null unless it is a paid order")
    promised_day = dy.Date(
        nullable=True,
        description="day by which all of it was promised; null without a promise or while not due",
    )
    channel = _dimension("where the customer was served")
    channel_kind = _dimension("online, offline or unknown")
    store = _dimension("the shop of the till or of the pick-up")
    region = _dimension("the shop's region when offline, else the delivery address's")
    category = _dimension("category of the largest line by amount; ties: first by name")
    customer_type = _dimension(
        "new on the customer's first day of paid orders, else returning; unknown when anonymous"
    )
    tier = _dimension("the customer's tier")
    device = _dimension("the device of the visit that led to it")
    payment_method = _dimension("how it was paid")
    customer_id = dy.String(nullable=True, description="the person, across all systems; null when anonymous")
    counted = dy.Bool(nullable=False, description="kind sale, not a test, confirmed")
    paid = dy.Bool(nullable=False, description="counted and paid")
    visits_known = dy.Bool(
        nullable=False, description="whether visits of its channel, store and day are known"
    )
    lines_known = dy.Bool(
        nullable=False,
        description="whether article lines of its connection, channel, store and day are known",
    )
    returns_known = dy.Bool(nullable=False, description="whether returns of its connection are delivered")
    shipments_known = dy.Bool(
        nullable=False, description="whether delivery times of its connection are delivered"
    )
    net_amount = dy.Decimal(18, 4, nullable=True, description="reporting currency; null without a rate")
    units = dy.Decimal(18, 4, nullable=False, description="pieces kept, else ordered; 0 without lines")
    days_late = dy.Int64(
        nullable=True,
        description="calendar days of the worst parcel after its promise, negative early, null unknown",
    )
    outcome_known = dy.Bool(nullable=False, description="whether it is known if the promise was kept")
    delivery_seconds = dy.Int64(
        nullable=True,
        description="last delivered minus the clock's start; null while anything is under way or not known",
    )
    shipped = dy.Bool(nullable=False, description="whether it has a parcel or pick-up")
    returned_30d = dy.Bool(
        nullable=False, description="a return was requested within 30 calendar days of payment"
    )
    units_returned_30d = dy.Decimal(
        18, 4, nullable=False, description="pieces returned within 30 calendar days of payment"
    )


class ReturnDays(Facts):
    """One row per paid order and day on which a return of it was requested."""

    order_id = dy.String(nullable=False, primary_key=True, description="the order")
    day = dy.Date(nullable=False, primary_key=True, description="day of the request")
    previous_day = dy.Date(nullable=True, description="the order's request day before; null on the first")
    channel = _dimension("the order's")
    channel_kind = _dimension("the order's")
    store = _dimension("the order's")
    region = _dimension("the order's")
    category = _dimension("the order's")
    customer_type = _dimension("the order's")
    tier = _dimension("the order's")
    payment_method = _dimension("the order's")
    units = dy.Decimal(18, 4, nullable=False, description="pieces of the day's requests")


class RefundFacts(Facts):
    """One row per refund; dimensions are the order's, null where it is not linked to one."""

    refund_id = dy.String(nullable=False, primary_key=True, description="the refund")
    requested_day = dy.Date(
        nullable=True, description="day the customer asked, else the day the return was requested"
    )
    refunded_day = dy.Date(nullable=True, description="day the money left")
    channel = _dimension("the order's")
    channel_kind = _dimension("the order's")
    store = _dimension("the order's")
    region = _dimension("the order's")
    category = _dimension("the order's")
    customer_type = _dimension("the order's")
    tier = _dimension("the order's")
    payment_method = _dimension("the order's")
    status = dy.String(nullable=False, description="settled, pending or failed")
    refund_seconds = dy.Int64(
        nullable=True,
        description="refunded minus requested, never below 0; null unless settled and in that order",
    )
    amount = dy.Decimal(18, 4, nullable=True, description="reporting currency; null without a rate")


class SurveyFacts(Facts):
    """One row per survey invitation or answer."""

    survey_id = dy.String(nullable=False, primary_key=True, description="the invitation or answer")
    answered_day = dy.Date(nullable=True, description="day answered")
    invited_day = dy.Date(nullable=True, description="day invited")
    channel = _dimension("the order's, else the survey's own")
    channel_kind = _dimension("online, offline or unknown")
    store = _dimension("the order's, else the survey's own")
    region = _dimension("the order's, else the store's")
    customer_type = _dimension("the order's")
    tier = _dimension("the order's")
    touchpoint = _dimension("the moment of the journey")
    kind = dy.String(nullable=False, description="nps, csat or ease")
    score = dy.Float64(
        nullable=True, description="the answer; null unless it is on the question's own scale (nps: 0 to 10)"
    )
    off_scale = dy.Bool(nullable=False, description="answered on another scale, so left out")


class CustomerDays(Facts):
    """One row per customer and day of paid orders; dimensions are those of the day's first paid order."""

    customer_id = dy.String(nullable=False, primary_key=True, description="the person, across all systems")
    day = dy.Date(nullable=False, primary_key=True, description="day of paid orders")
    previous_day = dy.Date(nullable=True, description="the customer's day before; null on the first")
    next_day = dy.Date(nullable=True, description="the customer's next day; null on the last")
    next_online_day = dy.Date(
        nullable=True, description="first day from this one on with an online paid order"
    )
    next_offline_day = dy.Date(
        nullable=True, description="first day from this one on with an offline paid order"
    )
    days_observed = dy.Int64(nullable=False, description="calendar days from this day to the data's last day")
    days_to_next = dy.Int64(nullable=True, description="calendar days to the next day; null on the last")
    channel = _dimension("of the day's first paid order")
    channel_kind = _dimension("of the day's first paid order")
    store = _dimension("of the day's first paid order")
    region = _dimension("of the day's first paid order")
    category = _dimension("of the day's first paid order")
    customer_type = _dimension("new on the customer's first day, else returning")
    tier = _dimension("of the day's first paid order")
    payment_method = _dimension("of the day's first paid order")
    orders = dy.Int64(nullable=False, description="paid orders of the day")


def name_of_facts(table: type[Facts]) -> str:
    """The name of a derived table in the snapshot, e.g. `order_facts`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__).lower()


FACTS: dict[str, type[Facts]] = {name_of_facts(table): table for table in Facts.__subclasses__()}


def dimensions_of(table: type[Facts]) -> list[str]:
    """The dimensions that rows of a derived table carry."""
    return [name for name, column in table.columns().items() if (column.metadata or {}).get("dimension")]
