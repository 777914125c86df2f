"""Lives the demo's two years: from people and goods to everything that follows from their purchases."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from connectors.demo.baskets import baskets
from connectors.demo.cancellations import with_cancellations, with_uncollected
from connectors.demo.carts import carts
from connectors.demo.cases import cases
from connectors.demo.catalogue import buying_weights, listings, products
from connectors.demo.conversations import conversations
from connectors.demo.effects import PLANTED, Effect
from connectors.demo.fulfilment import parcels, pick_ups
from connectors.demo.orders import order_heads
from connectors.demo.outcome import experiences, to_fulfil, with_states
from connectors.demo.payments import pay
from connectors.demo.penalties import penalties
from connectors.demo.people import ANONYMOUS_RECEIPTS, PEOPLE, draw_people, purchases
from connectors.demo.places import stores
from connectors.demo.prices import price_book
from connectors.demo.records import customer_records
from connectors.demo.refunds import refunds
from connectors.demo.replacements import replacements
from connectors.demo.returns import returned_lines
from connectors.demo.shortfalls import shortfalls, with_kept
from connectors.demo.voice import reviews, surveys

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Simulated:
    """A retailer's two years.

    Attributes:
        shop: the tables of the shop by name; times are seconds since 1970 UTC.
        online: the orders of online customers (see `traffic.visits`).
        receipts: the receipts of the tills (see `doors.door_counts`).
    """

    shop: Tables
    online: pl.DataFrame
    receipts: pl.DataFrame


def simulate(scale: float = 1.0, effects: tuple[Effect, ...] = PLANTED) -> Simulated:
    """Simulate the retailer; equal arguments give equal data.

    Args:
        scale: how many people there are, 1 for the demo's own number (about 60,000 orders).
        effects: the planted effects; empty for a retailer to whom nothing unusual happens.
    """
    sold = _sold(scale, effects)
    orders, lines = sold["sales_order"], sold["order_line"]
    sent = _sent(to_fulfil(orders), effects, "parcels")
    orders = with_uncollected(orders, sent)
    lived = experiences(orders, sent)
    had = lived.filter(pl.col("had_at").is_not_null())
    returned = returned_lines(had, lines)
    again, lines_again = replacements(orders, lines, returned, had.filter("damaged"))
    sent_again = _sent(again.with_columns(clock_at="placed_at"), effects, "replacement parcels")
    opened = cases(lived)
    shipments = pl.concat([sent, sent_again], how="diagonal").with_row_index("id", offset=1)
    short = shortfalls(lines, returned, sent)
    shop = sold | {
        "sales_order": with_states(pl.concat([orders, again], how="diagonal"), shipments),
        "order_line": with_kept(pl.concat([lines, lines_again]), short),
        "shipment": shipments,
        "return_line": returned,
        "refund": refunds(returned, orders, short, effects),
        "conversation": conversations(lived),
        "service_case": opened,
        "penalty": penalties(lived, opened),
        "survey": surveys(had.filter(pl.col("customer_id").is_not_null()), effects),
        "review": reviews(had, lines),
    }
    at_till = pl.col("fulfilment") == "instore"
    return Simulated(
        shop, orders.filter(~at_till & ~pl.col("is_draft") & ~pl.col("is_test")), orders.filter(at_till)
    )


def _sold(scale: float, effects: tuple[Effect, ...]) -> Tables:
    """The shop's tables up to the moment when orders are paid or given up."""
    articles = products()
    listed, book = listings(articles), price_book(articles, effects)
    people = draw_people(max(round(PEOPLE * scale), 1))
    bought = purchases(people, round(ANONYMOUS_RECEIPTS * scale), effects)
    customers, linked = customer_records(people, bought)
    heads = order_heads(people, linked)
    lines, filled = baskets(heads, articles, buying_weights(articles, listed), book)
    attempts, paid = pay(filled, effects)
    return {
        "product": articles,
        "store": stores(),
        "price": book.table(),
        "listing": listed,
        "customer": customers,
        "sales_order": with_cancellations(paid),
        "order_line": lines,
        "payment_attempt": attempts,
        "cart": carts(paid),
    }


def _sent(orders: pl.DataFrame, effects: tuple[Effect, ...], subject: str) -> pl.DataFrame:
    """The shipments of orders that are to be fulfilled, in the order of their orders."""
    shipped = parcels(orders.filter(pl.col("fulfilment") == "ship"), effects, subject)
    collected = pick_ups(orders.filter(pl.col("fulfilment") == "pickup"), f"{subject} to collect")
    return pl.concat([shipped, collected], how="diagonal").sort("order_id", maintain_order=True)
