"""A session on a real PostgreSQL server: cannot write, sees one moment, holds one chunk at a time."""

from __future__ import annotations

import datetime as dt
import time

import polars as pl
import pytest

from connectors import postgres_copy
from connectors.errors import SourceError
from tests.connectors.cut_line import Line
from tests.connectors.postgres_server import Database, open_session, read

SETTINGS = {
    "default_transaction_read_only": "on",
    "transaction_read_only": "on",
    "transaction_isolation": "repeatable read",
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "lock_timeout": "2s",
    "statement_timeout": "30min",
    "idle_in_transaction_session_timeout": "10min",
    "application_name": "seamline",
    "row_security": "off",
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_every_session_is_set(unwritten: Database, name: str, value: str) -> None:
    assert read(unwritten, f"SELECT current_setting('{name}') AS value").item() == value


def test_a_pooler_that_refuses_options_gets_a_read_only_session_without(unwritten: Database) -> None:
    with (
        Line(unwritten.socket, refuses_options=True) as line,
        open_session(unwritten.url(port=line.port)) as session,
    ):
        shown = "SELECT current_setting('transaction_read_only') || current_setting('lock_timeout') AS shown"
        assert pl.concat(session.chunks("orders", shown)).item() == "on2s"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO orders SELECT 2",
        "INSERT INTO orders SELECT 2 RETURNING id",
        "WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone",
        "SELECT add_order() AS id",
        "SELECT 1 AS id; DELETE FROM orders",
        "SELECT 1 AS id) TO STDOUT; COMMIT; DELETE FROM orders; COPY (SELECT 1",
        "SELECT set_config('transaction_read_only', 'off', false) || add_order() AS id",
        "COMMIT",
    ],
)
def test_nothing_writes_not_even_the_owner(database: Database, statement: str) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id")
    database.run(
        "CREATE FUNCTION add_order() RETURNS int LANGUAGE sql AS 'INSERT INTO orders VALUES (3) RETURNING id'"
    )
    with open_session(database.url()) as session:
        with pytest.raises(SourceError):
            list(session.chunks("orders", statement))
        with pytest.raises(SourceError):
            session.fetch(statement)
    assert database.run("SELECT id FROM orders") == [(1,)]


def test_no_statement_brings_a_second_that_ends_the_protection(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id")
    with open_session(database.url()) as session:
        for statement in (
            "COMMIT; SET default_transaction_read_only = off; COMMIT; BEGIN; SAVEPOINT reading; SELECT 1",
            "INSERT INTO orders SELECT 2; COMMIT; BEGIN; SAVEPOINT reading; SELECT 1",
        ):
            with pytest.raises(SourceError):
                session.fetch(statement)
    assert database.run("SELECT id FROM orders") == [(1,)]


def test_all_tables_are_seen_as_of_one_moment(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id; CREATE TABLE lines AS SELECT 1 AS order_id")
    with open_session(database.url()) as session:
        orders = pl.concat(session.chunks("orders", "SELECT id FROM orders"))
        database.run("DELETE FROM lines; INSERT INTO orders VALUES (2); INSERT INTO lines VALUES (2)")
        lines = pl.concat(session.chunks("order_lines", "SELECT order_id FROM lines"))
        again = pl.concat(session.chunks("orders", "SELECT id FROM orders"))
    assert orders["id"].to_list() == lines["order_id"].to_list() == again["id"].to_list() == [1]
    assert read(database, "SELECT id FROM orders").height == 2


def test_a_refused_select_leaves_the_session_and_its_moment(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id")
    with open_session(database.url()) as session:
        assert session.count("orders", "SELECT id FROM orders").rows == 1
        for refused in ("SELECT identity FROM orders", "SELECT 1 / (id - 1) AS half FROM orders"):
            with pytest.raises(SourceError):
                list(session.chunks("orders", refused))
        database.run("INSERT INTO orders VALUES (2)")
        assert session.count("orders", "SELECT id FROM orders").rows == 1


def test_chunks_are_bounded_and_lose_nothing(unwritten: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_copy, "BLOCK", 100_000)
    select = "SELECT n, repeat('x', 90) || E'\\n' AS note FROM generate_series(1, 20000) AS n"
    with open_session(unwritten.url()) as session:
        chunks = list(session.chunks("orders", select))
    assert len(chunks) == 20
    assert max(chunk.height for chunk in chunks) <= 1_100
    assert pl.concat(chunks)["n"].to_list() == list(range(1, 20_001))


def test_no_rows_come_as_one_empty_chunk_with_all_columns(unwritten: Database) -> None:
    select = "SELECT 1 AS id, now() AS at, current_date AS day, 1.5 AS amount, true AS gift WHERE false"
    with open_session(unwritten.url()) as session:
        chunks = list(session.chunks("orders", select))
    assert [chunk.height for chunk in chunks] == [0]
    assert list(chunks[0].schema.items()) == [
        ("id", pl.Int64),
        ("at", pl.Datetime("us", "UTC")),
        ("day", pl.Date),
        ("amount", pl.String),
        ("gift", pl.Boolean),
    ]


@pytest.mark.parametrize(
    "select",
    [
        "SELECT 1 AS id",
        "SELECT 1 AS id;\n",
        "SELECT 1 AS id -- the order",
        "WITH o AS (SELECT 1 AS id) SELECT * FROM o",
        "(SELECT 1 AS id) UNION ALL SELECT 2 LIMIT 1",
        "SELECT 1 AS id WHERE 'a%s' LIKE 'a%' AND '{' <> '}'",
    ],
)
def test_any_writing_of_a_select_is_read(unwritten: Database, select: str) -> None:
    assert read(unwritten, select).rows() == [(1,)]


def test_columns_may_be_called_anything_but_alike(unwritten: Database) -> None:
    row = read(unwritten, 'SELECT 1 AS "order", 2 AS "Käufer ""x"", y", 3').row(0, named=True)
    assert row == {"order": 1, 'Käufer "x", y': 2, "?column?": 3}
    with pytest.raises(SourceError, match="columns of the same name: id"):
        read(unwritten, "SELECT 1 AS id, 2 AS id")


def test_columns_are_told_without_running_the_select(unwritten: Database) -> None:
    with open_session(unwritten.url()) as session:
        assert session.columns("orders", "SELECT 1 / 0 AS id, pg_sleep(60)::text AS note") == ["id", "note"]


@pytest.mark.parametrize(
    ("at", "newest"),
    [
        ("at", "2026-03-01 10:00"),
        ("at AT TIME ZONE 'UTC'", "2026-03-01 09:00"),
        ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')", "2026-03-01 09:00"),
        ("(at AT TIME ZONE 'UTC')::date", "2026-02-28 23:00"),
    ],
    ids=["with zone", "without zone", "text", "day"],
)
def test_rows_are_counted_and_the_newest_moment_found(database: Database, at: str, newest: str) -> None:
    times = "('2026-01-05 12:00Z'), ('2026-03-01 10:00Z'), (NULL)" + ", ('infinity')" * ("to_char" not in at)
    database.run(f"CREATE TABLE orders AS SELECT at::timestamptz FROM (VALUES {times}) AS v(at)")
    with open_session(database.url(), timezone="Europe/Berlin") as session:
        count = session.count("orders", f"SELECT {at} AS placed_at FROM orders", "placed_at")
        assert session.count("orders", "SELECT 1 AS id FROM orders", "placed_at").newest is None
    assert count.rows == times.count("(")
    assert count.newest == dt.datetime.fromisoformat(newest + "+00:00")


def test_the_server_tells_its_version(unwritten: Database) -> None:
    with open_session(unwritten.url()) as session:
        assert session.version == unwritten.run("SHOW server_version")[0][0]


def test_a_role_that_may_write_is_warned_of(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id")
    reader = database.role("GRANT SELECT ON orders TO {role}")
    writer = database.role("GRANT SELECT, UPDATE ON orders TO {role}")
    told = {}
    for role in (reader, writer, "postgres"):
        with open_session(database.url(role)) as session:
            told[role] = session.warnings()
    assert told[reader] == ()
    for role in (writer, "postgres"):
        assert role in told[role][0].en
        assert "public.orders" in told[role][0].zh


def test_a_reading_given_up_ends_the_session(database: Database) -> None:
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    running = f"SELECT pid FROM pg_stat_activity WHERE {others}"
    with open_session(database.url()) as session:
        endless = session.chunks("orders", "SELECT generate_series(1, 100000000) AS n")
        next(endless)
        endless.close()
        with pytest.raises(SourceError):
            session.fetch("SELECT 1")
        until = time.monotonic() + 10
        while database.run(running) and time.monotonic() < until:
            time.sleep(0.05)
        assert database.run(running) == []
