"""How often flags are wrong, and what they find: `python -m tests.benchmarks.flags --charts 1000`.

Series of weeks in which nothing happens are drawn and charted as `alarms` charts them: means by XmR, and
shares by Laney's p', of equal chance each week or of a chance that itself differs from week to week. Printed
are the share of weeks flagged as beyond their limits, and of charts with such a week or with a run; then how
often one odd week, or a lasting shift of the last twelve, is found by its size in standard deviations.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
import polars as pl

from kpis.control import Limits, individuals, is_beyond, is_shifted, laney
from tests.benchmarks.steps import print_table

LENGTHS = (26, 52)
SIZES = (2.0, 3.0, 4.0, 5.0, 6.0)
SHIFTS = (0.5, 1.0, 1.5, 2.0)
LASTING = 12
NUMBER, SHARE, RARE = 400, 0.1, 0.0125
Draw = Callable[[np.random.Generator, int], "Series"]
Series = tuple[np.ndarray, np.ndarray, float]


def means(chance: np.random.Generator, weeks: int) -> Series:
    """Weekly means and the standard deviation of one; a denominator of 0 says that they are no shares."""
    return chance.normal(50, 5, weeks), np.zeros(weeks), 5.0


def shares(share: float, swing: float) -> Draw:
    """Weekly shares of 300 to 500 each, around a chance that swings by a standard deviation of its own."""

    def draw(chance: np.random.Generator, weeks: int) -> Series:
        below = chance.integers(NUMBER - 100, NUMBER + 101, weeks)
        expected = np.clip(chance.normal(share, swing, weeks), 0, 1)
        spread = float(np.sqrt(share * (1 - share) / NUMBER + swing**2))
        return chance.binomial(below, expected) / below, below.astype(float), spread

    return draw


SORTS: dict[str, Draw] = {
    "means (XmR)": means,
    "shares of 10 % of 400 (p')": shares(SHARE, 0.0),
    "shares that swing (p')": shares(SHARE, 0.02),
    "rare shares, 5 a week (p')": shares(RARE, 0.0),
}


def flagged(values: np.ndarray, below: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which weeks lie beyond their limits, and which end eight in a row or more."""
    frame = pl.DataFrame({"value": values, "below": below})
    value = pl.col("value")
    limits: Limits = laney(value * pl.col("below"), pl.col("below")) if below.any() else individuals(value)
    found = frame.select(
        beyond=is_beyond(value, limits).fill_null(value=False),
        run=is_shifted(value, limits).fill_null(value=False),
    )
    return found["beyond"].to_numpy(), found["run"].to_numpy()


def false_alarms(draw: Draw, weeks: int, charts: int) -> tuple[float, float, float]:
    """The share of weeks beyond, of charts with a week beyond, and of charts with a run; nothing happened."""
    chance = np.random.default_rng(11)
    drawn = (draw(chance, weeks) for _ in range(charts))
    found = [flagged(values, below) for values, below, _ in drawn]
    return (
        float(np.mean([beyond.mean() for beyond, _ in found])),
        float(np.mean([beyond.any() for beyond, _ in found])),
        float(np.mean([run.any() for _, run in found])),
    )


def detected(draw: Draw, weeks: int, charts: int, size: float, lasting: int) -> tuple[float, float]:
    """How often the last week is beyond, and how often a run ends there, after a move of its last weeks."""
    chance = np.random.default_rng(12)
    ends = []
    for _ in range(charts):
        values, below, spread = draw(chance, weeks)
        values[-lasting:] += size * spread
        beyond, run = flagged(np.clip(values, 0, 1) if below.any() else values, below)
        ends.append((beyond[-1], run[-1]))
    return float(np.mean([end[0] for end in ends])), float(np.mean([end[1] for end in ends]))


def percent(share: float) -> str:
    """A share for a table."""
    return f"{100 * share:.2f} %" if share < 0.1 else f"{100 * share:.0f} %"


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=1000)
    charts = parser.parse_args().charts
    rows = [
        (name, str(weeks), *(percent(rate) for rate in false_alarms(draw, weeks, charts)))
        for name, draw in SORTS.items()
        for weeks in LENGTHS
    ]
    header = ("series", "weeks", "weeks beyond", "charts with one", "charts with a run")
    print_table(f"nothing happened, {charts} charts each", header, rows)
    for title, sizes, lasting, place in (
        ("one odd week: found beyond its limits", SIZES, 1, 0),
        (f"a shift of the last {LASTING} weeks: found as a run", SHIFTS, LASTING, 1),
    ):
        rows = [
            (name, *(percent(detected(draw, 52, charts, size, lasting)[place]) for size in sizes))
            for name, draw in SORTS.items()
        ]
        print_table(f"{title}, 52 weeks", ("series", *(f"{size:g} sigma" for size in sizes)), rows)


if __name__ == "__main__":
    main()
