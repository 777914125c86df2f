"""Verdicts: whether the gap between two arms is small enough to call them the same, too large, or untold.

A gap is consistent where its 90 % interval lies inside the margin: two one-sided tests, each at 5 %
(Schuirmann 1987, J Pharmacokinet Biopharm 15:657-680). It is inconsistent where its 95 % interval lies wholly
beyond the margin on one side. "Not significantly different" is neither.

65 of 100 web orders and 70 of 100 till orders were perfect; up to 10 points count as the same. The interval
reaches beyond the margin, so that this says nothing yet:

    >>> from kpis.intervals import around
    >>> gap, error = 0.65 - 0.70, (0.65 * 0.35 / 100 + 0.70 * 0.30 / 100) ** 0.5
    >>> inner, outer = around(pl.lit(gap), pl.lit(error), Z90), around(pl.lit(gap), pl.lit(error))
    >>> [round(pl.select(end).item(), 3) for end in inner]
    [-0.159, 0.059]
    >>> pl.select(verdict(inner, outer, pl.lit(0.1))).item()
    'inconclusive'
"""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

from kpis.intervals import Z90, Z95

Interval = tuple[pl.Expr, pl.Expr]
POWER = 0.8
# Without any gap both sides can spoil a verdict, each in half of the cases that go wrong: 2.93.
MARGIN_IN_ERRORS = Z90 + NormalDist().inv_cdf((1 + POWER) / 2)
_LIKELY = NormalDist().inv_cdf(POWER)


def verdict(inner: Interval, outer: Interval, margin: pl.Expr) -> pl.Expr:
    """`consistent`, `inconsistent` or `inconclusive`; null where an interval is.

    Args:
        inner: the 90 % interval of the gap, on the KPI's own scale.
        outer: its 95 % interval.
        margin: the largest gap that counts as the same, on that scale; a gap of just so much does not.
    """
    is_inside = (inner[0] > -margin) & (inner[1] < margin)
    is_outside = (outer[0] >= margin) | (outer[1] <= -margin)
    return (
        pl.when(is_inside)
        .then(pl.lit("consistent"))
        .when(is_outside)
        .then(pl.lit("inconsistent"))
        .when(is_inside.is_not_null() & is_outside.is_not_null())
        .then(pl.lit("inconclusive"))
    )


def differs_from_zero(outer: Interval) -> pl.Expr:
    """Whether the 95 % interval leaves out 0: a small gap can be real, and consistent all the same."""
    return (outer[0] > 0) | (outer[1] < 0)


def answers_needed(gap: pl.Expr, error: pl.Expr, answers: pl.Expr, margin: pl.Expr) -> pl.Expr:
    """About how many more answers a verdict takes, in both arms together as they are divided now.

    As many as make one 80 % likely if the gap is what it seems; the error shrinks with their root. 0 where
    there are enough; null where the gap seems to be the margin itself, which no number can settle.

    Args:
        gap: the gap.
        error: its standard error.
        answers: how many answers there are.
        margin: the largest gap that counts as the same.
    """
    distance = margin - gap.abs()
    inside = pl.min_horizontal(distance / (Z90 + _LIKELY), margin / MARGIN_IN_ERRORS)
    outside = -distance / (Z95 + _LIKELY)
    aimed_at = pl.when(distance > 0).then(inside).when(distance < 0).then(outside)
    more = answers * ((error / aimed_at) ** 2 - 1)
    return more.clip(0).ceil().cast(pl.Int64, strict=False)
