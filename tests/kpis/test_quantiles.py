"""Quantiles from histograms against quantiles from the rows themselves."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.facts import OrderFacts
from kpis.evaluate import Query, evaluate
from kpis.histograms import Histograms
from kpis.intervals import ranks
from kpis.measure import MILLISECOND_BINS, MINUTE_BINS, SECOND_BINS, Bins, histogram
from kpis.quantiles import quantiles
from kpis.sums import binned
from tests.kpis.frames import shop_of

MINUTE, HOUR, MONTH = 60, 3600, 30 * 86400


def _told(seconds: list[int], at: float, fineness: Bins = MINUTE_BINS) -> dict[str, float]:
    durations = histogram(OrderFacts, "delivery_seconds", bins=fineness)
    rows = pl.DataFrame({"delivery_seconds": seconds, "all": ["all"] * len(seconds)}).lazy()
    bins = binned(nw.from_native(rows), durations, ["all"]).to_native().collect()
    return quantiles(Histograms.of(bins, ["all"]), at).row(0, named=True)


@given(st.lists(st.integers(0, 20000), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_whole_minutes_are_exact(minutes: list[int], at: float) -> None:
    seconds = [minute * MINUTE for minute in minutes]
    assert _told(seconds, at)["quantile"] == pytest.approx(np.quantile(seconds, at, method="linear"))


@given(st.lists(st.integers(0, MONTH - 1), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_up_to_a_month_a_quantile_is_right_to_the_minute(seconds: list[int], at: float) -> None:
    exact = np.quantile(seconds, at, method="linear")
    assert _told(seconds, at)["quantile"] == pytest.approx(exact, abs=MINUTE)


@given(st.lists(st.integers(MONTH, 6 * MONTH), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_beyond_a_month_a_quantile_is_right_to_the_hour(seconds: list[int], at: float) -> None:
    exact = np.quantile(seconds, at, method="linear")
    assert _told(seconds, at)["quantile"] == pytest.approx(exact, abs=60 * MINUTE)


@given(st.lists(st.integers(0, HOUR - 1), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_fine_bins_keep_seconds_up_to_an_hour_exactly(seconds: list[int], at: float) -> None:
    exact = np.quantile(seconds, at, method="linear")
    assert _told(seconds, at, SECOND_BINS)["quantile"] == pytest.approx(exact)


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=60), st.sampled_from([0.5, 0.75]))
def test_milliseconds_are_right_to_a_hundredth_of_a_second(loading: list[int], at: float) -> None:
    exact = np.quantile(loading, at, method="linear")
    assert _told(loading, at, MILLISECOND_BINS)["quantile"] == pytest.approx(exact, abs=10)


@pytest.mark.parametrize("fineness", [MINUTE_BINS, SECOND_BINS, MILLISECOND_BINS])
def test_bins_follow_each_other_without_a_gap(fineness: Bins) -> None:
    edges = [0, *(value for width, end in fineness.steps for value in (end - width, end - 1, end))]
    frame = nw.from_native(pl.DataFrame({"value": edges}))
    numbered = frame.select(bin=fineness.number(nw.col("value"))).to_native()["bin"].to_list()
    assert numbered[0] == 0
    for before, last, after in zip(numbered[1::3], numbered[2::3], numbered[3::3], strict=True):
        assert (last, after) == (before, before + 1)


@given(st.lists(st.integers(0, 5000), min_size=6, max_size=300))
def test_the_ends_are_order_statistics(minutes: list[int]) -> None:
    seconds = sorted(minute * MINUTE for minute in minutes)
    lower, upper = ranks(len(seconds), 0.5)
    told = _told(seconds, 0.5)
    assert lower is not None
    assert upper is not None
    assert (told["lower"], told["upper"]) == pytest.approx((seconds[lower - 1], seconds[upper - 1]))


def test_a_delivery_before_the_clock_started_keeps_its_place() -> None:
    assert _told([-90, 30, 150], 0.5)["quantile"] == 30
    assert _told([-90, 30, 150], 0.0)["quantile"] == -90


def test_the_median_of_two_lies_between_them() -> None:
    day = dt.date(2024, 5, 1)
    rows = [{"paid": True, "paid_day": day, "delivery_seconds": hours * 3600} for hours in (10, 20)]
    told = evaluate(shop_of(order_facts=rows), Query(("delivery_hours",), day, day)).row(0, named=True)
    assert told["value"] == 15
    assert (told["numerator"], told["denominator"]) == (2, 2)
    assert (told["low"], told["high"]) == (None, None)
