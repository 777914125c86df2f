"""Durations: hours from two hours on, minutes from two minutes on, and one unit within a figure."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from dashboard.cards import card
from dashboard.charts import axes
from dashboard.charts.bars import bars
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.kpi import Unit
from tests.dashboard.test_cards import ROW, SHOWN, WEEKS

EN, ZH = Say("en"), Say("zh")
REPLIES = catalogue()["reply_seconds"]
UNITS = re.compile(r"[\d.] (ms|s|min|h|d)\b")


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (119, "seconds", "119 s", "119 秒"),
        (120, "seconds", "2.0 min", "2.0 分钟"),
        (7_199, "seconds", "120.0 min", "120.0 分钟"),
        (7_200, "seconds", "2.0 h", "2.0 小时"),
        (22_596, "seconds", "6.3 h", "6.3 小时"),
        (119.9, "minutes", "119.9 min", "119.9 分钟"),
        (120, "minutes", "2.0 h", "2.0 小时"),
        (550.1, "minutes", "9.2 h", "9.2 小时"),
        (100, "hours", "100.0 h", "100.0 小时"),
        (9_000_000, "ms", "9,000,000 ms", "9,000,000 毫秒"),
    ],
)
def test_a_duration_is_written_in_the_unit_that_its_size_asks_for(
    value: float, unit: Unit, english: str, chinese: str
):
    assert (EN.value(value, unit), ZH.value(value, unit)) == (english, chinese)
    assert (EN.change(value, unit), ZH.change(-value, unit)) == (f"+{english}", f"−{chinese}")


def test_a_card_has_one_unit_for_value_change_interval_and_target():
    """6.3 hours; 90 seconds less are no tenth of an hour, and the target of 30 minutes is half an hour."""
    row = ROW | {"value": 22_596.0, "low": 6_000.0, "high": 30_000.0, "previous": 22_686.0, "change": -90.0}
    found = card(REPLIES, row | {"target": 1_800.0}, WEEKS, SHOWN, EN)
    assert (found.value, found.delta, found.target) == ("6.3 h", "±0.0 h", "≤ 0.5 h")
    assert set(UNITS.findall(found.help)) == {"h"}
    short = card(REPLIES, row | {"value": 42.0, "high": 130.0}, WEEKS, SHOWN, EN)
    assert (short.value, short.delta) == ("42 s", "−90 s")
    assert set(UNITS.findall(short.help)) == {"s"}


def test_an_axis_has_one_unit_and_round_steps_in_it():
    axis = axes.of_values([60.0, 22_596.0], "seconds", EN, from_zero=True)
    assert axis["ticktext"] == ["0.0 h", "2.0 h", "4.0 h", "6.0 h", "8.0 h"]
    assert axis["tickvals"][-1] == axis["range"][1] == pytest.approx(28_800)
    assert axes.of_values([10.0, 42.0], "seconds", ZH, from_zero=True)["ticktext"][-1].endswith(" 秒")


def test_each_bar_is_told_in_its_own_unit_on_an_axis_of_one():
    rows = pl.DataFrame({"touchpoint": ["chat", "mail"], "value": [90.0, 22_596.0], "denominator": [50, 50]})
    drawn = bars(REPLIES, rows, "touchpoint", {}, replace(EN, currency="CNY"))
    layout = drawn.figure.to_plotly_json()["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["<b>90 s</b>", "<b>6.3 h</b>"]
    zero, *ticks = layout["xaxis"]["ticktext"]
    assert zero == "0"
    assert ticks[-1].endswith(" h")
