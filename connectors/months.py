"""The month a row is filed in: told from the moment as it was delivered, before anything is validated."""

from __future__ import annotations

import polars as pl

ALL, UNDATED = "all", "undated"
WRITTEN = "^([0-9]{4}-[0-9]{2})"
"""How a moment in text begins that has a month."""


def months_of(delivered: pl.Series) -> pl.Series:
    """The month of each moment, as `2026-05`; null where there is none.

    Times with a zone count in UTC, others as they are written.

        >>> months_of(pl.Series(["2026-05-31 23:59", "before year 1", None])).to_list()
        ['2026-05', None, None]
    """
    if delivered.dtype.is_temporal():
        return delivered.dt.strftime("%Y-%m")
    return delivered.cast(pl.String).str.extract(WRITTEN)


def next_month(month: str) -> str:
    """The month after, e.g. 2027-01 after 2026-12; 10000-01 after the last there is."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"
