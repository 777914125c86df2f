"""An open database as a source: PostgreSQL by COPY, any other dialect in batches, never written to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import polars as pl
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from connectors.connector import Connection, Source
from connectors.delivered_columns import check_columns
from connectors.errors import SourceError
from connectors.extract import SqlSource
from connectors.following import RESERVED
from connectors.postgres import Count, PostgresSession
from connectors.postgres_following import PostgresFollowing, followed
from connectors.tables import Table, dated_by, name_of
from connectors.text import Text
from connectors.touched import Statement

POSTGRES = "postgresql"
READ_ONLY: Mapping[str, str] = {
    "sqlite": "PRAGMA query_only = ON",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
}
"""What keeps a session from writing, for dialects that have it."""


class PostgresSource(Source):
    """A session on PostgreSQL from which one SELECT per canonical table is read.

    Attributes:
        version: the system's own version; null where it does not tell.
    """

    def __init__(
        self,
        name: str,
        session: PostgresSession,
        statements: Mapping[type[Table], Statement],
        version: str | None,
    ) -> None:
        """Take over an open session.

        Args:
            name: the connection's name, for messages.
            session: closed at the end.
            statements: what delivers each table.
            version: the system's own version.
        """
        self._name = name
        self._session = session
        self._statements = statements
        self.version = version

    def tables(self) -> list[type[Table]]:
        """The tables there is a SELECT for."""
        return list(self._statements)

    def chunks(self, table: type[Table]) -> Iterator[pl.DataFrame]:
        """Rows of one table, about 32 MB at a time.

        Raises:
            SourceError: the server refuses the SELECT, or it delivers columns the table does not have.
        """
        self.columns(table)
        yield from self._session.chunks(name_of(table), self._statements[table].sql)

    def columns(self, table: type[Table]) -> list[str]:
        """The columns delivered for a table.

        Raises:
            SourceError: the server refuses the SELECT, or it delivers columns the table does not have.
        """
        delivered = self._session.columns(name_of(table), self._statements[table].sql)
        names = [name for name in delivered if name not in RESERVED]
        check_columns(f"{self._name}: {name_of(table)}", names, table)
        return names

    def follows(self, table: type[Table]) -> PostgresFollowing | None:
        """How changes of a table are followed, if its statement tells them.

        Raises:
            SourceError: the server refuses the SELECT.
        """
        return followed(self._session, table, self._statements[table])

    def keeps_history(self, table: type[Table]) -> bool:
        """Whether rows that are no longer delivered are kept."""
        return self._statements[table].keeps_history

    def count(self, table: type[Table]) -> Count:
        """How many rows a table has and how new they are, counted by the server."""
        return self._session.count(name_of(table), self._statements[table].sql, dated_by(table))

    def warnings(self) -> tuple[Text, ...]:
        """What the owner of the connection should know."""
        return self._session.warnings()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Close the session."""
        self._session.__exit__(*error)


def open_selects(connection: Connection, url: URL, selects: Mapping[type[Table], str]) -> Source:
    """Connect to a database of any dialect.

    Args:
        connection: the connection, for messages and the zone of times that carry none.
        url: the database.
        selects: the statement that delivers each table.

    Raises:
        SourceError: the database cannot be reached.
    """
    if url.get_backend_name() == POSTGRES:
        statements = {table: Statement(select) for table, select in selects.items()}
        return PostgresSource(connection.name, PostgresSession(connection, url), statements, version=None)
    if url.get_backend_name() == "sqlite":
        url = _existing_file(connection, url)
    engine = create_engine(url, poolclass=NullPool)
    if statement := READ_ONLY.get(url.get_backend_name()):
        event.listen(engine, "connect", lambda session, _: _run(session, statement))
    return SqlSource(connection.name, engine, selects)


def _run(session: Any, statement: str) -> None:
    cursor = session.cursor()
    cursor.execute(statement)
    cursor.close()


def _existing_file(connection: Connection, url: URL) -> URL:
    """The URL of an SQLite file opened read-only: opening one that is not there would create it."""
    path = connection.folder / Path(url.database or "").expanduser()
    if not path.is_file():
        raise SourceError(
            Text(
                f"{connection.name}: there is no SQLite file '{path}'.",
                f"{connection.name}：没有 SQLite 文件“{path}”。",
            )
        )
    return url.set(database=path.absolute().as_uri(), query={"mode": "ro", "uri": "true"})
