"""Systems that are SELECTs: what one declares, and how its database is opened, probed and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.connector import Connection
from connectors.database_url import database_url
from connectors.errors import SettingsError, SourceError, did_you_mean
from connectors.postgres import PostgresSession
from connectors.return_reasons import DESCRIPTION, OPTION, literal, reasons_query
from connectors.sql_shape import Shape, columns_of, shape_of, with_tables
from connectors.sql_source import POSTGRES, PostgresSource
from connectors.tables import Returns, Table, name_of
from connectors.text import Text
from connectors.touched import Statement, Touched, narrowed

__all__ = ["URL_OPTION", "Select", "Setting", "SqlConnector", "Touched"]

URL_OPTION: Mapping[str, Text] = {
    "url": Text(
        "the database, e.g. postgresql://reader:password@host:5432/shop",
        "数据库地址，例如 postgresql://reader:password@host:5432/shop",
    )
}


@dataclass(frozen=True, slots=True)
class Select:
    """The SELECT of one canonical table, where there is more to say than the statement.

    It may also deliver `filed_at`, for a table that has no date of its own: the moment by whose month its
    rows are kept, e.g. when the order of an order line was placed.

    Attributes:
        sql: the statement, written against the newest version.
        any_of: tables one of which must exist; without any, the canonical table is not filled.
        known_by: for columns that not every installation knows, the `table.column` or table that knows them;
            where it is absent the column is not delivered, so that nobody takes its nulls for facts.
        touched: how changed rows are found; null where the table is read whole at every refresh.
        keeps_history: whether rows that are no longer delivered are kept: for prices and listings of systems
            that only know today's.
    """

    sql: str
    any_of: tuple[str, ...] = ()
    known_by: Mapping[str, str] = field(default_factory=dict)
    touched: Touched | None = None
    keeps_history: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """An option of a system, which SELECTs read as a column of the one-row table `setting`.

    Attributes:
        text: what it says.
        default: what it is when it is not given.
        choices: the words it may be; empty: any text.
    """

    text: Text
    default: str
    choices: tuple[str, ...] = ()

    @property
    def described(self) -> Text:
        """What it says, with what it is when it is not given."""
        if not self.default or f"'{self.default}'" in self.text.en:
            return self.text
        return Text(f"{self.text.en}; unless set: {self.default}", f"{self.text.zh}；默认：{self.default}")


@dataclass(frozen=True, slots=True)
class SqlConnector:
    """A system whose PostgreSQL database is read by one SELECT per canonical table.

    Attributes:
        title: the system's name and versions.
        description: what of it is read.
        reads: every table the SELECTs read, as `table (column type, ...)`. A table or column that this
            version or installation does not have stands as null.
        proof: tables without which this is some other system's database.
        selects: the statement that fills each canonical table.
        lacks: for every other canonical table, what would fill it.
        version: a SELECT of the system's own version as text; null where the database does not tell.
        oldest: the lowest major version whose columns mean what the SELECTs take them for.
        settings: options beside `url`.
    """

    title: Text
    description: Text
    reads: str
    proof: tuple[str, ...]
    selects: Mapping[type[Table], str | Select]
    lacks: Mapping[type[Table], Text]
    version: str | None = None
    oldest: int = 0
    settings: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def options(self) -> Mapping[str, Text]:
        """Every option there is."""
        own = {name: setting.described for name, setting in self.settings.items()}
        returns = {OPTION: DESCRIPTION} if Returns in self.selects else {}
        return {**URL_OPTION, **own, **returns}

    def open(self, connection: Connection) -> PostgresSource:
        """Connect, look which version it is, and choose what to read.

        Raises:
            SettingsError: the URL or another option is unusable.
            SourceError: the server cannot be reached, or is not this system's.
        """
        url = database_url(connection)
        if url.get_backend_name() != POSTGRES:
            raise _other_dialect(connection, self.title, url.get_backend_name())
        given = {"return_reasons": reasons_query(connection), "setting": self._settings_query(connection)}
        session = PostgresSession(connection, url)
        try:
            shape = shape_of(session, columns_of(self.reads))
            self._check_proof(connection, shape)
            version = self._version(connection, session)
            selects = {
                table: _fitted(session, name_of(table), select, shape, given)
                for table, select in self._selects().items()
                if not select.any_of or any(map(shape.has, select.any_of))
            }
        except SourceError:
            session.__exit__()
            raise
        return PostgresSource(connection.name, session, selects, version)

    def _selects(self) -> dict[type[Table], Select]:
        return {
            table: Select(select) if isinstance(select, str) else select
            for table, select in self.selects.items()
        }

    def _settings_query(self, connection: Connection) -> str:
        values = {name: connection.options.get(name, each.default) for name, each in self.settings.items()}
        for name, value in values.items():
            if not isinstance(value, str):
                raise SettingsError(
                    Text(
                        f"secrets.toml: [connections.{connection.name}] '{name}' must be text.",
                        f"secrets.toml：[connections.{connection.name}] “{name}”应为文本。",
                    )
                )
            if (choices := self.settings[name].choices) and value not in choices:
                raise _no_choice(connection, name, value, choices)
        columns = [f"{literal(str(value))}::text AS {name}" for name, value in values.items()]
        return "SELECT " + ", ".join(columns or ["NULL AS nothing"])

    def _check_proof(self, connection: Connection, shape: Shape) -> None:
        missing = [table for table in self.proof if not shape.has(table)]
        if missing:
            listed = ", ".join(missing)
            raise SourceError(
                Text(
                    f"{connection.name}: this is no database of {self.title.en}; it has no table {listed}.",
                    f"{connection.name}：这不是 {self.title.zh} 的数据库；没有表 {listed}。",
                )
            )

    def _version(self, connection: Connection, session: PostgresSession) -> str | None:
        if self.version is None:
            return None
        rows = session.fetch(self.version)
        version = str(rows[0][0]) if rows else ""
        major = re.search(r"\d+", version)
        if major and int(major[0]) < self.oldest:
            raise SourceError(
                Text(
                    f"{connection.name}: the database is of version {version}; "
                    f"{self.title.en} is read from version {self.oldest} on.",
                    f"{connection.name}：数据库版本为 {version}；"
                    f"{self.title.zh} 自版本 {self.oldest} 起支持。",
                )
            )
        return version or None


def _fitted(
    session: PostgresSession, name: str, select: Select, shape: Shape, given: Mapping[str, str]
) -> Statement:
    """The statement for this database: absent tables and columns stood in for, unknown columns left out."""

    def queries(sql: str) -> dict[str, str]:
        used = {query: text for query, text in given.items() if re.search(rf"\b{query}\b", sql)}
        return {**used, **shape.stand_ins(sql)}

    unknown = {column for column, place in select.known_by.items() if not shape.has(place)}
    own = queries(select.sql)
    whole = with_tables(select.sql, own)
    kept = [column for column in session.columns(name, whole) if column not in unknown] if unknown else []

    def known(statement: str) -> str:
        return f"SELECT {', '.join(kept)} FROM (\n{statement}\n) AS known" if unknown else statement

    if select.touched is None:
        return Statement(known(whole), keeps_history=select.keeps_history)
    by = select.touched.by
    touched = with_tables(select.touched.sql, queries(select.touched.sql))
    narrow = {
        table: f'SELECT * FROM ({own.get(table, f"""TABLE "{table}" """)}) AS "{table}" WHERE {condition}'
        for table, condition in select.touched.narrow.items()
    }
    return Statement(
        known(whole),
        (by,),
        touched,
        lambda since: known(narrowed(select.sql, by, touched, own | narrow, since)),
        select.keeps_history,
    )


def _no_choice(connection: Connection, name: str, value: str, choices: tuple[str, ...]) -> SettingsError:
    place, near = f"[connections.{connection.name}]", did_you_mean(value, choices)
    listed = ", ".join(choices)
    return SettingsError(
        Text(
            f"secrets.toml: {place} has '{name}' = '{value}'; it is one of: {listed}.{near.en}",
            f"secrets.toml：{place} 的“{name}”为“{value}”；应为其中之一：{listed}。{near.zh}",
        )
    )


def _other_dialect(connection: Connection, title: Text, dialect: str) -> SettingsError:
    place = f"[connections.{connection.name}]"
    return SettingsError(
        Text(
            f"secrets.toml: {place} has a 'url' for {dialect}; {title.en} is read from PostgreSQL.",
            f"secrets.toml：{place} 的“url”是 {dialect}；{title.zh} 只能从 PostgreSQL 读取。",
        )
    )
