"""The parts of order_facts about fulfilment: what was cancelled, shipped, delivered, and in what state."""

from __future__ import annotations

import dataframely as dy


class OrderDispatch(dy.Schema):
    """What left the house for an order, and what never did."""

    handed_over = dy.Bool(
        nullable=False, description="carried out of a shop when it was paid: neither sent nor picked up later"
    )
    sold = dy.Bool(nullable=False, description="a paid order, or one cancelled after it had been paid")
    sold_day = dy.Date(nullable=True, description="day paid, of orders cancelled later too; null unless sold")
    seller_cancelled = dy.Bool(
        nullable=True,
        description="the seller cancelled it before anything left; null where cancelled by nobody knows whom",
    )
    promised_ship_day = dy.Date(
        nullable=True,
        description="day by which it was to be shipped; null without a promise or while not due",
    )
    shipped_late = dy.Bool(
        nullable=True,
        description="a parcel left, or had still not left, after the promise; null where not known",
    )
    parcels = dy.Int64(nullable=False, description="parcels that left; pick-ups are none")
    damaged = dy.Bool(
        nullable=True, description="a parcel arrived damaged; null where damage is not delivered"
    )
    in_full = dy.Bool(
        nullable=True,
        description="no piece was dropped after ordering; null without lines or where that is not told",
    )
