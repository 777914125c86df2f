"""A TCP line to a server that is cut, or falls silent, after a number of bytes."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

POOLER = b"SFATAL\0C08P01\0Munsupported startup parameter in options: default_transaction_read_only\0\0"


@dataclass
class Line:
    """One client at a time; listens while it is entered.

    Attributes:
        target: the server's Unix socket.
        carries: bytes from the server that it lets through; null carries all.
        hangs_up: whether the client learns of the cut.
        refuses_options: whether clients that bring options are turned away, as poolers do.
    """

    target: str
    carries: int | None = None
    hangs_up: bool = True
    refuses_options: bool = False
    _closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join()
        self._listener.close()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
                    client.settimeout(None)
                    server.connect(self.target)
                    self._carry(client, server)
                    if not self.hangs_up:
                        self._closing.wait()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        start = client.recv(65536)
        if self.refuses_options and b"default_transaction_read_only" in start:
            client.sendall(b"E" + (len(POOLER) + 4).to_bytes(4, "big") + POOLER)
            return
        server.sendall(start)
        carried = 0
        with selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, (client, server))
            ready.register(server, selectors.EVENT_READ, (server, client))
            while not self._closing.is_set():
                for key, _ in ready.select(0.05):
                    source, goal = key.data
                    data = source.recv(65536)
                    carried += len(data) * (source is server)
                    if not data or (self.carries is not None and carried > self.carries):
                        return
                    goal.sendall(data)
