"""What a connector is: the object that reads one system, one canonical table at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

import polars as pl

from connectors.following import Following
from connectors.tables import Table
from connectors.text import Text


@dataclass(frozen=True, slots=True)
class Connection:
    """One configured source, as written in `[connections.NAME]` of secrets.toml.

    Attributes:
        name: the connection's name.
        system: the name of a module in `connectors/systems/`.
        timezone: zone of times that carry none.
        options: every other setting (url, path, tables ...); not shown, a URL holds a password.
        folder: what relative paths are relative to.
        orders_of: the connection where this one's order ids live, or null to look everywhere.
    """

    name: str
    system: str
    timezone: str
    options: Mapping[str, object] = field(default_factory=dict, repr=False)
    folder: Path = Path()
    orders_of: str | None = None


class Source(Protocol):
    """An open connection, read table by table; a context manager.

    Classes derive from it, so that what they do not say about changes is what stands here.
    """

    def tables(self) -> list[type[Table]]:
        """The canonical tables it can fill, in no particular order."""
        ...

    def chunks(self, table: type[Table]) -> Iterator[pl.DataFrame]:
        """Rows of one table in chunks of bounded size, as they come: text or native types.

        Every chunk has the same columns, each named as in the canonical table (or `email`, `phone`,
        `member_no` in place of their hashes); at least one chunk comes, empty where there are no rows.

        Raises:
            SourceError: the rows cannot be read.
        """
        ...

    def follows(self, table: type[Table]) -> Following | None:  # noqa: ARG002
        """How changes of a table are followed; null where it is read whole at every refresh."""
        return None

    def keeps_history(self, table: type[Table]) -> bool:  # noqa: ARG002
        """Whether rows that are no longer delivered are kept, because the source only knows today's."""
        return False

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


class Connector(Protocol):
    """A system, as its module in `connectors/systems/` declares it under the name `connector`."""

    title: Text
    description: Text
    options: Mapping[str, Text]
    lacks: Mapping[type[Table], Text]

    def open(self, connection: Connection) -> Source:
        """Connect.

        Raises:
            SettingsError: an option is missing or unknown.
            SourceError: the source cannot be reached.
        """
        ...
