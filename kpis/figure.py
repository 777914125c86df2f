"""The sides of a figure, and the expressions they are made of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI's figures as expressions over columns that are named by the parts they hold sums of.

    Attributes:
        numerator: the exact sum above the line, in the KPI's unit.
        denominator: the exact sum below; null where there is none.
        value: the figure; null where it cannot be told.
        low: lower end of the interval; null where none applies.
        high: upper end.
    """

    numerator: pl.Expr
    denominator: pl.Expr
    value: pl.Expr
    low: pl.Expr
    high: pl.Expr


def column(name: str) -> pl.Expr:
    """The sum that a part holds."""
    return pl.col(name).cast(pl.Float64)


def nothing() -> pl.Expr:
    """Null, where a figure has no such side."""
    return pl.lit(None, dtype=pl.Float64)


def divided(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """A quotient; null where there is nothing to divide by."""
    return pl.when(denominator != 0).then(numerator / denominator)
