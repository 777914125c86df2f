"""Reads canonical tables without what belongs to test orders: nothing that a tester did counts anywhere."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

Scan = Callable[[str], pl.LazyFrame]
OF_ORDERS = (
    "order_lines",
    "carts",
    "payments",
    "shipments",
    "returns",
    "refunds",
    "cases",
    "surveys",
    "reviews",
)
# A row that names no order may name a row that does.
THROUGH = {
    "carts": ("cart_id", ("payments",)),
    "payments": ("cart_id", ("carts", "payments")),
    "refunds": ("return_id", ("returns",)),
}


def without_tests(scan: Scan) -> Scan:
    """The same tables without the rows that an order link, their own or another row's, ties to a test order.

    Orders themselves stay: they say that they are tests. Visits stay too: somebody was there.

    Args:
        scan: reads a joined canonical table.
    """
    tests = _known(scan("orders").filter("is_test").select("order_id"))
    if not tests.len():
        return scan
    of_tests = pl.col("order_id").is_in(tests.implode()).fill_null(value=False)
    named = {
        table: (column, _known(pl.concat(scan(name).filter(of_tests).select(column) for name in others)))
        for table, (column, others) in THROUGH.items()
    }

    def scanned(table: str) -> pl.LazyFrame:
        rows = scan(table)
        if table not in OF_ORDERS:
            return rows
        kept = rows.filter(~of_tests)
        if table not in named:
            return kept
        column, values = named[table]
        of_named = pl.col(column).is_in(values.implode()).fill_null(value=False)
        return kept.filter(~(pl.col("order_id").is_null() & of_named))

    return scanned


def _known(rows: pl.LazyFrame) -> pl.Series:
    return rows.drop_nulls().unique().collect(engine="streaming").to_series()
