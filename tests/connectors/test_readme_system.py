"""The system of README's example, on a real PostgreSQL."""

from __future__ import annotations

from types import ModuleType

from connectors.connector import Connection
from connectors.sql_system import SqlConnector
from connectors.tables import TABLES, Customers, Orders
from tests.connectors.postgres_server import Database
from tests.test_readme import blocks


def test_the_system_of_the_example_reads_its_shop(database: Database) -> None:
    example = next(block for block in blocks("python") if "SqlConnector(" in block)
    module = ModuleType("minishop")
    exec(compile(example, "minishop.py", "exec"), module.__dict__)  # noqa: S102
    connector = module.connector
    assert isinstance(connector, SqlConnector)
    assert set(connector.selects) | set(connector.lacks) == set(TABLES.values())
    database.run("CREATE TABLE sale (id int, client int, total numeric, paid_on timestamptz, cancelled bool)")
    database.run("CREATE TABLE client (id int, mail text)")
    database.run("INSERT INTO sale VALUES (1, 7, 9.5, '2026-01-01 10:00+00', false)")
    database.run("INSERT INTO client VALUES (7, 'ann@example.org')")
    with connector.open(Connection("shop", "minishop", "UTC", {"url": database.url()})) as source:
        (orders,) = source.chunks(Orders)
        (customers,) = source.chunks(Customers)
    assert orders.select("order_id", "status", "customer_ref").rows() == [(1, "confirmed", 7)]
    assert customers["email"].to_list() == ["ann@example.org"]
