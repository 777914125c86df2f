"""What all canonical tables have in common: names, and what the columns say of themselves."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import dataframely as dy


class Table(dy.Schema):
    """Base of the canonical tables: a class is at once schema, documentation and validation."""


def name_of(table: type[Table]) -> str:
    """The name of a canonical table on the command line and in file names, e.g. `order_lines`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__).lower()


@cache
def columns_with(table: type[Table], mark: str) -> dict[str, Any]:
    """The columns whose metadata carry `mark`, with the value they carry, in the table's order."""
    marked = {name: (column.metadata or {}).get(mark) for name, column in table.columns().items()}
    return {name: value for name, value in marked.items() if value is not None and value is not False}


def plain_columns(table: type[Table]) -> dict[str, str]:
    """Per hash the column that a source may deliver in its place, plain; it is never stored."""
    return columns_with(table, "hash_of") | columns_with(table, "digest_of")


def required_of(table: type[Table]) -> list[str]:
    """The columns no row may be without."""
    return [name for name, column in table.columns().items() if not column.nullable]


def dated_by(table: type[Table]) -> str | None:
    """The column whose business day is the row's `day`; null for tables of things that have no day."""
    return next(iter(columns_with(table, "dates_row")), None)
