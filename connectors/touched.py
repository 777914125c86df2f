"""Finds what changed in a table that a SELECT makes of several: declared per system, written as SQL here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from connectors.following import OVERLAP, UPDATED_AT

TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class Touched:
    """How the rows of a canonical table that changed are found, so that only they are read again.

    Attributes:
        by: the canonical column whose values say which rows are read again together, e.g. `order_id`.
        sql: a SELECT of `by`, as the table's own SELECT delivers it, and `updated_at`: a row for every row,
            deleted ones too, of each table that the SELECT joins. Other columns may serve `narrow`.
        narrow: for tables of the SELECT, which of their rows the touched ones need, e.g.
            `{"order": "id IN (SELECT id FROM touched)"}`; for speed only.
    """

    by: str
    sql: str
    narrow: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """What fills one canonical table, fitted to the database at hand.

    Attributes:
        sql: the SELECT of all rows.
        by: the canonical columns that name what is read again together; empty where changes are not followed.
        touched: a SELECT of `by` and `updated_at`, a row for everything that may change.
        changed: makes the SELECT of all rows of what was touched since a moment, given as SQL.
        keeps_history: whether rows that are no longer delivered are kept.
    """

    sql: str
    by: tuple[str, ...] = ()
    touched: str = ""
    changed: Callable[[str], str] = str
    keeps_history: bool = False


def since_sql(watermark: str) -> str:
    """The moment from which changes are looked for, as SQL: some hours before the last one seen."""
    seconds = int(OVERLAP.total_seconds())
    return f"('{watermark}'::timestamptz - interval '{seconds} seconds')"


def later(since: str) -> str:
    """The condition that a row was touched; one without a stamp may have been."""
    return f"({UPDATED_AT} IS NULL OR {UPDATED_AT} >= {since})"


def own_stamp(select: str, by: str) -> Statement:
    """A SELECT that delivers `updated_at` itself.

    With a row that changed all others of its name are read, or a second one of the same key would be lost.
    """

    def changed(since: str) -> str:
        moved = f"SELECT {by} FROM (\n{select}\n) AS stamped WHERE {later(since)}"
        return f"SELECT * FROM (\n{select}\n) AS delivered WHERE {by} IN ({moved})"

    return Statement(select, (by,), select, changed)


def narrowed(select: str, by: str, touched: str, queries: Mapping[str, str], since: str) -> str:
    """The SELECT, reading of its tables only what the touched rows need.

    Args:
        select: the SELECT; its tables may be stood in for by `queries`.
        by: the column whose touched values are wanted.
        touched: the SELECT of what may be touched.
        queries: by table, the query that stands in for it; it may read from `touched`.
        since: the moment from which on rows are touched, as SQL.
    """
    moved = f"SELECT * FROM (\n{touched}\n) AS stamped WHERE {later(since)}"
    # Without MATERIALIZED every table that is narrowed would look for what was touched anew.
    named = [f"{TOUCHED} AS MATERIALIZED ({moved})"]
    named += [f'"{name}" AS NOT MATERIALIZED ({query})' for name, query in queries.items()]
    listed = ",\n".join(named)
    return (
        f"WITH {listed}\nSELECT delivered.* FROM (\n{select}\n) AS delivered\n"
        f"WHERE delivered.{by} IN (SELECT {TOUCHED}.{by} FROM {TOUCHED})"
    )
