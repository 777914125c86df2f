"""Cohorts: of the customers who first bought in one month, how many were back in each month since.

Months are those of the calendar: month 0 is the rest of the first order's own month, month 1 the next. Two
customers first bought in January; one was back later in January and in March, the other in March only. The
data end on 2 April, so that nothing can be said of April yet:

    >>> january = {"cohort": dt.date(2026, 1, 1), "customers": 2}
    >>> months = {"cohort": [dt.date(2026, 1, 1)] * 2, "offset": [0, 2], "back": [1, 2], "newly": [1, 1]}
    >>> told = triangle(pl.DataFrame([january]), pl.DataFrame(months), dt.date(2026, 4, 2), "month")
    >>> told.select("offset", "back", "value", "back_so_far", "cumulative").rows()
    [(0, 1, 0.5, 1, 0.5), (1, 0, 0.0, 1, 0.5), (2, 2, 1.0, 2, 1.0), (3, None, None, None, None)]
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from kpis.first_orders import ALL, TRUNCATED, CohortGrain, FirstOrders, asked_days, cohorts_of, kept
from kpis.intervals import wilson
from kpis.shop import Shop

MONTHS_IN = {"month": 1, "quarter": 3}
COLUMNS = {
    "cohort": "month or quarter of the first order; 'all' adds up the cohorts that are old enough",
    "from": "first day of those first orders that were asked for",
    "to": "last day of them",
    "burn_in": "whether some of the customers may have bought before the data begin",
    "cohorts": "how many cohorts are in the row",
    "customers": "customers whose first paid order lies in these days",
    "offset": "months (quarters) since that of the first order",
    "back": "of them, with a paid order on a later day, in that month; null until the month is over",
    "value": "back / customers",
    "low": "lower end of its 95 % interval (Wilson)",
    "high": "upper end",
    "back_so_far": "of them, with a paid order on a later day by its end; null until it is over",
    "cumulative": "back_so_far / customers",
    "cumulative_low": "lower end of its 95 % interval (Wilson)",
    "cumulative_high": "upper end",
}
_COUNTS = ("back", "back_so_far")
_SHARE = (pl.Int64, pl.Float64, pl.Float64, pl.Float64)
_TYPES = (pl.String, pl.Date, pl.Date, pl.Boolean, pl.Int64, pl.Int64, pl.Int64, *_SHARE, *_SHARE)


def cohorts(shop: Shop, asked: FirstOrders) -> pl.DataFrame:
    """One row per cohort with customers and month since, then one per month of all cohorts: `COLUMNS`.

    Only identified customers and paid orders count; dimensions are those of the first order, the orders that
    follow may be anywhere. Counts and shares of a month that is not over are null, and take no part in the
    rows of all: these hold, for each month since, only the cohorts for which it is over, so that shares of
    neighbouring months are of other customers. A later snapshot never changes a share that is told, unless
    orders of days gone by change.

    Raises:
        PeriodError: none of the days has data, or the last is before the first.
        SliceError: there is no such grain or dimension, or no row has a value.
    """
    days = asked_days(shop, asked)
    last_day = shop.manifest.last_day
    if days is None or last_day is None:
        return pl.DataFrame(schema=dict(zip(COLUMNS, _TYPES, strict=True)))
    sizes = kept(shop, asked, days).group_by("cohort").agg(customers=pl.len().cast(pl.Int64))
    months = kept(shop, asked, days, "customer_months").with_columns(
        pl.col("month", "previous_month").dt.truncate(TRUNCATED[asked.grain])
    )
    since = (_month_number("month") - _month_number("cohort")) // MONTHS_IN[asked.grain]
    # Of several months of one quarter only the first tells that a customer was back.
    came_back = (
        months.filter(pl.col("month").ne_missing(pl.col("previous_month")))
        .group_by("cohort", offset=since)
        .agg(back=pl.len().cast(pl.Int64), newly=pl.col("previous_month").null_count().cast(pl.Int64))
    )
    found, back = pl.collect_all([sizes, came_back], engine="streaming")
    told = triangle(found, back, last_day, asked.grain)
    return _with_all(told.join(cohorts_of(shop, asked, days), on="cohort"))


def triangle(
    sizes: pl.DataFrame, months: pl.DataFrame, last_day: dt.date, grain: CohortGrain
) -> pl.DataFrame:
    """One row per cohort and month since, up to the running one; what is not over is null.

    A month is over once the data reach beyond it: on its last day itself orders may still come in.

    Args:
        sizes: cohort (its first day) and customers, more than none.
        months: cohort, offset, how many were back then, and how many of them for the first time (`newly`).
        last_day: the data's last day.
        grain: what an offset counts.
    """
    step = MONTHS_IN[grain]
    running = pl.lit(last_day, pl.Date).dt.truncate(TRUNCATED[grain])
    age = (_month_number(running) - _month_number("cohort")) // step
    cells = (
        sizes.with_columns(offset=pl.int_ranges(0, pl.max_horizontal(age, 0) + 1, dtype=pl.Int64))
        .explode("offset")
        .join(months.with_columns(pl.col("offset").cast(pl.Int64)), on=["cohort", "offset"], how="left")
        .sort("cohort", "offset")
        .with_columns(pl.col("back", "newly").fill_null(0))
        .with_columns(back_so_far=pl.col("newly").cum_sum().over("cohort", order_by="offset"))
    )
    is_over = pl.col("offset") < age
    return _with_shares(cells.with_columns(pl.when(is_over).then(pl.col(name)) for name in _COUNTS))


def _with_all(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells under their cohorts' names, and below them those of all cohorts that are old enough."""
    own = cells.with_columns(cohort=pl.col("name"), cohorts=pl.lit(1, pl.Int64))
    over = cells.filter(pl.col("back").is_not_null())
    every = over.group_by("offset").agg(
        pl.col("from").min(),
        pl.col("to").max(),
        pl.col("burn_in").any(),
        pl.col("customers", *_COUNTS).sum(),
        cohorts=pl.len().cast(pl.Int64),
    )
    together = _with_shares(every.with_columns(cohort=pl.lit(ALL))).sort("offset")
    return pl.concat([own.select(list(COLUMNS)), together.select(list(COLUMNS))])


def _with_shares(cells: pl.DataFrame) -> pl.DataFrame:
    customers = pl.col("customers").cast(pl.Float64)
    shares = {"value": ("back", "low", "high")}
    shares["cumulative"] = ("back_so_far", "cumulative_low", "cumulative_high")
    columns: dict[str, pl.Expr] = {}
    for name, (count, lower, upper) in shares.items():
        low, high = wilson(pl.col(count).cast(pl.Float64), customers)
        columns |= {name: pl.col(count) / customers, lower: low, upper: high}
    return cells.with_columns(**columns)


def _month_number(day: str | pl.Expr) -> pl.Expr:
    """Months since the year 0, so that differences count months."""
    column = pl.col(day) if isinstance(day, str) else day
    return column.dt.year().cast(pl.Int64) * 12 + column.dt.month().cast(pl.Int64)
