"""Spreads of durations against durations one can count, and against the KPI itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from polars.testing import assert_frame_equal

from kpis.catalogue import catalogue
from kpis.distribution import Quantile
from kpis.errors import SliceError, UnknownKpiError
from kpis.evaluate import Query, evaluate
from kpis.shop import Shop
from kpis.spread import MOST_BINS, WIDTHS, spread
from tests.kpis.frames import manifest, shop_of
from tests.kpis.told import january

QUANTILES = [name for name, kpi in catalogue().items() if isinstance(kpi, Quantile)]


def _took(*hours: float) -> Shop:
    order: dict[str, Any] = {"paid": True, "counted": True, "paid_day": january(5)}
    return shop_of(order_facts=[order | {"delivery_seconds": int(3600 * each)} for each in hours])


def test_bins_hold_what_falls_between_their_ends() -> None:
    told = spread(_took(0, 1, 1.5, 2, 2, 10), "delivery_hours")
    assert told.count == 6
    found = {lower: count for lower, _, count in told.bins.rows() if count}
    assert told.bins["lower"].to_list()[:3] == [0, 0.25, 0.5]
    assert found == {0: 1, 1: 1, 1.5: 1, 2: 2}
    assert told.beyond == 1, "the longest lies beyond the 99th percentile's bin"


def test_percentiles_are_interpolated_as_the_figure() -> None:
    told = spread(_took(*range(101)), "delivery_hours")
    assert told.percentiles.select("at", "value").rows() == [
        (at, pytest.approx(100 * at)) for at in (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
    ]
    assert told.at(0.9) == pytest.approx(90)
    assert told.at(0.42) is None


@pytest.mark.parametrize("name", QUANTILES)
def test_a_spread_agrees_with_its_figure(shop: Shop, name: str) -> None:
    figure = evaluate(shop, Query((name,), dt.date(2024, 3, 1), dt.date(2025, 2, 28)))
    told = spread(shop, name, dt.date(2024, 3, 1), dt.date(2025, 2, 28))
    kpi = catalogue()[name]
    assert isinstance(kpi, Quantile)
    assert told.count == figure["denominator"].item() == told.bins["count"].sum() + told.beyond
    if kpi.at in told.percentiles["at"]:
        assert told.at(kpi.at) == pytest.approx(figure["value"].item())
    assert told.bins.height <= MOST_BINS
    assert told.bins["upper"].to_list()[:-1] == told.bins["lower"].to_list()[1:]
    assert 0 <= told.beyond <= 0.01 * told.count + 1


@pytest.mark.parametrize("name", QUANTILES)
def test_no_stored_bin_falls_into_two_drawn_ones(name: str) -> None:
    kpi = catalogue()[name]
    assert isinstance(kpi, Quantile)
    for width in WIDTHS[kpi.unit]:
        start = 0
        for fine, end in kpi.of.bins.steps:
            reach = min(end, MOST_BINS * width * kpi.per)
            assert reach <= start or width * kpi.per % fine == 0, (width, fine)
            start = end


def test_stored_bins_tell_the_same_as_rows(shop: Shop, rolled_up_shop: Shop) -> None:
    asked = {"where": {"channel": ("web", "app")}}
    one, other = spread(shop, "refund_hours", **asked), spread(rolled_up_shop, "refund_hours", **asked)
    assert one.bins.rows() == other.bins.rows()
    assert_frame_equal(one.percentiles, other.percentiles)


def test_of_nothing_there_is_no_percentile() -> None:
    for shop in (_took(), shop_of(about=manifest(delivered={"orders": ["order_id"]}), order_facts=[])):
        told = spread(shop, "delivery_hours", january(1), january(31))
        assert (told.count, told.beyond, told.bins.height, told.percentiles.height) == (0, 0, 0, 0)
        assert told.at(0.5) is None


def test_what_has_no_spread_is_refused(shop: Shop) -> None:
    with pytest.raises(SliceError, match="ratio"):
        spread(shop, "on_time_delivery")
    with pytest.raises(UnknownKpiError, match="delivery_hours"):
        spread(shop, "delivery_hour")
