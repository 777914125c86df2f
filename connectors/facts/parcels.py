"""parcel_facts: what became of each parcel and pick-up."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class ParcelFacts(Facts):
    """One row per parcel or pick-up, and one per paid order to ship that has none yet."""

    shipment_id = dy.String(nullable=True, description="the parcel or pick-up; null for one still to come")
    order_id = dy.String(nullable=False, description="the order")
    channel = dimension("the order's")
    channel_kind = dimension("the order's")
    store = dimension("the order's")
    region = dimension("the order's")
    category = dimension("the order's")
    customer_type = dimension("the order's")
    tier = dimension("the order's")
    payment_method = dimension("the order's")
    carrier = dimension("who carries it")
    kind = dy.String(nullable=False, description="parcel or pickup")
    counted = dy.Bool(
        nullable=False,
        description="of a sale, no test, that is confirmed or was cancelled after this had left",
    )
    shipped_day = dy.Date(nullable=True, description="day handed to the carrier, else of the first scan")
    scan_due_day = dy.Date(
        nullable=True, description="day on which 48 hours from the clock's start are over; null while not due"
    )
    scanned = dy.Bool(nullable=True, description="the carrier scanned it; null where no scans are delivered")
    scanned_48h = dy.Bool(
        nullable=True,
        description="first scan within 48 hours of the clock's start; null where its scans are not delivered",
    )
    promised_day = dy.Date(
        nullable=True, description="day by which it was promised; null without a promise or while not due"
    )
    days_late = dy.Int64(
        nullable=True, description="calendar days after its promise, negative early, null where not known"
    )
    tracked = dy.Bool(nullable=True, description="whether the carrier reports; null where that is not told")
    exception = dy.Bool(nullable=True, description="the carrier had a problem; null where none are delivered")
    delivered = dy.Bool(nullable=True, description="it arrived; null where that is not known or only assumed")
    damaged = dy.Bool(nullable=True, description="it arrived damaged; null where damage is not delivered")
    ready_day = dy.Date(nullable=True, description="day on which a pick-up was ready")
    ready_seconds = dy.Int64(nullable=True, description="ready minus the clock's start, never below 0")
    collected_day = dy.Date(nullable=True, description="day on which a pick-up was collected")
    collected_in_time = dy.Bool(
        nullable=True,
        description="collected by the end of the collection period; null without one or where not known",
    )
