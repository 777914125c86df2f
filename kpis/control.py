"""Control charts: which weeks are out of the ordinary, judged by how much weeks differ from one to the next.

Individual values (XmR): Wheeler & Chambers 1992, Understanding Statistical Process Control. Shares: Laney
2002, Quality Engineering 14:531-537, whose limits follow each week's number as those of a p chart do, and are
as much wider as weeks differ by more than chance.

Four weeks at 10, then 30: weeks differ by 5 on average, and no week is further than 2.66 x 5 from the mean 14
but the last:

    >>> weeks = pl.DataFrame({"orders": [10.0, 10.0, 10.0, 10.0, 30.0]})
    >>> usual = individuals(pl.col("orders"))
    >>> weeks.select(centre=usual.centre, low=usual.low.round(4), high=usual.high.round(4)).row(0)
    (14.0, 0.7, 27.3)
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# 3 / 1.128: three standard deviations by the mean difference of two neighbours (d2 of two).
RANGES = 2.66
NEIGHBOURS = 1.128
SIGMAS = 3
IN_A_ROW = 8
FEWEST_POINTS = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """What a series keeps within while nothing happens, as columns of the series.

    Attributes:
        centre: its level.
        low: the lower limit.
        high: the upper limit.
    """

    centre: pl.Expr
    low: pl.Expr
    high: pl.Expr


def individuals(values: pl.Expr) -> Limits:
    """Limits of single values in the order of time, none of them null: mean -+ 2.66 x mean moving range."""
    centre, width = values.mean(), RANGES * values.diff().abs().mean()
    return Limits(centre, centre - width, centre + width)


def widening(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """By how much shares differ from week to week more than chance makes them: sigma z, 1 if not at all.

    Null where all or nothing counts. Denominators must be above 0.
    """
    share = numerator.sum() / denominator.sum()
    spread = (share * (1 - share) / denominator).sqrt()
    moved = ((numerator / denominator - share) / spread).diff().abs().mean() / NEIGHBOURS
    return pl.when((share > 0) & (share < 1)).then(moved)


def proportions(numerator: pl.Expr, denominator: pl.Expr, widened: pl.Expr) -> Limits:
    """Limits of shares: share of all -+ 3 standard deviations of each week's number, times `widened`.

    With 1 this is a p chart, with `widening` Laney's. Limits stay between 0 and 1.
    """
    share = numerator.sum() / denominator.sum()
    width = SIGMAS * (share * (1 - share) / denominator).sqrt() * widened
    return Limits(share, (share - width).clip(0, 1), (share + width).clip(0, 1))


def laney(numerator: pl.Expr, denominator: pl.Expr) -> Limits:
    """Limits of shares in the order of time, of large and unequal numbers; denominators must be above 0."""
    return proportions(numerator, denominator, widening(numerator, denominator))


def is_beyond(values: pl.Expr, limits: Limits) -> pl.Expr:
    """Which values lie outside their limits; nowhere while there are fewer than 12 points."""
    return _with_points(values, (values < limits.low) | (values > limits.high))


def is_shifted(values: pl.Expr, limits: Limits) -> pl.Expr:
    """Which values are at least the eighth in a row on one side of the centre; not under 12 points.

    A value on the centre ends a row.
    """
    side = (values - limits.centre).sign()
    in_a_row = side.cum_count().over(side.rle_id())
    return _with_points(values, (in_a_row >= IN_A_ROW) & (side != 0))


def _with_points(values: pl.Expr, flagged: pl.Expr) -> pl.Expr:
    return (values.count() >= FEWEST_POINTS) & flagged
