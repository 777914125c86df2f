"""Reads a Parquet file as it is, in chunks of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from connectors.errors import SourceError
from connectors.text import Text

ROWS = 200_000
UNREADABLE = (pl.Binary, pl.Duration, pl.Object)


def parquet_header(path: Path) -> list[str]:
    """The column names.

    Raises:
        SourceError: the file is no Parquet file, or a column is of a type that no table has.
    """
    try:
        schema = pl.read_parquet_schema(path)
    except pl.exceptions.PolarsError:
        raise _unreadable(path) from None
    for name, kind in schema.items():
        if kind.is_nested() or kind in UNREADABLE:
            raise SourceError(
                Text(
                    f"{path.name}: column '{name}' holds {kind}; it must hold texts, numbers or times.",
                    f"{path.name}：列“{name}”为 {kind}；列中只能是文本、数字或时间。",
                )
            )
    return list(schema)


def parquet_chunks(path: Path) -> Iterator[pl.DataFrame]:
    """The rows with the file's own types; no chunk comes where there are none.

    Raises:
        SourceError: the file is damaged.
    """
    try:
        for chunk in pl.scan_parquet(path, glob=False).collect_batches(chunk_size=ROWS, engine="streaming"):
            if chunk.height:
                yield chunk
    except pl.exceptions.PolarsError:
        raise _unreadable(path) from None


def _unreadable(path: Path) -> SourceError:
    return SourceError(
        Text(f"{path.name} is damaged or no Parquet file.", f"{path.name} 已损坏或不是 Parquet 文件。")
    )
