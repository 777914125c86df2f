"""Turns the values a database driver gives into columns, with nothing rounded and nothing guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from types import NoneType

import polars as pl

from connectors.errors import SourceError
from connectors.text import Text

NATIVE: Mapping[type, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    dt.date: pl.Date(),
}
COMPOUND = (dict, list, tuple, set)


def exact_series(name: str, values: Sequence[object], when_empty: pl.DataType, place: str) -> pl.Series:
    """One column: in a native type where all its values share one that holds them exactly, else as text.

    Decimals come as text, because a decimal type would have to be guessed and rounds what does not fit; so do
    times of which only some carry a zone, and values of several types.

    Args:
        name: the column.
        values: its values as the driver gave them.
        when_empty: the type of a column without any value.
        place: where this is, for messages.

    Raises:
        SourceError: a value is a list or another compound.
    """
    kinds = set(map(type, values)) - {NoneType}
    if not kinds:
        return pl.Series(name, values, dtype=when_empty)
    for kind in kinds:
        if issubclass(kind, COMPOUND):
            raise _compound(place, name, kind)
    native = _native(kinds, values)
    if native is not None:
        # Whole numbers can be larger than 64 bits.
        with suppress(TypeError, OverflowError):
            return pl.Series(name, values, dtype=native)
    return pl.Series(
        name, [None if value is None else _written(value) for value in values], dtype=pl.String()
    )


def _native(kinds: set[type], values: Sequence[object]) -> pl.DataType | None:
    """The type that holds all values exactly; null where only text does."""
    if kinds == {dt.datetime}:
        zoned = {value.tzinfo is not None for value in values if isinstance(value, dt.datetime)}
        return None if len(zoned) > 1 else pl.Datetime("us", "UTC" if zoned.pop() else None)
    return NATIVE.get(next(iter(kinds))) if len(kinds) == 1 else None


def _written(value: object) -> str:
    """A value as text that reads back as the same value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return str(value)


def _compound(place: str, column: str, kind: type) -> SourceError:
    return SourceError(
        Text(
            f"{place}: column '{column}' holds a {kind.__name__}; "
            "a column holds texts, numbers, times or flags.",
            f"{place}：列“{column}”为 {kind.__name__}；列中只能是文本、数字、时间或真假值。",
        )
    )
