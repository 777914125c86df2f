"""How rows of Medusa's that changed are found: each has a stamp, and another once it is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain

from connectors.sql_system import Touched
from connectors.stamps import of_each, of_last, union

last = partial(of_last, stamp="updated_at", deleted="deleted_at")
each = partial(of_each, stamp="updated_at", deleted="deleted_at")

PIECE = "order_item AS piece"
CHOSEN = "order_shipping AS chosen"
METHOD = (
    "order_shipping_method AS method ON method.id = chosen.shipping_method_id AND chosen.deleted_at IS NULL"
)
PLACES = (
    "service_zone ON service_zone.id = shipping_option.service_zone_id",
    "fulfillment_set AS place ON place.id = service_zone.fulfillment_set_id",
)
SITES = (
    "location_fulfillment_set AS related ON related.fulfillment_set_id = place.id",
    "stock_location ON stock_location.id = related.stock_location_id",
)


def touched(by: str, narrow: Mapping[str, str], *selects: Iterator[str]) -> Touched:
    """What the rows behind some SELECTs touch.

    Medusa sets the stamp of every row it changes, also in the tables that join two others. Where a table is
    reached through links or pieces, only those that are not deleted count: a deletion touches by itself.
    """
    return Touched(by, union(chain(*selects)), narrow)


def pieces_with(table: str, key: str) -> Iterator[str]:
    """Which orders the rows of a table about order lines touch."""
    part = f"{table} AS part ON part.{key} = piece.item_id AND piece.deleted_at IS NULL"
    return last("piece.order_id", PIECE, part)


def costs_with(table: str) -> Iterator[str]:
    """Which orders the rows of a table about shipping methods touch."""
    part = f"{table} AS part ON part.shipping_method_id = chosen.shipping_method_id"
    return last("chosen.order_id", CHOSEN, f"{part} AND chosen.deleted_at IS NULL")


def items() -> Iterator[str]:
    """Which orders the rows that order lines are made of touch."""
    yield from last("piece.order_id", PIECE)
    yield from pieces_with("order_line_item", "id")
    for table in (
        "order_line_item_adjustment", "order_line_item_tax_line", "order_exchange_item", "order_claim_item",
    ):  # fmt: skip
        yield from pieces_with(table, "item_id")
    yield from last("placed.id AS order_id", '"order" AS placed')


ORDERED = "IN (SELECT order_id FROM touched)"
_LINES = f"IN (SELECT piece.item_id FROM order_item AS piece WHERE piece.order_id {ORDERED})"
_METHODS = (
    f"IN (SELECT chosen.shipping_method_id FROM order_shipping AS chosen WHERE chosen.order_id {ORDERED})"
)

NARROW_ITEMS = {
    "order": f"id {ORDERED}",
    "order_item": f"order_id {ORDERED} AND deleted_at IS NULL",
    "order_line_item": f"id {_LINES}",
    "order_line_item_adjustment": f"item_id {_LINES} AND deleted_at IS NULL",
    "order_line_item_tax_line": f"item_id {_LINES} AND deleted_at IS NULL",
}
NARROW_ORDERS = {
    **NARROW_ITEMS,
    "order_shipping": f"order_id {ORDERED} AND deleted_at IS NULL",
    "order_shipping_method_adjustment": f"shipping_method_id {_METHODS} AND deleted_at IS NULL",
    "order_shipping_method_tax_line": f"shipping_method_id {_METHODS} AND deleted_at IS NULL",
    "order_payment_collection": f"order_id {ORDERED} AND deleted_at IS NULL",
}
