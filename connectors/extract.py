"""How rows leave a database: in batches through SQLAlchemy, one SELECT per canonical table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self
from urllib.parse import quote, quote_plus

import polars as pl
from sqlalchemy import Connection, CursorResult, Engine, Row
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from connectors.connector import Source
from connectors.delivered_columns import check_columns
from connectors.errors import SourceError
from connectors.following import RESERVED, UPDATED_AT
from connectors.masking import sentence_without_contacts
from connectors.sql_following import SqlFollowing
from connectors.sql_values import exact_series
from connectors.tables import Table, columns_with, name_of
from connectors.text import Text

ROWS = 50_000


class SqlSource(Source):
    """An open database from which one SELECT per canonical table is read, all over one connection."""

    def __init__(self, name: str, engine: Engine, selects: Mapping[type[Table], str]) -> None:
        """Connect.

        Args:
            name: the connection's name, for messages.
            engine: the database; disposed of at the end.
            selects: the statement that delivers each table; its columns are named as in the table.

        Raises:
            SourceError: the database cannot be reached.
        """
        self._name = name
        self._engine = engine
        self._selects = selects
        try:
            self._connection = engine.connect()
        except SQLAlchemyError as error:
            raise _refused(name, engine, error) from None

    def tables(self) -> list[type[Table]]:
        """The tables there is a SELECT for."""
        return list(self._selects)

    def chunks(self, table: type[Table]) -> Iterator[pl.DataFrame]:
        """Rows of one table, `ROWS` at a time.

        Raises:
            SourceError: the database refuses the SELECT, or it delivers columns the table does not have.
        """
        place = f"{self._name}: {name_of(table)}"
        try:
            yield from sql_chunks(self._connection, self._selects[table], table, place)
        except SQLAlchemyError as error:
            raise _refused(place, self._engine, error) from None

    def follows(self, table: type[Table]) -> SqlFollowing | None:
        """How changes are followed, if the SELECT delivers `updated_at` and the table has a key."""
        select, key = self._selects[table], tuple(columns_with(table, "key"))
        none = f"SELECT * FROM (\n{select}\n) delivered WHERE 1 = 0"
        try:
            columns = pl.concat(self._chunks(table, none)).columns
        except SourceError:
            # Some databases take no SELECT within another that sorts or begins with WITH.
            return None
        if UPDATED_AT not in columns or not key or not set(key) <= set(columns):
            return None
        url = self._engine.url
        return SqlFollowing(
            url.render_as_string(hide_password=True),
            url.get_backend_name(),
            select,
            table,
            key=key[0],
            columns=columns,
            read=lambda statement: self._chunks(table, statement),
        )

    def _chunks(self, table: type[Table], select: str) -> Iterator[pl.DataFrame]:
        """Rows of a statement about a table, whatever columns it has."""
        place = f"{self._name}: {name_of(table)}"
        try:
            yield from sql_chunks(self._connection, select, table, place, check=False)
        except SQLAlchemyError as error:
            raise _refused(place, self._engine, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection."""
        self._connection.close()
        self._engine.dispose()


def sql_chunks(
    connection: Connection,
    select: str,
    table: type[Table],
    place: str,
    rows: int = ROWS,
    *,
    check: bool = True,
) -> Iterator[pl.DataFrame]:
    """The rows of a SELECT, `rows` at a time; one empty chunk where there are none.

    A column's type is that of its values in the whole chunk, never of the first rows alone.

    Args:
        connection: an open connection; only one chunk is held in memory.
        select: the statement.
        table: the canonical table it fills.
        place: where this is, for messages.
        rows: rows of a chunk.
        check: whether the columns must be the table's.

    Raises:
        SourceError: the columns are not the table's, or hold lists or other compound values.
        sqlalchemy.exc.SQLAlchemyError: the database refuses.
    """
    with _result(connection, select) as result:
        names = list(result.keys())
        if check:
            check_columns(place, [name for name in names if name not in RESERVED], table)
        empty = True
        # A size is given because a `yield_per` set on the connection leaves partitions of one row each.
        for batch in result.partitions(rows):
            empty = False
            yield _frame(names, batch, table, place)
        if empty:
            yield _frame(names, [], table, place)


def _result(connection: Connection, select: str) -> CursorResult[Any]:
    """The rows to come; colons and percent signs of the statement are its own, never parameters."""
    streaming = connection.execution_options(stream_results=True, no_parameters=True)
    return streaming.exec_driver_sql(select)


def _frame(
    names: Sequence[str], batch: Sequence[Row[tuple[object, ...]]], table: type[Table], place: str
) -> pl.DataFrame:
    values = zip(*batch, strict=True) if batch else iter([()] * len(names))
    kinds = {name: column.dtype for name, column in table.columns().items()}
    return pl.DataFrame(
        [
            exact_series(name, column, kinds.get(name, pl.String()), place)
            for name, column in zip(names, values, strict=True)
        ]
    )


def _refused(place: str, engine: Engine, error: SQLAlchemyError) -> SourceError:
    """The database's own words in one line, without the password and without contacts of people."""
    words = error.orig if isinstance(error, DBAPIError) and error.orig else error
    reason = " ".join(str(words).split()).rstrip(".")
    password = engine.url.password
    for spelling in {password, quote(password), quote_plus(password)} if password else ():
        reason = reason.replace(spelling, "***")
    reason = sentence_without_contacts(reason)
    return SourceError(Text(f"{place}: the database answers: {reason}.", f"{place}：数据库返回：{reason}。"))
