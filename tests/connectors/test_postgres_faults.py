"""What goes wrong between us and a PostgreSQL server: an error in words each time, never half a table."""

from __future__ import annotations

import datetime as dt
import socket
import time

import polars as pl
import pytest
from psycopg.postgres import types

from connectors import postgres, postgres_copy
from connectors.errors import ConnectorError, SettingsError, SourceError
from connectors.postgres_copy import Block
from connectors.postgres_frames import frame_of
from tests.connectors.cut_line import Line
from tests.connectors.postgres_server import GUARDED, Database, open_session, read

MANY = "SELECT generate_series(1, 3000000) AS id, repeat('x', 50) AS note"


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks small enough for a table to be cut in its middle."""
    monkeypatch.setattr(postgres_copy, "BLOCK", 50_000)


def refusal(url: str, select: str = "SELECT 1 AS id", kind: type[ConnectorError] = SourceError) -> str:
    """The words with which a reading of `orders` fails, checked for what all such words have in common."""
    with pytest.raises(kind) as caught, open_session(url) as session:
        list(session.chunks("orders", select))
    return words(caught.value)


def words(error: ConnectorError) -> str:
    assert "webshop" in error.text.en
    assert "webshop" in error.text.zh
    assert error.text.en != error.text.zh
    assert len(error.text.en.splitlines()) <= 2
    assert len(error.text.zh.splitlines()) <= 2
    return error.text.en


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_server_that_is_down(unwritten: Database) -> None:
    port = free_port()
    said = refusal(unwritten.url(port=port))
    assert said.startswith(f"webshop: cannot connect to 127.0.0.1:{port}: nothing answers there")


def test_a_machine_that_does_not_exist(unwritten: Database) -> None:
    url = unwritten.url(port=5432).replace("127.0.0.1", "no.such.machine.invalid")
    assert refusal(url) == "webshop: cannot connect to no.such.machine.invalid:5432: no machine is called so."


def test_a_machine_that_never_answers(unwritten: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = unwritten.url(port=mute.getsockname()[1]) + "&connect_timeout=2"
        assert "no answer within 2 seconds" in refusal(url)


def test_a_wrong_password(database: Database) -> None:
    role = database.role(name=GUARDED, password="right")  # noqa: S106
    assert refusal(database.url(role, "wrong")).endswith("the server refuses the password of role 'guarded'.")
    assert refusal(database.url(role)).endswith("the server refuses the password of role 'guarded'.")
    with open_session(database.url(role, "right")) as session:
        assert session.fetch("SELECT 1") == [(1,)]


def test_an_unknown_database(unwritten: Database) -> None:
    url = Database("shopp", unwritten.folder).url()
    assert refusal(url).endswith("the server has no database 'shopp'.")


def test_an_unknown_role(unwritten: Database) -> None:
    assert refusal(unwritten.url("reeder")).endswith("the server has no role 'reeder'.")


def test_a_role_that_may_not_connect(database: Database) -> None:
    role = database.role(f"REVOKE CONNECT ON DATABASE {database.name} FROM PUBLIC")
    assert f'GRANT CONNECT ON DATABASE "{database.name}" TO "{role}"' in refusal(database.url(role))


def test_an_option_that_is_none(unwritten: Database) -> None:
    said = refusal(unwritten.url(port=1) + "&sslmod=require", kind=SettingsError)
    assert "'sslmod'. Did you mean 'sslmode'?" in said


def test_a_column_renamed_since_yesterday(database: Database) -> None:
    database.run("CREATE TABLE sale_order (id int, amount_total numeric, date_order timestamp)")
    select = "SELECT o.id,\n o.amount_total AS net_amount\nFROM sale_order AS o"
    assert read(database, select).columns == ["id", "net_amount"]
    database.run("ALTER TABLE sale_order RENAME amount_total TO amount_totals")
    assert refusal(database.url(), select) == (
        "webshop: orders: there is no column 'o.amount_total' (line 2 of the SELECT)."
        " Did you mean 'amount_totals'?\n"
        "There is: sale_order: id, amount_totals, date_order."
    )


def test_a_table_that_is_not_there(database: Database) -> None:
    database.run("CREATE TABLE sale_order (id int); CREATE TABLE stock_picking (id int)")
    assert refusal(database.url(), "SELECT id FROM sale_orders") == (
        "webshop: orders: there is no table 'sale_orders' (line 1 of the SELECT)."
        " Did you mean 'sale_order'?\n"
        "There is: sale_order, stock_picking."
    )


def test_a_missing_grant_is_named(database: Database) -> None:
    database.run('CREATE SCHEMA crm; CREATE TABLE crm."Order" (id int); CREATE TABLE stock (id int)')
    role = database.role()
    select = 'SELECT id FROM crm."Order" JOIN stock USING (id)'
    said = refusal(database.url(role), select)
    assert f"GRANT USAGE ON SCHEMA crm TO {role};" in said
    assert f'GRANT SELECT ON crm."Order" TO {role};' in said
    assert f"GRANT SELECT ON public.stock TO {role};" in said
    for grant in said.partition("run: ")[2].removesuffix(";").split("; "):
        database.run(grant)
    with open_session(database.url(role)) as session:
        assert pl.concat(session.chunks("orders", select)).height == 0


def test_rows_that_row_security_hides_are_not_left_out_in_silence(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id; ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
    role = database.role("GRANT SELECT ON orders TO {role}")
    assert "row-level security" in refusal(database.url(role), "SELECT id FROM orders")


def test_a_table_that_is_locked(database: Database) -> None:
    database.run("CREATE TABLE orders AS SELECT 1 AS id")
    with database.session() as other, other.transaction():
        other.execute("LOCK TABLE orders")
        started = time.monotonic()
        assert "locked by another session" in refusal(database.url(), "SELECT id FROM orders")
        assert time.monotonic() - started < 10


def test_a_statement_that_takes_too_long(unwritten: Database) -> None:
    with open_session(unwritten.url(), timeout=dt.timedelta(milliseconds=300)) as session:
        with pytest.raises(SourceError) as caught:
            list(session.chunks("orders", "SELECT pg_sleep(60)::text AS note"))
        assert session.fetch("SELECT 1") == [(1,)]
    assert "stopped the SELECT after 0 rows, it may run for 0.3 s" in words(caught.value)


@pytest.mark.usefixtures("small_blocks")
def test_a_statement_that_takes_too_long_in_its_middle(unwritten: Database) -> None:
    select = "SELECT n, CASE WHEN n = 9000 THEN pg_sleep(60)::text ELSE repeat('x', 50) END AS note"
    with open_session(unwritten.url(), timeout=dt.timedelta(seconds=1)) as session:
        with pytest.raises(SourceError) as caught:
            list(session.chunks("orders", f"{select} FROM generate_series(1, 10000) AS n"))
        assert session.fetch("SELECT 1") == [(1,)]
    assert "stopped the SELECT after" in words(caught.value)
    assert "after 0 rows" not in words(caught.value)


@pytest.mark.usefixtures("small_blocks")
def test_a_backend_killed_in_the_middle(database: Database) -> None:
    with open_session(database.url()) as session:
        chunks = session.chunks("orders", MANY)
        came = next(chunks).height
        database.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'seamline' AND datname = current_database()"
        )
        with pytest.raises(SourceError) as caught:
            came += sum(chunk.height for chunk in chunks)
        assert 0 < came < 3_000_000
        assert "webshop: orders: the connection was cut after" in words(caught.value)
        with pytest.raises(SourceError, match="cut"):
            list(session.chunks("payments", "SELECT 1 AS id"))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("carries", [2_000, 20_000, 500_000, 5_000_001])
def test_a_line_cut_in_the_middle(unwritten: Database, carries: int) -> None:
    with Line(unwritten.socket, carries=carries) as line:
        said = refusal(unwritten.url(port=line.port), MANY)
    assert "webshop: orders: the connection was cut after" in said
    assert ("after 0 rows" in said) == (carries < 50_000)


@pytest.mark.usefixtures("small_blocks")
def test_a_line_that_falls_silent(unwritten: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "GRACE", 0)
    started = time.monotonic()
    with (
        Line(unwritten.socket, carries=500_000, hangs_up=False) as line,
        open_session(unwritten.url(port=line.port), timeout=dt.timedelta(seconds=1)) as session,
        pytest.raises(SourceError) as caught,
    ):
        list(session.chunks("orders", MANY))
    assert "no answer for 1 seconds" in words(caught.value)
    assert time.monotonic() - started < 10


def test_text_that_is_not_utf8(unwritten: Database) -> None:
    name = "latin_shop"
    unwritten.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    database = Database(name, unwritten.folder)
    try:
        database.run("CREATE TABLE orders (id int, note text)")
        database.run("INSERT INTO orders VALUES (1, convert_from('\\xe9'::bytea, 'SQL_ASCII'))")
        assert "invalid byte sequence" in refusal(database.url(), "SELECT id, note FROM orders")
    finally:
        unwritten.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "csv", [b"\xef\xbb\xbf1,a\n", b"\xef\xbb\xbf1,\xe9\n2,b\n", b"\xef\xbb\xbfx,a\n2,b\n"]
)
def test_a_block_that_does_not_read_as_its_rows_is_an_error(csv: bytes) -> None:
    kinds = {"id": types["int8"].oid, "note": types["text"].oid}
    with pytest.raises(SourceError) as caught:
        frame_of(Block(csv, 2), kinds, "webshop: orders")
    assert "the rows cannot be read" in words(caught.value)


def test_a_value_the_server_cannot_compute(unwritten: Database) -> None:
    select = "SELECT 1 / (n - 5000) AS share FROM generate_series(1, 9000) AS n"
    assert refusal(unwritten.url(), select) == "webshop: orders: the database answers: division by zero."
