"""Verdicts against published two one-sided tests, and what they may never say."""

from __future__ import annotations

import math
from statistics import NormalDist

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.intervals import Z95, around
from kpis.verdict import MARGIN_IN_ERRORS, Z90, answers_needed, differs_from_zero, verdict

# Two one-sided tests of two proportions with unpooled errors. Inputs: examples of TOSTER's TOSTtwo.prop; it
# prints no results there, the results are the closed form's, and those of statsmodels 0.15's
# tost_proportions_2indep(method="wald"): the larger p of the two tests and the 90 % interval.
TWO_ONE_SIDED = [
    ((65, 100), (70, 100), 0.10, 0.22484589898444513, (-0.15879684100040506, 0.05879684100040519)),
    ((29, 148), (30, 138), 0.15, 0.0036583087110050976, (-0.10028478357887857, 0.057394066775118296)),
]
gaps = st.floats(-1, 1)
errors = st.floats(1e-6, 1)
margins = st.floats(1e-3, 0.5)


def gap_and_error(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    shares = [events / number for events, number in (first, second)]
    variances = [p * (1 - p) / n for p, (_, n) in zip(shares, (first, second), strict=True)]
    return shares[0] - shares[1], math.sqrt(sum(variances))


def interval(gap: float, error: float, z: float) -> tuple[float, float]:
    low, high = around(pl.lit(gap), pl.lit(error), z)
    told: tuple[float, float] = pl.select(low.alias("low"), high.alias("high")).row(0)
    return told


def judged(inner: tuple[float | None, ...], outer: tuple[float | None, ...], margin: float) -> str | None:
    ends = [pl.lit(end, pl.Float64) for end in (*inner, *outer)]
    told: str | None = pl.select(verdict((ends[0], ends[1]), (ends[2], ends[3]), pl.lit(margin))).item()
    return told


def judged_from(gap: float, error: float, margin: float) -> str | None:
    return judged(interval(gap, error, Z90), interval(gap, error, Z95), margin)


def needed(gap: float, error: float, answers: int, margin: float) -> int | None:
    told: int | None = pl.select(
        answers_needed(pl.lit(gap), pl.lit(error), pl.lit(answers), pl.lit(margin))
    ).item()
    return told


@pytest.mark.parametrize(("first", "second", "margin", "p", "printed"), TWO_ONE_SIDED)
def test_two_one_sided_tests_are_as_published(
    first: tuple[int, int], second: tuple[int, int], margin: float, p: float, printed: tuple[float, float]
) -> None:
    gap, error = gap_and_error(first, second)
    assert interval(gap, error, Z90) == pytest.approx(printed, abs=1e-9)
    assert judged_from(gap, error, margin) == ("consistent" if p < 0.05 else "inconclusive")
    # The larger p is the level at which the interval just reaches the margin.
    at_p = interval(gap, error, NormalDist().inv_cdf(1 - p))
    assert max(-at_p[0], at_p[1]) == pytest.approx(margin, abs=1e-9)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ((-0.01, 0.01), (-0.012, 0.012), "consistent"),
        ((0.005, 0.015), (0.004, 0.016), "consistent"),
        ((-0.01, 0.02), (-0.012, 0.022), "inconclusive"),
        ((-0.02, 0.01), (-0.022, 0.012), "inconclusive"),
        ((0.03, 0.05), (0.021, 0.06), "inconsistent"),
        ((-0.05, -0.03), (-0.06, -0.02), "inconsistent"),
        ((-0.05, -0.03), (-0.06, -0.019), "inconclusive"),
        ((-0.05, 0.05), (-0.06, 0.06), "inconclusive"),
        ((None, None), (None, None), None),
        ((-0.01, None), (-0.012, None), None),
    ],
)
def test_a_verdict_follows_from_both_intervals(
    inner: tuple[float | None, ...], outer: tuple[float | None, ...], expected: str | None
) -> None:
    """With a margin of 2 points."""
    assert judged(inner, outer, 0.02) == expected


def test_a_small_gap_can_be_real_and_consistent() -> None:
    inner, outer = interval(0.01, 0.002, Z90), interval(0.01, 0.002, Z95)
    assert judged(inner, outer, 0.02) == "consistent"
    low, high = map(pl.lit, outer)
    assert pl.select(differs_from_zero((low, high))).item() is True
    assert pl.select(differs_from_zero((pl.lit(-0.1), pl.lit(0.3)))).item() is False


@given(gaps, errors, margins)
def test_a_verdict_is_consistent_only_inside_the_margin(gap: float, error: float, margin: float) -> None:
    low, high = interval(gap, error, Z90)
    said = judged_from(gap, error, margin)
    assert (said == "consistent") == (-margin < low and high < margin)
    if said == "inconsistent":
        assert abs(gap) > margin


@given(gaps, errors, margins)
def test_swapping_the_arms_changes_no_verdict(gap: float, error: float, margin: float) -> None:
    assert judged_from(gap, error, margin) == judged_from(-gap, error, margin)


@given(gaps, errors, margins, st.integers(10, 10_000))
def test_so_many_answers_settle_it_if_the_gap_is_what_it_seems(
    gap: float, error: float, margin: float, answers: int
) -> None:
    assume(abs(abs(gap) - margin) > 1e-3)
    more = needed(gap, error, answers, margin)
    assert more is not None
    shrunk = error * math.sqrt(answers / (answers + more))
    assert judged_from(gap, shrunk, margin) != "inconclusive"


def test_answers_needed_worked_out() -> None:
    """No gap, an error of 2 points, a margin of 2: the error has to become 2 / 2.93, so 8.6 times as many."""
    assert round(MARGIN_IN_ERRORS, 2) == 2.93
    assert needed(0.0, 0.02, 1000, 0.02) == math.ceil(1000 * (MARGIN_IN_ERRORS**2 - 1)) == 7564
    assert needed(0.0, 0.001, 1000, 0.02) == 0
    assert needed(0.02, 0.001, 1000, 0.02) is None


def test_a_verdict_is_as_likely_as_said() -> None:
    """Without a gap, an error of the margin by 2.93 makes a verdict likely by 80 %."""
    reach = MARGIN_IN_ERRORS - Z90
    assert 2 * NormalDist().cdf(reach) - 1 == pytest.approx(0.8)
