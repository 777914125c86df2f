"""COPY: the rows of one statement as blocks of CSV, straight from the protocol."""

from __future__ import annotations

import io
from collections.abc import Generator
from dataclasses import dataclass

from psycopg import errors, pq

from connectors.postgres_talk import Talk

BLOCK = 32 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Readers of CSV strip one at the start, so each block has one to lose; its first value may have its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole rows as CSV: a byte order mark, no header, null as nothing and empty text as `""`."""

    csv: bytes
    rows: int


def copy_blocks(talk: Talk, statement: str) -> Generator[Block]:
    """Run a COPY ... TO STDOUT (FORMAT csv) and yield its rows, about `BLOCK` bytes at a time.

    Memory is set by the block. One message of the protocol is one row, so blocks end where rows end,
    whatever line ends lie within quotes. Reading that is not carried to its end closes the session.

    Args:
        talk: a session with nothing under way.
        statement: one statement; the protocol refuses a second.

    Raises:
        psycopg.Error: the server refuses, stops in the middle, is lost, or counts other rows than came.
    """
    server = talk.server
    try:
        talk.answer(lambda: server.send_query_params(statement.encode(), None), pq.ExecStatus.COPY_OUT)
        rows = 0
        for block in _blocks(talk):
            rows += block.rows
            yield block
        end = talk.next_result(pq.ExecStatus.COMMAND_OK)
        if end.command_tuples != rows:
            raise errors.DataError(f"{rows} rows came, the server sent {end.command_tuples}")
    finally:
        if server.transaction_status == pq.TransactionStatus.ACTIVE:
            talk.close()


def _blocks(talk: Talk) -> Generator[Block]:
    receive = talk.server.get_copy_data
    block, rows = _start(), 0
    while (message := receive(1))[0] >= 0:
        size, row = message
        if size == 0:
            talk.wait()
            continue
        rows += 1
        block.write(row)
        if block.tell() >= BLOCK:
            yield Block(block.getvalue(), rows)
            block, rows = _start(), 0
    if rows:
        yield Block(block.getvalue(), rows)


def _start() -> io.BytesIO:
    block = io.BytesIO()
    block.write(BYTE_ORDER_MARK)
    return block
