"""CSV and Parquet files in a folder: one file, or a folder of files, per canonical table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from connectors.connector import Connection, Source
from connectors.csv_file import csv_chunks, csv_header
from connectors.delivered_columns import check_columns
from connectors.errors import SettingsError, SourceError
from connectors.parquet_file import parquet_chunks, parquet_header
from connectors.table_files import files_by_table
from connectors.tables import Table
from connectors.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table and the columns it has."""

    path: Path
    columns: list[str]

    def chunks(self) -> Iterator[pl.DataFrame]:
        """Its rows; none where it holds only a header."""
        if self.path.suffix.lower() == ".csv":
            return csv_chunks(self.path, self.columns)
        return parquet_chunks(self.path)


class FileSource(Source):
    """A folder whose files have been found and whose headers are in order."""

    def __init__(self, parts: Mapping[type[Table], list[Part]]) -> None:
        self._parts = parts

    def tables(self) -> list[type[Table]]:
        """The tables there is a file of."""
        return list(self._parts)

    def chunks(self, table: type[Table]) -> Iterator[pl.DataFrame]:
        """Rows file by file; CSV as text, Parquet with its own types.

        A column that only some files of a folder have is null in the others.
        """
        parts = self._parts[table]
        columns = list(dict.fromkeys(name for part in parts for name in part.columns))
        empty = True
        for part in parts:
            with _plain_words(part.path):
                for chunk in part.chunks():
                    empty = False
                    absent = [
                        pl.lit(None, pl.String).alias(name) for name in columns if name not in chunk.columns
                    ]
                    yield chunk.with_columns(absent).select(columns)
        if empty:
            yield pl.DataFrame(schema=dict.fromkeys(columns, pl.String))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing stays open between chunks."""


class Files:
    """The connector of folders with files."""

    title = Text("CSV and Parquet files", "CSV 与 Parquet 文件")
    description = Text(
        "A folder with one file, or a folder of files, per table: orders.csv, visits.parquet, visits/*.csv",
        "一个文件夹，每张表一个文件或一个子文件夹：orders.csv、visits.parquet、visits/*.csv",
    )
    options: Mapping[str, Text] = {"path": Text("the folder with the files", "文件所在的文件夹")}
    lacks: Mapping[type[Table], Text] = {}

    def open(self, connection: Connection) -> FileSource:
        """Find the files and check every header.

        Raises:
            SettingsError: the option `path` is missing or no text.
            SourceError: the folder or a file in it is not as it should be.
        """
        folder = _folder_of(connection)
        with _plain_words(folder):
            return FileSource(
                {
                    table: [_part(path, table, folder) for path in paths]
                    for table, paths in files_by_table(folder).items()
                }
            )


connector = Files()


def _folder_of(connection: Connection) -> Path:
    path = connection.options.get("path")
    if not isinstance(path, str) or not path.strip():
        raise SettingsError(
            Text(
                f"secrets.toml: [connections.{connection.name}] needs the setting 'path': "
                'the folder with the files, e.g. path = "exports".',
                f"secrets.toml：[connections.{connection.name}] 缺少设置项“path”："
                '文件所在的文件夹，例如 path = "exports"。',
            )
        )
    return connection.folder / Path(path.strip()).expanduser()


def _part(path: Path, table: type[Table], folder: Path) -> Part:
    columns = csv_header(path) if path.suffix.lower() == ".csv" else parquet_header(path)
    check_columns(str(path.relative_to(folder)), columns, table)
    return Part(path, columns)


@contextmanager
def _plain_words(place: Path) -> Iterator[None]:
    """The system's refusals (no permission, file gone) in the words of this package."""
    try:
        yield
    except SourceError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            Text(f"'{place}' cannot be read: {reason}.", f"无法读取“{place}”：{reason}。")
        ) from None
