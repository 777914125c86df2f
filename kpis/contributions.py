"""What each slice brings to a change of a KPI, and which slice brings most of it.

The main driver is a slice that brings at least half of the change, more than its size would if all slices had
moved alike, and by so much more that chance is ruled out among all slices looked at (Benjamini-Hochberg at
5 %). Of several it is the one whose share of the change is furthest above its share of the denominator. What
is unknown is never named; where no slice is such, the change is spread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from connectors.text import Text
from kpis.drivers import Side, is_reversed, split
from kpis.intervals import Z95
from kpis.kpi import Kpi
from kpis.multiplicity import real

BEFORE, AFTER = (
    Side("numerator_before", "denominator_before"),
    Side("numerator", "denominator"),
)
SIDES = ("numerator", "denominator", "value", "low", "high")
MAIN_SHARE = 0.5
UNKNOWN = "unknown"
POINTS = 100.0
ROUNDING = 1e-6
SPLIT = ("ratio", "mean", "score")
PARTS = {
    "dimension": pl.String,
    "slice": pl.String,
    "numerator_before": pl.Float64,
    "denominator_before": pl.Float64,
    "value_before": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "rate_effect": pl.Float64,
    "mix_effect": pl.Float64,
    "contribution": pl.Float64,
    "share": pl.Float64,
    "size": pl.Float64,
    "chance": pl.Float64,
}
NOT_ADDITIVE = Text(
    "{kpi} is not additive: what its slices bring does not add up to the change; "
    "they are listed by their own change.",
    "{kpi} 不可加总：各切片的贡献之和不等于总变化，仅按各自变化列出。",
)


@dataclass(frozen=True, slots=True)
class Driver:
    """The slice that brings most of a change.

    Attributes:
        dimension: what the KPI was split by.
        slice: the value of the dimension.
        contribution: what it adds to the change, in the KPI's unit (fractions for percentages).
        share: the same as a share of the change; above 1 where other slices moved against it.
    """

    dimension: str
    slice: str
    contribution: float
    share: float


def adds_up(kpi: Kpi, whole: tuple[pl.DataFrame, pl.DataFrame], parts: tuple[pl.DataFrame, ...]) -> bool:
    """Whether a KPI has sums, and those of its slices are those of the whole, before and after.

    Args:
        kpi: the KPI.
        whole: its result before and after, one row each.
        parts: its results by one dimension, before and after.
    """
    if kpi.kind != "count" and kpi.kind not in SPLIT:
        return False
    for total, slices in zip(whole, parts, strict=True):
        for side in ("numerator", "denominator"):
            of_all = float(total[side].cast(pl.Float64).fill_null(0).sum())
            if abs(of_all - float(slices[side].cast(pl.Float64).sum())) > ROUNDING * max(1.0, abs(of_all)):
                return False
    return True


def contributions(kpi: Kpi, dimension: str, before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """One row per slice of either side, ranked by what it brings; over all slices this is the change.

    Columns: dimension, slice (null: unknown or none), numerator_before, denominator_before, value_before,
    numerator, denominator (null for a count), value (null where a side has nothing), rate_effect and
    mix_effect (null for a count), contribution, in the KPI's unit; share, of the change; size, the mean
    share of the denominator, of a count of the count; and chance, how likely it brings so much more or less
    than its size if all slices moved alike (null without intervals).

    Args:
        kpi: a count, ratio, mean or score.
        dimension: the column of the slices.
        before: the results that it is compared with: numerator, denominator, value, low, high.
        now: the results.
    """
    both = _both(dimension, before, now)
    if kpi.kind == "count":
        nothing = ("denominator", "denominator_before", "rate_effect", "mix_effect")
        moved = both.with_columns(
            *(pl.lit(None, pl.Float64).alias(name) for name in nothing),
            contribution=pl.col("numerator") - pl.col("numerator_before"),
            size=(_of_all("numerator") + _of_all("numerator_before")) / 2,
        )
    else:
        rate, mix = split(BEFORE, AFTER)
        scale = POINTS if kpi.kind == "score" else 1.0
        moved = both.with_columns(
            rate_effect=scale * rate,
            mix_effect=scale * mix,
            contribution=scale * (rate + mix),
            size=(BEFORE.share + AFTER.share) / 2,
        )
    change = pl.col("contribution").sum()
    told = moved.with_columns(share=pl.when(change != 0).then(pl.col("contribution") / change))
    return _ranked(told.with_columns(chance=_chance(told)), "contribution")


def own_changes(dimension: str, before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same rows for a KPI whose slices do not add up, with neither effects nor shares.

    They are ranked by each slice's own change times its size, lest a slice of two orders comes first.
    """
    both = _both(dimension, before, now).with_columns(size=(BEFORE.share + AFTER.share) / 2)
    return _ranked(both, (pl.col("value") - pl.col("value_before")) * pl.col("size"))


def is_reversal(parts: pl.DataFrame) -> bool:
    """Whether the whole moved one way and every slice of one dimension the other way (Simpson)."""
    return bool(parts.select(is_reversed(BEFORE, AFTER).any()).item())


def main_driver(parts: pl.DataFrame) -> Driver | None:
    """The slice that brings most of a change, of all dimensions; null where the change is spread.

    Args:
        parts: rows of `contributions`, of one or several dimensions.
    """
    chances = parts["chance"].to_list()
    is_told = any(chance is not None for chance in chances)
    stands_out = pl.Series(real(chances) if is_told else [True] * len(chances), dtype=pl.Boolean)
    beyond = pl.min_horizontal("share", pl.lit(1.0)) - pl.col("size")
    found = (
        parts.with_columns(stands_out=stands_out, beyond=beyond)
        .filter(
            pl.col("stands_out") & (pl.col("share") >= MAIN_SHARE) & (pl.col("beyond") > 0),
            pl.col("slice") != UNKNOWN,
        )
        .sort("beyond", descending=True, maintain_order=True)
    )
    if found.is_empty():
        return None
    return Driver(*found.select("dimension", "slice", "contribution", "share").row(0))


def _both(dimension: str, before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The slices of either side; what a side lacks has sums of 0 there, and no value."""
    sides = [pl.col(side).cast(pl.Float64) for side in SIDES]
    slices = pl.col(dimension).cast(pl.String).alias("slice")
    both = now.select(slices, *sides).join(
        before.select(slices, *(side.name.suffix("_before") for side in sides)),
        on="slice",
        how="full",
        coalesce=True,
        nulls_equal=True,
    )
    sums = [f"{side}{suffix}" for side in SIDES[:2] for suffix in ("", "_before")]
    return both.with_columns(pl.col(sums).fill_null(0), dimension=pl.lit(dimension))


def _ranked(parts: pl.DataFrame, by: str | pl.Expr) -> pl.DataFrame:
    """The columns in their order, the largest movement first; equal ones by name."""
    size = (pl.col(by) if isinstance(by, str) else by).abs().round(12)
    missing = [pl.lit(None, kind).alias(name) for name, kind in PARTS.items() if name not in parts.columns]
    ordered = parts.with_columns(*missing).sort(
        size, "slice", descending=[True, False], nulls_last=True, maintain_order=True
    )
    return ordered.select(pl.col(name).cast(kind) for name, kind in PARTS.items())


def _of_all(column: str) -> pl.Expr:
    whole = pl.col(column).sum()
    return pl.when(whole != 0).then(pl.col(column) / whole).otherwise(0.0)


def _chance(parts: pl.DataFrame) -> pl.Series:
    """How likely each slice brings so much more or less than its size, from the intervals of both sides.

    What a slice brings beyond its size is c - s x (sum of all c); slices are independent, so its variance is
    (1 - s)^2 v + s^2 x (that of all others), where v is of a slice's share x rate.
    """
    scale = pl.max_horizontal(pl.col("denominator").sum(), pl.lit(0.0))
    scale_before = pl.max_horizontal(pl.col("denominator_before").sum(), pl.lit(0.0))
    errors = [
        pl.when(pl.col(f"denominator{side}") == 0)
        .then(0.0)
        .when(whole > 0)
        .then(
            pl.col(f"denominator{side}") / whole * (pl.col(f"high{side}") - pl.col(f"low{side}")) / (2 * Z95)
        )
        for side, whole in (("", scale), ("_before", scale_before))
    ]
    variance = errors[0] ** 2 + errors[1] ** 2
    size = pl.col("size")
    others = variance.fill_null(0).sum() - variance
    error = ((1 - size) ** 2 * variance + size**2 * others).sqrt()
    beyond = pl.col("contribution") - size * pl.col("contribution").sum()
    found = parts.select(z=pl.when(error > 0).then(beyond / error))["z"]
    return pl.Series(
        [None if z is None else math.erfc(abs(z) / math.sqrt(2)) for z in found], dtype=pl.Float64
    )
