"""Amounts in the reporting currency beside the native ones; without a rate the converted amount is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from connectors.columns import MONEY
from connectors.rates import Rate

CURRENCY, DAY = "currency_of_row", "day_of_rate"
NATIVE = "_native"
RATE = pl.Decimal(38, 12)
ANY_DAY = dt.date(2000, 1, 1)


def daily(rates: Iterable[Rate]) -> pl.DataFrame:
    """One row per currency and day with a rate, from the day before the first dated one to the last.

    A day's rate is the last dated one up to that day, else the undated one; never a later one. Days before
    the first row are like it, days after the last one like that.
    """
    known = list(rates)
    dated = _frame([rate for rate in known if rate.day is not None], "dated").sort(DAY)
    undated = _frame([rate for rate in known if rate.day is None], "undated").drop(DAY)
    first, last = _ends(rate.day for rate in known if rate.day is not None)
    days = pl.DataFrame({DAY: pl.date_range(first - dt.timedelta(days=1), last, eager=True)})
    table = days.join(
        pl.concat([dated, undated], how="diagonal").select(pl.col(CURRENCY).unique()), how="cross"
    )
    return (
        table.join_asof(dated, on=DAY, by=CURRENCY, check_sortedness=False)
        .join(undated, on=CURRENCY, how="left")
        .select(CURRENCY, DAY, pl.coalesce("dated", "undated").alias("rate"))
    )


def converted(
    rows: pl.LazyFrame, columns: Iterable[str], rates: pl.DataFrame, reporting: str | None
) -> pl.LazyFrame:
    """The rows with every money column converted in place and its native twin `<column>_native` beside it.

    Products are exact and rounded once, half to even, to what the column holds.

    Args:
        rows: with `currency_of_row` and `day_of_rate`, which are dropped.
        columns: the money columns.
        rates: as made by `daily`.
        reporting: the reporting currency, whose amounts stay exactly as they are.
    """
    names = list(columns)
    rated = rows.with_columns(pl.col(DAY).clip(*_ends(rates[DAY]))).join(
        rates.lazy(), on=[CURRENCY, DAY], how="left", maintain_order="left"
    )
    own = pl.col(CURRENCY) == reporting if reporting else pl.lit(value=False)
    return rated.with_columns(
        *(pl.col(name).alias(name + NATIVE) for name in names),
        *(
            pl.when(own)
            .then(pl.col(name))
            .otherwise((pl.col(name) * pl.col("rate")).cast(pl.Decimal(*MONEY), strict=False))
            .alias(name)
            for name in names
        ),
    ).drop("rate", CURRENCY, DAY)


def _ends(days: Iterable[dt.date]) -> tuple[dt.date, dt.date]:
    known = sorted(days) or [ANY_DAY]
    return known[0], known[-1]


def _frame(rates: Iterable[Rate], name: str) -> pl.DataFrame:
    """One row per rate: its currency, its day, and its value under a name."""
    return pl.DataFrame(
        [(rate.currency, rate.day, round(rate.rate, RATE.scale)) for rate in rates],
        schema={CURRENCY: pl.String, DAY: pl.Date, name: RATE},
        orient="row",
    )
