"""Excel workbooks: rows batch by batch, text that no program runs, and a sheet that says what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from polars import selectors
from xlsxwriter.worksheet import Worksheet

from kpis.output import defused

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
BATCH = 20_000
SHEET, MANIFEST = "rows", "manifest"
_WIDTH = 16
_AS_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_OPTIONS = {**_AS_TEXT, "constant_memory": True, "remove_timezone": True}
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def write_excel(
    rows: pl.LazyFrame,
    target: Path,
    told: Mapping[str, Any],
    heard: Callable[[int], None] = lambda _: None,
) -> None:
    """Write rows as a workbook whose last sheet is the manifest; memory holds one batch.

    A sheet of Excel ends after 1,048,576 rows: further rows stand on further sheets, each with the headings.
    Times are in UTC, null is an empty cell, text is defused and cut to the 32,767 characters of a cell.

    Args:
        rows: what to write.
        target: the file.
        told: the manifest.
        heard: told of how many rows are written.
    """
    plain = rows.with_columns(
        selectors.string().str.slice(0, LONGEST_TEXT - 1).pipe(defused),
        selectors.datetime(time_zone="*").dt.replace_time_zone(None),
        selectors.decimal().cast(pl.Float64),
    ).with_columns(pl.when(selectors.float().is_finite()).then(selectors.float()))
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        formats = {
            pl.Date: book.add_format({"num_format": _DAY}),
            pl.Datetime: book.add_format({"num_format": _MOMENT}),
        }
        bold = book.add_format({"bold": True})
        schema = plain.collect_schema()
        given = [formats.get(kind.base_type()) for kind in schema.values()]
        written = 0
        for sheet, part in _sheets(book, plain, schema.names(), bold):
            for offset, cells in part:
                _write_row(sheet, offset, cells, given)
                written += 1
                if written % BATCH == 0:
                    heard(written)
        _write_manifest(book.add_worksheet(MANIFEST), told, bold)
    heard(written)


def _sheets(
    book: xlsxwriter.Workbook, rows: pl.LazyFrame, names: Sequence[str], bold: Any
) -> Iterator[tuple[Worksheet, Iterator[tuple[int, tuple[Any, ...]]]]]:
    """Each sheet with its rows, by their place on it; the first also where there are no rows."""
    every = _rows(rows)
    following = next(every, ())
    number = 1
    while following or number == 1:
        sheet = book.add_worksheet(SHEET if number == 1 else f"{SHEET} {number}")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(names) - 1, _WIDTH)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        first = [following] if following else []
        yield sheet, _until_full(first, every)
        following = next(every, ())
        number += 1


def _until_full(
    first: Sequence[tuple[Any, ...]], rows: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    place = 0
    for cells in first:
        place += 1
        yield place, cells
    while place and place < MOST_ROWS - 1 and (cells := next(rows, ())):
        place += 1
        yield place, cells


def _rows(rows: pl.LazyFrame) -> Iterator[tuple[Any, ...]]:
    for batch in rows.collect_batches(chunk_size=BATCH, engine="streaming"):
        yield from batch.iter_rows()


def _write_row(sheet: Worksheet, place: int, cells: Sequence[Any], formats: Sequence[Any]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(place, column, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(place, column, cell)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(place, column, cell, formats[column])
        elif cell is not None:
            sheet.write_number(place, column, cell)


def _write_manifest(sheet: Worksheet, told: Mapping[str, Any], bold: Any) -> None:
    sheet.set_column(0, 0, 2 * _WIDTH)
    sheet.set_column(1, 1, 6 * _WIDTH)
    entries = pl.DataFrame(list(_flat(told)), schema={"name": pl.String, "value": pl.String}, orient="row")
    cut = entries.select(selectors.all().str.slice(0, LONGEST_TEXT - 1).pipe(defused))
    for place, (name, value) in enumerate(cut.iter_rows()):
        sheet.write_string(place, 0, name, bold)
        sheet.write_string(place, 1, value)


def _flat(told: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Every entry of nested mappings as a dotted name and its text."""
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{within}{name}.")
        else:
            listed = value if isinstance(value, list | tuple) else [value]
            yield f"{within}{name}", ", ".join("" if each is None else str(each) for each in listed)
