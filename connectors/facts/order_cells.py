"""order_cells: paid orders put where visits are told of, so that both can be divided."""

from __future__ import annotations

import dataframely as dy

from connectors.facts.base import Facts, dimension


class OrderCells(Facts):
    """One row per day of payment, place as visits tell it, region and device: what was paid for there."""

    day = dy.Date(nullable=False, description="day paid")
    channel = dimension("where the customer was served")
    channel_kind = dimension("online, offline or unknown")
    store = dimension("the shop, as for orders; null where visits of the channel are told without shops")
    region = dimension("the shop's region when offline, else the delivery address's")
    device = dimension("the device of the visit that led to it")
    visits_known = dy.Bool(
        nullable=False, description="whether visits of its channel, store and day are known"
    )
    orders = dy.Int64(nullable=False, description="paid orders")
    orders_priced = dy.Int64(nullable=False, description="those whose amount is known")
    orders_unpriced = dy.Int64(nullable=False, description="those without a rate to the reporting currency")
    net_amount = dy.Decimal(
        18, 4, nullable=False, description="of orders whose amount is known, reporting currency"
    )
