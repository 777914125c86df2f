"""Follows a table of a PostgreSQL database: stamps, keys, months and rows, all asked of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from connectors.following import FILED_AT, UPDATED_AT, Following
from connectors.months import WRITTEN, next_month
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

    def months(self) -> Mapping[str | None, int]:
        counted = self._frame(
            f"SELECT {self._month()} AS month, count(*) AS rows FROM {self._rows()} GROUP BY 1"
        )
        return dict(counted.iter_rows())

    def of_month(self, month: str | None) -> Iterator[pl.DataFrame]:
        names = ", ".join(f'c{place} AS "{name}"' for place, name in enumerate(self._types))
        wanted = f"SELECT {names} FROM {self._rows()} WHERE {self._within(month)}"
        return self._session.chunks(self._name, wanted)

    def _frame(self, select: str) -> pl.DataFrame:
        return pl.concat(self._session.chunks(self._name, select))

    def _rows(self) -> str:
        return as_table(self._fitted.sql, self._types)

    def _column(self) -> tuple[str, bool]:
        """The column by which rows are filed, and whether it is a moment."""
        assert self.filed_by is not None  # noqa: S101
        return f"c{list(self._types).index(self.filed_by)}", is_moment(self._types[self.filed_by])

    def _month(self) -> str:
        if self.filed_by is None:
            return "NULL::text"
        column, moment = self._column()
        if moment:
            return f"CASE WHEN {_finite(column)} THEN to_char({column}, 'YYYY-MM') END"
        return f"substring({column}::text FROM '{WRITTEN}')"

    def _within(self, month: str | None) -> str:
        if self.filed_by is None:
            return "true"
        column, moment = self._column()
        if not moment:
            return f"{self._month()} IS NOT DISTINCT FROM {_text(month)}"
        if month is None:
            return f"NOT coalesce({_finite(column)}, false)"
        return f"{column} >= '{month}-01' AND {column} < '{next_month(month)}-01'"


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
