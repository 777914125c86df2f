"""The canonical tables: what every connector delivers and every KPI reads."""

from __future__ import annotations

from connectors.errors import unknown
from connectors.tables.aftersales import Refunds, Returns, Shipments
from connectors.tables.articles import Listings, Prices, Products
from connectors.tables.base import Table, columns_with, dated_by, name_of, plain_columns, required_of
from connectors.tables.browsing import Carts, Visits
from connectors.tables.orders import STATUSES, OrderLines, Orders, Payments
from connectors.tables.service import Cases, Conversations
from connectors.tables.shops import Customers, Penalties, Stores
from connectors.tables.voice import Reviews, Surveys
from connectors.text import Text

TABLES: dict[str, type[Table]] = {
    name_of(table): table
    for table in (
        Visits,
        Carts,
        Orders,
        OrderLines,
        Payments,
        Shipments,
        Returns,
        Refunds,
        Cases,
        Conversations,
        Surveys,
        Reviews,
        Products,
        Prices,
        Listings,
        Stores,
        Customers,
        Penalties,
    )
}


def table_named(name: str) -> type[Table]:
    """The canonical table called `name`.

    Raises:
        UnknownNameError: no canonical table is called so.
    """
    if name not in TABLES:
        raise unknown(Text("table", "表"), name, TABLES)
    return TABLES[name]


__all__ = [
    "STATUSES",
    "TABLES",
    "Carts",
    "Cases",
    "Conversations",
    "Customers",
    "Listings",
    "OrderLines",
    "Orders",
    "Payments",
    "Penalties",
    "Prices",
    "Products",
    "Refunds",
    "Returns",
    "Reviews",
    "Shipments",
    "Stores",
    "Surveys",
    "Table",
    "Visits",
    "columns_with",
    "dated_by",
    "name_of",
    "plain_columns",
    "required_of",
    "table_named",
]
