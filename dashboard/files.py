"""Files to keep: what is built when it is asked for, under names that are never reused."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
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

CODE = re.compile(r"[a-z0-9_]+")
LONGEST_MARK = 32


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows under their headings, and the manifest that says what they are."""

    rows: pl.LazyFrame
    manifest: Mapping[str, Any]


def new_name(what: str, filters: Mapping[str, Any], day: dt.date) -> str:
    """A file name without its ending: what, of which days, of which slice, and a random part.

    The random part keeps two extracts apart whatever they hold. Values stand in the name where they are
    short plain codes, in ASCII; else a mark that is the same for the same slice.

    >>> new_name("orders", {"to": dt.date(2026, 6, 30), "where": {"channel": ("web",)}}, dt.date.today())[:-8]
    'seamline-orders-to-2026-06-30-web-'

    Args:
        what: what is in the file, e.g. `orders`.
        filters: what was asked for, as the manifest has it: `from`, `to` and `where`, as far as they are set.
        day: the day it is taken, which names what has no days.
    """
    start, end, where = filters.get("from"), filters.get("to"), filters.get("where")
    days = [str(start)] if start else []
    days += ["to", str(end)] if end else []
    parts = ["seamline", what, *(days or [day.isoformat()]), *([_mark(where)] if where else [])]
    return "-".join([*parts, secrets.token_hex(4)])


def _mark(where: Mapping[str, Sequence[str]]) -> str:
    """A slice in a few letters: its values, or where they are long or no plain codes, a hash of it."""
    told = sorted((name, *sorted(values)) for name, values in where.items())
    values = [value.lower() for _, *values in told for value in values]
    plain = "-".join(values)
    if len(plain) <= LONGEST_MARK and all(CODE.fullmatch(value) for value in values):
        return plain
    return "filtered-" + hashlib.sha256(repr(told).encode()).hexdigest()[:6]


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
