"""A reader without a browser: speaks Streamlit's own protocol, so that many of them cost little."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LARGEST = 2**26
PATIENCE = 900


class Reader:
    """One session with a dashboard.

    Attributes:
        address: host and port, e.g. `localhost:8501`.
    """

    def __init__(self, address: str) -> None:
        """Of the dashboard at an address; nothing is sent before it is entered."""
        self.address = address
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            f"ws://{self.address}/_stcore/stream",
            origin=f"http://{self.address}",
            subprotocols=["streamlit"],
            max_size=LARGEST,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def run(self, page: str = "", **codes: str) -> tuple[float, int]:
        """Run a page with these codes in the address, as going back does.

        Returns:
            Seconds until the run has ended, and the bytes that came.

        Raises:
            RuntimeError: the page ended with an error.
            TimeoutError: it did not end.
        """
        assert self._socket is not None
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(codes)
        asked.rerun_script.page_name = page
        clock, read = time.perf_counter(), 0
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            async for sent in self._socket:
                read += len(sent)
                message = ForwardMsg.FromString(sent)
                if message.delta.new_element.HasField("exception"):
                    raise RuntimeError(message.delta.new_element.exception.message)
                if message.delta.new_element.alert.format == Alert.ERROR:
                    raise RuntimeError(message.delta.new_element.alert.body)
                if message.WhichOneof("type") == "script_finished":
                    return time.perf_counter() - clock, read
        raise RuntimeError("the dashboard has closed the connection")
