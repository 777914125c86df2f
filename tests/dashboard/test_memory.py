"""What runs leave behind is not walked again after every run, and goes all the same."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from dashboard import app


class _Circle:
    """Something that only the collector can see to be of no use."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    app._thaw.clear()
    gc.unfreeze()


def test_what_earlier_runs_left_is_walked_once_a_minute() -> None:
    app._thaw.clear()
    app._settle_memory()
    assert gc.get_freeze_count() == 0, "a minute is over"
    left = weakref.ref(_Circle())
    app._settle_memory()
    gc.collect()
    assert gc.get_freeze_count() > 0
    assert left() is not None
    app._thaw.clear()
    app._settle_memory()
    gc.collect()
    assert left() is None
