"""Drivers: how much of a change each slice made by its own rate, and how much by growing or shrinking.

The split is exact: the effects of all slices add up to the change. Source: Kitagawa 1955, JASA 50:1168-1194.

Returns rose from 14 % to 34 %: of shoes 4 of 10 come back instead of 3, but above all they are 80 of 100
orders now and were 20:

    >>> slices = pl.DataFrame({"category": ["shoes", "bags"], "came_back": [6, 8], "sold": [20, 80]})
    >>> slices = slices.with_columns(came_back_now=pl.Series([32, 2]), sold_now=pl.Series([80, 20]))
    >>> rate, mix = split(Side("came_back", "sold"), Side("came_back_now", "sold_now"))
    >>> effects = slices.select("category", rate.round(4).alias("rate"), mix.round(4).alias("mix"))
    >>> effects.rows()
    [('shoes', 0.05, 0.066), ('bags', 0.0, 0.084)]

0.05 + 0.066 + 0.084 are the 20 points.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Side:
    """A ratio before or after, as the names of two columns with one row per slice.

    Attributes:
        numerator: the column of what is above the line; 0 where a slice has nothing.
        denominator: the column of what is below; 0 where a slice did not occur.
    """

    numerator: str
    denominator: str

    @property
    def overall(self) -> pl.Expr:
        """The ratio over all slices; null without a denominator."""
        return _divided(self._above.sum(), self._below.sum())

    @property
    def share(self) -> pl.Expr:
        """Each slice's share of the denominator; null without one."""
        return _divided(self._below, self._below.sum())

    @property
    def weight(self) -> pl.Expr:
        """What each slice adds to the overall ratio: its numerator of the whole denominator."""
        return _divided(self._above, self._below.sum())

    @property
    def rate(self) -> pl.Expr:
        """Each slice's own ratio; null where it did not occur."""
        return _divided(self._above, self._below)

    @property
    def _above(self) -> pl.Expr:
        return pl.col(self.numerator).cast(pl.Float64)

    @property
    def _below(self) -> pl.Expr:
        return pl.col(self.denominator).cast(pl.Float64)


def split(before: Side, after: Side) -> tuple[pl.Expr, pl.Expr]:
    """Each slice's rate effect and mix effect on the change of the ratio; null where a side has nothing.

    Rate effect: mean share x change of rate. Mix effect: change of share x (mean rate - mean overall ratio):
    where a slice is like the whole, its growth moves nothing. What occurs on one side only has no change of
    rate, all it does is mix; so does what is counted above the line of a slice that has nothing below it,
    such as orders of a shop whose visitors nobody counts.
    """
    mean_overall = (before.overall + after.overall) / 2
    rate_effect = (before.share + after.share) / 2 * (after.rate - before.rate)
    # Mean share x change of rate + change of share x mean rate is the change of numerator / all below.
    moved = after.weight - before.weight - (after.share - before.share) * mean_overall
    is_told = before.overall.is_not_null() & after.overall.is_not_null()
    in_rate = rate_effect.fill_null(0)
    return pl.when(is_told).then(in_rate), pl.when(is_told).then(moved - in_rate)


def is_reversed(before: Side, after: Side) -> pl.Expr:
    """Whether the whole moved one way and the rates of all slices on both sides the other way (Simpson).

    Source: Simpson 1951, JRSS-B 13:238-241. Null where a side has nothing.
    """
    overall = (after.overall - before.overall).sign()
    within = (after.rate - before.rate).sign()
    is_opposite = (within == -overall).all() & within.is_not_null().any()
    return pl.when(overall.is_not_null()).then((overall != 0) & is_opposite)


def _divided(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    return pl.when(below != 0).then(above / below)
