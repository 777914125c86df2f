"""customer_firsts and customer_months: what became of customers after their first order."""

from __future__ import annotations

import polars as pl

from connectors.facts import CustomerFirsts, CustomerMonths, dimensions_of


def customer_firsts(days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer with the first day of paid orders and the next.

    Args:
        days: customer days: one row per customer and day of paid orders.
    """
    later = days.filter(pl.col("previous_day").is_not_null()).select(
        "customer_id",
        second_day="day",
        second_channel="channel",
        second_channel_kind="channel_kind",
        days_to_third="days_to_next",
    )
    firsts = days.filter(pl.col("previous_day").is_null()).select(
        "customer_id",
        "days_observed",
        *dimensions_of(CustomerFirsts),
        first_day="day",
        second_day="next_day",
        days_to_second="days_to_next",
    )
    # A customer has one row per day, so that the pair finds at most one.
    return firsts.join(later, on=["customer_id", "second_day"], how="left").sort("first_day", "customer_id")


def customer_months(days: pl.LazyFrame, firsts: pl.LazyFrame) -> pl.LazyFrame:
    """One row per customer and month with paid orders after the first day: the first such day of the month.

    Args:
        days: customer days.
        firsts: as made by `customer_firsts`.
    """
    began = firsts.select("customer_id", "first_day", *dimensions_of(CustomerMonths))
    later = days.filter(pl.col("previous_day").is_not_null()).select("customer_id", "day", "previous_day")
    month, before = (pl.col(name).dt.truncate("1mo") for name in ("day", "previous_day"))
    is_second = pl.col("previous_day") == pl.col("first_day")
    return (
        later.join(began, on="customer_id")
        .filter(is_second | (month != before))
        .with_columns(month=month, previous_month=pl.when(~is_second).then(before))
        .sort("first_day", "customer_id", "month")
    )
