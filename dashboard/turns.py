"""One page is drawn after another: drawn at once, each would take as long as all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

AT_ONCE = 1
LONGEST_WAIT = 0.3
"""In seconds: nobody waits longer for a page that takes a while."""

_turns = BoundedSemaphore(AT_ONCE)


@contextmanager
def taken() -> Iterator[None]:
    """Wait for a turn, and give it on; without one after the longest wait."""
    has_turn = _turns.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if has_turn:
            _turns.release()
