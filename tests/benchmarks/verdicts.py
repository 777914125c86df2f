"""How often verdicts and the index are wrong: `python -m tests.benchmarks.verdicts --runs 20000`.

Two arms are drawn over and over whose true gap is known, and judged as the command line judges them. With
a gap of exactly the margin `consistent` is wrong and may be said in 5 of 100 cases, `inconsistent` in 2.5.
Without any gap `consistent` should be said in 80 of 100 where the error is the margin by 2.93; for that the
numbers of answers here are made. The index's 90 % interval should hold the true index in 90 of 100 cases.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.catalogue import catalogue
from kpis.consistency.arms import ARMS
from kpis.consistency.gap import with_gaps
from kpis.consistency.index import index_of, with_scores, with_weights
from kpis.distribution import Quantile
from kpis.figure import Parts
from kpis.intervals import Z90, Z95, ranks
from kpis.kpi import Kpi
from kpis.of_sums import Mean
from kpis.score import Score
from tests.benchmarks.steps import print_table

SEED, RUNS = 7, 20_000
VERDICT_HEADS = ("figure", "answers", "wrongly consistent", "wrongly inconsistent", "power")
INDEX_HEADS = ("KPIs", "gaps up to, in margins", "index in its 90 % interval")
Draw = Callable[[np.random.Generator, float, int, int], Parts]


@dataclass(frozen=True)
class Case:
    """A sort of figure that is compared.

    Attributes:
        kpi: a KPI of that sort.
        margin: the largest gap that counts as the same.
        answers: how many online and offline.
        draw: the parts of an arm whose true figure is so far from that of the other.
    """

    kpi: Kpi
    margin: float
    answers: tuple[int, int]
    draw: Draw


def share(chance: np.random.Generator, gap: float, answers: int, runs: int) -> Parts:
    """Of orders, 90 % on time and the gap."""
    number = np.full(runs, float(answers))
    return {"numerator": chance.binomial(answers, 0.9 + gap, runs).astype(float), "denominator": number}


def score(chance: np.random.Generator, gap: float, answers: int, runs: int) -> Parts:
    """Of answers, half promoters and the gap, a fifth detractors."""
    told = chance.multinomial(answers, [0.5 + gap / 100, 0.2, 0.3 - gap / 100], runs).astype(float)
    return {"promoters": told[:, 0], "detractors": told[:, 1], "denominator": np.full(runs, float(answers))}


def money(chance: np.random.Generator, gap: float, answers: int, runs: int) -> Parts:
    """Amounts that vary by half of their mean."""
    amounts = chance.gamma(4, 50 * math.exp(gap), (runs, answers))
    number = np.full(runs, float(answers))
    sums = amounts.sum(axis=1)
    squares = {"yy": (amounts**2).sum(axis=1), "xy": sums, "xx": number}
    return {"numerator": sums, "denominator": number, **squares, "clusters": number}


def hours(chance: np.random.Generator, gap: float, answers: int, runs: int) -> Parts:
    """Times of two days that vary by half of their mean."""
    times = np.sort(chance.gamma(4, 12, (runs, answers)) + gap, axis=1)
    found = {"count": np.full(runs, float(answers)), "quantile": np.median(times, axis=1)}
    for name, z in (("", Z95), ("90", Z90)):
        lower, upper = ranks(answers, 0.5, z)
        assert lower
        assert upper
        found |= {f"lower{name}": times[:, lower - 1], f"upper{name}": times[:, upper - 1]}
    return found


def cases() -> dict[str, Case]:
    """A sort of figure each, with answers enough for 80 % power."""
    kpis = catalogue()
    return {
        "share": Case(kpis["reply_in_3_minutes"], 0.02, (6000, 3000), share),
        "score": Case(kpis["nps"], 10, (1570, 785), score),
        "money": Case(kpis["revenue_per_customer"], math.log(1.1), (710, 355), money),
        "median": Case(kpis["delivery_hours"], 12, (150, 75), hours),
    }


def rates(case: Case, gap: float, runs: int, seed: int = SEED) -> dict[str, float]:
    """The share of runs in which each verdict is told, where the true gap is `gap`."""
    chance = np.random.default_rng(seed)
    arms = pl.DataFrame({"run": range(runs)})
    for arm, answers in zip(ARMS, case.answers, strict=True):
        drawn = case.draw(chance, gap if arm == "online" else 0.0, answers, runs)
        arms = arms.with_columns(_figures(case.kpi, drawn | {"effect": np.ones(runs)}, arm))
    told = arms.with_columns(
        margin=pl.lit(case.margin),
        logarithmic=pl.lit(case.kpi.unit == "money"),
        is_mean=pl.lit(isinstance(case.kpi, Mean | Score)),
        answers=pl.lit(float(sum(case.answers))),
    )
    counted = with_gaps(told)["verdict"].value_counts()
    return {verdict: number / runs for verdict, number in counted.iter_rows()}


def _figures(kpi: Kpi, parts: Parts, arm: str) -> list[pl.Series]:
    """Value, denominator and the ends of both intervals of an arm."""
    inner = parts
    if isinstance(kpi, Quantile):
        inner = {**parts, "lower": parts["lower90"], "upper": parts["upper90"]}
    wide, narrow = kpi.figure(parts, Z95), kpi.figure(inner, Z90)
    told = {
        "": wide.value,
        "_n": wide.denominator,
        "_low": wide.low,
        "_high": wide.high,
        "_low90": narrow.low,
        "_high90": narrow.high,
    }
    return [pl.Series(f"{arm}{name}", column) for name, column in told.items()]


def index_coverage(kpis: int, spread: float, runs: int, seed: int = SEED) -> float:
    """How often the interval of an index holds the true one.

    Args:
        kpis: of how many KPIs it is.
        spread: how far true gaps reach, in margins.
        runs: how often.
        seed: of chance.
    """
    chance = np.random.default_rng(seed)
    held = 0
    for _ in range(runs):
        gaps = chance.uniform(-spread, spread, kpis)
        error = chance.uniform(0.1, 0.34, kpis)
        rows = pl.DataFrame({"gap": gaps + error * chance.standard_normal(kpis), "error": error})
        known = rows.with_columns(
            kpi=pl.lit("any"), group=pl.lit("voice"), margin=pl.lit(1.0), is_share=pl.lit(value=False)
        )
        index = index_of(with_weights(with_scores(known), {"voice": 1.0}))
        true = float(np.maximum(0, 100 * (1 - np.abs(gaps) / 2)).mean())
        held += index.low is not None and index.high is not None and index.low <= true <= index.high
    return held / runs


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    runs = parser.parse_args().runs
    rows = []
    for name, case in cases().items():
        at_margin = [rates(case, sign * case.margin, runs) for sign in (1, -1)]
        wrong = [
            f"{100 * sum(told.get(verdict, 0) for told in at_margin) / 2:.2f} %"
            for verdict in ("consistent", "inconsistent")
        ]
        power = f"{100 * rates(case, 0.0, runs).get('consistent', 0):.1f} %"
        rows.append((name, "{:,} / {:,}".format(*case.answers), *wrong, power))
    print_table(f"{runs:,} runs, at the margin and without a gap", VERDICT_HEADS, rows)
    few = max(200, runs // 20)
    covered = [
        (str(kpis), f"{spread:g}", f"{100 * index_coverage(kpis, spread, few):.1f} %")
        for kpis in (3, 8, 20)
        for spread in (0.0, 0.5, 1.0, 3.0)
    ]
    print_table(f"{few:,} runs", INDEX_HEADS, covered)


if __name__ == "__main__":
    main()
