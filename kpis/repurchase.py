"""Repurchase: the share of customers who were back so many days after their first order, and when.

Where all of a cohort could be followed for so long, the share is observed, with Wilson's interval. While some
could not, it is Kaplan-Meier's estimate (see `kpis.survival`), and labelled one.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpis.first_orders import ALL, FirstOrders, asked_days, cohorts_of, kept
from kpis.intervals import wilson
from kpis.periods import Period
from kpis.shop import Shop
from kpis.survival import life_table, medians, returned_by

CURVE_DAYS = (7, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 210, 240, 270, 300, 330, 365)
# First and last day of each part of the distribution of second orders; the last part has no end.
PARTS = ((1, 7), (8, 14), (15, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, None))
OBSERVED, ESTIMATE = "observed", "estimate"
_DAYS = {
    "from": "first day of those first orders that were asked for",
    "to": "last day of them",
    "burn_in": "whether some of the customers may have bought before the data begin",
}
CURVE_COLUMNS = {
    "cohort": "month or quarter of the first order; 'all': every customer whose days are over",
    **_DAYS,
    "days": "calendar days since the first order",
    "customers": "customers whose first paid order lies in these days; of all, those followed for so long",
    "back": "of them, known to have had another paid order on a later day by then",
    "value": "share that was back by then; null where nobody could be followed for so long",
    "low": "lower end of its 95 % interval: Wilson where observed, log(-log) where estimated",
    "high": "upper end",
    "basis": "observed: back / customers; estimate: Kaplan-Meier, as some could not be followed for so long",
}
SECOND_COLUMNS = {
    "cohort": "month or quarter of the first order; 'all': every customer",
    **_DAYS,
    "customers": "customers whose first paid order lies in these days",
    "back": "of them, known to have had another paid order on a later day",
    "median_days": "days by which half is back (Kaplan-Meier); null where fewer than half are known to be",
    "median_low": "lower end of its 95 % interval",
    "median_high": "upper end; null where its curve does not get to one half",
    "days_from": "first of these days since the first order",
    "days_to": "last of them; null: without end",
    "back_then": "of those who are back, how many were on one of these days for the first time",
    "share_then": "share of all customers who come back on one of these days, an estimate (Kaplan-Meier)",
}
_HEAD = {"cohort": pl.String, "from": pl.Date, "to": pl.Date, "burn_in": pl.Boolean}
_CURVE_TYPES = (pl.Int64, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Float64, pl.String)
_SECOND_TYPES = (*[pl.Int64] * 2, *[pl.Float64] * 3, *[pl.Int64] * 3, pl.Float64)
_COHORT = ["cohort"]


def curves(shop: Shop, asked: FirstOrders, days: Sequence[int] = CURVE_DAYS) -> pl.DataFrame:
    """One row per cohort with customers and number of days, then those of all: `CURVE_COLUMNS`.

    Only identified customers and paid orders count; dimensions are those of the first order, the orders that
    follow may be anywhere. The rows of all are observed: each counts the customers whose days are over, so
    that the row of 90 days is the 90-day rate, and neighbouring rows are of other customers.

    Raises:
        PeriodError: none of the days of first orders has data, or the last is before the first.
        SliceError: there is no such grain or dimension, or no row has a value.
    """
    period = asked_days(shop, asked)
    last_day = shop.manifest.last_day
    if period is None or last_day is None:
        return pl.DataFrame(schema=_HEAD | dict(zip(list(CURVE_COLUMNS)[4:], _CURVE_TYPES, strict=True)))
    customers = kept(shop, asked, period)
    lives, every = pl.collect_all([_lives(customers), _over(customers, days)], engine="streaming")
    cohorts = cohorts_of(shop, asked, period).join(_sizes(lives), on="cohort")
    own = cohorts.join(_by_day(lives, days), on="cohort").with_columns(cohort=pl.col("name"))
    is_over = pl.col("to") + pl.duration(days=pl.col("days")) <= last_day
    of_all = _of_all(period, cohorts).join(_unpivoted(every, days), how="cross")
    columns = list(CURVE_COLUMNS)
    return pl.concat(
        [
            _with_shares(own, is_over).sort("from", "days").select(columns),
            _with_shares(of_all, pl.col("customers") > 0).sort("days").select(columns),
        ]
    )


def second_orders(shop: Shop, asked: FirstOrders) -> pl.DataFrame:
    """One row per cohort with customers and part of `PARTS`, then those of all customers: `SECOND_COLUMNS`.

    Raises:
        PeriodError: none of the days of first orders has data, or the last is before the first.
        SliceError: there is no such grain or dimension, or no row has a value.
    """
    period = asked_days(shop, asked)
    if period is None:
        return pl.DataFrame(schema=_HEAD | dict(zip(list(SECOND_COLUMNS)[4:], _SECOND_TYPES, strict=True)))
    lives = _lives(kept(shop, asked, period)).collect(engine="streaming")
    cohorts = cohorts_of(shop, asked, period).join(_sizes(lives), on="cohort").sort("from")
    every = lives.with_columns(cohort=pl.lit(None, pl.Date))
    heads = [
        cohorts.join(_spread(lives), on="cohort").with_columns(cohort=pl.col("name")),
        _of_all(period, cohorts)
        .join(_sizes(every).drop("cohort"), how="cross")
        .join(_spread(every).drop("cohort"), how="cross"),
    ]
    return pl.concat(head.select(list(SECOND_COLUMNS)) for head in heads)


def _lives(customers: pl.LazyFrame) -> pl.LazyFrame:
    """Per cohort and number of days, how many came back then and how many could be followed no longer."""
    followed = pl.col("days_observed").clip(lower_bound=0)
    back = pl.col("days_to_second")
    return customers.group_by("cohort", days=pl.coalesce(back, followed)).agg(
        events=back.count().cast(pl.Int64), censored=back.null_count().cast(pl.Int64)
    )


def _over(customers: pl.LazyFrame, days: Sequence[int]) -> pl.LazyFrame:
    """One row: for each number of days the customers whose days are over, and how many of them were back."""
    counts: dict[str, pl.Expr] = {}
    for number in days:
        over = pl.col("days_observed") >= number
        counts[f"customers {number}"] = over.sum().cast(pl.Int64)
        counts[f"back {number}"] = (over & (pl.col("days_to_second") <= number)).sum().cast(pl.Int64)
    return customers.select(**counts)


def _unpivoted(every: pl.DataFrame, days: Sequence[int]) -> pl.DataFrame:
    """The one row of `_over` as one row per number of days."""
    counts = every.row(0, named=True)
    rows = [(number, counts[f"customers {number}"], counts[f"back {number}"]) for number in days]
    schema = {"days": pl.Int64, "customers": pl.Int64, "back": pl.Int64}
    nothing = [pl.lit(None, pl.Float64).alias(name) for name in ("estimate", "low", "high")]
    return pl.DataFrame(rows, schema, orient="row").with_columns(nothing)


def _sizes(lives: pl.DataFrame) -> pl.DataFrame:
    return lives.group_by(_COHORT).agg(customers=(pl.col("events") + pl.col("censored")).sum())


def _by_day(lives: pl.DataFrame, days: Sequence[int]) -> pl.DataFrame:
    """Per cohort and number of days: back, and Kaplan-Meier's estimate, low and high."""
    table = life_table(lives, _COHORT)
    every = table.select("cohort").unique()
    told = [
        every.join(_back_within(table, number), on="cohort", how="left", nulls_equal=True)
        .join(returned_by(table, number, _COHORT), on="cohort", how="left", nulls_equal=True)
        .with_columns(pl.col("back").fill_null(0), days=pl.lit(number, pl.Int64))
        for number in days
    ]
    return pl.concat(told)


def _back_within(table: pl.DataFrame, days: int) -> pl.DataFrame:
    return table.filter(pl.col("days") <= days).group_by(_COHORT).agg(back=pl.col("events").sum())


def _with_shares(rows: pl.DataFrame, is_over: pl.Expr) -> pl.DataFrame:
    """The observed share where all could be followed, else the estimate; ends within it by either way."""
    low, high = wilson(pl.col("back").cast(pl.Float64), pl.col("customers").cast(pl.Float64))
    is_known = pl.col("estimate").is_not_null()
    return rows.with_columns(
        value=pl.when(is_over).then(pl.col("back") / pl.col("customers")).otherwise("estimate"),
        low=pl.when(is_over).then(low).otherwise("low"),
        high=pl.when(is_over).then(high).otherwise("high"),
        basis=pl.when(is_over).then(pl.lit(OBSERVED)).when(is_known).then(pl.lit(ESTIMATE)),
    )


def _spread(lives: pl.DataFrame) -> pl.DataFrame:
    """Per cohort and part: back, the median with its interval, and how many came back in that part."""
    table = life_table(lives, _COHORT)
    whole = medians(table, _COHORT).rename(
        {"events": "back", "median": "median_days", "lower": "median_low", "upper": "median_high"}
    )
    parts = pl.DataFrame(PARTS, {"days_from": pl.Int64, "days_to": pl.Int64}, orient="row")
    ends = _by_day(lives, [0, *(end for _, end in PARTS if end)]).select("cohort", "days", "back", "estimate")
    before = ends.select("cohort", days_from=pl.col("days") + 1, back_before="back", share_before="estimate")
    until = ends.rename({"days": "days_to", "back": "back_until", "estimate": "share_until"})
    return (
        whole.drop("count")
        .join(parts, how="cross")
        .join(before, on=["cohort", "days_from"], how="left", nulls_equal=True)
        .join(until, on=["cohort", "days_to"], how="left", nulls_equal=True)
        .with_columns(
            back_then=pl.coalesce("back_until", "back") - pl.col("back_before"),
            share_then=pl.col("share_until") - pl.col("share_before"),
        )
        .sort("cohort", "days_from")
    )


def _of_all(period: Period, cohorts: pl.DataFrame) -> pl.DataFrame:
    """The head of the rows of all cohorts: none where there is no cohort."""
    head: dict[str, list[object]] = {"cohort": [ALL], "from": [period.start], "to": [period.end]}
    return pl.DataFrame(head).with_columns(burn_in=cohorts["burn_in"].any()).head(cohorts.height)
