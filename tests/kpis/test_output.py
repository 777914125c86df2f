"""What leaves the house: text that no spreadsheet runs, numbers that stay numbers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.catalogue import catalogue
from kpis.output import manifest_of, write_csv, write_json, write_manifest, write_parquet
from tests.kpis.frames import manifest

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]


def _written(frame: pl.DataFrame, *, bom: bool = False) -> str:
    target = io.BytesIO()
    write_csv(frame, target, bom=bom)
    return target.getvalue().decode()


def _cells(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline="")))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert _cells(_written(pl.DataFrame({"name": [cell]})))[1] == ["'" + cell]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_comes_back_whole_behind_its_apostrophe(texts: list[str]) -> None:
    cells = [row[0] for row in _cells(_written(pl.DataFrame({"name": texts})))[1:]]
    assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in texts]
    assert not any(cell[0] in "=+-@\t\r\n＝＋－＠" for cell in cells)


def test_numbers_stay_numbers() -> None:
    frame = pl.DataFrame(
        {
            "money": [Decimal("-12.5000"), None],
            "sum": [588840.13, -3.0],
            "share": [0.1, 1e-7],
            "large": [1e15, 1e16],
            "whole": [-7, None],
            "flag": [True, None],
            "day": [dt.date(2026, 3, 5), None],
            "time": [dt.datetime(2026, 3, 5, 1, 2, 3, tzinfo=dt.UTC), None],
        }
    )
    assert _cells(_written(frame))[1:] == [
        [
            "-12.5000",
            "588840.13",
            "0.1",
            "1000000000000000",
            "-7",
            "true",
            "2026-03-05",
            "2026-03-05T01:02:03Z",
        ],
        ["", "-3", "1e-7", "1e+16", "", "", "", ""],
    ]


def test_chinese_excel_is_told_the_encoding() -> None:
    frame = pl.DataFrame({"渠道": ["门店"]})
    assert _written(frame, bom=True) == "\ufeff" + _written(frame)


def test_json_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    frame = pl.DataFrame({"day": [dt.date(2026, 3, 5)], "value": [0.5], "名": ["=x"]})
    write_json(frame, tmp_path / "rows.json")
    write_parquet(frame, tmp_path / "rows.parquet")
    assert json.loads((tmp_path / "rows.json").read_text("utf-8")) == [
        {"day": "2026-03-05", "value": 0.5, "名": "=x"}
    ]
    assert pl.read_parquet(tmp_path / "rows.parquet").equals(frame)


def test_the_manifest_stands_beside_its_file(tmp_path: Path) -> None:
    told = manifest_of(manifest(), {"from": "2026-01-01"}, 3, [catalogue()["nps"]], ["a note"])
    path = write_manifest(tmp_path / "x.csv", told)
    assert path.name == "x.csv.manifest.json"
    read = json.loads(path.read_text("utf-8"))
    assert read["rows"] == 3
    assert read["snapshot"] == "000001"
    assert read["data_time"] == "2025-06-30T12:00:00+00:00"
    assert read["filters"] == {"from": "2026-01-01"}
    assert read["definitions"]["nps"]["title_zh"] == "净推荐值"
    assert read["notes"] == ["a note"]


def test_the_manifest_of_a_table_defines_its_columns() -> None:
    told = manifest_of(manifest(), {}, 0, table="orders")
    assert told["definitions"]["net_amount"] == "article lines after discount, before tax and shipping"
