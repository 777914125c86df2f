"""Our Kaplan-Meier against that of lifelines, computed here and now from the same lives.

Two things they tell differently, and so does R's survfit, whom we follow: where everybody or nobody is left
lifelines puts the ends on the curve itself, though nothing varies there; and an end of the median's interval
may be the day on which the last one left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_time

from kpis.intervals import Z95
from kpis.survival import life_table, medians, returned_by
from kpis.verdict import Z90
from tests.kpis.test_survival import MERCAPTOPURINE, PLACEBO

Lives = Sequence[tuple[int, int]]
KEYS = ["group"]
LEVELS = [(0.05, Z95), (0.1, Z90)]

# Days until each came back (1) or was lost from sight (0).
HAND_MADE: dict[str, Lives] = {
    "6-mercaptopurine": list(zip(MERCAPTOPURINE["time"], MERCAPTOPURINE["event"], strict=True)),
    "placebo": [(day, 1) for day in PLACEBO],
    "nobody is lost": [(1, 1), (4, 1), (4, 1), (9, 1)],
    "nobody comes back": [(2, 0), (2, 0), (7, 0)],
    "several on one day": [(3, 1), (3, 1), (3, 1), (5, 1), (5, 1), (8, 0), (8, 0)],
    "lost on the day another comes back": [(3, 1), (3, 0), (5, 0), (5, 1), (5, 0), (6, 1), (7, 0)],
    "back on the first day": [(0, 1), (0, 1), (0, 0), (1, 1), (6, 0)],
    "most are back on the first day": [(0, 1), (0, 1), (6, 0)],
    "lost before anybody comes back": [(1, 0), (2, 0), (5, 1), (5, 1), (9, 0)],
    "half for a while": [(1, 1), (2, 1), (5, 0), (6, 0)],
    "half after many steps": [(day, 1) for day in range(1, 51)] + [(60, 0)] * 50,
    "the last one comes back": [(1, 0), (2, 0), (3, 1)],
    "the last one is lost": [(1, 1), (2, 1), (3, 0)],
    "one who comes back": [(4, 1)],
    "one who is lost": [(4, 0)],
}


def ours(lives: Lives, z: float) -> pl.DataFrame:
    rows = pl.DataFrame(list(lives), schema=["days", "events"], orient="row")
    return life_table(rows.with_columns(group=1, censored=1 - pl.col("events")), KEYS, z)


def theirs(lives: Lives, alpha: float) -> KaplanMeierFitter:
    # lifelines silences NumPy's warnings for good, which would hide those of every test that follows.
    with np.errstate():
        return KaplanMeierFitter(alpha=alpha).fit(*zip(*lives, strict=True))


def curve_of(fitted: KaplanMeierFitter) -> pd.Series:
    """The share left by day, where one half is one half: theirs is the power of a sum of logarithms."""
    return fitted.survival_function_.squeeze(axis=1).round(12)


def interval(fitted: KaplanMeierFitter, day: int) -> tuple[float | None, float | None]:
    """The ends around the share that came back by `day`, none where everybody or nobody is left."""
    if curve_of(fitted).loc[:day].iloc[-1] in {0, 1}:
        return None, None
    low, high = fitted.confidence_interval_cumulative_density_.loc[:day].iloc[-1]
    return low, high


def by_half(curve: pd.Series) -> float | None:
    day = np.inf if curve.empty else qth_survival_time(0.5, curve)
    return None if np.isinf(day) else day


def near(*figures: float | None) -> object:
    return tuple(figure if figure is None else pytest.approx(figure, abs=1e-9) for figure in figures)


def check_every_day(table: pl.DataFrame, fitted: KaplanMeierFitter) -> None:
    assert set(table["days"]) == set(fitted.durations), "no day is left out"
    curve = curve_of(fitted)
    for row in table.iter_rows(named=True):
        counts = fitted.event_table.loc[row["days"]]
        assert (row["events"], row["censored"]) == (counts["observed"], counts["censored"])
        assert row["at_risk"] == counts["at_risk"]
        assert row["survival"] == pytest.approx(curve.loc[row["days"]], abs=1e-9)
        low, high = interval(fitted, row["days"])
        ends = (None, None) if low is None or high is None else (1 - high, 1 - low)
        assert (row["low"], row["high"]) == near(*ends)


def check_the_median(table: pl.DataFrame, fitted: KaplanMeierFitter) -> None:
    curve = curve_of(fitted)
    while_some_are_left = fitted.confidence_interval_[curve > 0]
    expected = [by_half(curve), *(by_half(while_some_are_left[end]) for end in while_some_are_left)]
    told = medians(table, KEYS).row(0, named=True)
    # Without a median we tell no interval of it.
    expected = expected if expected[0] is not None else [None] * 3
    assert [told["median"], told["lower"], told["upper"]] == expected


def check_who_came_back_by(day: int, table: pl.DataFrame, fitted: KaplanMeierFitter) -> None:
    (told,) = returned_by(table, day, KEYS).select("estimate", "low", "high").rows()
    left = fitted.survival_function_at_times(day).item()
    is_known = day <= max(fitted.durations) or left == 0
    expected = (1 - left, *interval(fitted, day)) if is_known else (None, None, None)
    assert told == near(*expected)


def check(lives: Lives, level: tuple[float, float], horizons: Sequence[int]) -> None:
    alpha, z = level
    table, fitted = ours(lives, z), theirs(lives, alpha)
    check_every_day(table, fitted)
    check_the_median(table, fitted)
    for day in horizons:
        check_who_came_back_by(day, table, fitted)


@pytest.mark.parametrize("name", HAND_MADE)
def test_hand_made_lives_are_told_as_by_lifelines(name: str) -> None:
    for level in LEVELS:
        check(HAND_MADE[name], level, horizons=(0, 3, 5, 6, 90))


life = st.tuples(st.integers(0, 12), st.integers(0, 1))


@settings(max_examples=40)
@given(st.lists(life, min_size=1, max_size=30), st.sampled_from(LEVELS), st.integers(0, 14))
def test_any_lives_are_told_as_by_lifelines(lives: Lives, level: tuple[float, float], by: int) -> None:
    check(lives, level, horizons=[by])
