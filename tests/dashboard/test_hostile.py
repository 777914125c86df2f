"""Names and comments made to do harm are text, and short, on every page, and text in every extract."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, files, row_data, row_table
from dashboard.files import Contents
from tests.dashboard import worlds
from tests.dashboard.opened import VIEWS, look_at, open_page, spoken
from tests.kpis.told_workbook import sheets

MARKS, LONGEST = set("\u202e\u202c\u200f"), 1_000
CODES = {"customdata", "ids"}
"""Parts of a chart that carry what was clicked, and are never drawn."""
PLACES: list[tuple[str, dict[str, str]]] = [
    *((name, {}) for name in VIEWS),
    ("channels", {"by": "store"}),
    ("delivery", {"delivery": "parcels"}),
    ("voice", {"part": "comments"}),
    ("consistency", {"part": "shared"}),
    ("extracts", {"what": "rows", "table": "products"}),
    ("extracts", {"what": "rows", "table": "surveys"}),
    ("extracts", {"by": "channel", "kpi": "return_rate"}),
    ("data_health", {"show": "faults"}),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop full of names that are made to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    worlds.build(folder)
    worlds.hostile(folder)
    worlds.read(folder)
    return folder


@pytest.fixture
def at_hostile_shop(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    look_at(shop, monkeypatch)
    return shop


def drawn(told: Any) -> Iterator[str]:
    """Every text of a chart's drawing."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for each in told:
            yield from drawn(each)
    elif isinstance(told, dict):
        for name, each in told.items():
            if name not in CODES:
                yield from drawn(each)


def listed(page: AppTest) -> list[str]:
    """Every text of a table, a list of options, a button or a link, none of which reads HTML."""
    tables = [table.value for table in page.dataframe]
    cells = [cell for table in tables for cell in [*table.columns, *table.to_numpy().ravel().tolist()]]
    options = [
        option for kind in ("selectbox", "multiselect") for box in page.get(kind) for option in box.options
    ]
    return [text for text in [*cells, *options] if isinstance(text, str)]


@pytest.mark.parametrize(
    ("name", "codes"), PLACES, ids=[f"{name}{number}" for number, (name, _) in enumerate(PLACES)]
)
@pytest.mark.usefixtures("at_hostile_shop")
def test_hostile_text_from_data_stays_text(name, codes):
    """The pages take turns with the languages."""
    page = open_page(VIEWS[name], "en" if VIEWS[name].place % 2 else "zh", **codes)
    assert not page.exception
    charts = [text for chart in page.get("plotly_chart") for text in drawn(json.loads(chart.proto.spec))]
    markdown, lists = spoken(page), listed(page)
    assert any("evil" in text for text in (*markdown, *charts, *lists))
    for text in markdown:
        bare = re.sub(r"\\[^\w\s]", "", text)
        assert "](" not in bare
        assert "evil.example" not in bare
        assert "<script" not in bare
    assert not [text for text in charts if "<script" in text or "<a" in text or "<img" in text]
    for text in (*markdown, *charts, *lists):
        assert not MARKS & set(text), text[:LONGEST]
        # A list of reasons may be long; no single line of it may.
        assert max(map(len, re.split(r"\n|<br>", text))) < LONGEST, text


def test_every_page_is_looked_at():
    assert {name for name, _ in PLACES} == set(VIEWS)


@pytest.mark.usefixtures("at_hostile_shop")
def test_hostile_text_stays_text_in_the_extract_of_every_table(tmp_path):
    """Complete, with an apostrophe before what a spreadsheet would compute."""
    pinned = data.pin()
    found = set()
    for table in row_data.tables(pinned):
        rows = row_table.rows(pinned, row_table.ask(pinned, table, None, ()), "en").head(300)
        told = rows.collect()
        written = csv.reader(io.StringIO(files.csv_of(rows)().decode("utf-8-sig")))
        cells = {cell for line in list(written)[1:] for cell in line}
        book = tmp_path / f"{table}.xlsx"
        book.write_bytes(files.packed(Contents(rows, {}), "xlsx", table)())
        grid = {cell for line in next(iter(sheets(book).values())) for cell in line}
        texts = {
            cell
            for column in told.iter_columns()
            if column.dtype == pl.String
            for cell in column.drop_nulls()
        }
        for text in texts:
            kept = {text, f"'{text}"}
            assert kept & cells
            assert {("inlineStr", form) for form in kept} & grid
        assert not [cell for cell in cells if re.match(r"[=+@\t]|-[^\d.]", cell)]
        found |= texts & {worlds.EVIL, worlds.FORMULA}
    assert found == {worlds.EVIL, worlds.FORMULA}
