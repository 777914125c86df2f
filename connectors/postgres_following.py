"""Follows a table of a PostgreSQL database: stamps, keys, months and rows, all asked of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from connectors.following import FILED_AT, UPDATED_AT, Following
from connectors.months import WRITTEN, months_of, next_month
from connectors.postgres import PostgresSession
from connectors.postgres_frames import Types, as_table
from connectors.postgres_types import FIRST, LAST, is_moment
from connectors.tables import Table, columns_with, dated_by, name_of
from connectors.touched import Statement, later, own_stamp, since_sql

EARLIEST = "1970-01-01"


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
        self.filed_by = next((name for name in (FILED_AT, dated_by(table)) if name in self._types), None)
        self._is_moment = self.filed_by is not None and is_moment(self._types[self.filed_by])
        column = f"c{list(self._types).index(self.filed_by)}" if self.filed_by else "NULL"
        self._filed = column if self._is_moment else f"{column}::text"

    def watermark(self) -> str | None:
        found = self._frame(f"SELECT {_stamp()} AS {UPDATED_AT} FROM (\n{self._fitted.touched}\n) AS stamped")
        stamp: str | None = found[UPDATED_AT].item()
        return stamp

    def touched(self, since: str) -> pl.DataFrame:
        listed = ", ".join(self.by)
        return self._frame(
            f"SELECT {listed}, {_stamp()} AS {UPDATED_AT} FROM (\n{self._fitted.touched}\n) AS stamped "
            f"WHERE {later(since_sql(since))} GROUP BY {listed}"
        )

    def changed(self, since: str) -> Iterator[pl.DataFrame]:
        return self._session.chunks(self._name, self._fitted.changed(since_sql(since)))

    def months(self, since: str | None = None) -> Mapping[str | None, int]:
        counted = self._frame(
            f"SELECT {self._group()} AS filed, count(*) AS rows FROM {self._rows()} "
            f"WHERE {self._from(since)} GROUP BY 1"
        )
        months = counted.select(months_of(counted["filed"]).alias("month"), "rows")
        return dict(months.group_by("month").agg(pl.col("rows").sum()).iter_rows())

    def of_month(self, month: str | None, columns: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        names = ", ".join(
            f'c{place} AS "{name}"'
            for place, name in enumerate(self._types)
            if name in columns or not columns
        )
        wanted = f"SELECT {names} FROM {self._rows()} WHERE {self._within(month)}"
        return self._session.chunks(self._name, wanted)

    def _frame(self, select: str) -> pl.DataFrame:
        return pl.concat(self._session.chunks(self._name, select))

    def _rows(self) -> str:
        return as_table(self._fitted.sql, self._types)

    def _group(self) -> str:
        """What rows are counted by; to write the month of every moment would cost much more than its day."""
        return f"{self._filed}::date" if self._is_moment else f"substring({self._filed} FROM '{WRITTEN}')"

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

    A SELECT of the user's own tells it by a column `updated_at`, if it is a time and the table has a key.
    """
    if not statement.by:
        types: Types = session.types(name_of(table), statement.sql)
        key = tuple(columns_with(table, "key"))
        if not key or not is_moment(types.get(UPDATED_AT, 0)) or not set(key) <= set(types):
            return None
        statement = own_stamp(statement.sql, key)
    return PostgresFollowing(session, table, statement)


def _stamp() -> str:
    """The newest stamp as text; one that lies ahead counts as now, or nothing would be newer for long."""
    return f"greatest(least(max({UPDATED_AT})::timestamptz, now()), '{EARLIEST}')::text"


def _finite(column: str) -> str:
    return f"({column} >= '{FIRST}' AND {column} <= '{LAST}')"


def _text(month: str | None) -> str:
    return "NULL" if month is None else f"'{month}'"
