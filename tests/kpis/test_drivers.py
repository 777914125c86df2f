"""Splits of a change against published decompositions, and that they leave nothing over."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.drivers import Side, is_reversed, split

BEFORE, AFTER = Side("y0", "x0"), Side("y1", "x1")
# Bickel, Hammel & O'Connell 1975, Science 187:398-404; R's UCBAdmissions: how many of the women, then of the
# men who asked at the six largest departments were admitted.
BERKELEY = [
    (89, 108, 512, 825), (17, 25, 353, 560), (202, 593, 120, 325), (131, 375, 138, 417), (94, 393, 53, 191),
    (24, 341, 22, 373),
]  # fmt: skip
counted = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(lambda pair: (min(pair), max(pair)))
side = counted | st.just((0, 0))
rows = st.lists(st.tuples(side, side).map(lambda sides: sides[0] + sides[1]), min_size=1, max_size=12)
Row = tuple[float, float, float, float]


def table(slices: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(slices, schema=dict.fromkeys(("y0", "x0", "y1", "x1"), pl.Float64), orient="row")


def effects(slices: list[Row], before: Side = BEFORE, after: Side = AFTER) -> tuple[list[float], list[float]]:
    rate, mix = split(before, after)
    told = table(slices).select(rate=rate, mix=mix)
    return told["rate"].to_list(), told["mix"].to_list()


def test_das_guptas_earnings_are_split_as_printed() -> None:
    """Mean income is earnings of those who earn (alpha) x their share (beta): a slice that earns and one that
    does not. Das Gupta 1993, Standardization and Decomposition of Rates, P23-186, table 2.1: 7,847 and
    13,704; 4,370 of the difference by alpha, 1,487 by beta."""
    earning = (10930 * 0.717892, 0.717892, 16591 * 0.825974, 0.825974)
    idle = (0.0, 1 - 0.717892, 0.0, 1 - 0.825974)
    rate, mix = effects([earning, idle])
    overall = table([earning, idle]).select(BEFORE.overall.first(), after=AFTER.overall.first()).row(0)
    assert (*overall, sum(rate), sum(mix)) == pytest.approx((7847, 13704, 4370, 1487), abs=1)
    assert sum(rate) + sum(mix) == pytest.approx(overall[1] - overall[0], rel=1e-12)


def test_berkeleys_gap_is_split_without_a_rest() -> None:
    """Kitagawa's identity; 14.2 points of 44.5 % against 30.4 %, of which mix makes more than all."""
    rate, mix = effects(BERKELEY)
    assert sum(rate) + sum(mix) == pytest.approx(0.14164542824654186, abs=1e-12)
    assert (round(sum(rate), 4), round(sum(mix), 4)) == (-0.036, 0.1777)


@given(rows)
def test_effects_add_up_to_the_change(slices: list[tuple[int, int, int, int]]) -> None:
    y0, x0, y1, x1 = (sum(row[place] for row in slices) for place in range(4))
    rate, mix = effects(slices)
    if x0 and x1:
        assert sum(rate) + sum(mix) == pytest.approx(float(Fraction(y1, x1) - Fraction(y0, x0)), abs=1e-9)
    else:
        assert {*rate, *mix} == {None}


@given(rows)
def test_swapping_the_sides_turns_every_effect_round(slices: list[tuple[int, int, int, int]]) -> None:
    assume(all(sum(row[place] for row in slices) for place in (1, 3)))
    there, back = effects(slices), effects(slices, AFTER, BEFORE)
    for forth, reverse in zip(there, back, strict=True):
        assert forth == pytest.approx([-effect for effect in reverse], abs=1e-12)


@given(rows, st.integers(2, 9))
def test_growth_of_everything_alike_moves_nothing(
    slices: list[tuple[int, int, int, int]], times: int
) -> None:
    grown = [(y, x, y * times, x * times) for y, x, _, _ in slices]
    assume(sum(row[1] for row in grown))
    rate, mix = effects(grown)
    assert [*rate, *mix] == pytest.approx([0] * 2 * len(grown), abs=1e-12)


def test_a_new_slice_is_all_mix() -> None:
    """The old slice stays at 10 %; a new one as large has 30 %: 20 % of half, against a mean of 15 %."""
    rate, mix = effects([(10, 100, 10, 100), (0, 0, 30, 100)])
    assert rate == [0, 0]
    assert mix == pytest.approx([-0.5 * (0.1 - 0.15), 0.5 * (0.3 - 0.15)])
    gone = effects([(10, 100, 10, 100), (30, 100, 0, 0)])
    assert gone == (rate, pytest.approx([-effect for effect in mix]))
    assert effects([(10, 100, 10, 100), (0, 0, 0, 0)]) == ([0, 0], [0, 0])


@pytest.mark.parametrize(
    ("slices", "expected"),
    [
        (BERKELEY, False),
        ([(20, 100, 5, 20), (8, 20, 50, 100)], False),
        ([(10, 100, 1, 20), (8, 20, 35, 100)], True),
        ([(10, 100, 12, 100)], False),
        ([(10, 100, 5, 50), (40, 100, 60, 150)], False),
        ([(10, 100, 10, 100)], False),
        ([(10, 100, 0, 0), (0, 0, 30, 100)], False),
        ([(0, 0, 3, 10)], None),
    ],
)
def test_a_reversal_is_told(slices: list[Row], expected: object) -> None:
    assert table(slices).select(is_reversed(BEFORE, AFTER).first()).item() is expected
