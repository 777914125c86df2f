"""Shops, or any slices that do the same work, against their peers: the median, the best quartile, and chance.

Median and quartile are of the slices' own values, each counted once however large it is, interpolated
linearly. A slice is ahead or behind where its distance to the median is more than chance among all slices
looked at (Benjamini-Hochberg at 5 %); the median itself is taken as given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from kpis.fewest import smallest
from kpis.kpi import Kpi
from kpis.multiplicity import p_value, real

FEWEST_PEERS = 4
QUARTILE = 0.25
Standing = Literal["ahead", "behind", "apart", "level", "untold"]


@dataclass(frozen=True, slots=True)
class Peers:
    """Slices of one KPI against each other.

    Attributes:
        median: of their values, in the KPI's unit.
        best: the value that a quarter of them reach or beat; null where no direction is good.
        rows: the slices that count enough, the best first (where no direction is good the highest), with
            `from_median` in the KPI's unit, `standing`, and `lacking`: of a share how many cases part the
            slice from `best`, 0 where it is reached, null for other KPIs.
    """

    median: float
    best: float | None
    rows: pl.DataFrame


def peers(kpi: Kpi, rows: pl.DataFrame) -> Peers | None:
    """Slices against their median and best quartile; null where fewer than four count enough.

    `standing` is `ahead` or `behind` where chance is ruled out, then `apart` where no direction is good;
    `level` where chance may do it, `untold` without an interval.

    Args:
        kpi: the KPI.
        rows: one row per slice with denominator, value, low and high, without what belongs to no slice.
    """
    below = pl.col("denominator")
    is_enough = pl.lit(value=True) if kpi.unit == "count" else (below >= smallest(kpi)).fill_null(value=False)
    enough = rows.filter(pl.col("value").is_not_null() & is_enough)
    if enough.height < FEWEST_PEERS:
        return None
    median = float(enough.select(pl.col("value").median()).item())
    best = _best(kpi, enough)
    judged = enough.with_columns(
        from_median=pl.col("value") - median,
        standing=pl.Series(_standings(kpi, enough, median), dtype=pl.String),
        lacking=_lacking(kpi, best),
    )
    return Peers(median, best, judged.sort("value", descending=kpi.better != "down", maintain_order=True))


def _best(kpi: Kpi, rows: pl.DataFrame) -> float | None:
    if kpi.better == "none":
        return None
    at = QUARTILE if kpi.better == "down" else 1 - QUARTILE
    return float(rows.select(pl.col("value").quantile(at, "linear")).item())


def _standings(kpi: Kpi, rows: pl.DataFrame, median: float) -> list[Standing]:
    distances = rows.select(pl.col(name) - median for name in ("value", "low", "high")).rows()
    chances = [p_value(*distance) for distance in distances]
    return [
        _standing(kpi, distance[0], is_real=is_real) if chance is not None else "untold"
        for distance, chance, is_real in zip(distances, chances, real(chances), strict=True)
    ]


def _standing(kpi: Kpi, distance: float, *, is_real: bool) -> Standing:
    if not is_real:
        return "level"
    if kpi.better == "none":
        return "apart"
    return "ahead" if (distance > 0) == (kpi.better == "up") else "behind"


def _lacking(kpi: Kpi, best: float | None) -> pl.Expr:
    """How many cases more (fewer, where down is good) make a share the best quartile's."""
    if best is None or kpi.unit != "percent":
        return pl.lit(None, pl.Float64)
    gap = (best - pl.col("value")) * (1 if kpi.better == "up" else -1)
    return pl.max_horizontal(gap, pl.lit(0.0)) * pl.col("denominator")
