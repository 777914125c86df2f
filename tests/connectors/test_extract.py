"""Rows leave a database in batches, named as the canonical table names them, or with one plain line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from connectors.errors import SourceError
from connectors.extract import SqlSource, sql_chunks
from connectors.tables import OrderLines, Products, Stores, Visits

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def database(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def test_rows_come_in_batches_of_the_size_asked_for(database: Connection) -> None:
    select = COUNT.format(125) + "SELECT i AS sku, 'x' AS title FROM n"
    chunks = list(sql_chunks(database, select, Products, "shop: products", rows=50))
    assert [chunk.height for chunk in chunks] == [50, 50, 25]
    assert pl.concat(chunks)["sku"].to_list() == list(range(1, 126))


def test_no_rows_are_one_empty_chunk_with_all_columns(database: Connection) -> None:
    (chunk,) = sql_chunks(database, "SELECT 1 AS sku, 2 AS title WHERE 0", Products, "shop: products")
    assert chunk.height == 0
    assert chunk.columns == ["sku", "title"]


def test_a_column_that_is_null_in_the_first_rows_keeps_its_later_values(database: Connection) -> None:
    select = (
        COUNT.format(1_000)
        + "SELECT i AS store_id, 'pos' AS channel, CASE WHEN i > 900 THEN 'x' || i END AS region FROM n"
    )
    (chunk,) = sql_chunks(database, select, Stores, "shop: stores")
    assert chunk["region"].null_count() == 900
    assert chunk["region"][-1] == "x1000"


def test_a_column_without_any_value_has_the_type_of_the_table(database: Connection) -> None:
    select = (
        "SELECT 1 AS order_id, 1 AS line_id, 'a' AS sku, 1 AS quantity, 2 AS net_amount, NULL AS list_price"
    )
    (chunk,) = sql_chunks(database, select, OrderLines, "shop: order_lines")
    assert chunk.schema["list_price"] == pl.Decimal(18, 4)


def test_columns_of_mixed_types_come_as_text(database: Connection) -> None:
    select = "SELECT 1 AS sku, 'a' AS title UNION ALL SELECT 'b', 2.5"
    (chunk,) = sql_chunks(database, select, Products, "shop: products")
    assert chunk["sku"].to_list() == ["1", "b"]
    assert chunk["title"].to_list() == ["a", "2.5"]


def test_colons_and_percent_signs_of_the_statement_are_no_parameters(database: Connection) -> None:
    select = "SELECT 'a' AS sku, '10:30, :now, 5 %s' AS title"
    (chunk,) = sql_chunks(database, select, Products, "shop: products")
    assert chunk["title"].to_list() == ["10:30, :now, 5 %s"]


def test_an_unknown_column_names_itself_and_the_nearest(database: Connection) -> None:
    with pytest.raises(SourceError, match=r"shop: products.*'titel'.*Did you mean 'title'"):
        list(sql_chunks(database, "SELECT 1 AS sku, 2 AS titel", Products, "shop: products"))


def test_an_error_of_the_database_names_connection_table_and_column(engine: Engine) -> None:
    with SqlSource("webshop", engine, {Visits: "SELECT no_such_thing FROM sqlite_master"}) as source:
        assert source.tables() == [Visits]
        with pytest.raises(SourceError, match=r"^webshop: visits: .*no such column: no_such_thing") as caught:
            list(source.chunks(Visits))
    assert "\n" not in caught.value.text.en
    assert "no_such_thing" in caught.value.text.zh


def test_an_error_amid_the_rows_names_connection_and_table(engine: Engine) -> None:
    select = (
        COUNT.format(10)
        + "SELECT i AS sku, CASE WHEN i > 5 THEN abs(-9223372036854775807 - 1) END AS title FROM n"
    )
    with (
        SqlSource("webshop", engine, {Products: select}) as source,
        pytest.raises(SourceError, match=r"^webshop: products: .*overflow"),
    ):
        list(source.chunks(Products))


def test_an_unreachable_database_is_named_without_its_password() -> None:
    engine = create_engine("postgresql+psycopg://reader:c%40nary@127.0.0.1:1/shop?connect_timeout=2")
    with pytest.raises(SourceError, match=r"^webshop: ") as caught:
        SqlSource("webshop", engine, {})
    for words in (caught.value.text.en, caught.value.text.zh):
        assert "c@nary" not in words
        assert "c%40nary" not in words


def test_a_password_repeated_by_the_database_is_masked(engine: Engine) -> None:
    canary = "c@nary"
    engine.url = engine.url.set(password=canary)
    source = SqlSource("webshop", engine, {Products: f"SELECT [{canary}] FROM sqlite_master"})
    with source, pytest.raises(SourceError, match=r"no such column: \*\*\*"):
        list(source.chunks(Products))


def test_the_connection_is_closed_at_the_end(engine: Engine) -> None:
    with SqlSource("webshop", engine, {}) as source:
        source._connection.execute(text("SELECT 1"))
    assert source._connection.closed
