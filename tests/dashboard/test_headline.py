"""The message at the top: only real changes, worst first, and the channel only where it brings most of it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from connectors.text import Text
from dashboard import verdicts
from dashboard.headline import (
    Driver,
    Movement,
    contributions,
    driver,
    message,
    sentence,
    steady,
    told,
    uncertain,
)
from dashboard.wording import Say
from kpis.catalogue import catalogue

EN, ZH = Say("en", "CNY"), Say("zh", "CNY")
TITLES = {"web": Text("Web store", "官网商城"), "market": Text("Marketplace", "电商平台")}
RETURNS, DELIVERY, NPS, VISITS = (
    catalogue()[name] for name in ("return_rate", "on_time_delivery", "nps", "visits")
)


def _movement(kpi, change, half, **more):
    row = {"value": 0.126, "change": change, "change_low": change - half, "change_high": change + half}
    return Movement(kpi, row, verdicts.of_change(kpi, row | {"denominator": 900}), **more)


def _by_channel(**sums):
    return pl.DataFrame(
        [
            {"channel": name, "numerator": above, "denominator": below}
            for name, (above, below) in sums.items()
        ],
        schema={"channel": pl.String, "numerator": pl.Float64, "denominator": pl.Float64},
    )


def _total(frame):
    return {side: frame[side].sum() for side in ("numerator", "denominator")}


def test_the_heading_names_the_worst_real_change_and_its_channel():
    movements = [
        _movement(DELIVERY, 0.03, 0.01),
        _movement(RETURNS, 0.005, 0.002, driver=Driver("market", 0.004)),
        _movement(NPS, 1.0, 3.0),
    ]
    assert message(movements, TITLES, (), EN) == "Return rate, orders rose 0.5 pp, mainly Marketplace"
    assert message(movements, TITLES, (), ZH) == "退货率上升 0.5 个百分点，主要来自电商平台"
    assert [movement.kpi.id for movement in told(movements)] == ["return_rate", "on_time_delivery"]


def test_the_heading_names_the_only_channel_that_is_looked_at():
    movements = [_movement(RETURNS, 0.005, 0.002)]
    assert message(movements, TITLES, ("market",), EN) == "Return rate, orders rose 0.5 pp in Marketplace"
    assert message(movements, TITLES, ("market",), ZH) == "电商平台的退货率上升 0.5 个百分点"


def test_the_list_says_to_what_and_how_much_of_it():
    line = sentence(_movement(RETURNS, 0.005, 0.002, driver=Driver("market", 0.004)), TITLES, EN)
    assert line == ("**Return rate, orders** rose 0.5 pp to **12.6%**, mainly Marketplace (+0.4 pp of it).")
    line = sentence(_movement(DELIVERY, -0.02, 0.01), TITLES, ZH)
    assert line == "**准时送达率**下降 2.0 个百分点，至 **12.6%**。"


def test_nothing_real_is_said_so():
    assert message([_movement(NPS, 1.0, 3.0)], TITLES, (), EN) == "No real change in the headline figures"


def test_what_may_be_chance_is_not_told_but_counted():
    row = {"value": 0.126, "change": 0.005, "change_low": 0.001, "change_high": 0.009}
    movements = [Movement(RETURNS, row, verdicts.MAY_BE_CHANCE), _movement(NPS, 1.0, 3.0)]
    assert told(movements) == []
    assert (uncertain(movements), steady(movements)) == (1, 1)
    assert message(movements, TITLES, (), EN) == "No real change in the headline figures"


def test_nothing_compared_claims_nothing():
    row = {"value": 0.1, "change": None}
    movements = [Movement(NPS, row, verdicts.of_change(NPS, row))]
    assert message(movements, TITLES, (), EN) == message([], TITLES, (), EN) == "Headline figures"


def test_titles_of_channels_are_escaped():
    titles = {"market": Text("![x](http://evil.example)", "坏")}
    movements = [_movement(RETURNS, 0.005, 0.002, driver=Driver("market", 0.004))]
    assert "](" not in message(movements, titles, (), EN).replace("\\]\\(", "")


def test_the_driver_is_the_channel_that_brings_most():
    # all: 60/1000 -> 90/1000; market: 20/200 -> 50/200, web unchanged at 40/800
    before, now = _by_channel(web=(40, 800), market=(20, 200)), _by_channel(web=(40, 800), market=(50, 200))
    found = driver(RETURNS, (_total(now), _total(before)), now, before)
    assert found is not None
    assert found.channel == "market"
    assert found.contribution == pytest.approx(0.03)


def test_a_growing_share_counts_as_well():
    # every channel keeps its rate, but market (20 %) grows from a tenth to a half of the orders
    before, now = _by_channel(web=(45, 900), market=(20, 100)), _by_channel(web=(25, 500), market=(100, 500))
    found = driver(RETURNS, (_total(now), _total(before)), now, before)
    assert found is not None
    assert found.channel == "market"


def test_a_channel_that_only_grows_at_the_average_rate_drives_nothing():
    # web triples at 10 %, the average; market goes from 10 % to 15 %
    before, now = _by_channel(web=(10, 100), market=(10, 100)), _by_channel(web=(30, 300), market=(15, 100))
    found = driver(RETURNS, (_total(now), _total(before)), now, before)
    assert found == Driver("market", pytest.approx(0.0125))


def test_no_driver_where_no_channel_brings_half():
    before = _by_channel(a=(10, 100), b=(10, 100), c=(10, 100))
    now = _by_channel(a=(20, 100), b=(20, 100), c=(20, 100))
    assert driver(RETURNS, (_total(now), _total(before)), now, before) is None


def test_no_driver_where_parts_do_not_add_up():
    before, now = _by_channel(web=(40, 800)), _by_channel(web=(80, 800))
    assert driver(RETURNS, ({"numerator": 90, "denominator": 800}, _total(before)), now, before) is None


def test_a_score_is_told_in_points():
    before, now = _by_channel(web=(10, 100), market=(30, 100)), _by_channel(web=(10, 100), market=(10, 100))
    found = driver(NPS, (_total(now), _total(before)), now, before)
    assert found == Driver("market", pytest.approx(-10))


def test_a_count_is_told_by_its_own_change():
    before, now = (
        _by_channel(web=(10, None), market=(30, None)),
        _by_channel(web=(90, None), market=(40, None)),
    )
    total = ({"numerator": 130, "denominator": None}, {"numerator": 40, "denominator": None})
    assert driver(VISITS, total, now, before) == Driver("web", 80)


sums = some.tuples(some.integers(0, 500), some.integers(500, 900))


@given(
    some.dictionaries(some.sampled_from("abcde"), sums, min_size=1),
    some.dictionaries(some.sampled_from("abcde"), sums, min_size=1),
)
def test_contributions_sum_to_the_change(now, before):
    now, before = _by_channel(**now), _by_channel(**before)
    total = _total(now), _total(before)
    change = total[0]["numerator"] / total[0]["denominator"] - total[1]["numerator"] / total[1]["denominator"]
    parts = contributions(RETURNS, total, now, before)
    assert parts["contribution"].sum() == pytest.approx(change)
