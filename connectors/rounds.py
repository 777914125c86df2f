"""Refreshing again and again at a fixed rhythm, with patience for connections that fail."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.backoff import Backoff
from connectors.errors import ConnectorError
from connectors.refresh_process import RefreshProcess
from connectors.text import Text


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def now(self) -> dt.datetime:
        """This moment, with its time zone."""

    def wait_until(self, moment: dt.datetime) -> None:
        """Return at `moment`, or at once where it has passed."""


class SystemClock:
    """The machine's own clock, in its own zone."""

    def now(self) -> dt.datetime:
        """This moment, with its time zone."""
        return dt.datetime.now().astimezone()

    def wait_until(self, moment: dt.datetime) -> None:
        """Return at `moment`, or at once where it has passed."""
        time.sleep(max((moment - self.now()).total_seconds(), 0))


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round.

    Attributes:
        started: when it began.
        seconds: how long it took.
        report: what `refresh --json` printed; null where it printed nothing.
        error: why there is no report, or what is wrong besides connections that failed; null normally.
        retries: per connection that failed the moment of its next try.
        next_at: when the next round begins.
    """

    started: dt.datetime
    seconds: float
    report: Mapping[str, Any] | None
    error: Text | None
    retries: Mapping[str, dt.datetime]
    next_at: dt.datetime


class Rounds:
    """Rounds at a fixed rhythm; one that takes longer skips those it overruns.

    Args:
        interval: the time between the beginnings of two rounds.
        names: reads the settings and names the connections to read; raises where they are wrong.
        refresh: reads these connections, and returns when that has ended.
        clock: tells the time; the first round begins at once.
    """

    def __init__(
        self,
        interval: dt.timedelta,
        names: Callable[[], Sequence[str]],
        refresh: Callable[[Sequence[str]], RefreshProcess],
        clock: Clock,
    ) -> None:
        self._interval = interval
        self._names = names
        self._refresh = refresh
        self._clock = clock
        self._backoff = Backoff(interval)
        self._first = self._next = clock.now()

    def play(self) -> Round:
        """Wait for the next round and carry it out; what fails in it is told, not raised."""
        while True:
            self._clock.wait_until(self._next)
            started = max(self._clock.now(), self._next)
            try:
                names = self._names()
            except (ConnectorError, OSError) as error:
                why = error.text if isinstance(error, ConnectorError) else Text(str(error), str(error))
                return self._ended(started, (), None, why)
            if due := [name for name in names if not self._backoff.rests(name, started)]:
                break
            self._next = self._beat_after(started)
        process = self._refresh(due)
        connections = (process.report or {}).get("connections", {})
        self._backoff.note(started, {name: connections[name]["ok"] for name in due if name in connections})
        return self._ended(started, names, process.report, _error_of(process))

    def _ended(
        self,
        started: dt.datetime,
        names: Sequence[str],
        report: Mapping[str, Any] | None,
        error: Text | None,
    ) -> Round:
        ended = max(self._clock.now(), started)
        retries = {name: self._backoff.until[name] for name in names if name in self._backoff.until}
        self._next = self._beat_after(ended)
        if retries and len(retries) == len(names):
            self._next = max(self._next, self._beat_after(min(retries.values()) - dt.timedelta.resolution))
        return Round(started, (ended - started).total_seconds(), report, error, retries, self._next)

    def _beat_after(self, moment: dt.datetime) -> dt.datetime:
        """The first moment of the rhythm after `moment`."""
        return self._first + ((moment - self._first) // self._interval + 1) * self._interval


def _error_of(process: RefreshProcess) -> Text | None:
    """What a refresh complains of in its own words, besides connections that it reports as failed."""
    if process.report is not None and (process.exit_code == 0 or process.failures):
        return None
    if process.complaints:
        return Text(process.complaints[-1], process.complaints[-1])
    code = process.exit_code
    return Text(f"the refresh ended with exit code {code}.", f"刷新以退出码 {code} 结束。")
