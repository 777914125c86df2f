"""A database's password never shows: not in messages, representations, tracebacks or logs."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from urllib.parse import quote

import pytest

from connectors.connector import Connection
from connectors.database_url import database_url
from connectors.errors import ConnectorError
from connectors.postgres import PostgresSession
from tests.connectors.postgres_server import GUARDED, Database

CANARY = "k4n4rie&vogel %/@:?#"
SPELLINGS = ("k4n4rie", "vogel", quote(CANARY), quote(CANARY, safe=""))

URLS: dict[str, Callable[[Database, str], str]] = {
    "wrong password": lambda database, role: database.url(role, CANARY + "x"),
    "unknown database": lambda database, role: Database("shopp", database.folder).url(role, CANARY),
    "unknown role": lambda database, _: database.url("reeder", CANARY),
    "down": lambda database, role: database.url(role, CANARY, port=1),
    "unknown option": lambda database, role: database.url(role, CANARY, port=1) + "&sslmod=require",
    "bad option": lambda database, role: database.url(role, CANARY).replace("?", "?sslmode=maybe&"),
    "unescaped": lambda *_: f"postgresql://reader:{CANARY}@db/shop",
    "bad port": lambda *_: f"postgresql://reader:{quote(CANARY, safe='')}@db:x/shop",
    "unknown dialect": lambda *_: f"postgre://reader:{quote(CANARY, safe='')}@db/shop",
    "refused select": lambda database, role: database.url(role, CANARY),
}


def read(connection: Connection) -> None:
    with PostgresSession(connection, database_url(connection)) as session:
        list(session.chunks("orders", "SELECT nothing FROM nowhere"))


@pytest.mark.parametrize("fault", URLS)
def test_no_error_shows_the_password(
    database: Database, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    role = database.role(name=GUARDED, password=CANARY)
    connection = Connection("webshop", "sql", "UTC", {"url": URLS[fault](database, role)})
    with pytest.raises(ConnectorError) as caught:
        read(connection)
    error: BaseException | None = caught.value
    shown = [caught.value.text.en, caught.value.text.zh, repr(connection), caplog.text]
    while error is not None:
        shown += [str(error), repr(error), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    assert [text for text in shown if any(spelling in text for spelling in SPELLINGS)] == []


def test_a_session_shows_where_it_is_but_no_password(database: Database) -> None:
    role = database.role(name=GUARDED, password=CANARY)
    connection = Connection("webshop", "sql", "UTC", {"url": database.url(role, CANARY)})
    with PostgresSession(connection, database_url(connection)) as session:
        assert session.fetch("SELECT current_user::text") == [(GUARDED,)]
        assert f"{GUARDED}:***@/{database.name}" in repr(session)
        shown = session.warnings(), str(session.__dict__), repr(connection)
    assert not any(spelling in str(shown) for spelling in SPELLINGS)
