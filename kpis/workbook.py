"""Excel workbooks: rows batch by batch, text that no program runs, and a sheet that says what they are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import xlsxwriter
from polars import selectors
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kpis.output import defused
from kpis.sheet_rows import row_xml

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
BATCH = 20_000
SHEET, MANIFEST = "rows", "manifest"
_WIDTH = 16
_AS_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_OPTIONS = {**_AS_TEXT, "constant_memory": True, "remove_timezone": True}
_FORMATS = {pl.Date: "yyyy-mm-dd", pl.Datetime: "yyyy-mm-dd hh:mm:ss"}
_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_STYLED = re.compile(r'<col min="(\d+)" max="(\d+)"[^>]* style="(\d+)"')
_END = "</sheetData>"
_LEVEL = 3


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
    count = plain.select(pl.len()).collect(engine="streaming").item()
    with TemporaryDirectory(dir=target.parent) as folder:
        empty = Path(folder) / "empty.xlsx"
        heights = [min(MOST_ROWS - 1, count - start) for start in range(0, max(count, 1), MOST_ROWS - 1)]
        _write_empty(empty, plain.collect_schema(), len(heights), told)
        _fill(empty, target, plain, heights, heard)


def _write_empty(target: Path, schema: pl.Schema, sheets: int, told: Mapping[str, Any]) -> None:
    """A workbook with the headings of every sheet, the formats of their columns, and the manifest."""
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        formats = {kind: book.add_format({"num_format": how}) for kind, how in _FORMATS.items()}
        for number in range(1, sheets + 1):
            sheet = book.add_worksheet(SHEET if number == 1 else f"{SHEET} {number}")
            sheet.freeze_panes(1, 0)
            for column, (name, kind) in enumerate(schema.items()):
                sheet.set_column(column, column, _WIDTH, formats.get(kind.base_type()))
                sheet.write_string(0, column, name, bold)
        _write_manifest(book.add_worksheet(MANIFEST), told, bold)


def _fill(
    empty: Path, target: Path, rows: pl.LazyFrame, heights: Sequence[int], heard: Callable[[int], None]
) -> None:
    """Copy a workbook, with rows under the headings of its first sheets.

    xlsxwriter makes a Python object of every cell, which takes minutes for a million rows; so it makes the
    workbook, and Polars the rows.
    """
    batches, written = _batches(rows, heights), 0
    with (
        zipfile.ZipFile(empty) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as into,
    ):
        for part in source.namelist():
            place = _SHEET_PART.fullmatch(part)
            number = int(place[1]) if place else 0
            if not 1 <= number <= len(heights):
                into.writestr(part, source.read(part))
                continue
            head, tail = source.read(part).decode().split(_END)
            letters, styles = _columns(head, len(rows.collect_schema()))
            reach = f'<dimension ref="A1:{letters[-1]}{heights[number - 1] + 1}"/>'
            first = 2
            with into.open(part, "w", force_zip64=True) as sheet:
                sheet.write(_DIMENSION.sub(reach, head).encode())
                while first < heights[number - 1] + 2:
                    batch = next(batches)
                    sheet.write(row_xml(batch, first, letters, styles))
                    first, written = first + batch.height, written + batch.height
                    heard(written)
                sheet.write((_END + tail).encode())
    heard(written)


def _columns(head: str, count: int) -> tuple[list[str], list[int]]:
    """What a sheet calls its columns, and the numbers of their formats; 0 for none of their own."""
    styles = [0] * count
    for first, last, style in _STYLED.findall(head):
        styles[int(first) - 1 : int(last)] = [int(style)] * (int(last) - int(first) + 1)
    return [xl_col_to_name(column) for column in range(count)], styles


def _batches(rows: pl.LazyFrame, heights: Sequence[int]) -> Iterator[pl.DataFrame]:
    """The rows batch by batch, none of which lies on two sheets."""
    left = list(heights)
    for batch in rows.collect_batches(chunk_size=BATCH, engine="streaming"):
        rest = batch
        while rest.height:
            fits = rest.head(left[0])
            yield fits
            rest = rest.slice(fits.height)
            left[0] -= fits.height
            if not left[0]:
                left.pop(0)


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
