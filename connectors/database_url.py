"""Database URLs: read from a connection's settings, only for known dialects, and shown without secrets."""

from __future__ import annotations

import re
from urllib.parse import quote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from connectors.connector import Connection
from connectors.errors import SettingsError, did_you_mean
from connectors.text import Text

DIALECTS = ("mariadb", "mssql", "mysql", "oracle", "postgresql", "sqlite")
MASK = "***"
EXAMPLE = "postgresql+psycopg://reader:password@host:5432/shop"
SECRET = re.compile(r"passw|pwd|secret|token|key", re.IGNORECASE)


def database_url(connection: Connection) -> URL:
    """The URL of a connection's database, as its option `url` has it.

    `postgres://`, as hosts of databases hand it out, is taken for `postgresql://`.

    Raises:
        SettingsError: the option is missing, is no URL, or names a dialect that is not installed.
            No part of the URL but its dialect is repeated.
    """
    given = connection.options.get("url")
    if not isinstance(given, str) or not given.strip():
        raise _refusal(
            connection,
            f"needs the setting 'url', e.g. url = \"{EXAMPLE}\".",
            f'缺少设置项“url”，例如 url = "{EXAMPLE}"。',
        )
    try:
        url = make_url(re.sub(r"^postgres(?=[:+])", "postgresql", given.strip()))
    except (ArgumentError, ValueError):
        raise _refusal(
            connection,
            f"has a 'url' that cannot be read; it looks like {EXAMPLE}.",
            f"的“url”无法识别；应形如 {EXAMPLE}。",
        ) from None
    if re.search(r"[@#/?\s]", url.host or ""):
        raise _refusal(
            connection,
            "has a 'url' with special characters in its user name or password: "
            "write @ as %40, / as %2F, # as %23, ? as %3F, : as %3A.",
            "的“url”中用户名或密码含特殊字符："
            "请将 @ 写作 %40，/ 写作 %2F，# 写作 %23，? 写作 %3F，: 写作 %3A。",
        )
    _check_dialect(connection, url)
    return url


def masked(url: URL) -> str:
    """The URL with its password and every option that may hold a secret replaced by `***`.

    >>> masked(make_url("mysql://reader:canary@db/shop?ssl_key=canary"))
    'mysql://reader:***@db/shop?ssl_key=***'
    """
    shown = url.update_query_dict({name: MASK for name in url.query if SECRET.search(name)})
    return shown.render_as_string(hide_password=True).replace(quote(MASK), MASK)


def _check_dialect(connection: Connection, url: URL) -> None:
    try:
        url.get_dialect()
    except (NoSuchModuleError, ImportError):
        given = url.drivername
        near = did_you_mean(given, DIALECTS)
        listed = ", ".join(DIALECTS)
        raise _refusal(
            connection,
            f"has a 'url' for '{given}', which is not installed; there is: {listed}.{near.en}",
            f"的“url”使用了未安装的“{given}”；现有：{listed}。{near.zh}",
        ) from None


def _refusal(connection: Connection, en: str, zh: str) -> SettingsError:
    place = f"[connections.{connection.name}]"
    return SettingsError(Text(f"secrets.toml: {place} {en}", f"secrets.toml：{place} {zh}"))
