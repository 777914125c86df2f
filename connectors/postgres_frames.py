"""A SELECT as a COPY statement, and its blocks of CSV as frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl
from psycopg import pq

from connectors.errors import SourceError
from connectors.postgres_copy import Block
from connectors.postgres_talk import Talk
from connectors.postgres_types import delivery_of
from connectors.text import Text

Types = Mapping[str, int]
"""The number of each column's type in the server's catalogue, by the column's name, in order."""


def described(talk: Talk, select: str, place: str) -> Types:
    """The columns of a SELECT, without running it.

    Args:
        talk: a session with nothing under way.
        select: the statement.
        place: where it belongs, for messages.

    Raises:
        psycopg.Error: the server refuses it.
        SourceError: two columns share a name, or the statement delivers no rows.
    """
    server, done = talk.server, pq.ExecStatus.COMMAND_OK
    talk.answer(lambda: server.send_prepare(b"", select.encode()), done)
    answer = talk.answer(lambda: server.send_describe_prepared(b""), done)
    names = [(answer.fname(number) or b"").decode() for number in range(answer.nfields)]
    repeated = ", ".join(name for name, times in Counter(names).items() if times > 1)
    if repeated or not names:
        raise _shapeless(place, repeated)
    return {name: answer.ftype(number) for number, name in enumerate(names)}


def as_table(select: str, types: Types) -> str:
    """The SELECT as a table whose columns are called c0, c1 ..., whatever their names outside."""
    names = ", ".join(f"c{number}" for number in range(len(types)))
    return f"(\n{select}\n) AS q({names})"


def copy_statement(select: str, types: Types) -> str:
    """The COPY that sends the rows of a SELECT, each column as its type is delivered."""
    columns = ", ".join(
        delivery_of(oid).expression.format(column=f"c{number}") for number, oid in enumerate(types.values())
    )
    return f"COPY (SELECT {columns} FROM {as_table(select, types)}) TO STDOUT (FORMAT csv)"


def frame_of(block: Block, types: Types, place: str) -> pl.DataFrame:
    """The rows of a block.

    Raises:
        SourceError: they cannot be read, or are not as many as came.
    """
    try:
        frame = pl.read_csv(block.csv, has_header=False, schema=_schema(types))
    except pl.exceptions.PolarsError as error:
        raise _unreadable(place, str(error).splitlines()[0]) from None
    if frame.height != block.rows:
        raise _unreadable(place, f"{block.rows} rows came, {frame.height} were read")
    return _finished(frame, types)


def empty_frame(types: Types) -> pl.DataFrame:
    """No rows, with the columns and types rows would have."""
    return _finished(pl.DataFrame(schema=_schema(types)), types)


def _schema(types: Types) -> dict[str, pl.DataType]:
    return {name: delivery_of(oid).in_csv for name, oid in types.items()}


def _finished(frame: pl.DataFrame, types: Types) -> pl.DataFrame:
    return frame.with_columns(delivery_of(oid).finish(frame[name]) for name, oid in types.items())


def _unreadable(place: str, reason: str) -> SourceError:
    return SourceError(
        Text(
            f"{place}: the rows cannot be read: {reason}; is the database's text UTF-8?",
            f"{place}：无法读取数据行：{reason}；数据库的文本是 UTF-8 吗？",
        )
    )


def _shapeless(place: str, repeated: str) -> SourceError:
    if repeated:
        return SourceError(
            Text(
                f"{place}: the SELECT has columns of the same name: {repeated}. Keep one of each.",
                f"{place}：SELECT 有同名的列：{repeated}。请各保留一列。",
            )
        )
    return SourceError(Text(f"{place}: the statement is no SELECT.", f"{place}：该语句不是 SELECT。"))
