"""Two ratios side by side: worked out by hand, and the parts always make the difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.reconcile import Sides, apart

RATIOS = st.builds(Sides, st.integers(0, 10_000).map(float), st.integers(1, 100_000).map(float))


def test_by_hand() -> None:
    """2 of 10 against 3 of 6: one more counted, (1/10 + 1/6) / 2; four fewer below, 5 / 2 x (1/6 - 1/10)."""
    found = apart(Sides(2, 10), Sides(3, 6))
    assert (found.more_counted, found.more_divided) == (1, -4)
    assert found.counted == pytest.approx(2 / 15)
    assert found.divided == pytest.approx(1 / 6)
    assert found.difference == pytest.approx(0.5 - 0.2)


def test_over_the_same_visits_all_of_it_is_counted_more() -> None:
    found = apart(Sides(40, 1000), Sides(44, 1000))
    assert (found.counted, found.divided) == (pytest.approx(0.004), 0)


@given(RATIOS, RATIOS)
def test_both_parts_make_the_difference_and_the_way_back_undoes_them(one: Sides, other: Sides) -> None:
    there, back = apart(one, other), apart(other, one)
    assert there.difference == pytest.approx(other.value - one.value, abs=1e-6)
    assert there.counted == pytest.approx(-back.counted)
    assert there.divided == pytest.approx(-back.divided)
    assert there.counted * there.more_counted >= 0
    assert there.divided * there.more_divided <= 0
