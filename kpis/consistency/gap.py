"""The gap between online and offline on a KPI's own scale, its intervals, and the verdict on it.

Gaps of shares are differences with Newcombe's interval, of scores and means differences whose variances add,
of medians differences of order statistics, put together by square-and-add (all of them `difference`). Money
and pieces are compared as ratios: their gap is ln(online / offline), each side's error divided by its value.
"""

from __future__ import annotations

import polars as pl

from kpis.consistency.arms import ARMS
from kpis.fewest import SMALLEST
from kpis.intervals import Z95, difference
from kpis.verdict import answers_needed, differs_from_zero, verdict

NOT_COMPARABLE = "not comparable"
INCONCLUSIVE = "inconclusive"
_INNER, _OUTER = ("low90", "high90"), ("low", "high")


def with_gaps(arms: pl.DataFrame) -> pl.DataFrame:
    """Both arms with the gap between them and the verdict on it.

    Args:
        arms: both arms as `both_arms` tells them, with `margin` and `logarithmic`, `is_mean`, `answers` (of
            both arms together).

    Returns:
        the same rows with gap, low90, high90, low95, high95, error (its standard error), verdict,
        differs_from_zero and answers_needed. The ends are null where an arm is too small for an interval:
        then the verdict is `inconclusive`. Where an arm has no value it is `not comparable`, and all else
        null.
    """
    scaled = arms.with_columns(column for arm in ARMS for column in _scaled(arm))
    gap, low95, high95 = _difference(_OUTER)
    _, low90, high90 = _difference(_INNER)
    gaps = scaled.with_columns(
        gap=gap, low90=low90, high90=high90, low95=low95, high95=high95, error=(high95 - low95) / (2 * Z95)
    ).drop(name for name in scaled.columns if name.startswith("_"))
    return judged(gaps)


def judged(gaps: pl.DataFrame) -> pl.DataFrame:
    """Gaps with verdict, differs_from_zero and answers_needed; without a margin there is no verdict."""
    inner = (pl.col("low90"), pl.col("high90"))
    outer = (pl.col("low95"), pl.col("high95"))
    margin = pl.col("margin")
    is_comparable = pl.col("gap").is_not_null()
    told = pl.coalesce(verdict(inner, outer, margin), pl.lit(INCONCLUSIVE))
    needed = answers_needed(pl.col("gap"), pl.col("error"), pl.col("answers"), margin)
    return gaps.with_columns(
        pl.when(~is_comparable)
        .then(pl.lit(NOT_COMPARABLE))
        .when(margin.is_not_null())
        .then(told)
        .alias("verdict"),
        differs_from_zero(outer).alias("differs_from_zero"),
        pl.when(told == INCONCLUSIVE).then(needed).alias("answers_needed"),
    )


def _difference(ends: tuple[str, str]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    online, offline = ((f"_{arm}", *(f"_{arm}_{end}" for end in ends)) for arm in ARMS)
    return difference(
        (pl.col(online[0]), pl.col(online[1]), pl.col(online[2])),
        (pl.col(offline[0]), pl.col(offline[1]), pl.col(offline[2])),
    )


def _scaled(arm: str) -> list[pl.Expr]:
    """The value and the ends of an arm on the scale of the gap; null where few answers alike have no ends.

    Two answers of 10 have no spread, and all the same say next to nothing.
    """
    value, high = pl.col(arm), pl.col(f"{arm}_high")
    is_logarithmic = pl.col("logarithmic")
    has_no_spread = pl.col("is_mean") & (high <= value) & (pl.col(f"{arm}_n") < SMALLEST)
    columns = [
        pl.when(is_logarithmic).then(pl.when(value > 0).then(value.log())).otherwise(value).alias(f"_{arm}")
    ]
    for low_end, high_end in (_INNER, _OUTER):
        # The lower end of an amount may have been cut at 0: the upper end tells the error of both.
        half = (pl.col(f"{arm}_{high_end}") - value) / value
        for end, logarithm in ((low_end, value.log() - half), (high_end, value.log() + half)):
            plain = pl.when(is_logarithmic).then(logarithm).otherwise(pl.col(f"{arm}_{end}"))
            columns.append(pl.when(~has_no_spread.fill_null(value=False)).then(plain).alias(f"_{arm}_{end}"))
    return columns
