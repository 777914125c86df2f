"""Charts: what is drawn is what was computed, in the palette's colours, with words and a table beside it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.business import Event
from connectors.text import Text
from dashboard import palette
from dashboard.charts import axes, event_bands, line_ends
from dashboard.charts.bars import bars
from dashboard.charts.funnel import funnel
from dashboard.charts.gaps import Bar, gaps
from dashboard.charts.histogram import histogram
from dashboard.charts.moves import Move, moves
from dashboard.charts.trend import Line, trend
from dashboard.events import Happening, happenings
from dashboard.wording import Say
from kpis.catalogue import catalogue
from tests.dashboard.worlds import EVIL

SAY = {language: Say(language, "CNY") for language in ("en", "zh")}
RETURNS = catalogue()["return_rate"]
MONDAYS = [dt.date(2026, 6, 1) + dt.timedelta(weeks=week) for week in range(4)]
WEEKS = pl.DataFrame(
    {
        "from": MONDAYS,
        "to": [day + dt.timedelta(days=6) for day in MONDAYS],
        "value": [0.10, 0.08, None, 0.12],
        "low": [0.08, 0.06, None, 0.10],
        "high": [0.12, 0.10, None, 0.14],
        "denominator": [400.0, 500.0, 0.0, 300.0],
        "target": [0.1] * 4,
        "final": [True, True, False, False],
        "final_on": [day + dt.timedelta(days=36) for day in MONDAYS],
    }
)
REGIONS = pl.DataFrame(
    {
        "region": ["East", "North", None],
        "value": [0.2, 0.05, None],
        "low": [0.18, 0.04, None],
        "high": [0.22, 0.06, None],
        "numerator": [100.0, 20.0, 3.0],
        "denominator": [500.0, 400.0, 12.0],
        "target": [0.1, 0.1, 0.1],
        "status": ["bad", "good", "none"],
    }
)
BINS = pl.DataFrame({"lower": [0.0, 12.0], "upper": [12.0, 24.0], "count": [30, 10]})
STEPS = pl.DataFrame({"count": [1000, 200], "of_before": [None, 0.2], "of_first": [None, 0.2]})
GAPS = [
    Bar("a", EVIL, -6.0, None, None, "≠ 2% vs 8%", "not the same", "worse"),
    Bar("b", "Returns", 0.5, 0.1, 0.9, "= 8% vs 7%", "the same", "better"),
]
EVENT = Happening(Text(EVIL, EVIL), dt.date(2026, 6, 9), dt.date(2026, 6, 10))


def _every(say):
    return {
        "trend": trend(RETURNS, [Line("", WEEKS)], say, [EVENT]),
        "lines": trend(RETURNS, [Line(EVIL, WEEKS, "online"), Line("Stores", WEEKS, "offline")], say),
        "bars": bars(RETURNS, REGIONS, "region", {"East": EVIL}, say),
        "histogram": histogram(BINS, {"P50": 8.0, EVIL: 20.0, "P99": None}, EVIL, "hours", say),
        "funnel": funnel(STEPS, ["Visits", EVIL], EVIL, say),
        "gaps": gaps(GAPS, pl.DataFrame(), say),
        "no trend": trend(RETURNS, [Line("", WEEKS.clear())], say),
        "no bars": bars(RETURNS, REGIONS.clear(), "region", {}, say),
        "no histogram": histogram(BINS.clear(), {}, "Delivery", "hours", say),
        "no funnel": funnel(STEPS.clear(), [], "Funnel", say),
    }


CHARTS = [(name, language) for language, say in SAY.items() for name in _every(say)]


@pytest.mark.parametrize(("name", "language"), CHARTS)
def test_every_chart_has_a_height_words_and_the_colours_of_the_palette(name, language):
    chart = _every(SAY[language])[name]
    assert chart.figure.layout.height > 0
    assert chart.alt
    drawn = json.loads(chart.figure.to_json())
    del drawn["layout"]["template"]
    written = json.dumps(drawn, ensure_ascii=False)
    known = {
        *palette.SERIES, *palette.MEANT.values(), *palette.DIVERGING, palette.TEXT, palette.SURFACE,
        palette.GRID, palette.ONLINE, palette.OFFLINE,
    }  # fmt: skip
    assert set(re.findall(r"#[0-9a-fA-F]{6}|rgba?\([^)]*\)", written)) <= known
    assert "<script" not in written
    assert "\u202e" not in written + chart.alt
    assert len(chart.alt) < 1_000


def test_what_may_still_change_is_dashed_and_says_when_it_is_final():
    figure = trend(RETURNS, [Line("", WEEKS)], SAY["en"]).figure
    tail, solid = figure.data[-2:]
    assert (solid.line.dash, tail.line.dash) == (None, "dot")
    assert np.isfinite(solid.y).tolist() == [True, True, False, False]
    assert np.isfinite(tail.y).tolist() == [False, True, False, True]
    assert "final on 28 Jul 2026" in tail.text[3]
    assert "final on" not in tail.text[0]


def test_a_lone_line_has_its_interval_and_its_target():
    chart = trend(RETURNS, [Line("", WEEKS)], SAY["en"])
    band, target = chart.figure.data[:2]
    assert list(band.y) == [0.12, 0.10, 0.14, 0.10, 0.06, 0.08]
    assert set(target.y) == {0.1}
    assert chart.alt == (
        "Return rate: from 10.0% on 1 Jun 2026 to 12.0% on 28 Jun 2026; "
        "lowest 8.0% on 8 Jun 2026, highest 12.0% on 22 Jun 2026."
    )
    assert chart.table["Value"].to_list() == WEEKS["value"].to_list()


def test_several_lines_are_named_where_they_end_and_none_has_a_colour_that_judges():
    lower = WEEKS.with_columns(value=pl.col("value") / 2)
    lines = [Line("Web store", WEEKS, "online"), Line("Stores", lower, "offline")]
    figure = trend(RETURNS, lines, SAY["en"]).figure
    named = [re.sub("<[^>]*>", "", note.text) for note in figure.layout.annotations]
    assert named == ["◆ Stores", "╌ Target", "● Web store"]
    assert {trace.marker.symbol for trace in figure.data[1:]} == {
        "circle", "circle-open", "diamond", "diamond-open",
    }  # fmt: skip
    assert {trace.line.color for trace in figure.data[1:]} == set(palette.SERIES[:2])
    assert not set(palette.SERIES) & set(palette.MEANT.values())


@given(st.lists(st.floats(0, 280), max_size=12).map(sorted))
def test_names_at_the_ends_of_lines_never_lie_on_each_other_and_stay_in_the_chart(wanted):
    placed = [height + up for height, up in zip(wanted, line_ends.shifts(wanted, 280), strict=True)]
    assert all(above - below >= line_ends.LINE_HEIGHT - 1e-6 for below, above in pairwise(placed))
    assert all(-1e-6 <= place <= 280 + 1e-6 for place in placed)


def test_events_of_the_days_are_drawn_as_spans_and_named_where_they_are():
    late = replace(EVENT, start=dt.date(2026, 6, 22), end=dt.date(2026, 6, 25))
    chart = trend(RETURNS, [Line("", WEEKS)], SAY["en"], [EVENT, late])
    span, _ = chart.figure.layout.shapes
    assert (span.x0, span.x1) == ("2026-06-08T12", "2026-06-10T12")
    assert [(note.x, note.xanchor) for note in chart.figure.layout.annotations] == [
        ("2026-06-08T12", "left"), ("2026-06-25T12", "right"),
    ]  # fmt: skip
    assert "Marked: " in chart.alt


def test_names_of_events_stand_in_the_order_of_time_from_above_and_lie_on_none():
    strike, day, sale = (
        Happening(Text(name, name), dt.date(2026, month, first), dt.date(2026, month, last))
        for name, month, first, last in (
            ("Strike at Swift Wheel", 9, 15, 28), ("National Day", 10, 1, 8), ("Double 11", 11, 1, 11),
        )
    )  # fmt: skip
    days = [dt.date(2026, 8, 17), dt.date(2026, 11, 15)]
    ends = [day.isoformat() for day in days]
    _, notes, room = event_bands.bands([sale, day, strike], days, ends, 400, SAY["en"])
    assert [(note["text"], note["x"], note["xanchor"], note["yshift"]) for note in notes] == [
        ("Strike at Swift Wheel", "2026-09-14T12", "left", event_bands.LEVEL_HEIGHT),
        ("National Day", "2026-09-30T12", "left", 0),
        ("Double 11", "2026-10-31T12", "left", 0),
    ]  # fmt: skip
    assert room == 2 * event_bands.LEVEL_HEIGHT
    _, notes, _ = event_bands.bands([sale], days, ends, 200, SAY["en"])
    assert [(note["x"], note["xanchor"]) for note in notes] == [("2026-11-11T12", "right")]


@given(st.lists(st.tuples(st.integers(0, 250), st.integers(1, 90)), max_size=8).map(sorted))
def test_of_two_names_that_would_meet_the_earlier_stands_higher(found):
    spans = [(left, left + wide) for left, wide in found]
    placed = list(zip(spans, event_bands.levels(spans), strict=True))
    for (earlier, high), (later, low) in combinations(placed, 2):
        assert high > low or earlier[1] <= later[0] or later[1] <= earlier[0]


def test_what_a_filter_chose_is_marked_by_the_chart_itself_and_all_is_bright_again_without_it():
    moved = [Move(code, code, 1.0, None, None, "better", "more") for code in ("East", "North")]
    for build in (
        partial(bars, RETURNS, REGIONS[:2], "region", {}, SAY["en"]),
        partial(moves, moved, "x", "count", pl.DataFrame(), SAY["en"]),
    ):
        for chosen, bright, names in (
            ((), [1, 1], ["East", "North"]),
            (("North",), [axes.FADED, 1], ["East", "<b>▸ North</b>"]),
            (("South",), [1, 1], ["East", "North"]),
        ):
            figure = build(chosen=chosen).figure
            assert list(figure.data[0].marker.opacity) == bright
            assert list(figure.layout.yaxis.ticktext) == names


def test_only_the_one_rule_of_a_click_filters():
    asked = {
        path.name
        for path in Path(axes.__file__).parents[1].rglob("*.py")
        if "choose_clicked" in path.read_text("utf-8")
    }
    assert asked == {"state.py", "click_to_filter.py"}


def test_a_bar_misses_its_target_in_colour_and_word_and_few_have_no_bar():
    chart = bars(RETURNS, REGIONS, "region", {"East": "The East"}, SAY["en"])
    (bar,) = chart.figure.data
    assert list(bar.marker.color) == [palette.WORSE, palette.BETTER, palette.UNCHANGED]
    assert [note.text for note in chart.figure.layout.annotations] == [
        "<b>20.0%</b> Off target ≤ 10.0%", "<b>5.0%</b> On target ≤ 10.0%", "n = 12, too few",
    ]  # fmt: skip
    assert bar.error_x.array == pytest.approx([0.02, 0.01, 0])
    assert list(bar.customdata) == ["East", "North", None]
    assert chart.alt == (
        "Return rate: The East 20.0% (Off target ≤ 10.0%), North 5.0% (On target ≤ 10.0%), unknown –."
    )


def test_each_bar_has_a_mark_at_its_own_target_within_the_axis():
    own = REGIONS.with_columns(target=pl.Series([0.1, 0.45, 0.3]))
    chart = bars(RETURNS, own, "region", {}, SAY["en"])
    assert [(mark.x0, mark.x1, (mark.y0 + mark.y1) / 2) for mark in chart.figure.layout.shapes] == [
        (0.1, 0.1, 0), (0.45, 0.45, 1),
    ]  # fmt: skip
    assert chart.figure.layout.xaxis.range[1] >= 0.45
    assert chart.table["Target"].to_list() == [0.1, 0.45, 0.3]
    assert "North<br>5.0%<br>95%: 4.0% to 6.0%<br>Target ≤ 45.0%" in chart.figure.data[0].text[1]
    untold = bars(RETURNS, REGIONS.drop("target"), "region", {}, SAY["en"])
    assert not untold.figure.layout.shapes


def test_a_histogram_tells_counts_shares_and_percentiles():
    chart = histogram(BINS, {"P50": 8.0, "P99": None}, "Delivery", "hours", SAY["en"])
    assert "30, 75.0% of all" in chart.figure.data[0].text[0]
    assert chart.alt == "Delivery, 40 in all; P50 8.0 h."


def test_gaps_stand_over_the_margin_with_offline_as_a_diamond_on_its_line():
    figure = gaps(GAPS, pl.DataFrame(), SAY["en"]).figure
    offline, online = figure.data[1:3]
    assert [(band.x0, band.x1) for band in figure.layout.shapes] == [(-1, 1)]
    assert (offline.marker.symbol, set(offline.x)) == ("diamond", {0})
    assert (list(online.x), list(online.marker.symbol)) == ([-4.0, 0.5], ["triangle-left", "circle"])
    assert list(online.marker.color) == [palette.WORSE, palette.BETTER]


def test_names_of_events_never_press_the_days_together():
    axis = trend(RETURNS, [Line("", WEEKS)], SAY["en"], [EVENT]).figure.layout.xaxis
    assert list(axis.range) == ["2026-05-30T07:40", "2026-06-23T16:19"]


def test_steps_of_an_axis_are_round_and_hold_everything():
    for low, high in ((0, 1), (0.912, 0.957), (-3, 17), (4, 4), (0, 0), (1e6, 9e6)):
        steps = axes.round_steps(low, high)
        assert steps[0] <= low
        assert steps[-1] >= high
        assert 2 <= len(steps) <= 8


def test_a_festival_is_told_once_and_events_of_other_slices_not_at_all():
    events = [
        Event(Text("Big day", "大日"), dt.date(2026, 11, 10), dt.date(2026, 11, 12), "festival"),
        Event(
            Text("Till strike", "罢工"),
            dt.date(2026, 11, 1),
            dt.date(2026, 11, 2),
            "incident",
            {"channel": "store"},
        ),
    ]
    asked = (events, (("channel", ("web",)),), dt.date(2026, 10, 1), dt.date(2026, 11, 30))
    assert [each.title.en for each in happenings(*asked)] == ["Big day", "Black Friday"]
    everything = [each.title.en for each in happenings(events, (), *asked[2:])]
    assert everything == ["Till strike", "Big day", "Black Friday"]
