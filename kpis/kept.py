"""What is kept in memory of a snapshot: what was asked for last, as long as there is room."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from threading import Lock
from typing import Any, Protocol, TypeVar

ROOM = 1_000_000_000


class Sized(Protocol):
    """Something that knows how many bytes it takes."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...


T = TypeVar("T", bound=Sized)


class Kept:
    """Things by name, shared by threads: nobody waits while another name's is read."""

    def __init__(self, room: int = ROOM) -> None:
        """Keep at most so many bytes, beside what was asked for last."""
        self._room = room
        self._size = 0
        self._lock = Lock()
        self._reading: defaultdict[str, Lock] = defaultdict(Lock)
        self._held: OrderedDict[str, Any] = OrderedDict()

    def get(self, name: str, read: Callable[[], T]) -> T:
        """What has a name, of which there is only one sort; it is read where it is not kept."""
        with self._lock:
            reading = self._reading[name]
        with reading:
            with self._lock:
                found: T | None = self._held.get(name)
                if found is not None:
                    self._held.move_to_end(name)
                    return found
            found = read()
            with self._lock:
                self._hold(name, found)
            return found

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._held.clear()
            self._size = 0

    def _hold(self, name: str, found: Sized) -> None:
        self._held[name] = found
        self._size += found.size
        while len(self._held) > 1 and self._size > self._room:
            _, oldest = self._held.popitem(last=False)
            self._size -= oldest.size
