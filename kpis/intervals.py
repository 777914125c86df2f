"""Intervals, of 95 % unless asked: shares, means, scores, order statistics, and differences of them."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import polars as pl

Z90, Z95 = NormalDist().inv_cdf(0.95), NormalDist().inv_cdf(0.975)
EXACT_UP_TO = 200


def wilson(successes: pl.Expr, trials: pl.Expr, z: float = Z95) -> tuple[pl.Expr, pl.Expr]:
    """Score interval of a proportion; null without trials, and where successes exceed trials.

    Source: Wilson 1927; Newcombe 1998, Stat Med 17:857-872, method 3.

        >>> low, high = wilson(pl.lit(81.0), pl.lit(263.0))
        >>> [round(bound, 4) for bound in pl.select(low.alias("low"), high.alias("high")).row(0)]
        [0.2553, 0.3662]
    """
    share = successes / trials
    centre = successes + z * z / 2
    half = z * (trials * share * (1 - share) + z * z / 4).sqrt()
    possible = (trials > 0) & (successes >= 0) & (successes <= trials)
    low = ((centre - half) / (trials + z * z)).clip(0, 1)
    high = ((centre + half) / (trials + z * z)).clip(0, 1)
    return (
        pl.when(possible).then(pl.when(successes == 0).then(0.0).otherwise(low)),
        pl.when(possible).then(pl.when(successes == trials).then(1.0).otherwise(high)),
    )


def around(value: pl.Expr, standard_error: pl.Expr, z: float = Z95) -> tuple[pl.Expr, pl.Expr]:
    """The normal interval `value` -+ z standard errors; null where either is."""
    return value - z * standard_error, value + z * standard_error


def around_share(
    share: pl.Expr, standard_error: pl.Expr, answers: pl.Expr, z: float = Z95
) -> tuple[pl.Expr, pl.Expr]:
    """The normal interval of a share; Wilson's where it is none or all, which leaves no spread to go by.

    That nothing of 200 orders came back does not say that nothing ever will.

    Args:
        share: the share, from 0 to 1.
        standard_error: its error; null where too few answers are known to tell.
        answers: how many answers, or clusters of them, it is from.
        z: how many standard errors.

        >>> low, high = around_share(pl.lit(0.0), pl.lit(0.0), pl.lit(200.0))
        >>> [round(bound, 4) for bound in pl.select(low.alias("low"), high.alias("high")).row(0)]
        [0.0, 0.0188]
    """
    low, high = around(share, standard_error, z)
    lowest, highest = wilson(share * answers, answers, z)
    none_or_all = share.is_in([0.0, 1.0]) & standard_error.is_not_null()
    return (
        pl.when(none_or_all).then(lowest).otherwise(low),
        pl.when(none_or_all).then(highest).otherwise(high),
    )


def score_error(promoters: pl.Expr, detractors: pl.Expr, answers: pl.Expr) -> pl.Expr:
    """Standard error of (promoters - detractors) / answers, as a fraction; null without answers.

    The variance of scores of +1, 0 and -1: p + d - (p - d)^2.
    """
    p, d = promoters / answers, detractors / answers
    return pl.when(answers > 0).then(((p + d - (p - d) ** 2) / answers).clip(0).sqrt())


def ratio_error(
    numerator: pl.Expr,
    denominator: pl.Expr,
    squares: tuple[pl.Expr, pl.Expr, pl.Expr],
    clusters: pl.Expr,
) -> pl.Expr:
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
    spread = (clusters / (clusters - 1) * residual).sqrt() / denominator
    return pl.when((clusters > 1) & (denominator > 0)).then(spread)


def difference(
    now: tuple[pl.Expr, pl.Expr, pl.Expr], then: tuple[pl.Expr, pl.Expr, pl.Expr]
) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
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
    down = ((value - low) ** 2 + (high_then - value_then) ** 2).sqrt()
    up = ((high - value) ** 2 + (value_then - low_then) ** 2).sqrt()
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
