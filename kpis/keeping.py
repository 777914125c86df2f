"""Which rows a slice keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import narwhals as nw
import polars as pl

Column = TypeVar("Column", nw.Expr, pl.Expr)


def is_one_of(column: Column, values: Sequence[str]) -> Column:
    """Whether a dimension has one of the values; the empty value stands for unknown."""
    named = column.is_in([value for value in values if value])
    return named | column.is_null() if "" in values else named
