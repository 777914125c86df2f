"""Writes the simulated retailer to disk: the shop as SQLite, its traffic as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import polars.selectors as cs
from sqlalchemy import URL, Connection, create_engine

from connectors.demo.doors import door_counts
from connectors.demo.schema import SHOP
from connectors.demo.simulate import Simulated
from connectors.demo.traffic import visits

ROWS = 20_000
ISO = "%Y-%m-%dT%H:%M:%SZ"


def write_shop(path: Path, simulated: Simulated) -> Iterator[str]:
    """Write the shop into a new SQLite file; yields each table's name when the table is written.

    Nothing is journalled: a file that was not finished is thrown away.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = OFF")
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        for name, columns in SHOP.items():
            connection.exec_driver_sql(f"CREATE TABLE {name} ({columns})")
            _fill(connection, name, simulated.shop[name])
            yield name
        connection.commit()
    engine.dispose()


def _fill(connection: Connection, table: str, frame: pl.DataFrame) -> None:
    """Insert all rows by the driver's own statement, which is cheaper than SQLAlchemy's `insert`."""
    names = [row.name for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    for batch in as_stored(frame.select(names)).iter_slices(ROWS):
        connection.exec_driver_sql(statement, batch.rows())


def as_stored(frame: pl.DataFrame) -> pl.DataFrame:
    """The values as the shop keeps them: words and times as text."""
    moments = cs.ends_with("_at") & cs.float()
    return frame.with_columns(
        (moments.cast(pl.Int64) * 1_000_000).cast(pl.Datetime("us")).dt.strftime(ISO),
        cs.enum().cast(pl.String),
        cs.date().cast(pl.String),
    )


def write_traffic(folder: Path, simulated: Simulated) -> Iterator[str]:
    """Write the visits, a Parquet file a month, and the door counts; yields each file's name when written."""
    folder.mkdir(parents=True)
    for month, frame in visits(simulated.online):
        frame.write_parquet(folder / f"{month}.parquet", compression="zstd", compression_level=1)
        yield month
    door_counts(simulated.receipts).write_parquet(folder / "doors.parquet")
    yield "doors"
