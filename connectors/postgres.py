"""Reads a PostgreSQL database by COPY: one read-only session, one moment for all tables, bounded memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

import polars as pl
import psycopg
from sqlalchemy.engine import URL

from connectors.connector import Connection
from connectors.database_url import masked
from connectors.parse import clean, parsed
from connectors.postgres_catalogue import CHANGEABLE
from connectors.postgres_connect import connect
from connectors.postgres_copy import copy_blocks
from connectors.postgres_frames import Types, as_table, copy_statement, described, empty_frame, frame_of
from connectors.postgres_refusals import Reading, refusal
from connectors.postgres_talk import Talk
from connectors.postgres_types import is_moment
from connectors.text import Text

TIMEOUT = dt.timedelta(minutes=30)
GRACE = 30


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a SELECT has, and the newest moment in one of its columns, UTC; null without one."""

    rows: int
    newest: dt.datetime | None


class PostgresSession:
    """An open session on a PostgreSQL server; a context manager.

    Every statement sees the database as it was when the session began. One statement runs at a time: a
    reading is carried to its end before the next begins, and one that is given up ends the session.
    """

    def __init__(self, connection: Connection, url: URL, timeout: dt.timedelta = TIMEOUT) -> None:
        """Connect.

        Args:
            connection: the connection; gives messages its name and times without zone theirs.
            url: the database, as `database_url` reads it.
            timeout: longest run of one statement, the time its rows are being read included.

        Raises:
            SettingsError: the URL has an option PostgreSQL does not know.
            SourceError: the server cannot be reached or lets no one in.
        """
        self._connection = connection
        self._shown = masked(url)
        self._timeout = timeout
        self._session = connect(connection, url, timeout)
        self._talk = Talk(self._session, timeout.total_seconds() + GRACE)

    def __repr__(self) -> str:
        return f"PostgresSession({self._connection.name!r}, {self._shown!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection; nothing can have been changed."""
        self._talk.close()

    @property
    def version(self) -> str:
        """The server's version, e.g. "17.4"."""
        return self._session.info.parameter_status("server_version") or "?"

    def chunks(self, table: str, select: str) -> Iterator[pl.DataFrame]:
        """The rows of a SELECT in chunks of about 32 MB of CSV; one empty chunk where there are none.

        Args:
            table: the canonical table it fills, for messages.
            select: one SELECT, with or without a semicolon at its end.

        Raises:
            SourceError: the server refuses the SELECT or stops in the middle, or the line to it is cut;
                what came before is then worthless.
        """
        with self._reading(table, select) as reading:
            types = described(self._talk, reading.select, reading.place)
            statement = copy_statement(reading.select, types)
            with closing(copy_blocks(self._talk, statement)) as blocks:
                for block in blocks:
                    reading.rows += block.rows
                    yield frame_of(block, types, reading.place)
            if not reading.rows:
                yield empty_frame(types)

    @property
    def shown(self) -> str:
        """Where it is connected to, without the password."""
        return self._shown

    def types(self, table: str, select: str) -> Types:
        """The columns of a SELECT and the number of each one's type, without running it.

        Raises:
            SourceError: the server refuses it.
        """
        with self._reading(table, select) as reading:
            return described(self._talk, reading.select, reading.place)

    def columns(self, table: str, select: str) -> list[str]:
        """The names of a SELECT's columns, without running it.

        Raises:
            SourceError: the server refuses it.
        """
        return list(self.types(table, select))

    def count(self, table: str, select: str, dated_by: str | None = None) -> Count:
        """Rows of a SELECT, and the newest finite moment of its column `dated_by`, counted by the server.

        Raises:
            SourceError: the server refuses the SELECT.
        """
        with self._reading(table, select) as reading:
            types = described(self._talk, reading.select, reading.place)
        newest = _newest(types, dated_by)
        counted = f"SELECT count(*), {newest} AS newest FROM {as_table(reading.select, types)}"
        row = clean(pl.concat(self.chunks(table, counted)))
        zone = self._connection.timezone
        moment, _ = parsed("newest", row.schema["newest"], pl.Datetime("us", "UTC"), zone)
        return Count(row["count"].item(), row.select(moment).item())

    def fetch(self, statement: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """A few rows, as Python values: for looking into the catalogue.

        Args:
            statement: a SELECT; `%(name)s` stands for a value.
            values: the values.

        Raises:
            SourceError: the server refuses it.
        """
        with self._reading(None, statement):
            return self._rows(statement, values)

    def warnings(self) -> tuple[Text, ...]:
        """What the owner of the connection should know: that its role may write."""
        role = self._session.info.user
        enough = "GRANT pg_read_all_data TO ...;"
        return tuple(
            Text(
                f"role '{role}' may change rows, e.g. of {table}; one that only reads will do: {enough}",
                f"角色“{role}”可以修改数据，例如 {table}；只读角色即可：{enough}",
            )
            for (table,) in self.fetch(CHANGEABLE)
        )

    @contextmanager
    def _reading(self, table: str | None, statement: str) -> Iterator[Reading]:
        """One statement: its failure, in words, leaves the session and its moment as they were."""
        place = f"{self._connection.name}: {table}" if table else self._connection.name
        reading = Reading(place, statement.strip().rstrip(";"), self._timeout.total_seconds())
        try:
            self._session.execute("SAVEPOINT reading")
            yield reading
            self._session.execute("RELEASE SAVEPOINT reading")
        except psycopg.Error as error:
            with suppress(psycopg.Error):
                self._session.execute("ROLLBACK TO SAVEPOINT reading")
            raise refusal(error, reading, self._ask) from None

    def _ask(self, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with suppress(psycopg.Error):
            return self._rows(statement, values)
        return []

    def _rows(self, statement: str, values: Mapping[str, object] | None) -> list[tuple[Any, ...]]:
        # Binary results go by the protocol that refuses a second statement in the text of the first.
        return self._session.execute(statement.encode(), values, binary=True).fetchall()


def _newest(types: Types, dated_by: str | None) -> str:
    """The aggregate that finds the newest moment; null where there is no such column."""
    if dated_by is None or dated_by not in types:
        return "NULL"
    column = f"c{list(types).index(dated_by)}"
    return f"max({column})" + (f" FILTER (WHERE isfinite({column}))" if is_moment(types[dated_by]) else "")
