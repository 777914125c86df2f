"""How the commands of `python -m kpis` write rows and notes."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from connectors.text import Text, terminal_language
from kpis.finality import not_final
from kpis.kpi import Kpi
from kpis.output import manifest_of, write_csv, write_json, write_manifest, write_parquet
from kpis.periods import parse_day
from kpis.shop import Shop

WRITERS = {"csv": write_csv, "parquet": write_parquet, "json": write_json}


def tell(
    options: argparse.Namespace, shop: Shop, rows: pl.DataFrame, kpis: Sequence[Kpi], notes: Sequence[Text]
) -> None:
    """Write rows, say what is to be said of them, and put a manifest beside a file."""
    for note in (*fallen_back(shop), *notes):
        say(note)
    write(options, rows)
    if options.output:
        said = [note.en for note in notes]
        changing = not_final(rows) if {"status", "final"} <= set(rows.columns) else None
        told = manifest_of(shop.manifest, filters(options), rows.height, kpis, said, not_final=changing)
        write_manifest(options.output, told)


def day(given: str | None) -> dt.date | None:
    """A day as it was given, null where it was not.

    Raises:
        PeriodError: it is not a day.
    """
    return None if given is None else parse_day(given)


def fallen_back(shop: Shop) -> list[Text]:
    """Why an older snapshot than the last one is read, if it is."""
    return [shop.manifest.fell_back] if shop.manifest.fell_back else []


def write(options: argparse.Namespace, rows: pl.DataFrame | pl.LazyFrame) -> None:
    """Write rows to the file that was asked for, else to standard output."""
    if options.output:
        WRITERS[options.format](rows, options.output)
        return
    # Polars does not tell a reader who has seen enough (head, less) from a broken disk; Python does.
    with TemporaryDirectory() as folder:
        written = Path(folder) / "rows"
        WRITERS[options.format](rows, written)
        with written.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def filters(options: argparse.Namespace) -> dict[str, object]:
    """The options as given, without where things are on this machine."""
    left_out = ("command", "config", "data", "output", "format")
    return {name: value for name, value in vars(options).items() if name not in left_out and value}


def first_line(error: Exception) -> str:
    """What an error says in short; the lines below tell of queries."""
    return str(error).strip().partition("\n")[0].rstrip(".")


def say(text: Text) -> None:
    """One line on standard error; signs that steer a terminal may come from data and are left out."""
    words = text.in_language(terminal_language())
    sys.stderr.write("".join(sign if sign.isprintable() else "?" for sign in words) + "\n")
