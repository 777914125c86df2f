"""How each type of PostgreSQL leaves the server as CSV, and what it is read as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl
from psycopg.postgres import types

EPOCH = dt.date(2000, 1, 1)
FIRST, LAST = dt.date(1, 1, 2), dt.date(9999, 12, 30)
BEFORE, AFTER = "before year 1", "after year 9999"
"""What a time outside these days, infinity among them, is delivered as: text that is no time."""

Finish = Callable[[pl.Series], pl.Series]


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
    finish: Finish = _as_read


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


def _moment(unit: dt.timedelta, integer: pl.DataType, moment: pl.DataType, pattern: str) -> Finish:
    """Reads a moment from the bytes of the server's own integer, which no setting and no rounding can change.

    Args:
        unit: what the integer counts, from 2000 on.
        integer: its type.
        moment: the type of the delivered series.
        pattern: how moments are written in a series that has some out of bounds.
    """
    first, last = ((day - EPOCH) // unit for day in (FIRST, LAST))
    origin = (EPOCH - dt.date(1970, 1, 1)) // unit

    def finish(read: pl.Series) -> pl.Series:
        count = read.str.slice(2).str.decode("hex").bin.reinterpret(dtype=integer, endianness="big")
        if count.is_between(first, last).all():
            return (count + origin).cast(moment)
        value = pl.col(read.name)
        written = pl.when(value.is_between(first, last)).then(value + origin).cast(moment)
        words = pl.when(value > last).then(pl.lit(AFTER)).when(value < first).then(pl.lit(BEFORE))
        chosen = words.otherwise(written.dt.to_string(pattern))
        return count.to_frame().select(chosen.alias(read.name)).to_series()

    return finish


WHOLE = Delivery(in_csv=pl.Int64())
FLOAT = Delivery(in_csv=pl.Float64())
TIME, MICROSECOND = "%Y-%m-%dT%H:%M:%S%.6f", dt.timedelta(microseconds=1)
DAY = _moment(dt.timedelta(days=1), pl.Int32(), pl.Date(), "%Y-%m-%d")
NAIVE = _moment(MICROSECOND, pl.Int64(), pl.Datetime("us"), TIME)
ZONED = _moment(MICROSECOND, pl.Int64(), pl.Datetime("us", "UTC"), TIME + "Z")
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
        "date": Delivery("date_send({column})", finish=DAY),
        "timestamp": Delivery("timestamp_send({column})", finish=NAIVE),
        "timestamptz": Delivery("timestamptz_send({column})", finish=ZONED),
    }.items()
}
MOMENTS = {types[name].oid for name in ("date", "timestamp", "timestamptz")}
