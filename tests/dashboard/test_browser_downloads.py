"""In a real browser: what is downloaded is what is shown, and what the engine says."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page

from dashboard import data, kpi_table, row_data
from dashboard.filters import Options, read
from dashboard.kpi_table import Asked
from dashboard.place import Pin
from tests.dashboard.browser import choose, settled, widget
from tests.dashboard.witness import Witness

ASKED = "period=custom&from=2026-06-01&to=2026-06-30&compare=none&channel=web&channel=store&region=East"
CODES = {
    "period": ["custom"], "from": ["2026-06-01"], "to": ["2026-06-30"], "compare": ["none"],
    "channel": ["web", "store"], "region": ["East"],
}  # fmt: skip


def take(page: Page, key: str) -> Path:
    """Press a download button; the file under the name that the browser was told."""
    with page.expect_download() as coming:
        widget(page, key).get_by_role("button").click()
    found = Path(coming.value.path())
    return found.rename(found.with_name(coming.value.suggested_filename))


def rows_of(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_come_out_as_the_engine_has_them(
    server, reader: Witness, pinned: Pin, options: Options, language
):
    split = "kpi=return_rate&kpi=visits&kpi=average_order_value&grain=week&by=channel"
    page = settled(reader.turn_to(f"{server}/extracts?{ASKED}&{split}&lang={language}"))
    file = take(page, "csv")
    assert re.fullmatch(
        r"seamline-figures-2026-06-01-to-2026-06-30-store-web-east-[0-9a-f]{8}\.csv", file.name
    )
    written = file.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = rows_of(written)
    filters, _ = read(CODES, options)
    asked = Asked(("return_rate", "visits", "average_order_value"), "week", ("channel",))
    results = data.results(pinned, kpi_table.question(asked, filters, options))
    kpi, below, channel = {"en": ("KPI", "Denominator", "Channel"), "zh": ("指标", "分母", "渠道")}[language]
    assert [row[kpi] for row in rows] == results["kpi"].to_list()
    assert [row[channel] for row in rows] == results["channel"].to_list()
    assert [float(row[below] or "nan") for row in rows] == pytest.approx(
        results["denominator"].fill_null(float("nan")).to_list(), nan_ok=True
    )
    shown = page.get_by_text(re.compile(r"^\d+ (rows|行)")).inner_text()
    assert int(re.match(r"\d+", shown).group()) == len(rows)


def test_the_zip_brings_its_definitions_along(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/extracts?{ASKED}&kpi=return_rate"))
    with zipfile.ZipFile(take(page, "zip")) as archive:
        table, manifest = sorted(archive.namelist())
        told = json.loads(archive.read(manifest))
        rows = rows_of(archive.read(table))
    assert manifest == f"{table}.manifest.json"
    assert told["rows"] == len(rows) == 1
    assert told["snapshot"] == "000001"
    assert told["filters"]["where"] == {"channel": ["web", "store"], "region": ["East"]}
    assert list(told["definitions"]) == ["return_rate"]
    assert told["data_time"].startswith("2026-08-08")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rows_come_out_complete_and_filtered(server, reader: Witness, pinned: Pin, language):
    page = settled(reader.turn_to(f"{server}/extracts?what=rows&table=orders&{ASKED}&lang={language}"))
    table = page.get_by_test_id("stDataFrame").first
    table.hover()
    toolbar, buttons = (
        part.bounding_box() for part in (page.get_by_test_id("stElementToolbar").first, widget(page, "take"))
    )
    assert toolbar is not None
    assert buttons is not None
    assert toolbar["y"] >= buttons["y"] + buttons["height"], "the table's own buttons cover none of ours"
    rows = rows_of(take(page, "csv").read_bytes())
    start, end = (pl.lit(day).str.to_date() for day in ("2026-06-01", "2026-06-30"))
    orders = row_data.rows(pinned, "orders", None, None, ()).filter(
        pl.col("day").is_between(start, end),
        pl.col("channel").is_in(["web", "store"]),
        pl.col("region") == "East",
    )
    heading = {"en": "order_id", "zh": "订单编号"}[language]
    assert sorted(row[heading] for row in rows) == sorted(orders.collect()["order_id"])


def test_two_extracts_of_one_session_are_two_files(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/extracts?what=rows&table=orders&period=90d"))
    first = take(page, "csv")
    choose(page, "table", "Order lines")
    second = take(page, "csv")
    assert first.name != second.name
    assert list(rows_of(first.read_bytes())[0]) != list(rows_of(second.read_bytes())[0])
    assert len(rows_of(second.read_bytes())) > 1_000
