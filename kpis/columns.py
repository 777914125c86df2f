"""Columns of numbers, of a frame that is not read yet or in memory: formulas are written once for both."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

Real = NDArray[np.float64]
Whole = NDArray[np.int64]
Column = TypeVar("Column", pl.Expr, Real)


def where(
    condition: pl.Expr | NDArray[np.bool_], then: Column, otherwise: Column | float | None = None
) -> Column:
    """One column where a condition holds, the other elsewhere; without another null, in arrays NaN.

    >>> where(np.array([True, False]), np.array([1.0, 2.0])).tolist()
    [1.0, nan]
    >>> pl.select(where(pl.lit(value=False), pl.lit(1.0))).item() is None
    True
    """
    if isinstance(then, pl.Expr):
        return pl.when(condition).then(then).otherwise(otherwise)
    return np.where(np.asarray(condition), then, np.nan if otherwise is None else otherwise)
