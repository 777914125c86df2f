"""Files of the Extracts page against those of the command line; large ones are prepared first."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from threading import Event

import polars as pl
import pytest
from polars import selectors

from dashboard import downloads, evidence, figures, files, kpi_table, row_data, row_table
from dashboard.filters import Filters, read
from dashboard.kpi_table import Asked
from dashboard.preparing import Preparation
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.commands import main
from kpis.output import write_csv
from tests.dashboard.opened import VIEWS, every_language, open_page
from tests.dashboard.test_evidence import _room
from tests.dashboard.test_extracts import JULY
from tests.kpis.told_workbook import sheets

EN = Say("en", "CNY")
WHERE = Filters(channels=("web", "store")).where
ASKED_FOR = [
    "--from",
    "2026-07-01",
    "--to",
    "2026-07-31",
    "--where",
    "channel=web",
    "--where",
    "channel=store",
]


def _told_by_the_command_line(home, folder, *words, name="told.csv"):
    """The file and the manifest that `python -m kpis` writes."""
    output = folder / name
    places = ["--config", str(home / "config"), "--data", str(home / "data"), "--output", str(output)]
    assert main([*words, *places]) == 0
    manifest = json.loads((folder / f"{name}.manifest.json").read_text(encoding="utf-8"))
    return output.read_bytes(), manifest


@pytest.mark.parametrize("table", ["orders", "returns", "visits"])
def test_rows_of_the_page_are_those_of_the_command_line(pinned, options, at_home, tmp_path, table):
    written, manifest = _told_by_the_command_line(at_home, tmp_path, "extract", table, *ASKED_FOR)
    asked = row_table.ask(pinned, table, kpi_table.days(JULY, options), WHERE)
    _, count = row_table.preview(pinned, asked, "en")
    page = files.csv_of(row_table.rows(pinned, asked, "en"))()
    assert page.removeprefix(b"\xef\xbb\xbf") == written
    assert count == manifest["rows"] == len(list(csv.DictReader(io.StringIO(written.decode())))) > 0


def test_figures_of_the_page_are_those_of_the_command_line(pinned, options, at_home, tmp_path):
    kpis = ("return_rate", "visits", "average_order_value")
    words = ["table", "--kpi", ",".join(kpis), "--by", "week,channel", *ASKED_FOR]
    written, _ = _told_by_the_command_line(at_home, tmp_path, *words)
    told = pl.read_csv(written, try_parse_dates=True)
    asked = Asked(kpis, "week", ("channel",))
    filters = Filters(period=JULY.period, custom=JULY.custom, compare="none", channels=("web", "store"))
    table = kpi_table.kpi_table(pinned, kpi_table.question(asked, filters, options), asked.dimensions, EN)
    assert table.height == told.height
    for heading, column in (("KPI", "kpi"), ("Channel", "channel"), ("Numerator", "numerator")):
        assert table[heading].cast(told[column].dtype).to_list() == told[column].to_list()
    coded = kpi_table.coded(pinned, kpi_table.question(asked, filters, options), asked.dimensions)
    assert coded.columns == told.columns
    assert coded["value"].to_list() == table["Value"].to_list()
    shown = table["Value"].is_not_null()
    assert shown.sum() > table.height / 2
    assert table["Value"].filter(shown).to_list() == pytest.approx(told["value"].filter(shown).to_list())


def test_parquet_has_the_columns_and_codes_of_the_command_line_in_both_languages(
    pinned, options, at_home, tmp_path
):
    _told_by_the_command_line(at_home, tmp_path, "extract", "orders", *ASKED_FOR, name="told.parquet")
    told = pl.read_parquet(tmp_path / "told.parquet")
    asked = row_table.ask(pinned, "orders", kpi_table.days(JULY, options), WHERE)
    rows = {language: row_table.rows(pinned, asked, language) for language in ("en", "zh")}
    behind = row_table.columns_behind(pinned, asked, "zh")
    about = downloads.Told({}, told.height, table="orders", columns=behind)
    room = _room(pinned, options, JULY, "zh")
    contents = downloads.contents(room, rows["zh"], about, rows["en"])
    with zipfile.ZipFile(io.BytesIO(files.packed(contents["parquet"], "parquet", "x")())) as found:
        assert pl.read_parquet(io.BytesIO(found.read("x.parquet"))).equals(told)
    assert "columns" not in contents["parquet"].manifest
    named = contents["csv"].manifest["columns"]
    assert contents["csv"].rows.collect_schema().names() == list(named)
    assert list(named.values()) == told.columns
    assert set(named.values()) >= {"order_id", "day", "net_amount_native"}


@every_language
@pytest.mark.usefixtures("at_home")
def test_figures_that_may_still_change_are_counted_with_the_day_that_ends_it(language):
    page = open_page(VIEWS["extracts"], language, kpi=["nps", "return_rate", "on_time_delivery"])
    told = {
        "en": "2 of 3 rows may still change, the last of them until 7 Sep 2026. "
        "Cards end earlier: on the last day that is final for each figure.",
        "zh": "3 行中有 2 行尚可变动，最晚于 2026 年 9 月 7 日定稿。卡片截至各指标已定稿的最后一天，故更早。",
    }[language]
    assert told in [caption.value for caption in page.caption]
    june = {"period": "custom", "from": "2026-06-01", "to": "2026-06-30"}
    page = open_page(VIEWS["extracts"], language, kpi=["nps", "return_rate"], **june)
    assert not [caption for caption in page.caption if re.search("still change|定稿", caption.value)]


@pytest.mark.parametrize("table", ["orders", "surveys", "refunds"])
def test_every_format_holds_what_the_command_line_writes(pinned, options, at_home, tmp_path, table):
    written, _ = _told_by_the_command_line(at_home, tmp_path, "extract", table, *ASKED_FOR)
    told = pl.read_csv(written, infer_schema=False)
    asked = row_table.ask(pinned, table, kpi_table.days(JULY, options), WHERE)
    contents = files.Contents(row_table.rows(pinned, asked, "en"), {"rows": told.height})
    (tmp_path / "x.xlsx").write_bytes(files.packed(contents, "xlsx", "x")())
    head, *rows = sheets(tmp_path / "x.xlsx")["rows"]
    assert [text for _, text in head] == told.columns
    texts = [[text for kind, text in row if kind == "inlineStr"] for row in rows]
    words = contents.rows.select(selectors.string()).collect().rows()
    assert texts == [[text for text in row if text is not None] for row in words]
    with zipfile.ZipFile(io.BytesIO(files.packed(contents, "parquet", "x")())) as found:
        stored = pl.read_parquet(io.BytesIO(found.read("x.parquet")))
    with zipfile.ZipFile(io.BytesIO(files.packed(contents, "csv", "x")())) as found:
        listed = found.read("x.csv").removeprefix(b"\xef\xbb\xbf")
    assert listed == written
    again = io.BytesIO()
    write_csv(stored, again)
    assert again.getvalue() == written
    assert len(rows) == stored.height == told.height > 0


def test_the_rows_behind_a_figure_are_those_of_the_command_line(pinned, options, at_home, tmp_path):
    room = _room(pinned, options, Filters(channels=("web",)))
    kpi = catalogue()["return_rate"]
    codes = evidence.codes(room, kpi, (), "orders")
    filters, rejected = read(codes, options)
    assert not rejected
    asked = row_table.ask(pinned, "orders", kpi_table.days(filters, options), filters.where)
    days = ["--from", codes["from"][0], "--to", codes["to"][0], "--where", "channel=web"]
    written, manifest = _told_by_the_command_line(at_home, tmp_path, "extract", "orders", *days)
    page = files.csv_of(row_table.rows(pinned, asked, "en"))()
    assert page.removeprefix(b"\xef\xbb\xbf") == written
    assert manifest["rows"] == figures.one(room, kpi)["denominator"], "every order of this shop is paid"


def test_every_format_has_the_rows_that_the_screen_counts(pinned, options):
    asked = row_table.ask(pinned, "orders", kpi_table.days(JULY, options), WHERE)
    _, count = row_table.preview(pinned, asked, "zh")
    rows = row_table.rows(pinned, asked, "zh")
    for form in files.TYPES:
        packed = files.packed(files.Contents(rows, {"rows": count}), form, "x")()
        with zipfile.ZipFile(io.BytesIO(packed)) as found:
            if form == "parquet":
                assert pl.read_parquet(io.BytesIO(found.read("x.parquet"))).height == count
            elif form == "csv":
                lines = csv.DictReader(io.StringIO(found.read("x.csv").decode("utf-8-sig")))
                assert len(list(lines)) == count
            else:
                assert found.read("xl/worksheets/sheet1.xml").count(b"<row ") == count + 1


@pytest.mark.parametrize("form", files.TYPES)
def test_a_large_file_is_prepared_by_a_child_and_is_the_same(pinned, options, form):
    asked = row_table.ask(pinned, "orders", kpi_table.days(JULY, options), ())
    rows = row_table.rows(pinned, asked, "zh")
    told = {"rows": rows.select(pl.len()).collect().item()}
    found = Preparation(files.Contents(rows, told), form, "x")
    until = time.monotonic() + 60
    while found.is_running and time.monotonic() < until:
        time.sleep(0.05)
    assert not found.failed
    assert found.fraction == 1
    assert found.size == len(found.read())
    straight = files.packed(files.Contents(rows, told), form, "x")()
    if form != "xlsx":
        with zipfile.ZipFile(io.BytesIO(found.read())) as one, zipfile.ZipFile(io.BytesIO(straight)) as two:
            assert one.namelist() == two.namelist()
        return
    with zipfile.ZipFile(io.BytesIO(found.read())) as one, zipfile.ZipFile(io.BytesIO(straight)) as two:
        assert one.read("xl/worksheets/sheet1.xml") == two.read("xl/worksheets/sheet1.xml")


def test_a_file_that_cannot_be_made_says_so():
    nowhere = pl.scan_parquet("/nowhere.parquet")
    found = Preparation(files.Contents(nowhere, {"rows": 1}), "csv", "x")
    until = time.monotonic() + 30
    while found.is_running and time.monotonic() < until:
        time.sleep(0.05)
    assert found.failed


def test_a_file_that_is_given_up_while_rows_are_gathered_is_never_packed():
    may_go_on = Event()

    def held(rows: pl.DataFrame) -> pl.DataFrame:
        may_go_on.wait(30)
        return rows

    rows = pl.LazyFrame({"order_id": ["a"]}).map_batches(held)
    found = Preparation(files.Contents(rows, {"rows": 1}), "csv", "x")
    found.stop()
    may_go_on.set()
    until = time.monotonic() + 30
    while found.is_running and time.monotonic() < until:
        time.sleep(0.05)
    assert found.failed
    with pytest.raises(FileNotFoundError):
        found.read()


@every_language
@pytest.mark.usefixtures("at_home")
def test_a_large_extract_is_prepared_before_it_is_saved(language, monkeypatch):
    monkeypatch.setattr(downloads, "LARGE", 100)
    page = open_page(VIEWS["extracts"], language, what="rows", table="orders")
    assert not page.exception
    page.button(key="prepare_parquet").click().run()
    until = time.monotonic() + 60
    while page.session_state["prepared_file"][1].is_running and time.monotonic() < until:
        time.sleep(0.05)
    page.run()
    assert not page.exception
    assert not page.error
    assert page.get("download_button")


def test_personal_columns_are_in_no_file(pinned, options):
    for table in row_data.tables(pinned):
        asked = row_table.ask(pinned, table, kpi_table.days(JULY, options), ())
        names = row_table.rows(pinned, asked, "en").collect_schema().names()
        assert not {"email_hash", "phone_hash", "member_hash", "comment"} & set(names)
