"""Follows a table through SQLAlchemy, for SELECTs that deliver `updated_at` from any other database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from connectors.following import FILED_AT, UPDATED_AT, Following
from connectors.months import months_of
from connectors.tables import Table, dated_by

WRITES_TIMES_AS_TEXT = ("sqlite", "mysql", "mariadb", "mssql")
DAY = dt.timedelta(days=1)

Read = Callable[[str], Iterator[pl.DataFrame]]


class SqlFollowing(Following):
    """One table of an open database whose rows each bear their own change stamp.

    Dialects write moments differently, so that only days are compared, with one day of overlap, and months
    are counted here: one column of all rows is read for that.
    """

    def __init__(
        self,
        source: str,
        dialect: str,
        select: str,
        table: type[Table],
        *,
        key: Sequence[str],
        columns: Sequence[str],
        read: Read,
    ) -> None:
        """Follow a SELECT.

        Args:
            source: the database, without a password.
            dialect: SQLAlchemy's name of it.
            select: delivers the rows, `updated_at` among their columns.
            table: the canonical table.
            key: the columns that name a row.
            columns: all that are delivered.
            read: runs a SELECT over the open connection.
        """
        self.by = key
        self.source = source
        self.statement = select
        self.filed_by = next((name for name in (FILED_AT, dated_by(table)) if name in columns), None)
        self._dialect = dialect
        self._read = read

    def watermark(self) -> str | None:
        found = pl.concat(self._read(self._of(f"MAX({UPDATED_AT}) AS {UPDATED_AT}")))
        stamp: str | None = _as_text(found)[UPDATED_AT].item()
        return None if stamp is None else min(stamp, _now())

    def touched(self, since: str) -> pl.DataFrame:
        columns = ", ".join((*self.by, UPDATED_AT))
        found = _as_text(pl.concat(self._read(self._of(columns, since)), how="vertical_relaxed"))
        return found.with_columns(pl.min_horizontal(UPDATED_AT, pl.lit(_now())).alias(UPDATED_AT))

    def changed(self, since: str) -> Iterator[pl.DataFrame]:
        return self._read(self._of("*", since))

    def months(self, since: str | None = None) -> Mapping[str | None, int]:
        column = self.filed_by or UPDATED_AT
        counted: Counter[str | None] = Counter()
        for chunk in self._read(self._of(column)):
            counted.update(months_of(chunk[column]) if self.filed_by else [None] * chunk.height)
        return {month: rows for month, rows in counted.items() if since is None or (month or "") >= since}

    def of_month(self, month: str | None, columns: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        filed = (self.filed_by,) if self.filed_by else ()
        listed = ", ".join(dict.fromkeys((*columns, *filed))) if columns else "*"
        for chunk in self._read(self._of(listed)):
            if self.filed_by is None:
                yield chunk
            else:
                months = months_of(chunk[self.filed_by]).to_frame("month")
                within = months.select(pl.col("month").eq_missing(pl.lit(month))).to_series()
                yield chunk.filter(within)

    def _of(self, columns: str, since: str | None = None) -> str:
        rows = f"SELECT {columns} FROM (\n{self.statement}\n) delivered"
        if since is None:
            return rows
        day = (dt.datetime.fromisoformat(since) - DAY).date().isoformat()
        moment = f"'{day}'" if self._dialect in WRITES_TIMES_AS_TEXT else f"TIMESTAMP '{day} 00:00:00'"
        return f"{rows} WHERE {UPDATED_AT} IS NULL OR {UPDATED_AT} >= {moment}"


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The stamps as text that sorts by time, in UTC where they have a zone."""
    stamp = pl.col(UPDATED_AT)
    if frame.schema[UPDATED_AT].is_temporal():
        return frame.with_columns(stamp.dt.strftime("%Y-%m-%d %H:%M:%S").alias(UPDATED_AT))
    return frame.with_columns(stamp.cast(pl.String).str.slice(0, 19).str.replace("T", " ").alias(UPDATED_AT))


def _now() -> str:
    """A day ahead of all clocks: what lies beyond is no time at which a row was changed."""
    return (dt.datetime.now(dt.UTC) + DAY).strftime("%Y-%m-%d %H:%M:%S")
