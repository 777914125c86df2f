"""Kaplan-Meier: how many have not come back after so many days, also while some cannot be followed as long.

Sources: product limit, Kaplan & Meier 1958, JASA 53:457-481; its variance, Greenwood 1926; intervals on the
log(-log) scale, Kalbfleisch & Prentice 2002, section 1.4; interval of the median, Brookmeyer & Crowley 1982,
Biometrics 38:29-41.

Of five customers one came back after 2 days and one after 6, three were followed for 3, 6 and 9 days only.
At 2 days four of five are still out; at 6 two of the three that could be followed so far are:

    >>> followed = pl.DataFrame({"days": [2, 3, 6, 9], "events": [1, 0, 1, 0], "censored": [0, 1, 1, 1]})
    >>> table = life_table(followed.with_columns(shop=1), ["shop"])
    >>> [round(share, 4) for share in table["survival"]]
    [0.8, 0.8, 0.5333, 0.5333]
    >>> medians(table, ["shop"])["median"].to_list()
    [None]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import polars as pl

from kpis.intervals import Z95

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

HALF = 0.5
# A product of many fractions that makes exactly one half may come out a little above it.
ROUNDING = 1e-12


def life_table(followed: Frame, keys: Sequence[str], z: float = Z95) -> Frame:
    """One row per combination of `keys` and number of days, in the order of days.

    Args:
        followed: per combination of `keys` and `days` how many came back on that day (`events`) and how many
            could be followed for no longer (`censored`); the latter are still at risk on that day.
        keys: the columns that tell groups apart, at least one.
        z: how many standard errors an end of the interval is away, that of 95 % unless given.

    Returns:
        keys, days, events, censored, at_risk, survival (the share that has not come back by then), low and
        high, its interval; the ends are null before the first event and once nobody is left.
    """
    per_day = followed.group_by(*keys, "days").agg(pl.col("events", "censored").sum()).sort("days")
    gone = pl.col("events") + pl.col("censored")
    at_risk = per_day.with_columns(at_risk=gone.cum_sum(reverse=True).over(keys))
    events, left = pl.col("events"), pl.col("at_risk") - pl.col("events")
    table = at_risk.with_columns(
        survival=(left / pl.col("at_risk")).cum_prod().over(keys),
        # Where nobody is left the variance is not defined, but survival is 0 then anyway.
        greenwood=pl.when(left > 0)
        .then(events / (pl.col("at_risk") * left))
        .otherwise(0.0)
        .cum_sum()
        .over(keys),
    )
    low, high = _interval(pl.col("survival"), pl.col("greenwood"), z)
    return table.with_columns(low=low, high=high).drop("greenwood")


def medians(table: Frame, keys: Sequence[str]) -> Frame:
    """One row per combination of `keys`: median, lower and upper end of its interval, in days.

    The median is the first day by which half has come back: null, with its interval, where the curve never
    gets there; the upper end alone is null where the interval's curve does not.

    Args:
        table: as made by `life_table`.
        keys: the columns that tell groups apart.
    """

    def first_day(share: str) -> pl.Expr:
        return pl.col("days").filter(pl.col(share) <= HALF + ROUNDING).min().cast(pl.Float64)

    found = table.group_by(keys).agg(
        median=first_day("survival"), lower=first_day("low"), upper=first_day("high")
    )
    is_known = pl.col("median").is_not_null()
    return found.with_columns(pl.when(is_known).then(pl.col("lower", "upper")))


def returned_by(table: pl.DataFrame, days: int, keys: Sequence[str]) -> pl.DataFrame:
    """One row per combination of `keys`: estimate, low and high of the share that comes back within `days`.

    1 - S(days): an estimate, because some could not be followed for so long; to be labelled as one. Null
    where nobody could be, unless all had come back before. The ends are null while nobody has come back.

    Args:
        table: as made by `life_table`.
        days: how many days after the first.
        keys: the columns that tell groups apart.
    """
    until = table.filter(pl.col("days") <= days).sort("days")
    reached = table.group_by(keys).agg(followed=pl.col("days").max() >= days)
    at_end = until.group_by(keys).agg(pl.col("survival", "low", "high").last())
    joined = reached.join(at_end, on=list(keys), how="left", nulls_equal=True)
    survival = pl.col("survival").fill_null(1.0)
    is_known = pl.col("followed") | (survival == 0)
    return joined.select(
        *keys,
        estimate=pl.when(is_known).then(1 - survival),
        low=pl.when(is_known).then(1 - pl.col("high")),
        high=pl.when(is_known).then(1 - pl.col("low")),
    )


def _interval(survival: pl.Expr, greenwood: pl.Expr, z: float) -> tuple[pl.Expr, pl.Expr]:
    """Survival ** exp(-+ z * error), the error being that of log(-log survival); null at 1 and at 0."""
    error = greenwood.sqrt() / survival.log().abs()
    inside = (survival > 0) & (survival < 1)
    low, high = (survival ** (sign * z * error).exp() for sign in (1, -1))
    return pl.when(inside).then(low), pl.when(inside).then(high)
