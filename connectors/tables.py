"""The canonical tables: what every connector delivers and every KPI reads."""

from __future__ import annotations

import re
from typing import Any

import dataframely as dy
import polars as pl

from connectors import columns as c
from connectors.errors import unknown
from connectors.text import Text

STATUSES = ("draft", "confirmed", "cancelled")


class Table(dy.Schema):
    """Base of the canonical tables: a class is at once schema, documentation and validation."""


class Visits(Table):
    """One visit, or a count of visits (a door counter's hour)."""

    visit_id = c.key(
        "the visit; empty where the row is a count",
        required=False,
        required_when=(pl.col("visits") == 1) & pl.col("store_id").is_null(),
    )
    started_at = c.time("first page or first person of the row", required=True, dates_row=True)
    channel = c.text("where the visit took place", required=True)
    visits = c.whole("1 for a single visit, else how many", required=True)
    visitor_id = c.owned("the browser, app installation or device")
    customer_ref = c.reference("customers", "the signed-in customer")
    email_hash = c.keyed_hash("email", "keyed hash of the signed-in visitor's e-mail")
    store_id = c.text("the shop whose door was counted")
    device = c.text("phone, tablet, desktop ...")
    region = c.text("where the visitor is")
    source = c.text("search, ad, social, referral, direct, email ...")
    campaign = c.text("the campaign that brought the visit")
    page_views = c.whole("pages seen")
    bounced = c.whole("visits of this row that saw a single page")
    product_viewed = c.whole("visits of this row that saw an article")
    added_to_cart = c.whole("visits of this row that put an article into the cart")
    reached_checkout = c.whole("visits of this row that began to check out")
    ordered = c.whole("visits of this row that ordered")
    searched = c.whole("visits of this row that used the shop's search")
    lcp_ms = c.whole("largest contentful paint, milliseconds")
    order_id = c.reference("orders", "the order the visit led to")

    @dy.rule()
    def added_to_cart__above_visits(cls) -> pl.Expr:
        return pl.col("added_to_cart") <= pl.col("visits")

    @dy.rule()
    def reached_checkout__above_visits(cls) -> pl.Expr:
        return pl.col("reached_checkout") <= pl.col("visits")

    @dy.rule()
    def ordered__above_visits(cls) -> pl.Expr:
        return pl.col("ordered") <= pl.col("visits")


class Carts(Table):
    """One cart or checkout."""

    cart_id = c.key("the cart")
    started_at = c.time("when it was opened", required=True, dates_row=True)
    channel = c.text("where it was opened", required=True)
    completed = c.flag("whether it became an order", required=True)
    completed_at = c.time("when it became an order", after="started_at")
    order_id = c.reference("orders", "the order it became")
    customer_ref = c.reference("customers", "the customer")


class Orders(Table):
    """One order or till receipt; a till's refund receipt is a refund, not an order."""

    order_id = c.key("the order")
    placed_at = c.time("when the customer ordered", required=True, dates_row=True)
    channel = c.text("where the customer was served", required=True)
    status = c.choice(*STATUSES, description="unconfirmed orders are drafts", required=True)
    raw_status = c.text("the system's own word for the status")
    kind = c.choice("sale", "replacement", description="what the order is for", required=True)
    net_amount = c.money("article lines after discount, before tax and shipping", required=True)
    currency = c.text("ISO 4217 code", required=True)
    paid_at = c.time("when the money was there", after="placed_at")
    customer_ref = c.reference("customers", "the customer; empty on an anonymous receipt")
    email_hash = c.keyed_hash("email", "keyed hash of the order's e-mail")
    phone_hash = c.keyed_hash("phone", "keyed hash of the order's phone number")
    member_hash = c.keyed_hash("member_no", "keyed hash of the order's member number")
    store_id = c.text("the shop of the till, or of the pick-up")
    region = c.text("delivery address's region")
    gross_amount = c.money("article lines before discount, before tax")
    tax_amount = c.money("tax on articles and shipping")
    shipping_amount = c.money("shipping before tax")
    payment_method = c.text("how it was paid")
    fulfilment = c.choice(
        "ship", "pickup", "instore", "digital", description="how the goods reach the customer"
    )
    promised_ship_at = c.time("shipped by then, as promised", ahead=True)
    promised_at = c.time("delivered by then, as promised", ahead=True)
    cancelled_at = c.time("when it was cancelled", after="placed_at")
    cancelled_by = c.choice("customer", "seller", "system", description="who cancelled")
    cancel_reason = c.choice(
        "stock", "price", "customer", "fraud", "payment", "other", description="why it was cancelled"
    )
    raw_cancel_reason = c.text("the system's own word for the reason", typed=True)
    tier = c.text("the customer's tier at that time")
    coupon = c.text("coupon code used")
    gift = c.flag("whether it is a gift")
    is_test = c.flag("whether it is a test order")


class OrderLines(Table):
    """One article line of an order; no shipping, reward, gift-card or section lines."""

    order_id = c.reference("orders", "the order", required=True, key=True)
    line_id = c.natural_key("the line within its order")
    sku = c.text("the article", required=True)
    quantity = c.quantity("as ordered", required=True)
    quantity_kept = c.quantity("after edits and cancellations")
    net_amount = c.money("line total after discount, before tax", required=True)
    list_price = c.money("price of one before discount")
    category = c.text("the article's category at that time")


class Payments(Table):
    """One payment attempt."""

    payment_id = c.key("the attempt")
    attempted_at = c.time("when it was tried", required=True, dates_row=True)
    succeeded = c.flag("whether the money came", required=True)
    order_id = c.reference("orders", "the order it was for")
    cart_id = c.reference("carts", "the cart it was for, where there is no order")
    method = c.text("card, wallet, cash ...")
    channel = c.text("where it was tried")
    amount = c.money("the amount")


class Shipments(Table):
    """One parcel or pick-up; an order may have several."""

    shipment_id = c.key("the parcel or pick-up")
    order_id = c.reference("orders", "the order", required=True)
    kind = c.choice("parcel", "pickup", description="how it reaches the customer", required=True)
    carrier = c.text("who carries it")
    shipped_at = c.time("handed to the carrier", dates_row=True)
    first_scan_at = c.time("first scan by the carrier", after="shipped_at")
    promised_at = c.time("delivered by then, as promised", ahead=True)
    ready_at = c.time("ready for collection")
    delivered_at = c.time("delivered, or collected for a pick-up", after="shipped_at")
    delivered_source = c.choice(
        "carrier", "shop", "assumed", description="who says that it was delivered; assumed is no knowledge"
    )
    expires_at = c.time("end of the collection period", ahead=True)
    tracked = c.flag("whether the carrier reports")
    exception = c.flag("whether the carrier reported a problem")
    damaged = c.flag("whether it arrived damaged")


class Returns(Table):
    """Goods coming back: one returned line."""

    return_id = c.key("the returned line")
    requested_at = c.time("when the customer asked, or brought it back", required=True, dates_row=True)
    order_id = c.reference("orders", "the order it belonged to")
    line_id = c.text("the line of that order")
    sku = c.text("the article")
    quantity = c.quantity("pieces coming back; empty counts the whole line")
    received_at = c.time("when the goods were back", after="requested_at")
    reason = c.choice(
        "quality", "logistics", "description", "size", "preference", "other", description="why, as six words"
    )
    raw_reason = c.text("the customer's or system's own words", typed=True)
    kind = c.choice("return", "exchange", description="whether the customer wants another piece")
    return_channel = c.text("where the goods were handed back")


class Refunds(Table):
    """Money going back, tax and shipping included."""

    refund_id = c.key("the refund")
    status = c.choice("settled", "pending", "failed", description="only settled money counts", required=True)
    amount = c.money("money going back, tax and shipping included", required=True)
    currency = c.text("ISO 4217 code", required=True)
    refunded_at = c.time("when the money left; required when settled", after="requested_at", dates_row=True)
    requested_at = c.time("when the customer asked; required when pending")
    order_id = c.reference("orders", "the order it belonged to")
    return_id = c.reference("returns", "the return it pays for")
    reason = c.text("why", typed=True)

    @dy.rule()
    def refunded_at__missing_when_settled(cls) -> pl.Expr:
        return (pl.col("status") != "settled") | pl.col("refunded_at").is_not_null()

    @dy.rule()
    def requested_at__missing_when_pending(cls) -> pl.Expr:
        return (pl.col("status") != "pending") | pl.col("requested_at").is_not_null()


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


class Products(Table):
    """One article."""

    sku = c.natural_key("the article")
    title = c.text("its name")
    category = c.text("its category")


class Prices(Table):
    """A price that held from a day on."""

    sku = c.natural_key("the article")
    channel = c.natural_key("where the price holds")
    from_day = c.day("first day", required=True, key=True)
    sell_price = c.money("what the customer pays for one", required=True)
    currency = c.text("ISO 4217 code", required=True)
    to_day = c.day("last day; empty while it holds")
    list_price = c.money("price before any offer")
    tax_included = c.flag("whether the prices contain tax")


class Listings(Table):
    """Whether and how an article could be bought, from a day on."""

    sku = c.natural_key("the article")
    channel = c.natural_key("where it is or is not sold")
    from_day = c.day("first day", required=True, key=True)
    listed = c.flag("whether it is on sale", required=True)
    in_stock = c.flag("whether it can be had at once")
    title_hash = c.digest("title", "hash of the title shown")
    has_image = c.flag("whether it shows a picture")
    has_description = c.flag("whether it shows a description")


class Stores(Table):
    """One shop."""

    store_id = c.natural_key("the shop")
    channel = c.text("the channel it belongs to", required=True)
    title = c.text("its name")
    region = c.text("its region")
    opened_on = c.day("opening day")


class Customers(Table):
    """One customer record of one system; a person may have several."""

    customer_ref = c.key("the record")
    email_hash = c.keyed_hash("email", "keyed hash of the e-mail")
    phone_hash = c.keyed_hash("phone", "keyed hash of the phone number")
    member_hash = c.keyed_hash("member_no", "keyed hash of the member number")
    is_guest = c.flag("whether the record was made by a guest order")
    created_at = c.time("when the record was made")
    tier = c.text("loyalty tier")
    region = c.text("the customer's region")


class Penalties(Table):
    """A platform's penalty."""

    channel = c.text("the channel it was given for", required=True)
    at = c.time("when it was given", required=True, dates_row=True)
    points = c.number("penalty points")
    amount = c.money("penalty money")
    currency = c.text("ISO 4217 code")
    reason = c.text("why", typed=True)


def name_of(table: type[Table]) -> str:
    """The name of a canonical table on the command line and in file names, e.g. `order_lines`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__).lower()


TABLES: dict[str, type[Table]] = {name_of(table): table for table in Table.__subclasses__()}


def table_named(name: str) -> type[Table]:
    """The canonical table called `name`.

    Raises:
        UnknownNameError: no canonical table is called so.
    """
    if name not in TABLES:
        raise unknown(Text("table", "表"), name, TABLES)
    return TABLES[name]


def columns_with(table: type[Table], mark: str) -> dict[str, Any]:
    """The columns whose metadata carry `mark`, with the value they carry, in the table's order."""
    marked = {name: (column.metadata or {}).get(mark) for name, column in table.columns().items()}
    return {name: value for name, value in marked.items() if value is not None and value is not False}


def plain_columns(table: type[Table]) -> dict[str, str]:
    """Per hash the column that a source may deliver in its place, plain; it is never stored."""
    return columns_with(table, "hash_of") | columns_with(table, "digest_of")


def required_of(table: type[Table]) -> list[str]:
    """The columns no row may be without."""
    return [name for name, column in table.columns().items() if not column.nullable]


def dated_by(table: type[Table]) -> str | None:
    """The column whose business day is the row's `day`; null for tables of things that have no day."""
    return next(iter(columns_with(table, "dates_row")), None)
