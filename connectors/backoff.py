"""Patience with connections that fail: each is left alone for twice as long as the time before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

PATIENCE = dt.timedelta(hours=1)
MOST_DOUBLINGS = 30


@dataclass
class Backoff:
    """When connections may be tried again.

    After its nth failure in a row a connection rests for 2^n intervals, but never longer than an hour, or
    than one interval where that is longer. One success, and it is back in every round.

    Attributes:
        interval: the time between two rounds.
        until: per resting connection the moment of its next try.
    """

    interval: dt.timedelta
    until: dict[str, dt.datetime] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)

    def note(self, started: dt.datetime, outcome: Mapping[str, bool]) -> None:
        """Remember who could be read in a round that started at `started`."""
        for name, succeeded in outcome.items():
            if succeeded:
                self.until.pop(name, None)
                self._failures.pop(name, None)
            else:
                self._failures[name] = min(self._failures.get(name, 0) + 1, MOST_DOUBLINGS)
                longest = max(self.interval, PATIENCE)
                self.until[name] = started + min(self.interval * 2 ** self._failures[name], longest)

    def rests(self, name: str, at: dt.datetime) -> bool:
        """Whether a connection is not to be tried yet."""
        return name in self.until and at < self.until[name]
