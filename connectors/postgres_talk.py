"""One question and its answer in PostgreSQL's protocol, waited for without blocking and not for ever."""

from __future__ import annotations

import selectors
from collections.abc import Callable

import psycopg
from psycopg import errors, pq


class Talk:
    """What goes to and fro on a session's connection."""

    def __init__(self, session: psycopg.Connection, patience: float) -> None:
        """Listen to a session.

        Args:
            session: an open session.
            patience: seconds without any answer after which the server is taken for lost.
        """
        self.server = session.pgconn
        self._session = session
        self._patience = patience
        self._readable = selectors.DefaultSelector()
        self._readable.register(self.server.socket, selectors.EVENT_READ)

    def close(self) -> None:
        """End the session."""
        self._readable.close()
        self._session.close()

    def answer(self, ask: Callable[[], None], wanted: pq.ExecStatus) -> pq.abc.PGresult:
        """The server's answer to what `ask` sends.

        Raises:
            psycopg.Error: the server's refusal, or it is lost.
        """
        ask()
        return self.next_result(wanted)

    def next_result(self, wanted: pq.ExecStatus) -> pq.abc.PGresult:
        """The next result of what was asked; everything the server has to say is taken, unless rows follow.

        Raises:
            psycopg.Error: it is another than the one wanted, or the server is lost.
        """
        result = self._result()
        if result is None:
            raise errors.InternalError("the server ended without a result")
        if result.status != pq.ExecStatus.COPY_OUT:
            while self._result() is not None:
                pass
        if result.status != wanted:
            raise errors.error_from_result(result)
        return result

    def wait(self) -> None:
        """Take in what the server sends next.

        Raises:
            psycopg.OperationalError: nothing comes, or the connection is cut.
        """
        if not self._readable.select(self._patience):
            raise errors.ConnectionTimeout(f"no answer for {self._patience:g} seconds")
        self.server.consume_input()

    def _result(self) -> pq.abc.PGresult | None:
        while self.server.flush() or self.server.is_busy():
            self.wait()
        return self.server.get_result()
