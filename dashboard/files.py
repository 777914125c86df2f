"""Files to keep: what is built when it is asked for, under names that are never reused."""

from __future__ import annotations

import datetime as dt
import io
import secrets
from collections.abc import Callable, Mapping
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


def packed(
    rows: pl.LazyFrame | pl.DataFrame, form: str, name: str, told: Mapping[str, Any]
) -> Callable[[], bytes]:
    """Builds rows and manifest as one file when it is asked for, from these values and nothing else.

    Args:
        rows: what to take along.
        form: `csv`, `parquet` (both zipped with their manifest) or `xlsx`.
        name: what the file is called, without ending.
        told: the manifest.
    """

    def build() -> bytes:
        with TemporaryDirectory(prefix="seamline-") as folder:
            target = Path(folder) / "packed"
            pack(rows.lazy(), target, form, name, told)
            return target.read_bytes()

    return build
