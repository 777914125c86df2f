"""What every derived table is: a schema whose dimensions are marked, under a name of its own."""

from __future__ import annotations

import re
from functools import cache

import dataframely as dy


class Facts(dy.Schema):
    """Base of the derived tables; `day` columns are days of the business zone, durations whole seconds."""


def dimension(description: str) -> dy.String:
    """A column by which figures can be split."""
    return dy.String(nullable=True, description=description, metadata={"dimension": True})


def ahead(days: int) -> dict[str, int]:
    """The metadata of a column that may still change until so many days after the day of its row."""
    return {"ahead_days": days}


def days_ahead_of(table: type[Facts]) -> dict[str, int]:
    """The columns that look ahead of their row's day, and by how many days."""
    told = {name: (column.metadata or {}).get("ahead_days") for name, column in table.columns().items()}
    return {name: days for name, days in told.items() if days is not None}


@cache
def name_of_facts(table: type[Facts]) -> str:
    """The name of a derived table in the snapshot, e.g. `order_facts`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__).lower()


def dimensions_of(table: type[Facts]) -> list[str]:
    """The dimensions that rows of a derived table carry."""
    return list(_dimensions(table))


@cache
def _dimensions(table: type[Facts]) -> tuple[str, ...]:
    return tuple(name for name, column in table.columns().items() if (column.metadata or {}).get("dimension"))
