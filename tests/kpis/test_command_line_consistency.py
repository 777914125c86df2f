"""`python -m kpis consistency` as it is typed, on a small shop of CSV files."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest

from kpis.consistency import COLUMNS
from tests.kpis.typed import Typed


def test_consistency_prints_the_contracts_columns_and_the_index_last(typed: Typed) -> None:
    out, err = typed("consistency")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["kpi"] for row in rows][-1] == "consistency_index"
    told = {row["kpi"]: row for row in rows}
    assert (told["nps"]["gap"], told["nps"]["verdict"]) == ("-100", "inconclusive"), "three answers"
    assert float(told["average_order_value"]["gap"]) == pytest.approx(math.log(75 / 25))
    assert "on_time_delivery: not comparable, there is nothing to count offline." in err
    objects = json.loads(typed("consistency", "--format", "json")[0])
    assert list(objects[0]) == list(COLUMNS)
    assert [each["kpi"] for each in objects] == [row["kpi"] for row in rows]


def test_consistency_takes_days_and_slices(typed: Typed, tmp_path: Path) -> None:
    target = tmp_path / "same.csv"
    days = ("--from", "2026-01-01", "--to", "2026-01-31", "--where", "region=East")
    typed("consistency", *days[:4], "--output", str(target))
    told = json.loads((tmp_path / "same.csv.manifest.json").read_text(encoding="utf-8"))
    assert told["rows"] == len(target.read_text(encoding="utf-8").splitlines()) - 1
    assert "nps" in told["definitions"]
    assert "no row has region=East" in typed("consistency", *days, code=2)[1]
    assert "2 January" in typed("consistency", "--from", "2 January", code=2)[1]
