"""Intervals, of 95 % unless asked: shares, means, scores, order statistics, and differences of them.

Numbers are columns of a frame or arrays (see `columns`); null is NaN in arrays.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

from kpis.columns import Column, where

Z90, Z95 = NormalDist().inv_cdf(0.95), NormalDist().inv_cdf(0.975)
EXACT_UP_TO = 200


def wilson(successes: Column, trials: Column, z: float = Z95) -> tuple[Column, Column]:
    """Score interval of a proportion; null without trials, and where successes exceed trials.

    Source: Wilson 1927; Newcombe 1998, Stat Med 17:857-872, method 3.

        >>> import numpy as np
        >>> low, high = wilson(np.array([81.0]), np.array([263.0]))
        >>> low.round(4).item(), high.round(4).item()
        (0.2553, 0.3662)
    """
    share = successes / trials
    centre = successes + z * z / 2
    half = z * (trials * share * (1 - share) + z * z / 4) ** 0.5
    possible = (trials > 0) & (successes >= 0) & (successes <= trials)
    low = ((centre - half) / (trials + z * z)).clip(0, 1)
    high = ((centre + half) / (trials + z * z)).clip(0, 1)
    # Rounding must not leave the ends of none and of all a hair off 0 and 1.
    return (
        where(possible, where(successes != 0, low, 0.0)),
        where(possible, where(successes != trials, high, 1.0)),
    )


def around(value: Column, standard_error: Column, z: float = Z95) -> tuple[Column, Column]:
    """The normal interval `value` -+ z standard errors; null where either is."""
    return value - z * standard_error, value + z * standard_error


def around_share(
    share: Column, standard_error: Column, answers: Column, z: float = Z95
) -> tuple[Column, Column]:
    """The normal interval of a share; Wilson's where it is none or all, which leaves no spread to go by.

    That nothing of 200 orders came back does not say that nothing ever will.

    Args:
        share: the share, from 0 to 1.
        standard_error: its error; null where too few answers are known to tell.
        answers: how many answers, or clusters of them, it is from.
        z: how many standard errors.

        >>> import numpy as np
        >>> low, high = around_share(np.array([0.0]), np.array([0.0]), np.array([200.0]))
        >>> low.round(4).item(), high.round(4).item()
        (0.0, 0.0188)
    """
    low, high = around(share, standard_error, z)
    lowest, highest = wilson(share * answers, answers, z)
    # Without a known error there are no ends to replace.
    none_or_all = ((share == 0) | (share == 1)) & (standard_error >= 0)
    return where(none_or_all, lowest, low), where(none_or_all, highest, high)


def score_error(promoters: Column, detractors: Column, answers: Column) -> Column:
    """Standard error of (promoters - detractors) / answers, as a fraction; null without answers.

    The variance of scores of +1, 0 and -1: p + d - (p - d)^2.
    """
    p, d = promoters / answers, detractors / answers
    return where(answers > 0, ((p + d - (p - d) ** 2) / answers).clip(0) ** 0.5)


def ratio_error(
    numerator: Column,
    denominator: Column,
    squares: tuple[Column, Column, Column],
    clusters: Column,
) -> Column:
    """Linearised standard error of a ratio of two sums over clusters (orders); null under two clusters.

    Source: Cochran 1977, Sampling Techniques, 6.3: sqrt(m / (m - 1) * sum((y - r x)^2)) / sum(x). With one
    unit per cluster and y of 0 or 1 it is the binomial error.

    Args:
        numerator: sum of y.
        denominator: sum of x.
        squares: sums of y * y, x * y and x * x.
        clusters: how many clusters, m.
    """
    ratio = numerator / denominator
    yy, xy, xx = squares
    residual = (yy - 2 * ratio * xy + ratio**2 * xx).clip(0)
    spread = (clusters / (clusters - 1) * residual) ** 0.5 / denominator
    return where((clusters > 1) & (denominator > 0), spread)


def difference(
    now: tuple[Column, Column, Column], then: tuple[Column, Column, Column]
) -> tuple[Column, Column, Column]:
    """Change between two independent figures with its interval, by square-and-add (MOVER).

    On Wilson limits this is Newcombe 1998, Stat Med 17:873-890, method 10; on normal intervals variances
    add. Source: Zou & Donner 2008, Stat Med 27:1693-1702.

    Args:
        now: value, low, high.
        then: value, low, high of what it is compared with.
    """
    value, low, high = now
    value_then, low_then, high_then = then
    change = value - value_then
    down = ((value - low) ** 2 + (high_then - value_then) ** 2) ** 0.5
    up = ((high - value) ** 2 + (value_then - low_then) ** 2) ** 0.5
    return change, change - down, change + up


@lru_cache(maxsize=65536)
def ranks(observations: int, quantile: float, z: float = Z95) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the two order statistics that enclose a quantile; null where too few are known.

    Exact binomial up to 200 observations, normal beyond. Source: Conover 1999, section 3.2.

        >>> ranks(50, 0.5)
        (18, 33)
    """
    tail = NormalDist().cdf(-z)
    if observations > EXACT_UP_TO:
        spread = z * math.sqrt(observations * quantile * (1 - quantile))
        middle = observations * quantile
        lower, upper = math.floor(middle - spread), math.ceil(middle + spread) + 1
    else:
        below = _cumulated(observations, quantile)
        lower = sum(1 for chance in below if chance <= tail)
        upper = 1 + next(k for k, chance in enumerate(below) if chance >= 1 - tail)
    return (lower if lower >= 1 else None, upper if upper <= observations else None)


def _cumulated(observations: int, quantile: float) -> list[float]:
    """P(X <= k) for k = 0 ... n of a binomial with n observations."""
    chances = [
        math.comb(observations, k) * quantile**k * (1 - quantile) ** (observations - k)
        for k in range(observations + 1)
    ]
    sums = []
    running = 0.0
    for chance in chances:
        running += chance
        sums.append(running)
    sums[-1] = 1.0
    return sums
