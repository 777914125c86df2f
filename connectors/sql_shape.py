"""Fits SELECTs to the database at hand: tables and columns that this version lacks become nulls."""

from __future__ import annotations

import re
from collections.abc import Mapping

from connectors.postgres import PostgresSession

COLUMNS = """
SELECT given.name, attribute.attname
FROM unnest(%(names)s::text[]) AS given (name)
JOIN pg_attribute AS attribute ON attribute.attrelid = to_regclass(quote_ident(given.name))
WHERE attribute.attnum > 0 AND NOT attribute.attisdropped
"""

Columns = Mapping[str, Mapping[str, str]]
"""PostgreSQL types by column by table."""


def columns_of(reads: str) -> Columns:
    """What a system reads, from its declaration.

    >>> columns_of("sale_order (id integer, date_order timestamp)")
    {'sale_order': {'id': 'integer', 'date_order': 'timestamp'}}
    """
    return {
        table: dict(column.split() for column in columns.split(","))
        for table, columns in re.findall(r"(\w+)\s*\(([^)]*)\)", reads)
    }


class Shape:
    """Which of the tables and columns that a system may have are there in one database."""

    def __init__(self, known: Columns, found: Mapping[str, frozenset[str]]) -> None:
        """Compare.

        Args:
            known: every table and column that the system's SELECTs read.
            found: the columns of those tables that exist.
        """
        self._known = known
        self._found = found

    def has(self, place: str) -> bool:
        """Whether a table, or a column given as `table.column`, is there."""
        table, _, column = place.partition(".")
        return table in self._found and (not column or column in self._found[table])

    def stand_ins(self, select: str) -> dict[str, str]:
        """For each table of the SELECT that is absent or incomplete, a query that stands in for it."""
        return {
            table: self._stand_in(table)
            for table in self._known
            if self._lacking(table) and re.search(rf'(?<![\w.])"?{table}"?(?!\w)', select)
        }

    def _lacking(self, table: str) -> dict[str, str]:
        found = self._found.get(table, frozenset())
        return {column: kind for column, kind in self._known[table].items() if column not in found}

    def _stand_in(self, table: str) -> str:
        nulls = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in self._lacking(table).items())
        if table not in self._found:
            return f"SELECT {nulls} WHERE false"
        return f'SELECT *, {nulls} FROM "{table}"'


def shape_of(session: PostgresSession, known: Columns) -> Shape:
    """Look which tables and columns exist, whether or not the role may read them."""
    found: dict[str, set[str]] = {}
    for table, column in session.fetch(COLUMNS, {"names": list(known)}):
        found.setdefault(table, set()).add(column)
    return Shape(known, {table: frozenset(columns) for table, columns in found.items()})


def with_tables(select: str, queries: Mapping[str, str]) -> str:
    """A SELECT over tables that are queries; `select` may begin with its own WITH."""
    if not queries:
        return select
    named = ",\n".join(f'"{name}" AS NOT MATERIALIZED ({query})' for name, query in queries.items())
    return f"WITH {named}\nSELECT * FROM (\n{select}\n) AS delivered"
