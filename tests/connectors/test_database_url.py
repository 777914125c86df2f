"""Database URLs: read or refused in plain words, and never shown with what is secret in them."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import make_url

from connectors.connector import Connection
from connectors.database_url import database_url, masked
from connectors.errors import SettingsError

CANARY = "k4n4rienvogel"


def connection(url: object) -> Connection:
    return Connection("webshop", "sql", "UTC", {"url": url})


@pytest.mark.parametrize(
    ("url", "dialect"),
    [
        ("postgresql+psycopg://reader:x@db:5432/shop", "postgresql+psycopg"),
        ("postgresql://reader:x@db/shop", "postgresql"),
        ("postgres://reader:x@db/shop", "postgresql"),
        (" mysql+pymysql://reader:x@db/shop\n", "mysql+pymysql"),
        ("sqlite:///shop.db", "sqlite"),
    ],
)
def test_known_dialects_are_read(url: str, dialect: str) -> None:
    assert database_url(connection(url)).drivername == dialect


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (None, "needs the setting 'url'"),
        (" ", "needs the setting 'url'"),
        (5432, "needs the setting 'url'"),
        (f"reader:{CANARY}@db/shop", "cannot be read"),
        (f"postgresql://reader:{CANARY}@db:port/shop", "cannot be read"),
        (f"postgresql://reader:p@{CANARY}@db/shop", "write @ as %40"),
        (f"postgresql://reader:p@#{CANARY}/x@db/shop", "write @ as %40"),
        (f"postgresq://reader:{CANARY}@db/shop", "Did you mean 'postgresql'?"),
        (f"postgresql+nothing://reader:{CANARY}@db/shop", "'postgresql+nothing', which is not installed"),
        (f"https://reader:{CANARY}@db/shop", "there is: mariadb, mssql, mysql, oracle, postgresql, sqlite"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(url: object, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        database_url(connection(url))
    told = caught.value.text
    assert words in told.en
    assert "[connections.webshop]" in told.en
    assert told.zh != told.en
    assert CANARY not in told.en + told.zh + repr(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://reader:{CANARY}@db/shop",
        f"postgresql://reader@db/shop?password={CANARY}&sslpassword={CANARY}",
        f"mysql://reader:{CANARY}@db/shop?ssl_key={CANARY}",
        f"mssql://reader:%40{CANARY}@db/shop?access_token={CANARY}",
    ],
)
def test_a_masked_url_shows_where_but_no_secret(url: str) -> None:
    shown = masked(make_url(url))
    assert CANARY not in shown
    assert "reader" in shown
    assert "@db/shop" in shown


def test_a_connection_does_not_show_its_url() -> None:
    assert CANARY not in repr(connection(f"postgresql://reader:{CANARY}@db/shop"))
