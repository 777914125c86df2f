"""Files to keep: CSV for Excel, alone or with its manifest, under names that are never reused."""

from __future__ import annotations

import datetime as dt
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from kpis.output import write_csv


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


def zip_of(rows: pl.LazyFrame | pl.DataFrame, name: str, told: Mapping[str, Any]) -> Callable[[], bytes]:
    """Builds a zip of the CSV and the manifest beside it, from these values and nothing else."""
    build_csv = csv_of(rows)
    manifest = json.dumps(told, default=str, ensure_ascii=False, indent=1) + "\n"

    def build() -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.csv", build_csv())
            archive.writestr(f"{name}.csv.manifest.json", manifest)
        return written.getvalue()

    return build
