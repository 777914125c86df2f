"""Small numbers: no rate of few, no count of few people, and no way back by subtraction."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.small_cells import FEWEST_PEOPLE, HIDDEN, counts_people, smallness, suppressed
from kpis.catalogue import catalogue

DAY = dt.date(2026, 7, 1)


def _results(kpi, people, dimension="channel"):
    return pl.DataFrame(
        {
            "kpi": kpi,
            "from": DAY,
            "to": DAY,
            dimension: [str(place) for place in range(len(people))],
            "numerator": [float(count // 2) for count in people],
            "denominator": [float(count) for count in people],
            "value": [0.5] * len(people),
            "low": 0.4,
            "high": 0.6,
            "excluded": 0,
            "coverage": 1.0,
            "status": "good",
        }
    )


def test_figures_of_customers_are_told_from_figures_of_orders():
    of_people = {name for name, kpi in catalogue().items() if counts_people(kpi)}
    assert {"repurchase_rate", "repurchase_rate_90d", "revenue_per_customer"} <= of_people
    assert not {"return_rate", "nps", "visits", "identified_share"} & of_people


def test_a_rate_of_under_thirty_is_left_out_and_its_counts_stay():
    found = suppressed(_results("return_rate", [29, 30, 400]), ["channel"])
    assert found["small"].to_list() == ["counted", "shown", "shown"]
    assert found["value"].to_list() == [None, 0.5, 0.5]
    assert found["low"].to_list() == [None, 0.4, 0.4]
    assert found["denominator"].to_list() == [29, 30, 400]
    assert found["status"].to_list() == ["none", "good", "good"]


def test_a_group_of_under_ten_people_hides_and_takes_the_next_smallest_along():
    found = suppressed(_results("repurchase_rate", [9, 400, 60, 0]), ["channel"])
    assert found["small"].to_list() == ["hidden", "shown", "hidden", "shown"]
    assert found["denominator"].to_list() == [None, 400, None, 0]
    assert found["numerator"].to_list() == [None, 200, None, 0]


def test_what_few_had_before_goes_and_what_enough_have_now_stays():
    compared = {"previous": 0.25, "change": 0.25, "change_low": 0.1, "change_high": 0.4}
    before = pl.Series("previous_denominator", [29.0, 30.0, 2.0, None])
    results = _results("repurchase_rate", [400, 60, 0, 50])
    results = results.with_columns(before, **{name: pl.lit(value) for name, value in compared.items()})
    found = suppressed(results, ["channel"])
    assert found["value"].to_list() == [0.5] * 4
    for name, value in compared.items():
        assert found[name].to_list() == [None, value, None, value]
    assert "previous_denominator" not in found.columns


def test_two_hidden_groups_need_no_companion():
    found = suppressed(_results("repurchase_rate", [9, 3, 60]), ["channel"])
    assert found["small"].to_list() == ["hidden", "hidden", "shown"]


@pytest.mark.parametrize(("name", "fewest"), [("delivery_hours", 20), ("delivery_hours_p90", 100)])
def test_ten_lie_beyond_a_quantile_that_is_shown(name, fewest):
    found = suppressed(_results(name, [fewest - 1, fewest]), ["channel"])
    assert found["small"].to_list() == ["counted", "shown"]
    assert smallness(catalogue()[name], {"denominator": fewest - 1}) == "counted"
    assert smallness(catalogue()[name], {"denominator": fewest}) == "shown"


def test_a_count_of_visits_is_never_small():
    assert smallness(catalogue()["visits"], {"denominator": 3}) == "shown"


def test_without_a_split_a_small_figure_is_hidden_alone():
    found = suppressed(_results("repurchase_rate", [9]).drop("channel"), [])
    assert found["small"].to_list() == [HIDDEN]


@given(some.lists(some.lists(some.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_group_stands_alone_in_any_line(counts):
    flat = [count for line in counts for count in line]
    results = _results("repurchase_rate", flat).with_columns(
        channel=pl.Series([str(row) for row, line in enumerate(counts) for _ in line]),
        region=pl.Series([str(place) for line in counts for place, _ in enumerate(line)]),
    )
    found = suppressed(results, ["channel", "region"]).with_columns(people=pl.Series(flat))
    assert found.filter(pl.col("people").is_between(1, FEWEST_PEOPLE - 1))["denominator"].null_count() == sum(
        1 for count in flat if 0 < count < FEWEST_PEOPLE
    )
    for line in ("channel", "region"):
        for _, part in found.filter(pl.col("people") > 0).group_by(line):
            hidden = part["denominator"].null_count()
            assert hidden != 1 or part.height == 1


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_kpi_goes_through(name):
    assert suppressed(_results(name, [5, 50]), ["channel"]).height == 2
