"""Systems that are SELECTs: a user's own, and what every declared one does with a database that differs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import polars as pl
import pytest

from connectors import tables
from connectors.connector import Connection
from connectors.errors import ConnectorError, SettingsError, SourceError
from connectors.sql_system import Select, Setting, SqlConnector
from connectors.systems import open_connection
from connectors.tables import Orders, Reviews, Stores, Surveys, name_of
from connectors.text import Text
from tests.connectors.postgres_server import GUARDED, Database

STORES = "SELECT id AS store_id, 'till' AS channel, name AS title FROM shop"


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """The address of an SQLite database with two shops."""
    path = tmp_path / "shop.sqlite"
    with sqlite3.connect(path) as file:
        file.executescript(
            "CREATE TABLE shop (id INT, name TEXT);"
            "INSERT INTO shop VALUES (1, 'Huaihai'), (2, '100% ::Pudong');"
        )
    file.close()
    return f"sqlite:///{path}"


def own(url: str, **selects: object) -> Connection:
    return Connection("erp", "sql", "UTC", {"url": url, "tables": selects})


def read(connection: Connection) -> dict[str, pl.DataFrame]:
    with open_connection(connection) as source:
        return {name_of(table): pl.concat(source.chunks(table)) for table in source.tables()}


def refusal(connection: Connection, kind: type[ConnectorError] = SettingsError) -> str:
    with pytest.raises(kind) as caught:
        read(connection)
    assert caught.value.text.zh != caught.value.text.en
    assert "canary" not in caught.value.text.en + caught.value.text.zh
    return str(caught.value)


@pytest.mark.parametrize(
    "select",
    [
        STORES,
        f"{STORES};",
        f"  -- the shops\n{STORES} ; -- no more",
        f"WITH all_shops AS ({STORES}) SELECT * FROM all_shops",
        f"/* ; */ {STORES}",
    ],
)
def test_a_select_is_read_from_any_dialect(shop: str, select: str) -> None:
    assert read(own(shop, stores=select))["stores"].rows() == [
        (1, "till", "Huaihai"),
        (2, "till", "100% ::Pudong"),
    ]


def test_postgresql_is_read_by_copy_with_its_own_casts(unwritten: Database) -> None:
    select = "SELECT 7::text AS store_id, 'a:b 50%'::varchar AS channel, ';' AS title; -- ::"
    assert read(own(unwritten.url(), stores=select))["stores"].rows() == [("7", "a:b 50%", ";")]


def test_colons_and_percents_are_never_parameters(shop: str) -> None:
    select = "SELECT id AS store_id, ':name %s' AS channel FROM shop WHERE name LIKE '100%'"
    assert read(own(shop, stores=select))["stores"].rows() == [(2, ":name %s")]


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("", "is empty"),
        ("-- nothing", "is empty"),
        ("DELETE FROM shop", "begins with 'DELETE'"),
        ("PRAGMA user_version", "begins with 'PRAGMA'"),
        (f"{STORES}; DROP TABLE shop", "is more than one statement"),
        ("WITH gone AS (DELETE FROM shop RETURNING id) SELECT id FROM gone", "has the word DELETE"),
        ("SELECT id INTO copy FROM shop", "has the word INTO"),
        (7, "is empty"),
    ],
)
def test_only_a_single_select_is_accepted(shop: str, select: object, words: str) -> None:
    message = refusal(own(shop, stores=select))
    assert message.startswith("secrets.toml: [connections.erp.tables] 'stores' ")
    assert words in message
    assert message.endswith("it must be a single SELECT.")


@pytest.mark.parametrize(
    "select",
    [
        "SELECT id AS store_id, 'delete; drop' AS channel FROM shop",
        "SELECT id AS store_id, name AS channel, replace(name, 'a', 'b') AS \"title\" FROM shop /* update */",
        'SELECT s.id AS store_id, s."drop" AS channel FROM (SELECT id, name AS "drop" FROM shop) AS s',
    ],
)
def test_words_of_change_may_stand_in_texts_remarks_and_names(shop: str, select: str) -> None:
    assert read(own(shop, stores=select))["stores"].height == 2


def test_sqlite_is_never_written_nor_made(shop: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing.sqlite"
    assert "there is no SQLite file" in refusal(own(f"sqlite:///{missing}", stores=STORES), SourceError)
    assert not missing.exists()
    before = (tmp_path / "shop.sqlite").read_bytes()
    read(own(shop, stores=STORES))
    assert (tmp_path / "shop.sqlite").read_bytes() == before


def test_a_table_that_does_not_exist_is_named_with_the_nearest(shop: str) -> None:
    message = refusal(own(shop, store=STORES))
    assert message.startswith("secrets.toml: [connections.erp.tables]: there is no table 'store'")
    assert message.endswith("Did you mean 'stores'?")


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("SELECT id AS store_id, name AS chanel FROM shop", "'chanel' (Did you mean 'channel'?)"),
        ("SELECT id AS store_id FROM shop", "erp: stores lacks what every row of stores needs: channel."),
        (
            "SELECT id AS store_id, name AS channel, name AS channel FROM shop",
            "columns of the same name: channel",
        ),
    ],
)
def test_columns_must_be_those_of_the_table(shop: str, select: str, words: str) -> None:
    assert words in refusal(own(shop, stores=select), SourceError)


def test_columns_are_checked_on_postgresql_too(unwritten: Database) -> None:
    for select in ("SELECT 1 AS store_id, 2 AS chanel", "SELECT 1 AS store_id, 2 AS chanel WHERE false"):
        assert "Did you mean 'channel'?" in refusal(own(unwritten.url(), stores=select), SourceError)


@pytest.mark.parametrize("given", [None, {}, "SELECT 1"])
def test_no_table_at_all_is_refused(shop: str, given: object) -> None:
    options = {"url": shop} if given is None else {"url": shop, "tables": given}
    assert "needs a SELECT for at least one table" in refusal(Connection("erp", "sql", "UTC", options))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (None, "needs the setting 'url'"),
        ("nonsense canary", "'url' that cannot be read"),
        ("postgrsql://reader:canary@host/shop", "'postgrsql', which is not installed"),
    ],
)
def test_a_url_is_checked_and_never_repeated(url: str | None, words: str) -> None:
    options = {"tables": {"stores": STORES}} | ({} if url is None else {"url": url})
    assert words in refusal(Connection("erp", "sql", "UTC", options))


def test_a_wrong_password_is_told_without_the_password(unwritten: Database) -> None:
    unwritten.role(name=GUARDED, password="right")  # noqa: S106
    message = refusal(own(unwritten.url(GUARDED, "canary"), stores=STORES), SourceError)
    assert "refuses the password of role 'guarded'" in message


WORDS = Text("a test's own", "测试")
OWN = SqlConnector(
    title=WORDS,
    description=WORDS,
    reads="shop (id integer, name text, region text) survey (id integer, score integer) review (id integer)",
    proof=("shop",),
    version="SELECT '3.' || count(*) FROM shop",
    settings={"till": Setting(WORDS, "till")},
    selects={
        Stores: Select(
            "SELECT shop.id AS store_id, setting.till AS channel, shop.name AS title, shop.region "
            "FROM shop CROSS JOIN setting",
            known_by={"region": "shop.region"},
        ),
        Surveys: Select(
            "WITH asked AS (SELECT id, score FROM survey UNION ALL SELECT id, NULL FROM review) "
            "SELECT id::text AS survey_id, 'nps' AS kind, 'web' AS channel, score FROM asked",
            any_of=("survey.score", "review"),
        ),
    },
    lacks={table: WORDS for table in tables.TABLES.values() if table not in (Stores, Surveys)},
)


def declared(database: Database, **options: object) -> dict[str, pl.DataFrame]:
    with OWN.open(Connection("shop", "own", "UTC", {"url": database.url(), **options})) as source:
        return {name_of(table): pl.concat(source.chunks(table)) for table in source.tables()}


def test_a_column_that_is_absent_is_read_as_null_and_not_delivered(database: Database) -> None:
    database.run("CREATE TABLE shop AS SELECT 1 AS id, 'Huaihai' AS name")
    assert declared(database)["stores"].to_dicts() == [{"store_id": 1, "channel": "till", "title": "Huaihai"}]
    database.run("ALTER TABLE shop ADD region text DEFAULT 'East'")
    assert declared(database)["stores"]["region"].to_list() == ["East"]


def test_a_table_that_is_absent_is_read_as_empty_or_not_at_all(database: Database) -> None:
    database.run("CREATE TABLE shop (id int, name text, region text)")
    assert list(declared(database)) == ["stores"]
    database.run("CREATE TABLE review AS SELECT 9 AS id")
    assert declared(database)["surveys"].rows() == [("9", "nps", "web", None)]
    database.run("CREATE TABLE survey AS SELECT 5 AS id, 10 AS score")
    assert sorted(declared(database)["surveys"].rows()) == [
        ("5", "nps", "web", 10),
        ("9", "nps", "web", None),
    ]


def test_tables_are_found_in_the_schema_the_url_names(database: Database) -> None:
    database.run("CREATE SCHEMA erp; CREATE TABLE erp.shop AS SELECT 1 AS id, 'a' AS name, 'b' AS region")
    url = f"{database.url()}&options=-c%20search_path%3Derp"
    assert declared(database, url=url)["stores"].height == 1


def test_an_option_is_a_text_that_cannot_break_out(database: Database) -> None:
    database.run("CREATE TABLE shop AS SELECT 1 AS id, 'a' AS name")
    assert declared(database, till="O'Neil; --")["stores"]["channel"].to_list() == ["O'Neil; --"]
    with pytest.raises(SettingsError, match="'till' must be text"):
        declared(database, till=7)


def test_another_systems_database_is_refused_by_name(database: Database) -> None:
    with pytest.raises(SourceError, match="no database of a test's own; it has no table shop"):
        declared(database)


def test_a_declared_system_is_postgresqls(shop: str) -> None:
    with pytest.raises(SettingsError, match="has a 'url' for sqlite; a test's own is read from PostgreSQL"):
        OWN.open(Connection("shop", "own", "UTC", {"url": shop}))


def test_a_role_that_may_not_read_a_table_is_told_the_grant(database: Database) -> None:
    database.run("CREATE TABLE shop AS SELECT 1 AS id, 'a' AS name")
    role = database.role()
    with pytest.raises(SourceError, match="GRANT"):
        declared(database, url=database.url(role))


def test_orders_of_a_user_pass_validation(shop: str) -> None:
    select = """
        SELECT id AS order_id, '2026-03-01 10:00' AS placed_at, 'till' AS channel, 'confirmed' AS status,
            'sale' AS kind, '12.3450' AS net_amount, 'CNY' AS currency, 'a@x.org' AS email FROM shop"""
    frame = read(own(shop, orders=select))["orders"]
    assert set(frame.columns) <= {*Orders.column_names(), "email"}
    assert Reviews not in [tables.table_named(name) for name in read(own(shop, stores=STORES))]
