"""Pages are drawn one after another, but none waits long for one that takes a while."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard import turns


@pytest.fixture(autouse=True)
def longest(monkeypatch) -> float:
    """Nobody waits longer than this, in seconds."""
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.2)
    return turns.LONGEST_WAIT


def test_whoever_comes_later_waits_until_the_page_before_is_drawn():
    begun, done = Event(), []

    def first():
        with turns.taken():
            begun.set()
            time.sleep(0.05)
            done.append("first")

    def second():
        begun.wait()
        with turns.taken():
            done.append("second")

    with ThreadPoolExecutor() as threads:
        for each in [threads.submit(second), threads.submit(first)]:
            each.result()
    assert done == ["first", "second"]


def test_a_page_that_takes_a_while_is_not_waited_for(longest):
    with turns.taken(), ThreadPoolExecutor() as threads:

        def other():
            start = time.perf_counter()
            with turns.taken():
                return time.perf_counter() - start

        waited = threads.submit(other).result()
    assert waited >= longest
    assert turns._turns.acquire(blocking=False), "whoever had no turn has none to give on"
    assert not turns._turns.acquire(blocking=False)
    turns._turns.release()


def test_a_page_that_fails_gives_its_turn_on():
    with pytest.raises(ValueError, match="torn"), turns.taken():
        raise ValueError("torn")
    with turns.taken():
        assert not turns._turns.acquire(blocking=False)
