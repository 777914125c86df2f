"""Several changes looked at together: which of them are more than chance among so many."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kpis.intervals import Z95

RATE = 0.05


def p_value(change: float | None, low: float | None, high: float | None) -> float | None:
    """How likely a change as far from 0 is by chance, from its 95 % interval; null without one.

    The interval's side towards 0 is 1.96 standard errors of the change (MOVER's sides differ), so the value
    is below 0.05 exactly where the interval leaves out 0. A change of 0 has 1, one without any width has 0.

    >>> [round(p_value(*change) or 0, 4) for change in ((0.02, 0.001, 0.04), (-3.0, -6.0, 0.0))]
    [0.0391, 0.05]
    """
    if change is None or low is None or high is None:
        return None
    side = change - low if change > 0 else high - change
    if change == 0 or not math.isfinite(side):
        return 1.0
    return math.erfc(Z95 * abs(change) / side / math.sqrt(2)) if side > 0 else 0.0


def adjusted(p_values: Sequence[float | None]) -> list[float | None]:
    """Each p-value as a share of false discoveries: the smallest rate at which it would count as one.

    Source: Benjamini & Hochberg 1995, JRSS-B 57:289-300. What has none takes no part.

    >>> [round(p or 0, 4) for p in adjusted([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.0533, 0.0533, 0.5]
    """
    ranked = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    lowest = 1.0
    for rank in range(len(ranked), 0, -1):
        p, place = ranked[rank - 1]
        lowest = min(lowest, p * (len(ranked) / rank))
        found[place] = lowest
    return found


def real(p_values: Sequence[float | None], rate: float = RATE) -> list[bool]:
    """Which of a list of changes are real when at most `rate` of those called so may be chance.

    >>> real([0.001, 0.04, None, 0.9])
    [True, False, False, False]
    """
    return [share is not None and share <= rate for share in adjusted(p_values)]
