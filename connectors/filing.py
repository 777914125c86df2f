"""Takes the rows of one table as they come, validates them and files them by month."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from connectors.accept import accept, keyed
from connectors.connector import Connection
from connectors.following import RESERVED, Following
from connectors.identity_hash import IdentityKey
from connectors.months import ALL, UNDATED, months_of
from connectors.parts import write_chunk, write_empty
from connectors.renew import next_number
from connectors.tables import Table, plain_columns


class Filing:
    """The part folder of one table while it is filled."""

    def __init__(self, folder: Path, table: type[Table], connection: Connection, key: IdentityKey) -> None:
        """File into the table's part folder."""
        self.folder = folder
        self.table = table
        self.connection = connection
        self.key = key
        self.filed_by: str | None = None
        self.followed = False
        self.named_by: str | None = None
        self.read = 0
        self.columns: set[str] = set()
        self._number = 0
        self._hashes = {plain: column for column, plain in plain_columns(table).items()}

    def follow(self, following: Following) -> None:
        """File by month from now on, behind what is there."""
        self.followed = True
        self.filed_by = following.filed_by
        self.named_by = following.by[0]
        self._number = next_number(self.folder)

    def take(self, chunk: pl.DataFrame) -> None:
        """Validate and write one chunk."""
        accepted = accept(chunk, self.table, self.connection.timezone, self.key)
        write_chunk(self.folder, self._number, accepted, self._months(chunk), self.named_by)
        write_empty(self.folder, accepted)
        self._number += 1
        self.read += chunk.height
        delivered = [name for name in chunk.columns if name not in RESERVED]
        self.columns |= {self._hashes.get(name, name) for name in delivered}

    def keys_of(self, chunk: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of a chunk as they stand in rows that were taken."""
        return keyed(chunk, columns, self.table, self.connection.timezone, self.key)

    def _months(self, chunk: pl.DataFrame) -> pl.Series:
        if self.filed_by is None:
            month = UNDATED if self.followed else ALL
            return pl.Series([month], dtype=pl.String).new_from_index(0, chunk.height)
        return months_of(chunk[self.filed_by]).fill_null(UNDATED)
