"""Totals of real shops' tables, against SQL that asks the same of their databases in another way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from tests.connectors.system_world import Shop, dumped_shop
from tests.connectors.totals import formbricks, medusa, odoo, saleor, umami
from tests.connectors.totals.asked import Rows


def comparable(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in one order, numbers to the cent."""
    plain = [
        tuple(round(float(cell), 2) if isinstance(cell, int | float | Decimal) else cell for cell in row)
        for row in rows
    ]
    return sorted(plain, key=str)


CASES = [
    pytest.param(system, *case[1:], id=f"{system}: {case[0]}")
    for system, module in (
        ("odoo", odoo),
        ("saleor", saleor),
        ("medusa", medusa),
        ("umami", umami),
        ("formbricks", formbricks),
    )
    for case in module.CASES
]


@pytest.fixture(scope="module")
def rows_of(postgres_folder: str) -> Callable[[str], tuple[Shop, dict[str, Rows]]]:
    """A dump's shop and its accepted rows, read once."""
    read: dict[str, tuple[Shop, dict[str, Rows]]] = {}

    def rows_of(system: str) -> tuple[Shop, dict[str, Rows]]:
        if system not in read:
            shop = dumped_shop(postgres_folder, system)
            read[system] = shop, {name: accepted.rows for name, accepted in shop.accepted().items()}
        return read[system]

    return rows_of


@pytest.mark.parametrize(("system", "table", "total", "asked"), CASES)
def test_totals_are_what_the_database_says(
    system: str,
    table: str,
    total: Callable[[Rows], Rows],
    asked: str,
    rows_of: Callable[[str], tuple[Shop, dict[str, Rows]]],
) -> None:
    shop, rows = rows_of(system)
    assert comparable(total(rows[table]).rows()) == comparable(shop.database.run(asked))


def test_net_tax_and_shipping_make_medusas_own_total_where_nothing_was_changed(
    rows_of: Callable[[str], tuple[Shop, dict[str, Rows]]],
) -> None:
    shop, rows = rows_of("medusa")
    total = pl.col("net_amount") + pl.col("tax_amount") + pl.col("shipping_amount")
    ours = rows["orders"].select("order_id", total)
    theirs = shop.database.run(
        """SELECT o.id, (s.totals->>'original_order_total')::numeric FROM "order" o
           JOIN order_summary s ON s.order_id = o.id AND s.version = o.version AND s.deleted_at IS NULL
           WHERE NOT EXISTS (SELECT 1 FROM order_change c WHERE c.order_id = o.id AND c.status = 'confirmed'
               AND c.change_type IN ('edit', 'exchange', 'claim', 'credit_line'))"""
    )
    assert len(theirs) > 80
    assert comparable(
        ours.filter(pl.col("order_id").is_in([order for order, _ in theirs])).rows()
    ) == comparable(theirs)
