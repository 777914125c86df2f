"""Extracts: the rows of a canonical or derived table, filtered as the pages are, never loaded whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import dataframely as dy
import polars as pl

from connectors.business import Business
from connectors.errors import unknown
from connectors.facts import FACTS, dimensions_of
from connectors.tables import TABLES, Table, columns_with
from connectors.text import Text
from kpis.article_lists import LISTS
from kpis.articles import article_reach, check_where
from kpis.errors import ExtractError
from kpis.keeping import is_one_of
from kpis.row_days import dated_rows, day_column, of_days
from kpis.shop import Shop
from kpis.slices import asked_period, check_values, check_within

_OWN_COLUMN = {"store": "store_id"}


def extract(
    shop: Shop,
    table: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    where: Mapping[str, Sequence[str]] | None = None,
) -> pl.LazyFrame:
    """The rows of `table`, unread, one row as in the snapshot.

    Canonical tables come with `day` (business zone; an order line's is its order's), money in the reporting
    currency and beside it `<column>_native`; without hashes and comments unless the settings allow them.

    Args:
        shop: the shop.
        table: a canonical or derived table, or a list of articles, which is as of the last day.
        start: first `day`, included; null for all. Prices and listings are those that hold on some day.
        end: last `day`, included; null for all.
        where: per dimension the values to keep, a table's own or its order's; the empty value: unknown.

    Raises:
        ExtractError: there is no such table, nothing delivers it, it has no days or not the dimension.
        SliceError: no row has a value.
        PeriodError: none of the days has data.
    """
    if table in LISTS:
        return _list(shop, table, start, end, where or {})
    if table not in {**TABLES, **FACTS}:
        raise unknown(Text("table", "表"), table, [*TABLES, *FACTS, *LISTS], ExtractError)
    if not shop.tables.has(table):
        raise ExtractError(Text(f"no connection delivers {table}.", f"没有连接提供 {table}。"))
    rows = dated_rows(shop, table)
    if start or end:
        rows = of_days(shop, rows, table, start, end)
    for name, values in (where or {}).items():
        check_values(name, values, _known_values(shop, rows, name))
        rows = _of_slice(shop, rows, table, name, values)
    columns = list(FACTS[table].column_names()) if table in FACTS else _columns(shop, table)
    return rows.select(columns)


def columns_of(table: str) -> dict[str, dy.Column]:
    """The columns of anything that can be extracted."""
    return (LISTS[table].columns if table in LISTS else {**TABLES, **FACTS}[table]).columns()


def _list(
    shop: Shop, name: str, start: dt.date | None, end: dt.date | None, where: Mapping[str, Sequence[str]]
) -> pl.LazyFrame:
    """A list of articles, as of the last of the days asked for."""
    reach = article_reach(shop)
    check_within(reach, start, end)
    check_where(where)
    for dimension, values in where.items():
        check_values(dimension, values, shop.dimension_values(dimension))
    period = asked_period(reach, start, end)
    if period is None:
        return LISTS[name].columns.create_empty(lazy=True)
    return LISTS[name].rows(shop, period, where).lazy()


def _columns(shop: Shop, table: str) -> list[str]:
    schema = TABLES[table]
    hidden = _hidden(shop.business, schema)
    money = columns_with(schema, "money")
    named = [
        name
        for column in schema.column_names()
        if column not in hidden
        for name in ([column, f"{column}_native"] if column in money else [column])
    ]
    return ["day", *named] if day_column(table) else named


def _hidden(business: Business, schema: type[Table]) -> set[str]:
    """Personal columns that no setting allows out: hashes and customers' own words have one each."""
    hashes = set(columns_with(schema, "hash_of"))
    words = set(columns_with(schema, "personal")) - hashes
    return (set() if business.personal_extracts else hashes) | (set() if business.comments else words)


def _known_values(shop: Shop, rows: pl.LazyFrame, name: str) -> list[str]:
    """The values of a dimension anywhere, and in the rows themselves: lines have categories of their own."""
    known = set(shop.dimension_values(name))
    column = _OWN_COLUMN.get(name, name)
    if column in rows.collect_schema():
        own = rows.select(pl.col(column).drop_nulls().unique()).collect(engine="streaming")
        known |= set(own[column])
    return sorted(known)


def _of_slice(shop: Shop, rows: pl.LazyFrame, table: str, name: str, values: Sequence[str]) -> pl.LazyFrame:
    """The rows of one slice: by a column of their own, else by that of their order."""
    own = set(rows.collect_schema().names())
    column = _OWN_COLUMN.get(name, name)
    # An order's region is that of its shop where it has one: only order_facts knows.
    if table != "orders" and column in own:
        return rows.filter(is_one_of(pl.col(column), values))
    if table != "orders" and name == "channel_kind" and "channel" in own:
        kinds = {channel.id: channel.kind for channel in shop.manifest.channels}
        return rows.filter(is_one_of(pl.col("channel").replace_strict(kinds, default="unknown"), values))
    if "order_id" in own and name in dimensions_of(FACTS["order_facts"]):
        orders = shop.tables.scan("order_facts").filter(is_one_of(pl.col(name), values))
        # In their own order, so that the same extract taken twice is the same file.
        return rows.join(orders.select("order_id"), on="order_id", how="semi", maintain_order="left")
    raise ExtractError(
        Text(
            f"rows of {table} have no {name}; leave out --where {name}=...",
            f"{table} 的行没有 {name}；请去掉 --where {name}=...",
        )
    )
