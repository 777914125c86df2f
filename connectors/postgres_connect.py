"""Opens one session on a PostgreSQL server that cannot write, cannot wait for ever, and sees one moment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from sqlalchemy.engine import URL

from connectors.connector import Connection
from connectors.errors import SettingsError, SourceError, did_you_mean
from connectors.text import Text

LOCK_TIMEOUT = dt.timedelta(seconds=2)
IDLE_TIMEOUT = dt.timedelta(minutes=10)
CONNECT_SECONDS = 10
READ_ONLY = "-c default_transaction_read_only=on"
NO_STARTUP_OPTIONS = re.compile(r"startup parameter|command-line options", re.IGNORECASE)

REFUSALS: Mapping[str, Text] = {
    r"password authentication failed|no password supplied": Text(
        "the server refuses the password of role '{user}'", "服务器不接受角色“{user}”的密码"
    ),
    r"role .* does not exist": Text("the server has no role '{user}'", "服务器没有角色“{user}”"),
    r"database .* does not exist": Text(
        "the server has no database '{database}'", "服务器没有数据库“{database}”"
    ),
    r"permission denied for database": Text(
        'role \'{user}\' may not connect; grant it: GRANT CONNECT ON DATABASE "{database}" TO "{user}"',
        '角色“{user}”无权连接；请授权：GRANT CONNECT ON DATABASE "{database}" TO "{user}"',
    ),
    r"pg_hba\.conf": Text(
        "the server admits no one from this machine as role '{user}' to '{database}' (pg_hba.conf)",
        "服务器不允许本机以角色“{user}”连接“{database}”（pg_hba.conf）",
    ),
    r"failed to resolve host|could not translate host": Text("no machine is called so", "找不到这台主机"),
    r"Connection refused|No such file": Text(
        "nothing answers there, so the server may not be running", "没有服务应答，服务器可能未运行"
    ),
    r"timeout": Text("no answer within {seconds} seconds", "{seconds} 秒内没有应答"),
    r"too many (clients|connections)|connection slots": Text(
        "the server has no connection left", "服务器的连接数已满"
    ),
}


def connect(connection: Connection, url: URL, timeout: dt.timedelta) -> psycopg.Connection:
    """Open a session inside one read-only transaction whose snapshot every statement sees.

    Times are UTC and ISO; a statement may take `timeout`, a lock two seconds. Rows that row security would
    hide are an error, never left out in silence.

    Args:
        connection: whose database it is, for messages.
        url: where it is.
        timeout: longest run of a statement, the time its rows are being read included.

    Raises:
        SettingsError: the URL has an option that PostgreSQL does not know.
        SourceError: the server cannot be reached or lets no one in.
    """
    _check_options(connection, url)
    options = " ".join(_texts(url.query.get("options", ())))
    try:
        try:
            session = _open(url, f"{options} {READ_ONLY}")
        except psycopg.OperationalError as error:
            # Poolers refuse options at the start; the transaction below is read-only with or without them.
            if not NO_STARTUP_OPTIONS.search(str(error)):
                raise
            session = _open(url, options)
    except psycopg.Error as error:
        raise _unreachable(connection, url, str(error)) from None
    try:
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name, value in _settings(timeout).items():
            session.execute("SELECT set_config(%s, %s, true)", (name, value))
    except psycopg.Error as error:
        session.close()
        raise _unreachable(connection, url, str(error)) from None
    return session


def _open(url: URL, options: str) -> psycopg.Connection:
    given = {name: ",".join(_texts(value)) for name, value in url.query.items()}
    parts = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
    }
    parameters: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        **given,
        **{name: value for name, value in parts.items() if value is not None},
        "application_name": "seamline",
        "client_encoding": "utf8",
        "options": options.strip(),
    }
    return psycopg.connect(make_conninfo(**parameters), autocommit=True, prepare_threshold=None)


def _settings(timeout: dt.timedelta) -> dict[str, str]:
    """What holds within the transaction, and with it ends: a pooler's next client must not inherit it."""
    return {
        "statement_timeout": _milliseconds(timeout),
        "lock_timeout": _milliseconds(LOCK_TIMEOUT),
        "idle_in_transaction_session_timeout": _milliseconds(IDLE_TIMEOUT),
        "timezone": "UTC",
        "datestyle": "ISO, YMD",
        "extra_float_digits": "3",
        "bytea_output": "hex",
        "row_security": "off",
    }


def _milliseconds(time: dt.timedelta) -> str:
    return str(time // dt.timedelta(milliseconds=1))


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _unreachable(connection: Connection, url: URL, words: str) -> SourceError:
    seconds = url.query.get("connect_timeout", CONNECT_SECONDS)
    facts = {"user": url.username, "database": url.database or url.username, "seconds": seconds}
    where = _address(url)
    for pattern, text in REFUSALS.items():
        if re.search(pattern, words):
            en, zh = text.en.format(**facts), text.zh.format(**facts)
            break
    else:
        en = zh = re.split(r"FATAL:|failed:", words.splitlines()[0] if words else "?")[-1].strip(" .")
    return SourceError(
        Text(
            f"{connection.name}: cannot connect to {where}: {en}.",
            f"{connection.name}：无法连接 {where}：{zh}。",
        )
    )


def _address(url: URL) -> str:
    host = url.host or ",".join(_texts(url.query.get("host", "localhost")))
    return f"{host}:{url.port}" if url.port else host


def _check_options(connection: Connection, url: URL) -> None:
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    for option in url.query:
        if option not in known:
            place = f"[connections.{connection.name}]"
            near = did_you_mean(option, known)
            raise SettingsError(
                Text(
                    f"secrets.toml: {place} has a 'url' with an option PostgreSQL does not know: "
                    f"'{option}'.{near.en}",
                    f"secrets.toml：{place} 的“url”含有 PostgreSQL 没有的选项：“{option}”。{near.zh}",
                )
            )
