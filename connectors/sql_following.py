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
        key: str,
        columns: Sequence[str],
        read: Read,
    ) -> None:
        """Follow a SELECT.

        Args:
            source: the database, without a password.
            dialect: SQLAlchemy's name of it.
            select: delivers the rows, `updated_at` among their columns.
            table: the canonical table.
            key: the column whose values name what is read again together.
            columns: all that are delivered.
            read: runs a SELECT over the open connection.
        """
        self.by = (key,)
        self.source = source
        self.statement = select
        self.delivered = repr(tuple(columns))
        self.filed_by = next((name for name in (FILED_AT, dated_by(table)) if name in columns), None)
        self._dialect = dialect
        self._read = read

    def watermark(self) -> str | None:
        newest = self._of(f"MAX({UPDATED_AT}) AS {UPDATED_AT}")
        past = f"{newest} WHERE {UPDATED_AT} < {self._moment(_tomorrow())}"
        stamp: str | None = _readable(pl.concat(self._read(past)))[UPDATED_AT].item()
        return stamp

    def touched(self, since: str) -> pl.DataFrame:
        (by,) = self.by
        rows = f"{self._of(f'{by}, {UPDATED_AT}')} WHERE {self._later(since)}"
        return pl.concat(map(_readable, self._read(rows)), how="vertical_relaxed")

    def changed(self, since: str) -> Iterator[pl.DataFrame]:
        (by,) = self.by
        # With a row that changed all others of its name are read: a second one of its key would be lost.
        return self._read(f"{self._of('*')} WHERE {by} IN ({self._of(by)} WHERE {self._later(since)})")

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

    def _of(self, columns: str) -> str:
        return f"SELECT {columns} FROM (\n{self.statement}\n) delivered"

    def _later(self, watermark: str) -> str:
        day = (dt.datetime.fromisoformat(watermark) - DAY).date()
        return f"{UPDATED_AT} IS NULL OR {UPDATED_AT} >= {self._moment(day)}"

    def _moment(self, day: dt.date) -> str:
        return f"'{day}'" if self._dialect in WRITES_TIMES_AS_TEXT else f"TIMESTAMP '{day} 00:00:00'"


def _readable(frame: pl.DataFrame) -> pl.DataFrame:
    """The stamps as text that sorts by time, in UTC where they have a zone; null if none or after today."""
    stamp, kind = pl.col(UPDATED_AT), frame.schema[UPDATED_AT]
    if kind.is_temporal():
        moments = stamp.cast(pl.Datetime) if kind == pl.Date else stamp
        written = moments.dt.strftime("%Y-%m-%d %H:%M:%S")
    else:
        written = stamp.cast(pl.String).str.slice(0, 19).str.replace("T", " ")
    day = written.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return frame.with_columns(pl.when(day < _tomorrow()).then(written).alias(UPDATED_AT))


def _tomorrow() -> dt.date:
    return dt.datetime.now(dt.UTC).date() + DAY
