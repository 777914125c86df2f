"""What must hold of every interval, whatever the figures are."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.intervals import Z95, around, difference, ranks, ratio_error, score_error, wilson
from kpis.survival import life_table
from kpis.verdict import Z90

Share = tuple[int, int]
Interval = tuple[float, float]
share = st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)).map(lambda pair: (min(pair), pair[1]))
answers = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
clusters = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=30)
estimate = st.tuples(st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50)).map(
    lambda drawn: (drawn[0], drawn[0] - drawn[1], drawn[0] + drawn[2])
)
Estimate = tuple[float, float, float]


def told(*columns: pl.Expr) -> tuple[float, ...]:
    return pl.select(column.alias(str(place)) for place, column in enumerate(columns)).row(0)


def number(value: float) -> pl.Expr:
    return pl.lit(float(value))


def of_share(one: Share, z: float = Z95) -> Interval:
    low, high = told(*wilson(number(one[0]), number(one[1]), z))
    return low, high


def of_score(promoters: int, passives: int, detractors: int) -> Estimate:
    of = promoters + passives + detractors
    value = number((promoters - detractors) / of)
    found: Estimate = told(value, *around(value, score_error(*map(number, (promoters, detractors, of)))))
    return found


def of_ratio(pairs: list[tuple[int, int]]) -> Estimate:
    y, x = (sum(pair[side] for pair in pairs) for side in (0, 1))
    squares = (sum(a * a for a, _ in pairs), sum(a * b for a, b in pairs), sum(b * b for _, b in pairs))
    yy, xy, xx = map(number, squares)
    value = number(y / x)
    error = ratio_error(number(y), number(x), (yy, xy, xx), number(len(pairs)))
    found: Estimate = told(value, *around(value, error))
    return found


def between(now: Estimate, then: Estimate) -> Estimate:
    first, second = ((number(a), number(b), number(c)) for a, b, c in (now, then))
    found: Estimate = told(*difference(first, second))
    return found


def estimated(one: Share) -> Estimate:
    return (one[0] / one[1], *of_share(one))


@given(share)
def test_swapping_successes_and_failures_turns_a_share_round(one: Share) -> None:
    low, high = of_share(one)
    other_low, other_high = of_share((one[1] - one[0], one[1]))
    assert (other_low, other_high) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(answers)
def test_swapping_promoters_and_detractors_turns_a_score_round(drawn: tuple[int, int, int]) -> None:
    promoters, detractors, passives = drawn
    value, low, high = of_score(promoters, passives, detractors)
    assert of_score(detractors, passives, promoters) == pytest.approx((-value, -high, -low), abs=1e-12)


@given(share, st.integers(2, 50))
def test_a_share_of_more_is_known_better(one: Share, times: int) -> None:
    low, high = of_share(one)
    closer_low, closer_high = of_share((one[0] * times, one[1] * times))
    assert low <= closer_low <= closer_high <= high
    assert closer_high - closer_low < high - low


@given(answers, st.integers(2, 50))
def test_a_score_of_more_is_known_better_by_the_root(drawn: tuple[int, int, int], times: int) -> None:
    few, many = (of_score(*(part * factor for part in drawn)) for factor in (1, times))
    assert (many[2] - many[1]) * math.sqrt(times) == pytest.approx(few[2] - few[1], abs=1e-9)


@given(clusters, st.integers(2, 20))
def test_a_ratio_over_more_clusters_is_known_better(pairs: list[tuple[int, int]], times: int) -> None:
    few, many = of_ratio(pairs), of_ratio(pairs * times)
    assert many[2] - many[1] <= few[2] - few[1] + 1e-6
    m = len(pairs)
    by = math.sqrt((times * m - 1) / (m - 1))
    assert (many[2] - many[1]) * by == pytest.approx(few[2] - few[1], abs=1e-4)


@given(share)
def test_a_ninety_percent_interval_lies_within_the_wider_one(one: Share) -> None:
    (low, high), (inner_low, inner_high) = of_share(one), of_share(one, Z90)
    assert low <= inner_low <= inner_high <= high


@given(answers, clusters)
def test_intervals_hold_their_estimate(drawn: tuple[int, int, int], pairs: list[tuple[int, int]]) -> None:
    for value, low, high in (of_score(*drawn), of_ratio(pairs)):
        assert low <= value <= high


@given(st.lists(st.booleans(), min_size=2, max_size=200))
def test_clusters_of_one_unit_have_the_binomial_error(successes: list[bool]) -> None:
    n = len(successes)
    value, low, high = of_ratio([(int(success), 1) for success in successes])
    assert (high - low) / 2 == pytest.approx(Z95 * math.sqrt(value * (1 - value) / (n - 1)), abs=1e-7)


@given(clusters, st.integers(2, 9))
def test_a_unit_counted_in_others_changes_only_the_scale(pairs: list[tuple[int, int]], per: int) -> None:
    scaled = of_ratio([(y * per, x) for y, x in pairs])
    assert scaled == pytest.approx([end * per for end in of_ratio(pairs)], abs=1e-4)


@given(share, share)
def test_square_and_add_on_wilsons_limits_is_newcombes_method_ten(now: Share, then: Share) -> None:
    (p, low, high), (q, low_then, high_then) = estimated(now), estimated(then)
    down = math.sqrt((p - low) ** 2 + (high_then - q) ** 2)
    up = math.sqrt((high - p) ** 2 + (q - low_then) ** 2)
    expected = (p - q, p - q - down, p - q + up)
    assert between(estimated(now), estimated(then)) == pytest.approx(expected, abs=1e-12)
    assert expected[1] >= -1 - 1e-12
    assert expected[2] <= 1 + 1e-12


@given(estimate, estimate)
def test_swapping_the_sides_of_a_difference_changes_its_sign(now: Estimate, then: Estimate) -> None:
    change, low, high = between(now, then)
    assert between(then, now) == pytest.approx((-change, -high, -low), abs=1e-9)
    assert low <= change <= high


@given(estimate)
def test_nothing_differs_from_itself(one: Estimate) -> None:
    change, low, high = between(one, one)
    assert change == 0
    assert low <= 0 <= high
    assert -low == pytest.approx(high)


@given(st.integers(6, 5000), st.sampled_from([0.5, 0.75, 0.9]))
def test_ranks_of_a_quantile_turn_round_with_it(observations: int, at: float) -> None:
    low, high = ranks(observations, at)
    other_low, other_high = ranks(observations, 1 - at)

    def mirrored(rank: int | None) -> int | None:
        return None if rank is None else observations + 1 - rank

    assert (other_low, other_high) == (mirrored(high), mirrored(low))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_survival_where_nobody_is_lost_is_the_share_still_out(days: list[int]) -> None:
    lives = pl.DataFrame({"all": 1, "days": days, "events": 1, "censored": 0})
    for row in life_table(lives, ["all"]).iter_rows(named=True):
        still_out = sum(1 for day in days if day > row["days"])
        assert row["survival"] == pytest.approx(still_out / len(days), abs=1e-12)
        if row["low"] is not None:
            assert row["low"] <= row["survival"] <= row["high"]
