"""Files with their manifest: the same rows in every format, and no cell that any program runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from kpis import workbook
from kpis.output import FORMULA
from kpis.packing import ENDINGS, pack
from tests.kpis.told_workbook import sheets

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "http://evil.example", '=HYPERLINK("x")',
    'a"b\nc', "\u202eabc", "<script>alert(1)</script>", "长" * 40_000, "{=1}", "", "_x0041_", "\x01\x0b",
]  # fmt: skip
NOON = dt.datetime(2026, 7, 1, 4, 30, tzinfo=dt.UTC)
ROWS = pl.DataFrame(
    {
        "text": HOSTILE,
        "amount": pl.Series([1.5, None, -2.0] * 6).cast(pl.Decimal(18, 4)),
        "rate": [0.25, float("nan"), None] * 6,
        "count": list(range(18)),
        "day": [dt.date(2026, 7, 1)] * 18,
        "at": [NOON] * 18,
        "yes": [True, False, None] * 6,
    }
)
TOLD = {"rows": 18, "filters": {"where": {"channel": ["=web"]}}, "notes": ["a", "b"]}


def _packed(folder: Path, form: str, rows: pl.DataFrame = ROWS) -> Path:
    target = folder / f"x.{ENDINGS[form]}"
    pack(rows.lazy(), target, form, "x", TOLD)
    return target


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_zip_holds_the_rows_and_their_manifest(tmp_path: Path, form: str) -> None:
    with zipfile.ZipFile(_packed(tmp_path, form)) as archive:
        assert archive.namelist() == [f"x.{form}", f"x.{form}.manifest.json"]
        assert json.loads(archive.read(f"x.{form}.manifest.json")) == TOLD
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_a_parquet_file_has_the_rows_as_they_are(tmp_path: Path) -> None:
    with zipfile.ZipFile(_packed(tmp_path, "parquet")) as archive:
        read = pl.read_parquet(io.BytesIO(archive.read("x.parquet")))
    assert read.equals(ROWS)
    assert read.schema == ROWS.schema


def test_no_text_of_a_csv_begins_like_a_formula(tmp_path: Path) -> None:
    with zipfile.ZipFile(_packed(tmp_path, "csv")) as archive:
        written = archive.read("x.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert len(rows) == len(HOSTILE)
    assert not [row["text"] for row in rows if re.match(FORMULA, row["text"])]
    assert [row["text"].removeprefix("'") for row in rows] == HOSTILE


def test_every_cell_of_a_workbook_has_its_type_and_no_text_begins_like_a_formula(tmp_path: Path) -> None:
    found = sheets(_packed(tmp_path, "xlsx"))
    assert list(found) == ["rows", "manifest"]
    head, *rows = found["rows"]
    assert [text for _, text in head] == ROWS.columns
    assert len(rows) == ROWS.height
    texts = [row[0] for row in rows]
    assert {kind for kind, _ in texts} == {"inlineStr"}
    assert not [text for _, text in texts if re.match(FORMULA, text)]
    assert max(len(text) for _, text in texts) <= workbook.LONGEST_TEXT
    assert [cell for cell in rows[0] if cell[0] != "inlineStr"] == [
        ("", "1.5"), ("", "0.25"), ("", "0"), ("", "46204"), ("", "46204.1875"), ("b", "1"),
    ]  # fmt: skip


def test_the_manifest_is_a_sheet_of_plain_text(tmp_path: Path) -> None:
    manifest = sheets(_packed(tmp_path, "xlsx"))["manifest"]
    assert [[text for _, text in row] for row in manifest] == [
        ["rows", "18"],
        ["filters.where.channel", "'=web"],
        ["notes", "a, b"],
    ]


def test_what_does_not_fit_on_a_sheet_follows_on_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 8)
    found = sheets(_packed(tmp_path, "xlsx"))
    assert {name: len(rows) for name, rows in found.items()} == {
        "rows": 8, "rows 2": 8, "rows 3": 5, "manifest": 3,
    }  # fmt: skip
    assert found["rows"][0] == found["rows 3"][0]
    counts = [row[3][1] for name in ("rows", "rows 2", "rows 3") for row in found[name][1:] if len(row) == 7]
    assert counts == sorted(counts, key=int)


def test_nothing_is_a_workbook_of_headings(tmp_path: Path) -> None:
    found = sheets(_packed(tmp_path, "xlsx", ROWS.clear()))
    assert [text for _, text in found["rows"][0]] == ROWS.columns
    assert len(found["rows"]) == 1


@pytest.mark.parametrize("form", ENDINGS)
def test_a_child_packs_rows_from_disk_and_counts_them(tmp_path: Path, form: str) -> None:
    ROWS.write_parquet(tmp_path / "rows.parquet")
    (tmp_path / "told.json").write_text(json.dumps(TOLD), encoding="utf-8")
    target = tmp_path / "packed"
    given = [tmp_path / "rows.parquet", target, form, "x", tmp_path / "told.json"]
    ended = subprocess.run(
        [sys.executable, "-m", "kpis.packing", *given], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "18"
    assert zipfile.is_zipfile(target)
