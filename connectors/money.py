"""Amounts in the reporting currency beside the native ones; without a rate the converted amount is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from connectors.columns import MONEY
from connectors.rates import Rate

CURRENCY, DAY = "currency_of_row", "day_of_rate"
NATIVE = "_native"


def daily(rates: Iterable[Rate], first: dt.date, last: dt.date) -> pl.DataFrame:
    """One row per currency and day: the last dated rate up to that day, else the undated one.

    Days before a currency's first dated rate have only the undated one, or none.
    """
    known = list(rates)
    days = pl.DataFrame({DAY: pl.date_range(first, last, eager=True)})
    frames = [
        days.with_columns(pl.lit(currency).alias(CURRENCY), pl.lit(None, dtype=pl.Float64).alias("rate"))
        for currency in sorted({rate.currency for rate in known})
    ]
    table = (
        pl.concat(frames)
        if frames
        else days.clear().with_columns(
            pl.lit(None, dtype=pl.String).alias(CURRENCY), pl.lit(None, dtype=pl.Float64).alias("rate")
        )
    )
    dated = pl.DataFrame(
        {
            CURRENCY: [rate.currency for rate in known if rate.day],
            DAY: [rate.day for rate in known if rate.day],
            "dated": [float(rate.rate) for rate in known if rate.day],
        },
        schema={CURRENCY: pl.String, DAY: pl.Date, "dated": pl.Float64},
    ).sort(DAY)
    undated = {rate.currency: float(rate.rate) for rate in known if rate.day is None}
    fallback = pl.col(CURRENCY).replace_strict(undated, default=None, return_dtype=pl.Float64)
    joined = table.sort(DAY).join_asof(dated, on=DAY, by=CURRENCY, check_sortedness=False)
    return joined.select(CURRENCY, DAY, pl.coalesce("dated", fallback).alias("rate")).drop_nulls("rate")


def converted(
    rows: pl.LazyFrame, columns: Iterable[str], rates: pl.DataFrame, reporting: str | None
) -> pl.LazyFrame:
    """The rows with every money column converted in place and its native twin `<column>_native` beside it.

    Args:
        rows: with `currency_of_row` and `day_of_rate`, which are dropped.
        columns: the money columns.
        rates: as made by `daily`.
        reporting: the reporting currency, whose amounts stay exactly as they are.
    """
    names = list(columns)
    rated = rows.join(rates.lazy(), on=[CURRENCY, DAY], how="left", maintain_order="left")
    own = pl.col(CURRENCY) == reporting if reporting else pl.lit(value=False)
    return rated.with_columns(
        *(pl.col(name).alias(name + NATIVE) for name in names),
        *(
            pl.when(own)
            .then(pl.col(name))
            .otherwise(
                (pl.col(name).cast(pl.Float64) * pl.col("rate")).cast(pl.Decimal(*MONEY), strict=False)
            )
            .alias(name)
            for name in names
        ),
    ).drop("rate", CURRENCY, DAY)
