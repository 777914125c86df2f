"""Standardised rates against printed tables, and gaps that mix alone made."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from kpis.standardise import Arm, adjusted_gap, binomial, standardised

# Fleiss 1981, p. 249: births by order, in six age groups of the mothers. Crude and adjusted rate and its 95 %
# interval as the README of tidyrates prints them, made with epitools' ageadjust.direct.
STANDARD = [63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6]
FLEISS = [
    (
        [230061, 329449, 114920, 39487, 14208, 3052],
        [107, 141, 60, 40, 39, 25],
        (0.000563, 0.000923, 0.000804, 0.00106),
    ),
    (
        [15050, 175702, 207081, 117300, 45026, 8660],
        [3, 71, 114, 103, 108, 75],
        (0.000833, 0.000851, 0.000772, 0.000942),
    ),
    (
        [327, 30666, 123419, 149919, 104088, 34392],
        [0, 8, 63, 112, 262, 295],
        (0.00167, 0.000755, 0.000677, 0.00188),
    ),
]
# Bickel, Hammel & O'Connell 1975, Science 187:398-404; R's UCBAdmissions: men and women admitted and turned
# down by the six largest departments.
BERKELEY = pl.DataFrame(
    [
        ("A", 512, 313, 89, 19),
        ("B", 353, 207, 17, 8),
        ("C", 120, 205, 202, 391),
        ("D", 138, 279, 131, 244),
        ("E", 53, 138, 94, 299),
        ("F", 22, 351, 24, 317),
    ],
    schema=["department", "men_admitted", "men_rejected", "women_admitted", "women_rejected"],
    orient="row",
)
counts = st.tuples(st.integers(1, 500), st.integers(0, 500)).map(lambda pair: (pair[0], min(pair)))


def of(admitted: str, rejected: str) -> Arm:
    number = pl.col(admitted) + pl.col(rejected)
    rate = pl.when(number > 0).then(pl.col(admitted) / number)
    return Arm(rate, binomial(rate, number), number)


MEN, WOMEN = of("men_admitted", "men_rejected"), of("women_admitted", "women_rejected")
ARMS = {"men": MEN, "women": WOMEN}


@pytest.mark.parametrize(("population", "events", "printed"), FLEISS)
def test_rates_are_as_printed(
    population: list[int], events: list[int], printed: tuple[float, float, float, float]
) -> None:
    """The printed interval is Fay & Feuer's (1997, Stat Med 16:791-801), a gamma distribution's around our
    rate and variance; events so rare have Poisson's variance."""
    strata = pl.DataFrame({"n": population, "x": events, "weight": STANDARD})
    rate, weight = pl.col("x") / pl.col("n"), pl.col("weight")
    told = strata.select(
        crude=pl.col("x").sum() / pl.col("n").sum(),
        mean=standardised(rate, binomial(rate, pl.col("n")), weight)[0],
        error=standardised(rate, rate / pl.col("n"), weight)[1],
        heaviest=(weight / pl.col("n")).max() / weight.sum(),
    ).row(0, named=True)
    mean, variance = told["mean"], told["error"] ** 2
    low = gamma.ppf(0.025, mean**2 / variance, scale=variance / mean)
    above, wider = mean + told["heaviest"], variance + told["heaviest"] ** 2
    high = gamma.ppf(0.975, above**2 / wider, scale=wider / above)
    assert (told["crude"], mean, low, high) == pytest.approx(printed, abs=6e-6)


def test_rare_events_have_nearly_the_binomial_error() -> None:
    for population, events, _ in FLEISS:
        strata = pl.DataFrame({"n": population, "x": events, "weight": STANDARD})
        rate = pl.col("x") / pl.col("n")
        errors = [
            strata.select(standardised(rate, variance, pl.col("weight"))[1]).item()
            for variance in (binomial(rate, pl.col("n")), rate / pl.col("n"))
        ]
        assert errors[0] == pytest.approx(errors[1], rel=0.01)


def test_berkeley_admitted_more_men_because_women_asked_where_it_was_hard() -> None:
    men, women = (pl.col(f"{sex}_admitted").sum() / arm.volume.sum() for sex, arm in ARMS.items())
    crude = BERKELEY.select(men=men, women=women).row(0)
    assert crude == pytest.approx((0.445, 0.304), abs=6e-4)
    gap, error, coverage = BERKELEY.select(*adjusted_gap(MEN, WOMEN)).row(0)
    by_hand = 0.0
    for _, admitted, rejected, women_admitted, women_rejected in BERKELEY.iter_rows():
        of_men, of_women = admitted + rejected, women_admitted + women_rejected
        by_hand += (of_men + of_women) / 4526 * (admitted / of_men - women_admitted / of_women)
    assert gap == pytest.approx(by_hand)
    assert (round(gap, 3), coverage) == (-0.043, 1), "women were admitted more often where both asked"
    assert gap + 1.96 * error < 0


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=8))
def test_swapping_the_arms_turns_the_gap_round(strata: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    table = _table(strata)
    there, back = (table.select(*adjusted_gap(*arms)).row(0) for arms in ((MEN, WOMEN), (WOMEN, MEN)))
    assert there == pytest.approx((-back[0], *back[1:]), abs=1e-12)


@given(st.lists(counts, min_size=1, max_size=8), st.integers(2, 5))
def test_the_same_rates_in_another_mix_leave_no_gap(strata: list[tuple[int, int]], times: int) -> None:
    """The other arm has the first stratum several times."""
    other = [(number * times, events * times) if place == 0 else (number, events)
             for place, (number, events) in enumerate(strata)]  # fmt: skip
    gap, _, coverage = _table(list(zip(strata, other, strict=True))).select(*adjusted_gap(MEN, WOMEN)).row(0)
    assert gap == pytest.approx(0, abs=1e-12)
    assert coverage == 1


@pytest.mark.parametrize(("alone", "coverage", "gap"), [(20, 0.9, -0.1), (21, 180 / 201, None)])
def test_strata_of_one_arm_are_not_compared(alone: int, coverage: float, gap: float | None) -> None:
    """Both arms have 90 in one stratum, one has more in another; under 90 % in common nothing is told."""
    both = ((90, 9), (90, 18))
    told = _table([both, ((alone, 5), (0, 0))]).select(*adjusted_gap(MEN, WOMEN)).row(0)
    error = None if gap is None else pytest.approx((0.1 * 0.9 / 90 + 0.2 * 0.8 / 90) ** 0.5)
    assert told == (gap if gap is None else pytest.approx(gap), error, pytest.approx(coverage))


def test_without_any_volume_nothing_is_told() -> None:
    assert _table([((0, 0), (0, 0))]).select(*adjusted_gap(MEN, WOMEN)).row(0) == (None, None, None)
    empty = _table([((1, 1), (1, 1))]).clear()
    assert empty.select(*adjusted_gap(MEN, WOMEN)).row(0) == (None, None, None)


def _table(strata: list[tuple[tuple[int, int], tuple[int, int]]]) -> pl.DataFrame:
    rows = [(m, n_m - m, w, n_w - w) for (n_m, m), (n_w, w) in strata]
    return pl.DataFrame(rows, schema=BERKELEY.columns[1:], orient="row")
