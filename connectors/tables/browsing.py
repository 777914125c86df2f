"""Visits and carts: what people looked at before they bought."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from connectors import columns as c
from connectors.tables.base import Table


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
