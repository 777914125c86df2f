"""The rows of an Excel sheet as XML, made a column at a time: a cell at a time takes many times as long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

_FIRST_DAY = dt.date(1899, 12, 30)
_DAY = 86_400_000_000
_CONTROLS = (*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF)
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {chr(code): f"_x{code:04X}_" for code in _CONTROLS}
_ESCAPE, _ESCAPED = "_x([0-9A-Fa-f]{4})_", "_x005F_x${1}_"
_OUTER_SPACE = r"^\s|\s$"


def row_xml(rows: pl.DataFrame, first: int, letters: Sequence[str], styles: Sequence[int]) -> bytes:
    """Consecutive rows of a sheet.

    Null is no cell; text stands in the row itself and is never a formula; days and moments are numbers of
    days since the end of 1899, moments without a zone; what is neither text, number, flag nor time is text.

    Args:
        rows: what stands in them; numbers are finite.
        first: the number of the first row, the sheet's first being 1.
        letters: how the sheet calls each column, e.g. `AB`.
        styles: the number of each column's cell format in the workbook.
    """
    numbered = rows.with_columns(pl.int_range(first, first + pl.len()).cast(pl.String).alias("\0row"))
    number = pl.col("\0row")
    cells = [
        _cell(pl.col(name), kind, pl.concat_str(pl.lit(f'<c r="{letter}'), number), style)
        for (name, kind), letter, style in zip(rows.schema.items(), letters, styles, strict=True)
    ]
    parts = (pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    line = pl.concat_str(parts, ignore_nulls=True)
    return "".join(numbered.select(line).to_series().to_list()).encode()


def _cell(value: pl.Expr, kind: pl.DataType, begin: pl.Expr, style: int) -> pl.Expr:
    """One cell; null where the value is."""
    styled = f'" s="{style}"><v>' if style else '"><v>'
    if kind == pl.Boolean:
        return begin + '" t="b"><v>' + value.cast(pl.Int8).cast(pl.String) + "</v></c>"
    if kind == pl.Date:
        return begin + styled + (value - _FIRST_DAY).dt.total_days().cast(pl.String) + "</v></c>"
    if kind == pl.Datetime:
        since = value.cast(pl.Datetime("us")) - dt.datetime.combine(_FIRST_DAY, dt.time())
        return begin + styled + (since.dt.total_microseconds() / _DAY).cast(pl.String) + "</v></c>"
    if kind.is_numeric():
        return begin + styled + value.cast(pl.String) + "</v></c>"
    return begin + '" t="inlineStr"><is>' + _text(value.cast(pl.String)) + "</is></c>"


def _text(text: pl.Expr) -> pl.Expr:
    """Text as XML holds it: control signs by their number, spaces at its ends kept."""
    is_spaced = text.str.contains(_OUTER_SPACE)
    begin = pl.when(is_spaced).then(pl.lit('<t xml:space="preserve">')).otherwise(pl.lit("<t>"))
    marked = text.str.replace_all(_ESCAPE, _ESCAPED).str.replace_many(_MARKUP)
    return begin + marked + "</t>"
