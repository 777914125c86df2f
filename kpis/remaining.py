"""What is left to a target in counts: how many more defects it allows, or when enough old ones are gone.

A defect is what counts against a share: what is above the line where the target says at most, what is
missing above it where it says at least.

    >>> ninety_five = Target("on_time_delivery", {}, None, None, at_least=0.95, at_most=None)
    >>> allowance(186, 200, ninety_five)
    Allowance(counted=200, defects=14, most=10)
    >>> allowance(186, 200, ninety_five).too_many
    4

Of 200 orders 14 were late and 10 may be: 4 too many. In a window of the last 28 days they are gone when its
first day lies behind the day of the fourth:

    >>> late = [(dt.date(2026, 11, 1), 3), (dt.date(2026, 11, 2), 0), (dt.date(2026, 11, 3), 2)]
    >>> leave_on(late, 4, window_days=28)
    datetime.date(2026, 12, 1)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from connectors.business import Target
from kpis.kpi import Kpi
from kpis.of_sums import Ratio

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Allowance:
    """Defects in a window, beside those a target allows among as many.

    Attributes:
        counted: how many there are, good or not.
        defects: how many of them count against the figure.
        most: how many may, for the target to be reached.
    """

    counted: int
    defects: int
    most: int

    @property
    def allowed(self) -> int:
        """How many more may come; 0 where the target is missed."""
        return max(self.most - self.defects, 0)

    @property
    def too_many(self) -> int:
        """How many would have to be gone; 0 where the target is reached."""
        return max(self.defects - self.most, 0)


def counts_defects(kpi: Kpi, target: Target) -> bool:
    """Whether what counts against a figure can be counted out day by day, and is the exception.

    It is for shares of things that are each counted on one day, with one limit that leaves defects the
    smaller part: nobody counts the visits without an order that a conversion of 5 % still allows.
    """
    is_share = isinstance(kpi, Ratio) and kpi.unit == "percent" and not kpi.may_exceed_one
    if not is_share or kpi.needs_period or kpi.lookback_days is not None:
        return False
    if target.at_least is None:
        return target.at_most is not None and 0 <= target.at_most <= HALF
    return target.at_most is None and HALF <= target.at_least <= 1


def allowance(numerator: int, denominator: int, target: Target) -> Allowance:
    """How a share stands to its target, in whole counts.

    Args:
        numerator: what the share counts above the line.
        denominator: what it counts below.
        target: with either `at_least` or `at_most`, as fractions.
    """
    if target.at_least is not None:
        share, defects = 1 - Decimal(str(target.at_least)), denominator - numerator
    else:
        share, defects = Decimal(str(target.at_most)), numerator
    # Exact: in binary fractions 29 % of 100 are 28.999..., and one allowed defect would be lost.
    return Allowance(denominator, defects, int(share * denominator))


def leave_on(
    defects: Iterable[tuple[dt.date, int]], count: int, *, window_days: int, days_behind: int = 0
) -> dt.date | None:
    """The first day on which the `count` oldest defects are no longer in a window that moves on daily.

    What comes in meanwhile is not foreseen: new defects count like the old.

    Args:
        defects: days in order with the defects dated on them.
        count: how many have to be gone, at least 1.
        window_days: the window's length.
        days_behind: how many days the window ends before the day on which it is read.

    Returns:
        Null where there are not so many.
    """
    gone = 0
    for day, found in defects:
        gone += found
        if gone >= count:
            return day + dt.timedelta(days=window_days + days_behind)
    return None
