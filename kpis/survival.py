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

import numpy as np
import polars as pl

from kpis.columns import Real, Whole
from kpis.intervals import Z95

HALF = 0.5
# A product of many fractions that makes exactly one half may come out a little above it.
ROUNDING = 1e-12


def life_table(followed: pl.DataFrame, keys: Sequence[str], z: float = Z95) -> pl.DataFrame:
    """One row per combination of `keys` and number of days, in this order.

    Args:
        followed: per combination of `keys` and `days` how many came back on that day (`events`) and how many
            could be followed for no longer (`censored`); the latter are still at risk on that day.
        keys: the columns that tell groups apart, at least one.
        z: how many standard errors an end of the interval is away, that of 95 % unless given.

    Returns:
        keys, days, events, censored, at_risk, survival (the share that has not come back by then), low and
        high, its interval; the ends are null before the first event and once nobody is left.
    """
    per_day = followed.group_by(*keys, "days").agg(pl.col("events", "censored").sum()).sort(*keys, "days")
    groups = per_day.select(pl.struct(keys).rle_id().cast(pl.Int64)).to_series()
    starts = np.flatnonzero(np.diff(groups.to_numpy(), prepend=-1))
    events, censored = (per_day[name].to_numpy().astype(np.int64) for name in ("events", "censored"))
    at_risk = _from_here_on(events + censored, starts)
    left = at_risk - events
    # Where nobody is left the variance is not defined, but survival is 0 then anyway.
    variance = np.divide(events, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    survival = _within(np.multiply, left / at_risk, starts)
    low, high = _interval(survival, _within(np.add, variance, starts), z)
    told = {"at_risk": at_risk, "survival": survival, "low": low, "high": high}
    columns = [pl.Series(name, column, nan_to_null=True) for name, column in told.items()]
    return per_day.hstack(columns)


def medians(table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """One row per combination of `keys`: events, count, median, lower and upper end of its interval, in days.

    `events` is how many came back, `count` how many there were. The median is the first day by which half
    has come back: null, with its interval, where the curve never gets there; the upper end alone is null
    where the interval's curve does not.

    Args:
        table: as made by `life_table`.
        keys: the columns that tell groups apart.
    """

    def first_day(share: str) -> pl.Expr:
        return pl.col("days").filter(pl.col(share) <= HALF + ROUNDING).min().cast(pl.Float64)

    median = first_day("survival")
    ends = {"lower": first_day("low"), "upper": first_day("high")}
    return table.group_by(keys, maintain_order=True).agg(
        events=pl.col("events").sum(),
        count=pl.col("at_risk").first(),
        median=median,
        **{name: pl.when(median.is_not_null()).then(end) for name, end in ends.items()},
    )


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


def _from_here_on(numbers: Whole, starts: Whole) -> Whole:
    """For each row the sum of its own number and of those behind it in its group."""
    if not len(starts):
        return numbers
    reached = np.cumsum(numbers)
    ends = np.append(starts[1:], len(numbers)) - 1
    behind: Whole = np.repeat(reached[ends], np.diff(starts, append=len(numbers))) - reached
    return behind + numbers


def _within(step: np.ufunc, numbers: Real, starts: Whole) -> Real:
    """Numbers added or multiplied up row by row, anew in each group: a group's rounding stays its own."""
    return np.concatenate([step.accumulate(group) for group in np.split(numbers, starts[1:])])


def _interval(survival: Real, greenwood: Real, z: float) -> tuple[Real, Real]:
    """Survival ** exp(-+ z * error), the error being that of log(-log survival); NaN at 1 and at 0."""
    with np.errstate(all="ignore"):
        error = np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = (survival ** np.exp(sign * z * error) for sign in (1, -1))
    inside = (survival > 0) & (survival < 1)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)
