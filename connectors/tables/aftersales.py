"""Parcels on their way, goods coming back, and money with them."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from connectors import columns as c
from connectors.tables.base import Table


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
