"""What holds for any two arms: splits add up, signs turn with the arms, verdicts and index keep bounds."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from kpis.consistency.gap import with_gaps
from kpis.consistency.index import index_of, with_scores, with_weights
from kpis.consistency.mix import mix
from kpis.index_groups import DEFAULT_WEIGHTS
from tests.benchmarks.verdicts import cases, index_coverage, rates

RUNS = 1500
SURELY = 1 - 1e-6
amounts = st.floats(0.01, 1000)
ends = st.floats(0.001, 100)


@st.composite
def strata(draw: st.DrawFn) -> pl.DataFrame:
    """A few strata, some of them in one arm only, on either scale."""
    rows = draw(st.integers(1, 5))
    side = st.tuples(amounts, amounts) | st.just((0.0, 0.0))
    sides = [(draw(side), draw(side)) for _ in range(rows)]
    columns = ("online_numerator", "online_denominator", "offline_numerator", "offline_denominator")
    frame = pl.DataFrame([(*online, *offline) for online, offline in sides], columns, orient="row")
    return frame.with_columns(
        kpi=pl.lit("any"),
        scale=pl.lit(draw(st.sampled_from([1.0, 100.0]))),
        logarithmic=pl.lit(draw(st.booleans())),
    )


def _gap(frame: pl.DataFrame) -> float | None:
    above, below = (
        [frame[f"{arm}_{side}"].sum() for arm in ("online", "offline")]
        for side in ("numerator", "denominator")
    )
    if not all(below):
        return None
    online, offline = (frame["scale"][0] * part / whole for part, whole in zip(above, below, strict=True))
    return math.log(online / offline) if frame["logarithmic"][0] else online - offline


@given(strata())
def test_rate_and_mix_add_up_to_the_gap_exactly(frame: pl.DataFrame) -> None:
    row = mix(frame).row(0, named=True)
    gap = _gap(frame)
    if gap is None:
        assert row["rate_effect"] is row["mix_effect"] is row["adjusted_gap"] is None
    else:
        size = 1 + abs(row["rate_effect"]) + abs(row["mix_effect"])
        assert row["rate_effect"] + row["mix_effect"] == pytest.approx(gap, abs=1e-7 * size)
        assert (row["adjusted_gap"] is not None) == (row["coverage"] >= 0.9)


@given(strata())
def test_swapping_the_arms_turns_the_signs_of_a_split(frame: pl.DataFrame) -> None:
    swapped = frame.rename(_other)
    here, there = (mix(each).row(0, named=True) for each in (frame, swapped))
    for name in ("rate_effect", "mix_effect", "adjusted_gap"):
        if here[name] is None:
            assert there[name] is None
        else:
            assert here[name] == pytest.approx(-there[name], rel=1e-6, abs=1e-6)


def _other(name: str) -> str:
    arm, _, rest = name.partition("_")
    return {"online": "offline", "offline": "online"}.get(arm, arm) + (f"_{rest}" if rest else "")


@st.composite
def arms(draw: st.DrawFn) -> dict[str, Any]:
    """Two arms with their intervals, and a margin."""
    row: dict[str, Any] = {
        "margin": draw(st.floats(0.01, 100)),
        "logarithmic": draw(st.booleans()),
        "is_mean": draw(st.booleans()),
        "answers": 100.0,
    }
    for arm in ("online", "offline"):
        value, inner = draw(amounts), draw(ends)
        wider = inner * draw(st.floats(1, 1.5))
        row |= {
            arm: value,
            f"{arm}_n": float(draw(st.integers(1, 100))),
            f"{arm}_low90": value - inner,
            f"{arm}_high90": value + inner,
            f"{arm}_low": value - wider,
            f"{arm}_high": value + wider,
        }
    return row


def _judged(row: dict[str, Any]) -> dict[str, Any]:
    return with_gaps(pl.DataFrame([row])).row(0, named=True)


@given(arms())
def test_swapping_the_arms_turns_a_gap_and_keeps_its_verdict(row: dict[str, Any]) -> None:
    here, there = _judged(row), _judged({_other(name): value for name, value in row.items()})
    assert here["verdict"] == there["verdict"]
    assert here["gap"] == pytest.approx(-there["gap"])
    for low, high in (("low90", "high90"), ("low95", "high95")):
        assert here[low] == pytest.approx(-there[high])
        assert here[high] == pytest.approx(-there[low])


@given(arms(), st.sampled_from(["low90", "high90"]))
def test_an_interval_that_touches_the_margin_is_never_consistent(row: dict[str, Any], end: str) -> None:
    told = _judged(row)
    touched = _judged(row | {"margin": abs(told[end])})
    assert touched["verdict"] != "consistent"
    if told["verdict"] == "consistent":
        assert max(abs(told["low90"]), abs(told["high90"])) < told["margin"]
    if told["verdict"] == "inconsistent":
        assert abs(told["gap"]) > told["margin"]


scored_rows = st.lists(
    st.tuples(
        st.sampled_from(sorted(DEFAULT_WEIGHTS)),
        st.floats(-1, 0),
        st.floats(0, 0.5),
        st.floats(0.01, 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(scored_rows)
def test_an_index_lies_within_its_interval_from_0_to_100(
    rows: list[tuple[str, float, float, float, bool]],
) -> None:
    frame = pl.DataFrame(rows, ("group", "gap", "error", "margin", "is_share"), orient="row")
    weighed = with_weights(with_scores(frame.with_columns(kpi=pl.lit("any"))), DEFAULT_WEIGHTS)
    index = index_of(weighed)
    groups = weighed.filter(pl.col("score").is_not_null())["group"].unique()
    whole = sum(DEFAULT_WEIGHTS.values())
    assert index.coverage == pytest.approx(sum(DEFAULT_WEIGHTS[group] for group in groups) / whole)
    assert index.coverage == pytest.approx(weighed["weight"].sum())
    if groups.is_empty():
        assert index.value is None
    else:
        assert index.value is not None
        assert index.low is not None
        assert index.high is not None
        assert 0 <= index.low <= index.value <= index.high <= 100
    assert index == index_of(weighed), "the same figures give the same draws"


@pytest.mark.parametrize("figure", cases())
def test_verdicts_are_wrong_no_more_often_than_said(figure: str) -> None:
    case = cases()[figure]
    for sign in (1, -1):
        told = rates(case, sign * case.margin, RUNS)
        # Normal intervals of amounts that are skewed are a little short.
        assert told.get("consistent", 0) <= binom.ppf(SURELY, RUNS, 0.06) / RUNS
        assert told.get("inconsistent", 0) <= binom.ppf(SURELY, RUNS, 0.035) / RUNS
    assert rates(case, 0.0, RUNS).get("consistent", 0) >= binom.ppf(1 - SURELY, RUNS, 0.75) / RUNS


@pytest.mark.parametrize("spread", [0.0, 0.5, 3.0])
def test_the_interval_of_an_index_holds_it_about_as_often_as_said(spread: float) -> None:
    runs = 150
    assert index_coverage(10, spread, runs) >= binom.ppf(1 - SURELY, runs, 0.87) / runs
