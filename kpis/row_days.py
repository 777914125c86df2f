"""By which days the rows of a table are picked: their own, those on which they hold, or their parent's."""

from __future__ import annotations

import datetime as dt

import polars as pl

from connectors.articles import until
from connectors.facts import FACTS
from connectors.tables import TABLES, columns_with, dated_by, required_of
from connectors.text import Text
from kpis.article_lists import LISTS
from kpis.errors import ExtractError
from kpis.periods import Period
from kpis.shop import Shop
from kpis.slices import check_within


def day_column(table: str) -> str | None:
    """The column by which days are picked: `day`, or a derived table's first day; null where it has none."""
    if table in FACTS:
        return next(name for name in FACTS[table].column_names() if name.endswith("day"))
    return "day" if table in LISTS or has_own_day(table) or _parent(table) else None


def is_dated_otherwise(table: str, day: str) -> bool:
    """Whether rows of a canonical table are picked by another day than `day`, that of a KPI.

    `day` says what it is only together with its KPI, so that nothing is known of it.
    """
    found = _parent(table)
    column = dated_by(TABLES[table]) or (dated_by(TABLES[found[1]]) if found else None)
    return day != "day" and column is not None and column.removesuffix("_at") != day.removesuffix("_day")


def has_own_day(table: str) -> bool:
    """Whether rows of a canonical table say themselves when they were."""
    return dated_by(TABLES[table]) is not None or holds_on(table)


def holds_on(table: str) -> bool:
    """Whether rows of a table hold from a day on, until the next of the same article and channel does."""
    return table in TABLES and "from_day" in TABLES[table].column_names()


def dated_rows(shop: Shop, table: str) -> pl.LazyFrame:
    """The rows of a canonical or derived table, unread, with the `day` of their parent where it tells theirs.

    An order line is dated by its order; null where that is not there.
    """
    rows = shop.tables.scan(table)
    found = None if table in FACTS or has_own_day(table) else _parent(table)
    if found is None or not shop.tables.has(found[1]):
        return rows
    column, parent = found
    days = shop.tables.scan(parent).select(column, "day")
    return rows.drop("day").join(days, on=column, how="left", maintain_order="left")


def of_days(
    shop: Shop, rows: pl.LazyFrame, table: str, start: dt.date | None, end: dt.date | None
) -> pl.LazyFrame:
    """The rows of a span of days; of prices and listings those that hold on at least one of them.

    Args:
        shop: the shop.
        rows: those of `dated_rows`.
        table: whose they are.
        start: first day, included, business zone; null for all.
        end: last day, included; null for all.

    Raises:
        ExtractError: rows of the table have no day.
        PeriodError: none of the days has data.
    """
    day = day_column(table)
    if day is None:
        raise ExtractError(
            Text(
                f"rows of {table} have no day; leave out --from and --to.",
                f"{table} 的行没有日期；请去掉 --from 和 --to。",
            )
        )
    if holds_on(table):
        return _held(shop, rows, start, end)
    check_within(_reach(rows, pl.col(day), pl.col(day)), start, end)
    conditions = [pl.col(day) >= start] if start else []
    return rows.filter(*conditions, *([pl.col(day) <= end] if end else []))


def _held(shop: Shop, rows: pl.LazyFrame, start: dt.date | None, end: dt.date | None) -> pl.LazyFrame:
    """The rows that hold on some of the days; what holds still does so on the last day of data."""
    first, following = pl.col("from_day"), pl.col("until")
    held = until(rows).filter(following.is_null() | (following > first))
    still = pl.max_horizontal(first, pl.lit(shop.last_day, pl.Date))
    last = pl.when(following.is_null()).then(still).otherwise(following - pl.duration(days=1))
    check_within(_reach(held, first, last), start, end)
    conditions = [following.is_null() | (following > start)] if start else []
    return held.filter(*conditions, *([first <= end] if end else [])).drop("until")


def _reach(rows: pl.LazyFrame, first: pl.Expr, last: pl.Expr) -> Period | None:
    """The first and last day of the rows; null without rows."""
    ends = rows.select(first=first.min(), last=last.max()).collect(engine="streaming")
    begin, end = ends.row(0)
    return Period(begin, end) if begin else None


def _parent(table: str) -> tuple[str, str] | None:
    """The column every row names its parent by, and the table of that, where its rows have a day."""
    schema = TABLES[table]
    required = required_of(schema)
    parents = columns_with(schema, "refers_to").items()
    return next(
        ((column, parent) for column, parent in parents if column in required and dated_by(TABLES[parent])),
        None,
    )
