"""Small groups of customers: hidden with what would reveal them, counted where a share says nothing yet."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard import small_groups
from kpis import crossing, flows, repurchase
from kpis.first_orders import ALL


def _sizes(*customers: int) -> pl.DataFrame:
    return pl.DataFrame({"size": customers}, {"size": pl.Int64})


def test_a_lone_small_group_takes_the_next_smallest_with_it():
    assert small_groups.few(_sizes(4, 200, 30), "size").to_list() == [True, False, True]
    assert small_groups.few(_sizes(4, 200, 3), "size").to_list() == [True, False, True]
    assert small_groups.few(_sizes(10, 200), "size").to_list() == [False, False]
    assert small_groups.few(_sizes(0, 200), "size").to_list() == [False, False], "nobody is no group"


def test_each_line_is_judged_by_itself():
    rows = pl.DataFrame({"from": ["a", "a", "a", "b", "b"], "size": [5, 50, 60, 70, 80]})
    assert small_groups.few(rows, "size", ("from",)).to_list() == [True, True, False, False, False]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_no_line_betrays_a_small_group_as_total_minus_the_others(sizes):
    hidden = small_groups.few(_sizes(*sizes), "size").to_list()
    assert all(is_hidden for size, is_hidden in zip(sizes, hidden, strict=True) if 0 < size < 10)
    assert sum(hidden) != 1 or sum(size > 0 for size in sizes) == 1
    assert not any(is_hidden for size, is_hidden in zip(sizes, hidden, strict=True) if not size)


def _cohorts(*customers: int) -> pl.DataFrame:
    names = [f"2026-{number + 1:02d}" for number in range(len(customers))]
    return pl.DataFrame(
        {
            "cohort": [*names, ALL],
            "customers": [*customers, sum(customers)],
            "back": [2] * len(customers) + [9],
        }
    ).with_columns(value=pl.col("back") / pl.col("customers"))


def test_a_cohort_of_few_is_counted_and_one_of_very_few_hidden_with_the_counts_of_all():
    told = small_groups.cohorts(_cohorts(100, 29), ("value",), ("customers", "back"))
    assert told["small"].to_list() == ["shown", "counted", "shown"]
    assert told["value"].to_list() == [0.02, None, 9 / 129]
    assert told["customers"].to_list() == [100, 29, 129]
    told = small_groups.cohorts(_cohorts(100, 29, 9), ("value",), ("customers", "back"))
    assert told["small"].to_list() == ["shown", "hidden", "hidden", "shown"]
    assert told["customers"].to_list() == [100, None, None, None]
    assert told["value"].to_list() == [0.02, None, None, 9 / 138]


def _flow(first: str, second: str, customers: int, came_back: int, followed: int = 20) -> dict[str, object]:
    kinds = {"first_kind": "online", "second_kind": "online"}
    counts = {"customers": customers, "came_back": came_back, "first_customers": 4 * came_back}
    rest = dict.fromkeys(("low", "high", "median_days", "median_low", "median_high"), 1.0)
    ways = {"first_channel": first, "second_channel": second, **kinds, **counts, "value": 0.5, **rest}
    return ways | {"followed_back": followed}


def test_ways_of_few_customers_are_hidden_within_their_first_channel():
    rows = [_flow("a", "a", 80, 96), _flow("a", "b", 12, 96), _flow("a", "c", 4, 96), _flow("b", "b", 20, 20)]
    rows += [_flow("c", "a", 8, 8)]
    told = small_groups.flows(pl.DataFrame(rows).select(list(flows.COLUMNS)))
    assert told["small"].to_list() == ["shown", "hidden", "hidden", "counted", "hidden"]
    assert told["customers"].to_list() == [80, None, None, 20, None]
    assert told["value"].to_list() == [0.5, None, None, None, None]
    assert told["came_back"].to_list() == [96, 96, 96, 20, None]


def test_a_median_of_few_customers_is_not_shown():
    rows = [_flow("a", "a", 80, 96, 19), _flow("a", "b", 16, 96, 20)]
    told = small_groups.flows(pl.DataFrame(rows).select(list(flows.COLUMNS)))
    assert told["value"].to_list() == [0.5, 0.5]
    assert told.select("median_days", "median_low", "median_high", "followed_back").rows() == [
        (None, None, None, None),
        (1.0, 1.0, 1.0, 20),
    ]


def test_parts_of_few_customers_have_neither_count_nor_share():
    counts = [40, 9, 20, 0]
    rows = pl.DataFrame(
        {
            "cohort": [ALL] * 4,
            "customers": [500] * 4,
            "days_from": [1, 8, 15, 31],
            "back_then": counts,
            "share_then": [count / 500 for count in counts],
        }
    )
    told = small_groups.second_orders(rows)
    assert told["back_then"].to_list() == [40, None, None, 0]
    assert told["share_then"].to_list() == [0.08, None, None, 0.0]
    few = small_groups.second_orders(rows.with_columns(customers=pl.lit(9)))
    assert few["back_then"].null_count() == 4
    assert "back_then" in repurchase.SECOND_COLUMNS


def test_groups_of_few_have_no_mean_and_those_of_whom_few_were_followed_no_share():
    numbers = {name: 1.5 for name in crossing.COLUMNS if name.endswith(("low", "high", "each"))}
    rows = [
        {"comparison": "period", "group": group, "customers": customers, "orders": 2 * customers,
         "followed": followed, "back": 5, "value": 0.3, **numbers}
        for group, customers, followed in (("cross", 20, 12), ("offline", 100, 40), ("online", 900, 400))
    ]  # fmt: skip
    told = small_groups.crossing(pl.DataFrame(rows))
    assert told["orders_each"].to_list() == [None, 1.5, 1.5]
    assert told["customers"].to_list() == [20, 100, 900]
    assert told["value"].to_list() == [None, 0.3, 0.3]
    assert told["followed"].to_list() == [12, 40, 400]
