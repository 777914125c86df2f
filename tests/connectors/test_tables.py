"""Laws over all canonical and derived tables."""

from __future__ import annotations

import dataframely as dy
import pytest

from connectors.facts import FACTS, ArticleDays, dimensions_of
from connectors.tables import TABLES, columns_with, dated_by, name_of, required_of

CANONICAL = pytest.mark.parametrize("name", TABLES)


def test_there_are_the_eighteen_canonical_tables() -> None:
    assert set(TABLES) == {
        *("visits", "carts", "orders", "order_lines", "payments", "shipments", "returns", "refunds", "cases"),
        *("conversations", "surveys", "reviews", "products", "prices", "listings", "stores", "customers"),
        "penalties",
    }


@CANONICAL
def test_a_table_and_its_columns_are_described(name: str) -> None:
    table = TABLES[name]
    assert table.__doc__
    assert all(column.description for column in table.columns().values())


@CANONICAL
def test_a_table_is_found_by_its_name(name: str) -> None:
    assert name_of(TABLES[name]) == name


@CANONICAL
def test_references_name_tables_that_have_one_key(name: str) -> None:
    for target in columns_with(TABLES[name], "refers_to").values():
        assert len(columns_with(TABLES[target], "key")) == 1


@CANONICAL
def test_a_moment_comes_after_a_column_of_the_same_table(name: str) -> None:
    assert set(columns_with(TABLES[name], "after").values()) <= set(TABLES[name].column_names())


@CANONICAL
def test_money_is_decimal_and_comes_with_a_currency_or_an_order(name: str) -> None:
    table = TABLES[name]
    money = columns_with(table, "money")
    assert all(isinstance(table.columns()[column], dy.Decimal) for column in money)
    assert not money or {"currency", "order_id"} & set(table.column_names())


@CANONICAL
def test_hashes_are_personal(name: str) -> None:
    assert set(columns_with(TABLES[name], "hash_of")) <= set(columns_with(TABLES[name], "personal"))


def test_required_columns_are_those_of_the_contract() -> None:
    assert required_of(TABLES["orders"]) == [
        "order_id", "placed_at", "channel", "status", "kind", "net_amount", "currency",
    ]  # fmt: skip
    assert required_of(TABLES["visits"]) == ["started_at", "channel", "visits"]
    assert required_of(TABLES["surveys"]) == ["survey_id", "kind", "channel"]
    assert dated_by(TABLES["orders"]) == "placed_at"


@pytest.mark.parametrize("name", FACTS)
def test_derived_tables_are_described_and_carry_channel_and_kind(name: str) -> None:
    table = FACTS[name]
    assert table.__doc__
    assert all(column.description for column in table.columns().values())
    # What compares online with offline is of no one channel.
    if table is not ArticleDays:
        assert {"channel", "channel_kind"} <= set(dimensions_of(table))
    if "order_id" in table.column_names():
        assert {"store", "region", "category", "customer_type"} <= set(dimensions_of(table))
