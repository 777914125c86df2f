"""How often, as people type it: 30s, 15m, 2h or 1d."""

from __future__ import annotations

import datetime as dt
import re

from connectors.errors import UsageError
from connectors.text import Text

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
WRITTEN = re.compile(r"([1-9][0-9]{0,6})([smhd])")
LONGEST = dt.timedelta(days=31)


def interval(given: str) -> dt.timedelta:
    """The time between two rounds.

    Args:
        given: a whole number and its unit, e.g. `15m`.

    Raises:
        UsageError: it is not written so, or longer than a month.
    """
    written = WRITTEN.fullmatch(given)
    if written is None:
        raise UsageError(
            Text(
                f"--every is '{given}'; it must be a number and s, m, h or d, such as 30s, 15m, 2h or 1d.",
                f"--every 为“{given}”；应为数字加 s、m、h 或 d，例如 30s、15m、2h 或 1d。",
            )
        )
    length = dt.timedelta(**{UNITS[written[2]]: int(written[1])})
    if length > LONGEST:
        raise UsageError(
            Text(
                f"--every is '{given}'; it must be {LONGEST.days}d or less, such as 30s, 15m, 2h or 1d.",
                f"--every 为“{given}”；不得超过 {LONGEST.days}d，例如 30s、15m、2h 或 1d。",
            )
        )
    return length
