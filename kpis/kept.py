"""Stored sums that are kept in memory: those asked for last, as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from kpis.cells import Cells

ROOM = 1_000_000_000


class Kept:
    """Cells by name, shared by threads."""

    def __init__(self, room: int = ROOM) -> None:
        """Keep at most so many bytes, beside the cells asked for last."""
        self._room = room
        self._lock = Lock()
        self._cells: OrderedDict[str, Cells] = OrderedDict()

    def get(self, name: str, read: Callable[[], Cells]) -> Cells:
        """The cells of a name; they are read where they are not kept."""
        with self._lock:
            found = self._cells.pop(name, None) or read()
            self._cells[name] = found
            while len(self._cells) > 1 and sum(cells.size for cells in self._cells.values()) > self._room:
                self._cells.popitem(last=False)
            return found

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._cells.clear()
