"""Several changes at once: the published case, the definition, and what must always hold."""

from __future__ import annotations

from random import Random
from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.intervals import Z95, difference, wilson
from kpis.multiplicity import adjusted, p_value, real

# Fifteen comparisons of two treatments of heart attacks: Neuhaus et al. 1992, as worked out in
# Benjamini & Hochberg 1995, JRSS-B 57:289-300, section 3.2.
NEUHAUS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
    0.7590, 1.0000,
]  # fmt: skip
SHARES = st.floats(0, 1)
VALUES = st.lists(SHARES, min_size=1, max_size=40)


def test_the_published_case_rejects_four_of_fifteen() -> None:
    assert real(NEUHAUS) == [True] * 4 + [False] * 11
    assert sum(p <= 0.05 / 15 for p in NEUHAUS) == 3, "Bonferroni finds one less"
    shares = adjusted(NEUHAUS)
    assert shares[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])
    assert shares[5:9] == pytest.approx([0.06385714, 0.06385714, 0.0645, 0.0765])
    assert shares[-1] == 1


@given(VALUES)
def test_the_definition_is_met(p_values: list[float]) -> None:
    """With k the largest rank whose p-value is at most 5 % times k of all, the k smallest are real."""
    ordered = sorted(p_values)
    ranks = [rank for rank, p in enumerate(ordered, 1) if p * (len(ordered) / rank) <= 0.05]
    bound = ordered[max(ranks) - 1] if ranks else -1.0
    assert real(p_values) == [p <= bound for p in p_values]


@given(VALUES)
def test_a_single_change_is_judged_as_alone_and_more_never_help(p_values: list[float]) -> None:
    assert real(p_values[:1]) == [p_values[0] <= 0.05]
    for p, share in zip(p_values, adjusted(p_values), strict=True):
        assert share is not None
        assert p <= share <= 1
    assert all(p <= 0.05 for p, kept in zip(p_values, real(p_values), strict=True) if kept)


@given(st.lists(SHARES | st.none(), max_size=20), st.randoms())
def test_order_and_gaps_change_nothing(p_values: list[float | None], chance: Random) -> None:
    known = [p for p in p_values if p is not None]
    assert [share for share in adjusted(p_values) if share is not None] == adjusted(known)
    shuffled = list(range(len(known)))
    chance.shuffle(shuffled)
    assert adjusted([known[place] for place in shuffled]) == [adjusted(known)[place] for place in shuffled]


COUNTS = st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda pair: (min(pair), max(pair)))


@given(COUNTS, COUNTS)
def test_the_p_value_is_under_5_percent_where_the_interval_leaves_out_0(
    now: tuple[int, int], then: tuple[int, int]
) -> None:
    change, low, high = _change(now, then)
    p = p_value(change, low, high)
    assert p is not None
    assume(min(abs(low), abs(high)) > 1e-9)
    assert (p < 0.05) == (not low <= 0 <= high)
    assert p == pytest.approx(p_value(*_change(then, now)))


@given(st.floats(-50, 50), st.floats(0.01, 10))
def test_of_a_normal_interval_it_is_the_two_sided_p_value(change: float, error: float) -> None:
    expected = 2 * (1 - NormalDist().cdf(abs(change) / error))
    assert p_value(change, change - Z95 * error, change + Z95 * error) == pytest.approx(expected, abs=1e-9)


def test_by_hand() -> None:
    """56 of 70 against 48 of 80: 0.2 with 0.0524 to 0.3339, so z = 0.2 / (0.1476 / 1.96) = 2.656."""
    change, low, high = _change((56, 70), (48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    assert p_value(change, low, high) == pytest.approx(2 * (1 - NormalDist().cdf(2.6562)), abs=1e-5)


def test_what_has_no_interval_has_no_p_value() -> None:
    assert p_value(None, None, None) is None
    assert p_value(3.0, None, None) is None
    assert p_value(0.0, -1.0, 1.0) == 1
    assert p_value(0.0, 0.0, 0.0) == 1
    assert p_value(2.0, 2.0, 2.0) == 0
    assert real([None, None]) == [False, False]
    assert real([]) == []


def _change(now: tuple[int, int], then: tuple[int, int]) -> tuple[float, float, float]:
    sides = []
    for above, below in (now, then):
        low, high = wilson(pl.lit(float(above)), pl.lit(float(below)))
        sides.append((pl.lit(above / below), low, high))
    named = [part.alias(str(place)) for place, part in enumerate(difference(sides[0], sides[1]))]
    change, low_end, high_end = pl.select(named).row(0)
    return change, low_end, high_end
