"""Follows a table of a PostgreSQL database: stamps, keys, months and rows, all asked of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl
from psycopg.postgres import types

from connectors.following import FILED_AT, UPDATED_AT, Following
from connectors.months import WRITTEN, months_of, next_month
from connectors.postgres import PostgresSession
from connectors.postgres_frames import Types, as_table
from connectors.postgres_types import FIRST, LAST, is_moment
from connectors.tables import Table, columns_with, dated_by, name_of
from connectors.touched import Statement, later, own_stamp, since_sql

EARLIEST = "1970-01-01"
DATE = types["date"].oid


class PostgresFollowing(Following):
    """One table behind an open session; every answer is of the same moment."""

    def __init__(self, session: PostgresSession, table: type[Table], statement: Statement) -> None:
        """Follow what a statement with `by` delivers."""
        self.by: Sequence[str] = statement.by
        self.statement = f"{statement.sql}\n;\n{statement.touched}"
        self.source = session.shown
        self._session = session
        self._name = name_of(table)
        self._fitted = statement
        self._types = session.types(self._name, statement.sql)
        self.delivered = repr(dict(self._types))
        self.filed_by = next((name for name in (FILED_AT, dated_by(table)) if name in self._types), None)
        self._is_moment = self.filed_by is not None and is_moment(self._types[self.filed_by])
        column = f"c{list(self._types).index(self.filed_by)}" if self.filed_by else "NULL"
        self._filed = column if self._is_moment else f"{column}::text"

    def watermark(self) -> str | None:
        stamped = f"(\n{self._fitted.touched}\n) AS stamped"
        found = self._frame(f"SELECT {_newest()} AS {UPDATED_AT} FROM {stamped}")
        stamp: str | None = found[UPDATED_AT].item()
        return stamp

    def touched(self, since: str) -> pl.DataFrame:
        listed = ", ".join(self.by)
        return self._frame(
            f"SELECT {listed}, {_newest()} AS {UPDATED_AT} FROM (\n{self._fitted.touched}\n) AS stamped "
            f"WHERE {later(self._since(since))} GROUP BY {listed}"
        )

    def changed(self, since: str) -> Iterator[pl.DataFrame]:
        return self._session.chunks(self._name, self._fitted.changed(self._since(since)))

    def months(self, since: str | None = None) -> Mapping[str | None, int]:
        counted = self._frame(
            f"SELECT {self._group()} AS filed, count(*) AS rows FROM {self._rows()} "
            f"WHERE {self._from(since)} GROUP BY 1"
        )
        months = counted.select(months_of(counted["filed"]).alias("month"), "rows")
        found = months.group_by("month").agg(pl.col("rows").sum()).iter_rows()
        return {month: rows for month, rows in found if since is None or (month or "") >= since}

    def of_month(self, month: str | None, columns: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        names = ", ".join(
            f'c{place} AS "{name}"'
            for place, name in enumerate(self._types)
            if name in columns or not columns
        )
        wanted = f"SELECT {names} FROM {self._rows()} WHERE {self._within(month)}"
        return self._session.chunks(self._name, wanted)

    def _since(self, watermark: str) -> str:
        """The moment from which on rows may have changed; from its midnight on where stamps are days."""
        moment = since_sql(watermark)
        return f"{moment}::date" if self._types.get(UPDATED_AT) == DATE else moment

    def _frame(self, select: str) -> pl.DataFrame:
        return pl.concat(self._session.chunks(self._name, select))

    def _rows(self) -> str:
        return as_table(self._fitted.sql, self._types)

    def _group(self) -> str:
        """What rows are counted by; to write the month of every moment would cost much more than its day."""
        if self._is_moment:
            return f"CASE WHEN {_finite(self._filed)} THEN {self._filed}::date END"
        return f"substring({self._filed} FROM '{WRITTEN}')"

    def _from(self, month: str | None) -> str:
        if month is None or not self._is_moment:
            return "true"
        return f"{self._filed} >= '{month}-01' AND {_finite(self._filed)}"

    def _within(self, month: str | None) -> str:
        if self.filed_by is None:
            return "true"
        if not self._is_moment:
            return f"{self._group()} IS NOT DISTINCT FROM {_text(month)}"
        if month is None:
            return f"NOT coalesce({_finite(self._filed)}, false)"
        return f"{self._filed} >= '{month}-01' AND {self._filed} < '{next_month(month)}-01'"


def followed(session: PostgresSession, table: type[Table], statement: Statement) -> PostgresFollowing | None:
    """How a table is followed; null where its statement does not tell what changed.

    Rows that are kept when they are no longer delivered are not followed: nothing is filed beside them.
    A SELECT of the user's own tells it by a column `updated_at`, if it is a time and the table has a key.
    """
    if statement.keeps_history:
        return None
    if not statement.by:
        delivered: Types = session.types(name_of(table), statement.sql)
        key = tuple(columns_with(table, "key"))
        if not key or not is_moment(delivered.get(UPDATED_AT, 0)) or not set(key) <= set(delivered):
            return None
        statement = own_stamp(statement.sql, key[0])
    return PostgresFollowing(session, table, statement)


def _newest() -> str:
    """The newest stamp as text; not of those that lie ahead, as nothing would be newer for long."""
    past = f"{UPDATED_AT} BETWEEN '{EARLIEST}' AND now()"
    return f"(max({UPDATED_AT}) FILTER (WHERE {past}))::timestamptz::text"


def _finite(column: str) -> str:
    return f"({column} >= '{FIRST}' AND {column} <= '{LAST}')"


def _text(month: str | None) -> str:
    return "NULL" if month is None else f"'{month}'"
