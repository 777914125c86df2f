"""Whatever type a Parquet file gives a column: the rows are read, repaired, put aside or refused in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from connectors.accept import accept
from connectors.connector import Connection
from connectors.errors import SourceError
from connectors.identity_hash import IdentityKey
from connectors.systems import open_connection
from connectors.tables import TABLES

NOON = dt.datetime.fromisoformat("2026-01-01T12:00")
KEY = IdentityKey(b"a secret of this installation", "CN")
TYPES = {
    "small integer": pl.Series([1], dtype=pl.Int8),
    "unsigned integer": pl.Series([2**63], dtype=pl.UInt64),
    "integer": pl.Series([10**18]),
    "float": pl.Series([1.5], dtype=pl.Float32),
    "not a number": pl.Series([float("nan")]),
    "infinity": pl.Series([float("inf")]),
    "decimal": pl.Series([Decimal("1.23456")]),
    "flag": pl.Series([True]),
    "day": pl.Series([NOON.date()]),
    "time of day": pl.Series([NOON.time()]),
    "nanoseconds": pl.Series([NOON], dtype=pl.Datetime("ns")),
    "time with zone": pl.Series([NOON]).dt.replace_time_zone("Asia/Shanghai"),
    "category": pl.Series(["a"], dtype=pl.Categorical),
    "enum": pl.Series(["a"], dtype=pl.Enum(["a"])),
    "nothing": pl.Series([None]),
}


@pytest.mark.parametrize("table", ["orders", "visits", "surveys", "prices"])
@pytest.mark.parametrize("kind", TYPES)
def test_any_plain_type_is_read_and_no_row_is_lost(tmp_path: Path, kind: str, table: str) -> None:
    schema = TABLES[table]
    pl.DataFrame(dict.fromkeys(schema.columns(), TYPES[kind])).write_parquet(tmp_path / f"{table}.parquet")
    with open_connection(Connection("shop", "files", "UTC", {"path": str(tmp_path)})) as source:
        (chunk,) = source.chunks(schema)
    found = accept(chunk, schema, "UTC", KEY)
    assert found.rows.height + found.quarantine.height == 1


@pytest.mark.parametrize("value", [["a"], {"a": 1}, b"a", dt.timedelta(1)])
def test_a_type_that_no_table_has_is_refused(tmp_path: Path, value: object) -> None:
    pl.DataFrame({"sku": ["1"], "category": [value]}).write_parquet(tmp_path / "products.parquet")
    with pytest.raises(SourceError, match=r"^products.parquet: column 'category' holds "):
        open_connection(Connection("shop", "files", "UTC", {"path": str(tmp_path)}))
