"""Our formulas against SciPy's and statsmodels', which the project itself never imports.

statsmodels' score interval for a difference of proportions is none of them: it is wrong in 0.15.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    tost_proportions_2indep,
)

from kpis.intervals import Z95, difference, ranks, ratio_error, score_error, wilson
from kpis.multiplicity import adjusted
from kpis.survival import life_table, medians
from kpis.verdict import Z90, verdict

trials = st.integers(1, 5000)
share = st.tuples(st.integers(0, 5000), trials).map(lambda pair: (min(pair), pair[1]))
inner_share = st.tuples(st.integers(1, 5000), st.integers(1, 5000)).map(lambda pair: (pair[0], sum(pair)))


def told(*columns: pl.Expr) -> tuple[float, ...]:
    return pl.select(column.alias(str(place)) for place, column in enumerate(columns)).row(0)


def number(value: float) -> pl.Expr:
    return pl.lit(float(value))


def score(events: int, of: int, z: float = Z95) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    return (number(events / of), *wilson(number(events), number(of), z))


@given(share, st.sampled_from([(0.05, Z95), (0.1, Z90)]))
def test_wilsons_interval_is_statsmodels(one: tuple[int, int], level: tuple[float, float]) -> None:
    alpha, z = level
    expected = proportion_confint(*one, alpha=alpha, method="wilson")
    assert told(*score(*one, z)[1:]) == pytest.approx(expected, abs=1e-9)


@given(inner_share, inner_share)
def test_newcombes_interval_is_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert told(*difference(score(*one), score(*other))[1:]) == pytest.approx(expected, abs=1e-9)


@given(inner_share, inner_share, st.floats(0.005, 0.3))
def test_a_verdict_is_that_of_statsmodels_two_one_sided_tests(
    one: tuple[int, int], other: tuple[int, int], margin: float
) -> None:
    shares = [events / of for events, of in (one, other)]
    error = sum(p * (1 - p) / n for p, (_, n) in zip(shares, (one, other), strict=True)) ** 0.5
    gap = shares[0] - shares[1]
    ends = [(number(gap - z * error), number(gap + z * error)) for z in (Z90, Z95)]
    said = pl.select(verdict(ends[0], ends[1], number(margin))).item()
    tested = tost_proportions_2indep(*one, *other, -margin, margin, method="wald")
    assert (said == "consistent") == (tested.pvalue < 0.05)


@given(st.lists(st.integers(0, 10), min_size=2, max_size=60))
def test_the_error_of_a_score_is_that_of_its_ones(grades: list[int]) -> None:
    ones = [(grade >= 9) - (grade <= 6) for grade in grades]
    parts = (number(ones.count(1)), number(ones.count(-1)), number(len(ones)))
    expected = stats.sem(ones, ddof=0)
    assert told(score_error(*parts))[0] == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=60))
def test_the_error_of_a_mean_is_the_standard_error(amounts: list[float]) -> None:
    """A ratio of amounts to rows, each row one."""
    y, n = np.array(amounts), len(amounts)
    squares = (number((y * y).sum()), number(y.sum()), number(n))
    (error,) = told(ratio_error(number(y.sum()), number(n), squares, number(n)))
    assert error == pytest.approx(stats.sem(y), rel=1e-5, abs=1e-4)


@given(st.integers(2, 200), st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_ranks_are_the_narrowest_of_the_binomial(observations: int, at: float) -> None:
    """Each end leaves at most 2.5 % beyond it, and the next one inwards would leave more."""
    low, high = ranks(observations, at)
    reached = stats.binom(observations, at)
    if low is not None:
        assert reached.cdf(low - 1) <= 0.025 + 1e-12 < reached.cdf(low) + 2e-12
    else:
        assert reached.cdf(0) > 0.025
    if high is not None:
        assert reached.sf(high - 1) <= 0.025 + 1e-12 < reached.sf(high - 2) + 2e-12
    else:
        assert reached.sf(observations - 1) > 0.025


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_shares_of_false_discoveries_are_statsmodels(p_values: list[float]) -> None:
    assert adjusted(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1], abs=1e-12)


@given(st.lists(st.tuples(st.integers(1, 25), st.booleans()), min_size=2, max_size=60))
def test_survival_is_statsmodels(lives: Sequence[tuple[int, bool]]) -> None:
    days, events = ([int(life[side]) for life in lives] for side in (0, 1))
    followed = pl.DataFrame({"all": 1, "days": days, "events": events})
    table = life_table(followed.with_columns(censored=1 - pl.col("events")), ["all"])
    theirs = SurvfuncRight(np.array(days, float), np.array(events))
    ours = table.filter(pl.col("events") > 0)
    assert ours["days"].to_list() == theirs.surv_times.tolist()
    assert ours["at_risk"].to_list() == theirs.n_risk.tolist()
    assert ours["survival"].to_list() == pytest.approx(theirs.surv_prob, abs=1e-12)
    for row, error in zip(ours.iter_rows(named=True), theirs.surv_prob_se, strict=True):
        if row["low"] is not None and row["survival"] > 0:
            assert row["low"] == pytest.approx(_log_log(row["survival"], error, Z95), abs=1e-9)
            assert row["high"] == pytest.approx(_log_log(row["survival"], error, -Z95), abs=1e-9)
    found = medians(table, ["all"])["median"].item()
    # Of a curve that is exactly one half for a while they take the end, we the beginning.
    if not np.isclose(theirs.surv_prob, 0.5).any():
        assert (np.nan if found is None else found) == pytest.approx(theirs.quantile(0.5), nan_ok=True)


def _log_log(survival: float, error: float, z: float) -> float:
    """Survival to the power of exp(z x its error on the log(-log) scale)."""
    end: float = survival ** np.exp(z * error / (survival * abs(np.log(survival))))
    return end
