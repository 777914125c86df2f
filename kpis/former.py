"""Figures beside those of the days they are compared with, and the change between both."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpis.intervals import difference

CHANGES = ("previous", "change", "change_low", "change_high")
COUNTED_BEFORE = "previous_denominator"
_SIDES = ("value", "low", "high")


def with_former(windows: pl.DataFrame, found: pl.DataFrame, slices: Sequence[str]) -> pl.DataFrame:
    """The figures of windows with `CHANGES` and `COUNTED_BEFORE`; null without days to compare with.

    A slice that only the days compared with have is told too: nothing counted, no value.

    Args:
        windows: one row per window of the result; `former` is the number of the one it is compared with.
        found: figures of all windows by their numbers.
        slices: the columns that name a figure within its window.
    """
    dated = windows.join(found, on="window", how="inner")
    former = found.rename({"window": "former", "value": "previous", "low": "_low", "high": "_high"})
    former = former.with_columns(pl.col("denominator").alias(COUNTED_BEFORE))
    before = former.select("former", *slices, "previous", COUNTED_BEFORE, "_low", "_high")
    both = dated.join(before, on=["former", *slices], how="left", nulls_equal=True)
    changes = zip(CHANGES[1:], difference(_three(*_SIDES), _three("previous", "_low", "_high")), strict=True)
    told = both.with_columns(change.alias(name) for name, change in changes).drop("_low", "_high")
    return pl.concat([told, _gone(windows, dated, former, slices)], how="diagonal")


def _gone(
    windows: pl.DataFrame, dated: pl.DataFrame, former: pl.DataFrame, slices: Sequence[str]
) -> pl.DataFrame:
    """The slices of which only the days compared with tell a figure."""
    known = former.filter(pl.col("previous").is_not_null())
    gone = windows.join(known, on="former", how="inner").join(
        dated, on=["former", *slices], how="anti", nulls_equal=True
    )
    # A count has no denominator, then as now.
    return gone.select(
        *windows.columns,
        *slices,
        "previous",
        COUNTED_BEFORE,
        numerator=pl.lit(0.0),
        denominator=pl.col("denominator") * 0,
        excluded=pl.lit(0, pl.Int64),
    )


def _three(value: str, low: str, high: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    return pl.col(value), pl.col(low), pl.col(high)
