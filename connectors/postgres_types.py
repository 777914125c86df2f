"""How each type of PostgreSQL leaves the server as CSV, and what it is read as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl
from psycopg.postgres import types

FIRST, LAST = "0001-01-02", "9999-12-31"
BEFORE, AFTER = "before year 1", "after year 9999"
"""What a time outside these days, infinity among them, is delivered as: text that is no time."""

ORIGIN = 1_577_836_800_000_000
"""2020-01-01 in microseconds; seconds from there are exact to the microsecond in floats until 2091."""


def _as_read(series: pl.Series) -> pl.Series:
    return series


@dataclass(frozen=True, slots=True)
class Delivery:
    """One type's way from the server into a frame.

    Attributes:
        expression: what the server computes; `{column}` stands for the column.
        in_csv: the type its CSV is read as.
        finish: makes the delivered series of the one that was read.
    """

    expression: str = "{column}"
    in_csv: pl.DataType = field(default_factory=pl.String)
    finish: Callable[[pl.Series], pl.Series] = _as_read


def delivery_of(type_oid: int) -> Delivery:
    """How a column of this type is delivered.

    Whole numbers, floats, booleans, dates and times come natively, `timestamp` without a zone and
    `timestamptz` in UTC; anything else, `numeric` above all, comes as the server writes it. A column in
    which a time lies outside years 1 to 9999 comes as text.

    Args:
        type_oid: the type's number in the server's catalogue; a domain counts as what it is made of.
    """
    return DELIVERIES.get(type_oid, Delivery())


def is_moment(type_oid: int) -> bool:
    """Whether it is a date or a time that could be infinite."""
    return type_oid in MOMENTS


def _bounded(inside: str, extreme: int) -> str:
    """What the server computes of a moment; plus or minus `extreme` stands for one out of bounds."""
    return (
        f"CASE WHEN {{column}} >= '{FIRST}' AND {{column}} < '{LAST}' THEN {inside}"
        f" WHEN {{column}} >= '{LAST}' THEN {extreme} WHEN {{column}} < '{FIRST}' THEN -{extreme} END"
    )


def _microseconds(type_name: str) -> str:
    origin = f"'2020-01-01 00:00:00'::{type_name}"
    return _bounded(f"(date_part('epoch', {{column}} - {origin}) * 1000000)::int8", 2**63 - 1)


def _moment(zone: str | None) -> Callable[[pl.Series], pl.Series]:
    pattern = "%Y-%m-%dT%H:%M:%S%.6f" + ("Z" if zone else "")
    return lambda read: _finished(read, 2**63 - 1, ORIGIN, pl.Datetime("us", zone), pattern)


def _day(read: pl.Series) -> pl.Series:
    return _finished(read, 2**31 - 1, 0, pl.Date(), "%Y-%m-%d")


def _finished(read: pl.Series, extreme: int, origin: int, moment: pl.DataType, pattern: str) -> pl.Series:
    if read.max() != extreme and read.min() != -extreme:
        return (read + origin).cast(moment)
    value = pl.col(read.name)
    written = pl.when(value.abs() != extreme).then(value + origin).cast(moment).dt.to_string(pattern)
    words = pl.when(value == extreme).then(pl.lit(AFTER)).when(value == -extreme).then(pl.lit(BEFORE))
    return read.to_frame().select(words.otherwise(written).alias(read.name)).to_series()


WHOLE = Delivery(in_csv=pl.Int64())
FLOAT = Delivery(in_csv=pl.Float64())
DELIVERIES = {
    types[name].oid: delivery
    for name, delivery in {
        "int2": WHOLE,
        "int4": WHOLE,
        "int8": WHOLE,
        "oid": WHOLE,
        "float4": FLOAT,
        "float8": FLOAT,
        "money": Delivery("{column}::numeric"),
        "bool": Delivery(finish=lambda read: read == "t"),
        "date": Delivery(_bounded("{column} - '1970-01-01'::date", 2**31 - 1), pl.Int32(), _day),
        "timestamp": Delivery(_microseconds("timestamp"), pl.Int64(), _moment(None)),
        "timestamptz": Delivery(_microseconds("timestamptz"), pl.Int64(), _moment("UTC")),
    }.items()
}
MOMENTS = {types[name].oid for name in ("date", "timestamp", "timestamptz")}
