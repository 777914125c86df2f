"""Channels against targets: colour, value and word agree."""

from __future__ import annotations

import datetime as dt
import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from connectors.business import Target
from connectors.text import Text
from dashboard import palette, visit_figures
from dashboard.charts.heat_map import Lane, heat_map, heat_map_height
from dashboard.heat import SHADE_OF_STATUS, Column, cells, shade
from dashboard.spans import Shown
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.periods import Period
from kpis.targets import status_of
from tests.dashboard.test_palette import MODES, THEME

SHOWN = Shown(Period(dt.date(2026, 6, 12), dt.date(2026, 7, 9)))
CHANNELS = {"web": Text("Web store", "官网"), "evil": Text("<b>x</b>" * 500, "坏")}
RETURNS, DELIVERY = catalogue()["return_rate"], catalogue()["on_time_delivery"]


def _row(value, goal, status, denominator=500.0):
    return {"numerator": 1.0, "denominator": denominator, "value": value, "target": goal, "status": status}


@given(
    some.floats(0, 1), some.floats(0.01, 0.99), some.floats(0, 0.1), some.sampled_from([RETURNS, DELIVERY])
)
def test_blue_is_on_target_orange_is_off_and_near_is_between(value, goal, near, kpi):
    down = kpi.better == "down"
    target = Target(kpi.id, {}, None, None, None if down else goal, goal if down else None, near)
    status = status_of(value, target)
    found = shade(kpi, _row(value, goal, status))
    assert found is not None
    assert -1 <= found <= 1
    assert {"good": found >= 0.1, "near": -0.2 <= found < 0, "bad": found <= -0.3}[status]


def test_near_alone_has_the_one_yellow_step():
    """Its cells say "near" as its cards do, and nothing that is better or worse looks like it."""
    steps = len(palette.DIVERGING)
    by_status = {
        status: {min(int((end + 1) / 2 * steps), steps - 1) for end in ends}
        for status, ends in SHADE_OF_STATUS.items()
    }
    (yellow,) = by_status["near"]
    inner = [end for ends in SHADE_OF_STATUS.values() for end in ends if abs(end) < 1]
    assert all(0.05 < (end + 1) / 2 * steps % 1 < 0.95 for end in inner)
    assert max(by_status["bad"]) < yellow < min(by_status["good"])
    assert {visit_figures.shade(gap) for gap in (-0.01, 0.01)} == {-0.3, 0.1}
    for theme in (THEME[mode] for mode in MODES):
        red, green, blue = (
            int(theme["chartDivergingColors"][yellow][place : place + 2], 16) for place in (1, 3, 5)
        )
        assert blue < green <= red
        assert red - green < green - blue


def test_a_share_is_measured_on_its_rarer_side():
    assert shade(DELIVERY, _row(0.91, 0.95, "bad")) == pytest.approx(shade(RETURNS, _row(0.09, 0.05, "bad")))


@pytest.mark.parametrize(
    "row",
    [
        _row(None, 0.1, "none"),
        _row(0.1, None, "none"),
        _row(0.1, 0.1, "good", denominator=29.0),
    ],
)
def test_no_colour_without_figure_target_or_enough(row):
    assert shade(RETURNS, row) is None


def test_cells_come_channel_by_channel_with_value_and_word():
    columns = [
        Column(RETURNS, {"web": _row(0.2, 0.1, "bad")}, SHOWN),
        Column(DELIVERY, {"web": _row(0.95, 0.92, "good"), "evil": _row(0.5, 0.92, "bad", 12.0)}, SHOWN),
    ]
    found = cells(columns, CHANNELS, Say("en", "CNY"))
    assert [(cell.channel, cell.kpi) for cell in found] == [
        ("web", "return_rate"), ("web", "on_time_delivery"),
        ("evil", "return_rate"), ("evil", "on_time_delivery"),
    ]  # fmt: skip
    assert [(cell.value, cell.word, cell.is_off) for cell in found] == [
        ("20.0%", "Off target", True), ("95.0%", "On target", False),
        ("–", "", False), ("1 of 12", "few", False),
    ]  # fmt: skip
    assert "12 Jun – 9 Jul" in found[0].hover
    assert "n = 500" in found[0].hover
    assert "<b>" not in found[2].hover


def test_the_figure_draws_every_value_over_a_clickable_point():
    found = cells([Column(RETURNS, {"web": _row(0.2, 0.1, "bad")}, SHOWN)], CHANNELS, Say("en", "CNY"))
    lanes = [
        Lane("web", "Web store", "online", is_chosen=True),
        Lane("evil", "x", "offline", is_chosen=False),
    ]
    figure = heat_map(found, lanes, ["Return rate, orders"])
    online, offline, heat, points = figure.data
    assert heat.z.tolist()[0][0] == found[0].shade
    assert np.isnan(heat.z.tolist()[1][0])
    assert [list(place) for place in points.customdata] == [["web", "return_rate"], ["evil", "return_rate"]]
    assert points.opacity == 0
    assert points.hoverinfo != "skip"
    texts = [note.text.split("<br>")[0] for note in figure.layout.annotations]
    assert texts == ["Return rate,", "<b>▸ Web store</b>", "x", "<b>20.0%</b>", "–"]
    assert figure.layout.height == heat_map_height(2, ["Return rate, orders"])
    assert (online.marker.symbol, list(online.y)) == ("circle", [0])
    assert (offline.marker.symbol, list(offline.y)) == ("diamond", [1])


def test_every_colour_of_the_figure_is_of_the_palette():
    found = cells([Column(RETURNS, {"web": _row(0.2, 0.1, "bad")}, SHOWN)], CHANNELS, Say("en", "CNY"))
    lanes = [
        Lane("web", "Web store", "online", is_chosen=True),
        Lane("evil", "x", "offline", is_chosen=False),
    ]
    drawn = json.loads(heat_map(found, lanes, ["Return rate, orders"]).to_json())
    del drawn["layout"]["template"]
    known = {palette.ONLINE, palette.OFFLINE, palette.TEXT, palette.SURFACE, *palette.DIVERGING}
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}|rgba?\([^)]*\)", json.dumps(drawn))) == known
