"""Laws of every system: what it declares is whole, what it delivers is valid, in any version's database."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from connectors.connector import Connector
from connectors.delivered_columns import deliverable
from connectors.following import RESERVED
from connectors.sql_shape import columns_of
from connectors.sql_system import SqlConnector
from connectors.systems import open_connection, systems
from connectors.tables import TABLES, columns_with, name_of, required_of
from connectors.text import Text
from tests.connectors.postgres_server import Database
from tests.connectors.system_world import (
    DUMP_FILES,
    FIXTURES,
    SQL_SYSTEMS,
    Shop,
    dumped_shop,
    kept_shop,
    make_tables,
)

CENT = Decimal("0.01")


@pytest.fixture(params=[f"small {name}" for name in SQL_SYSTEMS] + [f"dumped {name}" for name in DUMP_FILES])
def shop(request: pytest.FixtureRequest, postgres_folder: str) -> Shop:
    """Every shop: the small ones, and those of the dumps where there are any."""
    kind, name = request.param.split()
    return kept_shop(postgres_folder, name) if kind == "small" else dumped_shop(postgres_folder, name)


def small(shop: Shop) -> bool:
    return shop.database.name.startswith("small_")


def texts(system: Connector) -> list[Text]:
    return [system.title, system.description, *system.lacks.values(), *system.options.values()]


@pytest.mark.parametrize("name", systems())
def test_every_system_speaks_both_languages(name: str) -> None:
    for text in texts(systems()[name]):
        assert text.en.strip()
        assert text.zh.strip()
        assert text.en == text.en.strip()
        assert not text.en.endswith(".")


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_a_system_fills_a_table_or_says_what_would(name: str) -> None:
    system = SQL_SYSTEMS[name]
    assert set(system.selects).isdisjoint(system.lacks)
    assert {*system.selects, *system.lacks} == set(TABLES.values())


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_every_system_has_a_small_shop(name: str) -> None:
    assert (FIXTURES / f"{name}.sql").exists()


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_a_system_reads_nothing_it_does_not_declare(name: str, database: Database) -> None:
    make_tables(database, SQL_SYSTEMS[name])
    delivered = every_table(Shop(name, database))
    assert delivered == {name_of(table) for table in SQL_SYSTEMS[name].selects}


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_any_table_may_be_absent_but_those_that_prove_the_system(name: str, database: Database) -> None:
    system = SQL_SYSTEMS[name]
    make_tables(database, system)
    for table in columns_of(system.reads):
        if table not in system.proof:
            database.run(f'ALTER TABLE "{table}" RENAME TO absent')
            every_table(Shop(name, database))
            database.run(f'ALTER TABLE absent RENAME TO "{table}"')


@pytest.mark.parametrize("name", SQL_SYSTEMS)
def test_all_columns_but_the_first_may_be_absent(name: str, database: Database) -> None:
    system = SQL_SYSTEMS[name]
    make_tables(database, system)
    for table, columns in columns_of(system.reads).items():
        if system.version is None or table not in system.version:
            dropped = ", ".join(f'DROP "{column}"' for column in list(columns)[1:])
            database.run(f'ALTER TABLE "{table}" {dropped}' if dropped else "SELECT 1")
    every_table(Shop(name, database))


def every_table(shop: Shop) -> set[str]:
    """Describe every table's SELECT to the server, which refuses what it does not know."""
    with open_connection(shop.connection()) as source:
        for table in source.tables():
            source.columns(table)  # type: ignore[attr-defined]
        return {name_of(table) for table in source.tables()}


def test_columns_are_the_tables_and_required_ones_are_there(shop: Shop) -> None:
    for name, frame in shop.frames().items():
        assert set(frame.columns) <= {*deliverable(TABLES[name]), *RESERVED}, name
        assert set(required_of(TABLES[name])) <= set(frame.columns), name


def test_no_row_is_put_aside_or_lost(shop: Shop) -> None:
    frames = shop.frames()
    for name, accepted in shop.accepted().items():
        aside = accepted.quarantine["rule"].to_list()
        # The dumps' clock was simulated, for some rows ahead of ours.
        broken = [rule for rule in aside if small(shop) or not rule.endswith(":after_tomorrow")]
        assert broken == [], name
        assert accepted.rows.height + len(aside) == frames[name].height
        assert small(shop) is False or frames[name].height > 0, f"the small shop has no {name}"
        TABLES[name].validate(accepted.rows, cast=False)


def test_no_value_is_repaired(shop: Shop) -> None:
    repairs = {name: accepted.repairs for name, accepted in shop.accepted().items() if accepted.repairs}
    assert repairs == {}


def test_no_key_is_repeated(shop: Shop) -> None:
    for name, accepted in shop.accepted().items():
        key = list(columns_with(TABLES[name], "key"))
        assert not key or accepted.rows.select(key).is_duplicated().sum() == 0, name


def test_references_lead_to_rows(shop: Shop) -> None:
    accepted = shop.accepted()
    for name, table in accepted.items():
        for column, target in columns_with(TABLES[name], "refers_to").items():
            if target in accepted:
                given = table.rows[column].drop_nulls()
                known = accepted[target].rows[column].implode()
                assert given.filter(~given.is_in(known)).to_list() == [], (name, column)


def test_lines_and_discounts_of_an_order_make_its_net_amount(shop: Shop) -> None:
    accepted = shop.accepted()
    if "orders" not in accepted:
        assert "order_lines" not in accepted
        return
    orders, lines = accepted["orders"].rows, accepted["order_lines"].rows
    sums = lines.group_by("order_id").agg(pl.col("net_amount").sum().alias("of_lines"))
    both = orders.join(sums, on="order_id")
    assert both.filter(pl.col("net_amount") > pl.col("of_lines") + CENT)["order_id"].to_list() == []
    assert both.filter(pl.col("gross_amount") + CENT < pl.col("net_amount"))["order_id"].to_list() == []
    alone = orders.join(sums, on="order_id", how="anti")
    assert alone.filter(pl.col("net_amount") != 0)["order_id"].to_list() == []


def test_no_declared_system_is_forgotten() -> None:
    assert {"odoo", "saleor", "medusa", "umami", "formbricks", "oscar"} <= set(SQL_SYSTEMS)
    assert all(isinstance(system, SqlConnector) for system in SQL_SYSTEMS.values())
