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


def test_what_xml_cannot_hold_is_written_by_its_number_and_outer_spaces_are_kept(tmp_path: Path) -> None:
    texts = ["_x0041_", "\x01 & <b>", " tea ", "a\rb"]
    path = _packed(tmp_path, "xlsx", pl.DataFrame({"text": texts}))
    assert [row[0][1] for row in sheets(path)["rows"][1:]] == [
        "_x005F_x0041_", "_x0001_ & <b>", " tea ", "a_x000D_b",
    ]  # fmt: skip
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count('<t xml:space="preserve">') == 1
    assert '<dimension ref="A1:A5"/>' in sheet
    assert '<c r="A5" t="inlineStr">' in sheet


def test_rows_follow_each_other_over_batches_and_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 8)
    monkeypatch.setattr(workbook, "BATCH", 3)
    heard: list[int] = []
    rows = pl.LazyFrame({"number": range(20)})
    workbook.write_excel(rows, tmp_path / "x.xlsx", TOLD, heard.append)
    found = sheets(tmp_path / "x.xlsx")
    del found["manifest"]
    assert [[int(row[0][1]) for row in part[1:]] for part in found.values()] == [
        list(range(7)), list(range(7, 14)), list(range(14, 20)),
    ]  # fmt: skip
    assert heard == sorted(heard)
    assert heard[-1] == 20


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
