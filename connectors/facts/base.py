"""What every derived table is: a schema whose dimensions are marked, under a name of its own."""

from __future__ import annotations

import re

import dataframely as dy


class Facts(dy.Schema):
    """Base of the derived tables; `day` columns are days of the business zone, durations whole seconds."""


def dimension(description: str) -> dy.String:
    """A column by which figures can be split."""
    return dy.String(nullable=True, description=description, metadata={"dimension": True})


def name_of_facts(table: type[Facts]) -> str:
    """The name of a derived table in the snapshot, e.g. `order_facts`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", table.__name__).lower()


def dimensions_of(table: type[Facts]) -> list[str]:
    """The dimensions that rows of a derived table carry."""
    return [name for name, column in table.columns().items() if (column.metadata or {}).get("dimension")]
