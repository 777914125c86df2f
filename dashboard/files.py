"""Files to keep: what is built when it is asked for, under names that are never reused."""

from __future__ import annotations

import datetime as dt
import io
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from kpis.output import write_csv
from kpis.packing import pack

TYPES = {
    "csv": "application/zip",
    "parquet": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows under their headings, and the manifest that says what they are."""

    rows: pl.LazyFrame
    manifest: Mapping[str, Any]


def new_name(what: str, day: dt.date) -> str:
    """A file name without its ending; the random part keeps two extracts of a day apart.

    Args:
        what: what is in the file, e.g. `orders`.
        day: the day it is taken.
    """
    return f"seamline-{what}-{day.isoformat()}-{secrets.token_hex(4)}"


def csv_of(rows: pl.LazyFrame | pl.DataFrame) -> Callable[[], bytes]:
    """Builds the CSV when it is asked for, from these rows and nothing else."""

    def build() -> bytes:
        written = io.BytesIO()
        write_csv(rows, written, bom=True)
        return written.getvalue()

    return build


def packed(contents: Contents, form: str, name: str) -> Callable[[], bytes]:
    """Builds rows and manifest as one file when it is asked for, from these values and nothing else.

    Args:
        contents: what to take along.
        form: `csv`, `parquet` (both zipped with their manifest) or `xlsx`.
        name: what the file is called, without ending.
    """

    def build() -> bytes:
        with TemporaryDirectory(prefix="seamline-") as folder:
            target = Path(folder) / "packed"
            pack(contents.rows, target, form, name, contents.manifest)
            return target.read_bytes()

    return build
