"""Intervals against results printed in the literature."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.catalogue import catalogue
from kpis.intervals import around, around_share, difference, ranks, ratio_error, score_error, wilson
from kpis.kpi import Kpi
from kpis.of_sums import Mean, Ratio

# Newcombe RG (1998) Stat Med 17:857-872, Table I, method 3.
WILSON = [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718), (15, 148, 0.0624, 0.1605)]
# Newcombe RG (1998) Stat Med 17:873-890, Table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0)),
    ((10, 10), (0, 10), (0.6075, 1.0)),
]
# Conover (1999) section 3.2; Hahn & Meeker (1991): lower rank and coverage of the median's interval.
MEDIAN_RANKS = [(10, 2, 0.979), (20, 6, 0.959), (50, 18, 0.967)]
SHARES = [
    pytest.param(kpi, id=name)
    for name, kpi in catalogue().items()
    if kpi.bounds == (0, 1) and isinstance(kpi, Ratio | Mean)
]


def _told(*expressions: pl.Expr) -> tuple[float, ...]:
    return pl.select(expression.alias(str(place)) for place, expression in enumerate(expressions)).row(0)


def _number(value: float) -> pl.Expr:
    return pl.lit(float(value))


@pytest.mark.parametrize(("successes", "trials", "low", "high"), WILSON)
def test_wilson_is_as_printed(successes: int, trials: int, low: float, high: float) -> None:
    assert _told(*wilson(_number(successes), _number(trials))) == pytest.approx((low, high), abs=5.1e-5)


@pytest.mark.parametrize(("first", "second", "printed"), NEWCOMBE)
def test_difference_of_shares_is_newcombes(
    first: tuple[int, int], second: tuple[int, int], printed: tuple[float, float]
) -> None:
    (x1, n1), (x2, n2) = first, second
    now = (_number(x1 / n1), *wilson(_number(x1), _number(n1)))
    then = (_number(x2 / n2), *wilson(_number(x2), _number(n2)))
    told = _told(*difference(now, then))
    assert told[0] == pytest.approx(x1 / n1 - x2 / n2)
    assert told[1:] == pytest.approx(printed, abs=5.1e-5)


def test_score_error_is_as_worked_out() -> None:
    """Cross Validated, "How can I calculate margin of error in a NPS result?": half of 324 are
    promoters and a sixth detractors, which makes a score of 1/3 with variance 5/9 and error 0.0414."""
    promoters, detractors, answers = 162, 54, 324
    assert catalogue()["nps"].value_of(
        promoters=promoters, detractors=detractors, denominator=answers
    ) == pytest.approx(100 / 3)
    (error,) = _told(score_error(_number(promoters), _number(detractors), _number(answers)))
    assert error == pytest.approx(0.0414, abs=6e-5)
    assert error**2 * 324 == pytest.approx(5 / 9)


def test_differences_of_normal_intervals_add_variances() -> None:
    now, then = (_number(20.0), _number(3.0)), (_number(5.0), _number(4.0))
    _, low, high = difference((now[0], *around(*now)), (then[0], *around(*then)))
    assert _told(low, high) == pytest.approx((15 - 1.959964 * 5, 15 + 1.959964 * 5), abs=1e-5)


@pytest.mark.parametrize(("observations", "lower", "coverage"), MEDIAN_RANKS)
def test_ranks_around_the_median_are_as_printed(observations: int, lower: int, coverage: float) -> None:
    low, high = ranks(observations, 0.5)
    assert (low, high) == (lower, observations + 1 - lower)
    inside = sum(math.comb(observations, k) for k in range(lower, observations - lower + 1))
    assert inside / 2**observations == pytest.approx(coverage, abs=6e-4)


def test_too_few_observations_have_no_ranks() -> None:
    assert ranks(5, 0.5) == (None, None)
    assert ranks(20, 0.9)[1] is None


@given(st.integers(201, 5000), st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_ranks_of_many_enclose_the_quantile(observations: int, quantile: float) -> None:
    low, high = ranks(observations, quantile)
    assert low is not None
    assert low < observations * quantile < (high or observations)


def test_an_average_of_ones_and_noughts_has_the_binomial_error() -> None:
    """With one unit per cluster the linearised error is the binomial one, up to m / (m - 1)."""
    n, x = 200.0, 37.0
    (error,) = _told(ratio_error(_number(x), _number(n), (_number(x), _number(x), _number(n)), _number(n)))
    share = x / n
    assert error == pytest.approx(math.sqrt(share * (1 - share) / n) * math.sqrt(n / (n - 1)))


def test_lines_of_one_order_are_not_independent() -> None:
    """Whole orders come back: the error is that of orders, not of pieces."""
    returned, pieces = [10.0, 0, 0, 0], [10.0, 10, 10, 10]
    squares = (100.0, 100.0, 400.0)
    (error,) = _told(
        ratio_error(_number(sum(returned)), _number(sum(pieces)), tuple(map(_number, squares)), _number(4))
    )
    assert error == pytest.approx(math.sqrt(4 / 3 * (7.5**2 + 3 * 2.5**2)) / 40)
    assert error > 3 * math.sqrt(0.25 * 0.75 / 40)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_or_all_of_a_few_orders_is_no_certainty(share: float) -> None:
    """Rows without spread have an error of nothing; the share is as uncertain as that of as many orders."""
    for orders in (2.0, 30.0, 5000.0):
        told = _told(*around_share(_number(share), _number(0), _number(orders)))
        assert told == _told(*wilson(_number(share * orders), _number(orders)))
        assert told[1] - told[0] > 1 / orders
    known = (_number(0.2), _number(0.01))
    assert _told(*around_share(*known, _number(50))) == _told(*around(*known))
    nothing = pl.lit(None, pl.Float64)
    assert _told(*around_share(_number(share), nothing, _number(1))) == (None, None)


@pytest.mark.parametrize("kpi", SHARES)
@pytest.mark.parametrize("hits", [0.0, 40.0])
def test_no_share_is_certain(kpi: Kpi, hits: float) -> None:
    """Forty orders of one piece each, of which none or all."""
    sums = {"numerator": hits, "denominator": 40.0, "yy": hits, "xy": hits, "xx": 40.0, "clusters": 40.0}
    figure = kpi.figure({name: np.array([amount]) for name, amount in (sums | {"effect": 1.0}).items()})
    assert (figure.high - figure.low).item() == pytest.approx(0.0876, abs=1e-4), "as Wilson has it"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=30))
def test_errors_from_sums_are_errors_from_rows(pairs: list[tuple[int, int]]) -> None:
    y, x = np.array(pairs, dtype=float).T
    ratio, m = y.sum() / x.sum(), len(pairs)
    from_rows = math.sqrt(m / (m - 1) * ((y - ratio * x) ** 2).sum()) / x.sum()
    squares = tuple(map(_number, ((y * y).sum(), (x * y).sum(), (x * x).sum())))
    (error,) = _told(ratio_error(_number(y.sum()), _number(x.sum()), squares, _number(m)))
    assert error == pytest.approx(from_rows, abs=1e-6)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_wilson_holds_the_share_within_nought_and_one(successes: int, failures: int) -> None:
    trials = successes + failures
    low, high = _told(*wilson(_number(successes), _number(trials)))
    if trials == 0:
        assert (low, high) == (None, None)
    else:
        assert 0 <= low <= successes / trials <= high <= 1


def test_nothing_is_said_without_trials_or_with_too_many_successes() -> None:
    assert _told(*wilson(_number(0), _number(0))) == (None, None)
    assert _told(*wilson(_number(3), _number(2))) == (None, None)
    assert _told(score_error(_number(0), _number(0), _number(0))) == (None,)
    one = _number(1)
    assert _told(ratio_error(one, one, (one, one, one), one)) == (None,)
