"""Colours: readable in light and dark (WCAG AA), and never the only sign."""

from __future__ import annotations

import tomllib
from itertools import combinations, product
from math import dist
from pathlib import Path

import pytest

from dashboard import palette, verdicts
from dashboard.charts.heat_map import SYMBOLS

THEME = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
MODES = ("light", "dark")
BADGES = ("blue", "orange", "yellow", "gray")
READABLE, RECOGNISABLE = 4.5, 3.0
APART = 20
"""Two is the least that people see side by side; lines and marks are far apart and thin."""


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_text_is_readable_on_every_surface(mode):
    theme = THEME[mode]
    for surface in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(theme["textColor"], theme[surface]) >= READABLE
        assert contrast(theme["linkColor"], theme[surface]) >= READABLE
        assert contrast(theme["grayTextColor"], theme[surface]) >= READABLE
    assert contrast(theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"]) >= READABLE


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("badge", BADGES)
def test_badges_are_readable(mode, badge):
    theme = THEME[mode]
    assert contrast(theme[f"{badge}TextColor"], theme[f"{badge}BackgroundColor"]) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_values_are_readable_on_every_shade_of_the_heat_map(mode):
    theme = THEME[mode]
    shades = (*theme["chartDivergingColors"], *theme["chartSequentialColors"], theme["backgroundColor"])
    assert len(palette.SEQUENTIAL) == len(theme["chartSequentialColors"])
    for shade in shades:
        assert contrast(theme["textColor"], shade) >= READABLE


@pytest.mark.parametrize("mode", MODES)
def test_lines_and_symbols_stand_out(mode):
    theme = THEME[mode]
    for colour in theme["chartCategoricalColors"]:
        assert contrast(colour, theme["backgroundColor"]) >= RECOGNISABLE
    for badge in BADGES:
        assert contrast(theme[f"{badge}Color"], theme["backgroundColor"]) >= RECOGNISABLE


def in_lab(colour: str) -> tuple[float, float, float]:
    """The colour in CIELAB (D65), where equal distances look about equally far apart."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    white = (0.95047, 1.0, 1.08883)
    mixed = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (amount / full for amount, full in zip(mixed, white, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_the_distance_of_colours_is_computed_as_cie_does():
    assert in_lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.05)
    assert in_lab("#FF0000") == pytest.approx((53.2, 80.1, 67.2), abs=0.1)


@pytest.mark.parametrize("mode", MODES)
def test_lines_are_told_apart_from_each_other_and_from_every_judgement(mode):
    colours = THEME[mode]["chartCategoricalColors"]
    series, judging = (
        [colours[int(code.removeprefix("#")) - 1] for code in codes]
        for codes in (palette.SERIES, palette.MEANT.values())
    )
    assert {palette.ONLINE, palette.OFFLINE} <= set(palette.SERIES)
    for one, other in [*combinations(series, 2), *product(series, judging)]:
        assert dist(in_lab(one), in_lab(other)) >= APART, (one, other)


@pytest.mark.parametrize("mode", MODES)
def test_better_is_blue_and_worse_is_orange_and_no_meaning_is_red_or_green(mode):
    shades = THEME[mode]["chartDivergingColors"]
    assert len(shades) == len(palette.DIVERGING) == 10
    red, blue = (int(shades[0][place : place + 2], 16) for place in (1, 5))
    assert red > blue
    red, blue = (int(shades[-1][place : place + 2], 16) for place in (1, 5))
    assert blue > red
    assert not {"red", "green"} & set(palette.BADGE.values())


def test_no_two_judgements_of_a_kind_share_a_word_or_an_icon():
    changes = [
        verdicts.BETTER, verdicts.WORSE, verdicts.NO_REAL_CHANGE,
        verdicts.CHANGED, verdicts.NOT_JUDGED, verdicts.NOT_COMPARED,
    ]  # fmt: skip
    for group in (changes, list(verdicts.STATUSES.values())):
        assert len({verdict.icon for verdict in group}) == len(group)
        assert len({verdict.word for verdict in group}) == len(group)


def test_a_scale_of_steps_has_every_colour_on_an_equal_part():
    assert palette.steps(("#111111", "#222222")) == [
        (0.0, "#111111"), (0.5, "#111111"), (0.5, "#222222"), (1.0, "#222222"),
    ]  # fmt: skip


def test_online_and_offline_differ_in_shape_too():
    assert [symbol for symbol, _ in SYMBOLS.values()] == ["circle", "diamond"]
