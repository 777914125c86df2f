"""How rows of Saleor's that changed are found: orders have a stamp, and a log of what was done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from connectors.sql_system import Touched
from connectors.stamps import of_last, union

PARTS_OF_ORDERS = (
    *of_last("placed.id::text AS order_id, placed.id", "order_order AS placed", stamp="updated_at"),
    *of_last("event.order_id::text, event.order_id", "order_orderevent AS event", stamp="date"),
)
"""Lines and fulfilments have no stamp: whoever changes them writes the order, or at least into its log."""

VANISHED_ARTICLES = (
    """
SELECT line.order_id::text, line.order_id, NULL::timestamptz FROM order_orderline AS line
WHERE line.variant_id IS NULL AND coalesce(line.product_sku, '') = ''""",
)
"""When an article without a SKU is deleted, its lines lose what they were called by, without a trace."""


def touched(by: str, narrow: Mapping[str, str], *selects: Iterable[str]) -> Touched:
    """What the rows behind some SELECTs touch."""
    return Touched(by, union(chain(*selects)), narrow)
