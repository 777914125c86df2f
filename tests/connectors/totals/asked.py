"""What a total is: a sum over accepted rows, and the statement that asks the database for the same."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

Rows = pl.DataFrame
Case = tuple[str, str, Callable[[Rows], Rows], str]


def money(rows: Rows, column: str = "net_amount", by: tuple[str, ...] = ("currency",)) -> Rows:
    return rows.group_by(by).agg(pl.col(column).sum())


def counts(rows: Rows, *columns: str) -> Rows:
    return rows.group_by(columns).len()


def sums(rows: Rows, *values: pl.Expr) -> Rows:
    """One row of a few totals."""
    return rows.select(*values)
