"""The score of each KPI and the consistency index: the weighted mean of all that can be scored.

A score is 100 without a gap, 50 at the margin, 0 from twice the margin on. An estimated gap seems larger than
it is by its own error: m = sqrt(max(0, gap^2 - SE^2)) takes that out. Scored is only what a verdict could be
told of with 80 % power (`verdict.MARGIN_IN_ERRORS`), and of which both sides count enough to tell a figure
(`fewest`): a single article would carry the index. The index's 90 % interval comes from 2,000 draws of all
gaps from normal distributions around those seen, scored alike; the same figures give the same draws.

Delivery has a gap of 1 point, known to 0.5, and a margin of 2; satisfaction none, known to 1, and one of 3:

    >>> rows = pl.DataFrame({"group": ["deliver", "voice"], "gap": [0.01, 0.0], "error": [0.005, 0.01]})
    >>> rows = with_scores(rows.with_columns(margin=pl.Series([0.02, 0.03]), is_share=pl.lit(value=False)))
    >>> [round(score, 1) for score in rows["score"]]
    [78.3, 100.0]
    >>> weighed = with_weights(rows, {"deliver": 15, "voice": 10, "price": 15})
    >>> weighed["weight"].to_list()
    [0.375, 0.25]
    >>> index = index_of(weighed.with_columns(kpi=pl.Series(["on_time_delivery", "satisfaction"])))
    >>> round(index.value, 2), index.coverage, index.weakest
    (87.01, 0.625, 'on_time_delivery')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.verdict import MARGIN_IN_ERRORS

DRAWS, SEED = 2000, 20_240_229
FULL, LEAST_WEIGHT = 100.0, 0.05
_ENDS = (0.05, 0.95)
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Index:
    """The consistency index.

    Attributes:
        value: from 0 to 100; null where nothing could be scored.
        low: lower end of its 90 % interval.
        high: upper end.
        coverage: the share of all weight that was scored.
        weakest: the KPI with the lowest score, the first of equal ones; null where nothing was scored.
    """

    value: float | None
    low: float | None
    high: float | None
    coverage: float
    weakest: str | None

    @property
    def is_broad(self) -> bool:
        """Whether it rests on enough to stand for all: a score or two would be called the whole shop's."""
        return self.value is not None and self.coverage >= LEAST_WEIGHT


def with_scores(gaps: pl.DataFrame) -> pl.DataFrame:
    """Gaps with `score`; null where there is no gap, or its error is too large to tell.

    Args:
        gaps: gap, its standard error `error`, margin, and whether it `is_share`: the share of what is
            the same less 1, whose score is that share.
    """
    seen = (pl.col("gap") ** 2 - pl.col("error") ** 2).clip(0).sqrt()
    by_gap = pl.when(is_known()).then(FULL * (1 - seen / (2 * pl.col("margin"))).clip(0))
    return gaps.with_columns(
        score=pl.when("is_share").then((FULL * (1 + pl.col("gap"))).clip(0, FULL)).otherwise(by_gap)
    )


def is_known() -> pl.Expr:
    """Whether the error of a gap is small enough for its margin."""
    return pl.col("error") <= pl.col("margin") / MARGIN_IN_ERRORS


def without_few(scored: pl.DataFrame) -> pl.DataFrame:
    """Scored rows without the `score` of those of which a side counts fewer than `fewest`.

    Args:
        scored: score, online_n, offline_n and fewest.
    """
    is_enough = pl.min_horizontal("online_n", "offline_n") >= pl.col("fewest")
    return scored.with_columns(score=pl.when(is_enough).then("score"))


def with_weights(scored: pl.DataFrame, weights: Mapping[str, float]) -> pl.DataFrame:
    """Scored rows with `weight`: their group's share of all weight, divided equally among its scored KPIs.

    Null where there is no score. All weights add up to the share that was scored.

    Args:
        scored: score and group.
        weights: what each group weighs, in any unit.
    """
    everything = sum(weights.values())
    shares = {group: weight / everything if everything else 0.0 for group, weight in weights.items()}
    of_group = pl.col("group").replace_strict(shares, default=0.0, return_dtype=pl.Float64)
    is_scored = pl.col("score").is_not_null()
    weight = of_group / is_scored.sum().over("group")
    return scored.with_columns(weight=pl.when(is_scored).then(weight))


def index_of(weighed: pl.DataFrame) -> Index:
    """The index of rows with kpi, gap, error, margin, score, weight and is_share.

    A row that is a share is its own score, such as articles of equal price, whatever its margin.
    """
    scored = weighed.filter(pl.col("weight") > 0)
    coverage = round(float(scored["weight"].sum()), _DIGITS)
    if scored.is_empty():
        return Index(None, None, None, coverage, None)
    scores, weights = scored["score"].to_numpy(), scored["weight"].to_numpy()
    value = min(FULL, max(0.0, float(scores @ weights / weights.sum())))
    low, high = _interval(value, _drawn(scored) @ weights / weights.sum())
    return Index(value, low, high, coverage, str(scored["kpi"][int(scores.argmin())]))


def _interval(value: float, drawn: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    """The ends of the draws, and their mirror images around the index, whichever lie further out.

    Scores bend at 100: where hardly anything differs draws lie below what was seen, as that lies below the
    truth. Without the mirror image the interval would then miss both.
    """
    low, high = (float(end) for end in np.quantile(drawn, _ENDS))
    return (
        max(0.0, min(low, 2 * value - high, value)),
        min(FULL, max(high, 2 * value - low, value)),
    )


def _drawn(scored: pl.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Scores that might as well have been seen, one row per draw, one column per KPI."""
    gap, error = scored["gap"].to_numpy(), scored["error"].to_numpy()
    is_share = scored["is_share"].to_numpy()
    margin = np.where(is_share, 1.0, scored["margin"].to_numpy())
    chance = np.random.default_rng(SEED).standard_normal((DRAWS, scored.height))
    drawn = gap + error * chance
    seen = np.sqrt(np.maximum(0, drawn**2 - error**2))
    by_gap = FULL * np.maximum(0, 1 - seen / (2 * margin))
    return np.where(is_share, (FULL * (1 + drawn)).clip(0, FULL), by_gap)
