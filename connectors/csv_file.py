"""Reads a CSV file as text, in blocks of bounded size that end where a row ends."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from connectors.errors import SourceError
from connectors.text import Text

BLOCK = 16 * 2**20
LONGEST_ROW = 4 * BLOCK
LONGEST_HEADER = 2**16
CELL = re.compile(rb'("(?:[^"]|"")*+"|(?!")[^,\n]*+)(,|\r?\n|\r?\Z)')

OPEN_QUOTE = (
    'has a quotation mark that is not closed; one inside a text is written twice ("")',
    '有未闭合的引号；文本内的引号应写两次（""）',
)


def csv_header(path: Path) -> list[str]:
    """The column names in the first row, without surrounding blanks.

    Raises:
        SourceError: the file is empty, not UTF-8, or not separated by commas.
    """
    with path.open("rb") as file:
        first = file.readline(LONGEST_HEADER)
    if not first.strip(b"\r\n\xef\xbb\xbf \t"):
        raise _error(path, 1, "holds no column names", "没有列名")
    try:
        line = first.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise _not_utf8(path, 1) from None
    if "\r" in line:
        raise _error(path, 1, "must end its lines with LF or CR LF", "换行符应为 LF 或 CR LF")
    names = [name.strip() for name in next(csv.reader([line]))]
    if len(names) == 1 and re.search(r"[;\t|]", line):
        raise _error(path, 1, "must separate its columns with commas", "各列应以逗号分隔")
    if "" in names:
        position = names.index("") + 1
        raise _error(path, 1, f"has no name for column {position}", f"第 {position} 列没有列名")
    return names


def csv_chunks(path: Path, names: list[str]) -> Iterator[pl.DataFrame]:
    """The rows below the header, all columns as text, an empty cell as null; blank rows are left out.

    Memory is set by the block, not by the file. No chunk comes where there are no rows.

    Args:
        path: the file.
        names: its columns, as `csv_header` gives them.

    Raises:
        SourceError: a row has too many or too few cells, a quotation mark is not closed, or the text is
            not UTF-8; names the line.
    """
    line = 2
    with path.open("rb") as file:
        file.readline()
        for block in _blocks(file, path):
            yield _frame(block, names, path, line)
            line += block.count(b"\n")


def _blocks(file: BinaryIO, path: Path) -> Iterator[bytes]:
    rest = b""
    while block := file.read(BLOCK):
        rest += block
        edge = _last_row_end(rest)
        if edge:
            yield rest[:edge]
            rest = rest[edge:]
        elif len(rest) > LONGEST_ROW:
            raise _error(path, None, *OPEN_QUOTE)
    if rest:
        yield rest


def _last_row_end(block: bytes) -> int:
    """Where the last whole row ends: at a line end with an even number of quotation marks before it."""
    edge, quotes = len(block), block.count(b'"')
    while (end := block.rfind(b"\n", 0, edge)) >= 0:
        quotes -= block.count(b'"', end, edge)
        if quotes % 2 == 0:
            return end + 1
        edge = end
    return 0


def _frame(block: bytes, names: list[str], path: Path, line: int) -> pl.DataFrame:
    header = ",".join(names).encode() + b"\n"
    try:
        frame = pl.read_csv(header + block, schema=dict.fromkeys(names, pl.String))
    except pl.exceptions.PolarsError:
        _find_fault(block, len(names), path, line)
        raise _error(path, None, "cannot be read as CSV", "无法作为 CSV 读取") from None
    if frame.to_series(-1).null_count() and not _is_even(block, len(names)):
        _find_fault(block, len(names), path, line)
    return frame.filter(~pl.all_horizontal(pl.all().is_null()))


def _is_even(block: bytes, width: int) -> bool:
    """Whether rows times columns add up: Polars refuses long rows but fills short ones with nulls."""
    bare = b"".join(block.split(b'"')[::2]).rstrip(b"\r\n")
    rows = bare.count(b"\n") + 1
    return bare.count(b",") == rows * (width - 1)


def _find_fault(block: bytes, width: int, path: Path, line: int) -> None:
    try:
        block.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(path, line + block.count(b"\n", 0, error.start)) from None
    for cells, start in _rows(block):
        here = line + block.count(b"\n", 0, start)
        if cells is None:
            raise _error(path, here, *OPEN_QUOTE)
        if cells != width:
            raise _error(
                path,
                here,
                f"has {cells} cells where the header has {width}",
                f"有 {cells} 格，而表头有 {width} 格",
            )


def _rows(block: bytes) -> Iterator[tuple[int | None, int]]:
    """Number of cells (null where a quotation mark is amiss) and offset of every row that is not blank."""
    offset = start = cells = 0
    while offset < len(block):
        cell = CELL.match(block, offset)
        if cell is None or (not cell[1].startswith(b'"') and cell[1].count(b'"') % 2):
            yield None, start
            return
        cells, offset = cells + 1, cell.end()
        if cell[2] != b",":
            if cells > 1 or cell[1].strip():
                yield cells, start
            start, cells = offset, 0
    if cells:
        yield cells + 1, start


def _not_utf8(path: Path, line: int) -> SourceError:
    return _error(
        path,
        line,
        "is not UTF-8; in Excel, save it as 'CSV UTF-8 (Comma delimited)'",
        "不是 UTF-8；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”",
    )


def _error(path: Path, line: int | None, en: str, zh: str) -> SourceError:
    place = (
        Text(path.name, path.name)
        if line is None
        else Text(f"{path.name}, line {line}", f"{path.name} 第 {line} 行")
    )
    return SourceError(Text(f"{place.en}: {en}.", f"{place.zh}：{zh}。"))
