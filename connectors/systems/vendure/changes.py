"""How it is found which of Vendure's orders changed: by the stamps of all that an order is made of."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.sql_system import Touched
from connectors.systems.vendure.parts import ROOT

_FAMILY = """(
    SELECT id FROM touched UNION ALL
    SELECT part.id FROM "order" AS part
    WHERE part."aggregateOrderId" IS NOT NULL AND part."aggregateOrderId" IN (SELECT id FROM touched))"""
"""The touched orders and what sellers have of them, which most shops have none of."""

_STAMPS = {
    "order": 'SELECT id AS "orderId", "updatedAt" FROM "order"',
    "order_line": 'SELECT "orderId", "updatedAt" FROM order_line',
    "shipping_line": 'SELECT "orderId", "updatedAt" FROM shipping_line',
    "payment": 'SELECT "orderId", "updatedAt" FROM payment',
    "history_entry": 'SELECT "orderId", "updatedAt" FROM history_entry WHERE "orderId" IS NOT NULL',
    "refund": """
        SELECT payment."orderId", refund."updatedAt"
        FROM refund JOIN payment ON refund."paymentId" = payment.id""",
    "fulfillment": """
        SELECT related."orderId", fulfillment."updatedAt" FROM fulfillment
        JOIN order_fulfillments_fulfillment AS related ON related."fulfillmentId" = fulfillment.id""",
    "order_line_reference": """
        SELECT line."orderId", piece."updatedAt"
        FROM order_line_reference AS piece JOIN order_line AS line ON piece."orderLineId" = line.id""",
    "product_variant": """
        SELECT line."orderId", variant."updatedAt"
        FROM product_variant AS variant JOIN order_line AS line ON line."productVariantId" = variant.id""",
    "customer": """
        SELECT placed.id, greatest(customer."updatedAt", customer."deletedAt")
        FROM customer JOIN "order" AS placed ON placed."customerId" = customer.id""",
    "channel": """
        SELECT related."orderId", channel."updatedAt"
        FROM channel JOIN order_channels_channel AS related ON related."channelId" = channel.id""",
    "shipping_method": """
        SELECT line."orderId", method."updatedAt"
        FROM shipping_method AS method JOIN shipping_line AS line ON line."shippingMethodId" = method.id""",
}
"""Per table, which order each row is about and when it changed.

An order's channels and parcels are joined to it by tables without a stamp, written with the order or parcel.
"""

_PARTS_OF_ORDERS = (
    "order_line", "shipping_line", "payment", "history_entry", "order_channels_channel",
    "order_fulfillments_fulfillment",
)  # fmt: skip

_NARROW = {
    **dict.fromkeys(_PARTS_OF_ORDERS, f'"orderId" IN {_FAMILY}'),
    "order": f"id IN {_FAMILY}",
}
"""Orders come last: the others are to look for parts in the table itself, not in what is narrowed."""

NARROW_REFUNDS = {
    "refund": f'"paymentId" IN (SELECT id FROM payment WHERE "orderId" IN {_FAMILY})',
    "history_entry": f'"orderId" IN {_FAMILY}',
}
"""Payments and orders are few once the refunds are."""


def touched_orders(*names: str, narrow: Mapping[str, str] = _NARROW) -> Touched:
    """How the orders whose rows changed in some of Vendure's tables are found, by the customer's order."""
    stamps = "\nUNION ALL ".join(_STAMPS[name].strip() for name in names)
    return Touched(
        by="order_id",
        sql=f"""
SELECT {ROOT}::text AS order_id, {ROOT} AS id, stamp."updatedAt" AS updated_at
FROM ({stamps}) AS stamp JOIN "order" AS placed ON stamp."orderId" = placed.id""",
        narrow=narrow,
    )
