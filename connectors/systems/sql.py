"""Any database SQLAlchemy knows, read by SELECTs of the user's own."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.connector import Connection, Source
from connectors.database_url import database_url
from connectors.errors import ConnectorError, SettingsError
from connectors.sql_source import open_selects
from connectors.sql_statement import only_reading
from connectors.sql_system import URL_OPTION
from connectors.tables import Table, table_named
from connectors.text import Text


class Sql:
    """The connector of SELECTs written in secrets.toml."""

    title = Text("Your own SELECTs (any SQL database)", "自定义 SELECT（任意 SQL 数据库）")
    description = Text(
        "One SELECT per table, its columns named as in the table: orders = 'SELECT ...'",
        "每张表一条 SELECT，列名与该表一致：orders = 'SELECT ...'",
    )
    options: Mapping[str, Text] = {
        **URL_OPTION,
        "tables": Text("one SELECT per table, under the table's name", "每张表一条 SELECT，以表名为键"),
    }
    lacks: Mapping[type[Table], Text] = {}

    def open(self, connection: Connection) -> Source:
        """Connect, once every SELECT is known to be one.

        Raises:
            SettingsError: the URL or a SELECT is unusable, or a table does not exist.
            SourceError: the database cannot be reached.
        """
        url = database_url(connection)
        return open_selects(connection, url, _selects(connection))


connector = Sql()


def _selects(connection: Connection) -> dict[type[Table], str]:
    place = f"[connections.{connection.name}.tables]"
    given = connection.options.get("tables")
    if not isinstance(given, Mapping) or not given:
        raise SettingsError(
            Text(
                f'secrets.toml: {place} needs a SELECT for at least one table, e.g. orders = "SELECT ...".',
                f'secrets.toml：{place} 至少需要一张表的 SELECT，例如 orders = "SELECT ..."。',
            )
        )
    return {
        _table(place, name): only_reading(_line(place, name), statement if isinstance(statement, str) else "")
        for name, statement in given.items()
    }


def _table(place: str, name: str) -> type[Table]:
    try:
        return table_named(name)
    except ConnectorError as error:
        words = error.text
        raise SettingsError(
            Text(f"secrets.toml: {place}: {words.en}", f"secrets.toml：{place}：{words.zh}")
        ) from None


def _line(place: str, name: str) -> Text:
    return Text(f"secrets.toml: {place} '{name}'", f"secrets.toml：{place} “{name}”")
