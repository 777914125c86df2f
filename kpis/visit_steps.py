"""The steps of a visit as a funnel: from visits that tell all their steps to those that end in a paid order.

A door counter tells no steps, and some web analytics tell only a few. A channel takes part with its visits
only where every step is told of the same visits: the steps of different visits are no funnel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from kpis.intervals import wilson

Side = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its code, the id of the KPI that counts it, and on which side of the line."""

    code: str
    kpi: str
    side: Side


def visit_steps(results: pl.DataFrame, steps: Sequence[Step]) -> pl.DataFrame:
    """One row per channel and step, in order, of the channels that tell every step of the same visits.

    Columns: channel, step, count, of_before (share of the step before; null at the first, and where nothing
    reached the one before), of_first (share of the first), low and high (ends of the 95 % interval of
    `of_before`, by Wilson; null as it is, and where more reached a step than the one before).

    Args:
        results: rows of `evaluate` for the KPIs of the steps by channel, over the same days.
        steps: the steps; the first counts all visits, and every other KPI says how many it left out.
    """
    told = results.filter(~pl.col("status").fill_null("").str.starts_with("missing"))
    names = list(dict.fromkeys(step.kpi for step in steps))
    every = told.filter(pl.col("kpi") == steps[0].kpi).select("channel", all_visits="numerator")
    based = told.filter(pl.col("kpi").is_in(names)).join(every, on="channel", nulls_equal=True)
    base = pl.col("all_visits") - pl.col("excluded").fill_null(0)
    alike = based.group_by("channel").agg(
        kpis=pl.col("kpi").n_unique(), bases=base.n_unique(), base=base.min()
    )
    is_whole = (pl.col("kpis") == len(names)) & (pl.col("bases") == 1) & (pl.col("base") > 0)
    counted = pl.concat(_counted(told, place, step) for place, step in enumerate(steps))
    kept = counted.join(alike.filter(is_whole), on="channel", how="semi", nulls_equal=True)
    return _with_shares(kept.sort("channel", "place", maintain_order=True), "channel").drop("place")


def together(steps: pl.DataFrame) -> pl.DataFrame:
    """The same steps over all channels: counts are added, then divided; the columns without channel."""
    added = steps.group_by("step", maintain_order=True).agg(pl.col("count").sum())
    return _with_shares(added.with_columns(channel=pl.lit("")), "channel").drop("channel")


def narrowest(steps: pl.DataFrame) -> pl.DataFrame:
    """The step of each channel at which the smallest share goes on; the smallest of all first."""
    known = steps.filter(pl.col("of_before").is_not_null()).sort("of_before", maintain_order=True)
    return known.unique("channel", keep="first", maintain_order=True)


def _counted(told: pl.DataFrame, place: int, step: Step) -> pl.DataFrame:
    count = pl.col(step.side).cast(pl.Float64)
    rows = told.filter(pl.col("kpi") == step.kpi)
    return rows.select(
        "channel", pl.lit(place).alias("place"), pl.lit(step.code).alias("step"), count.alias("count")
    )


def _with_shares(steps: pl.DataFrame, key: str) -> pl.DataFrame:
    before, first = pl.col("count").shift(1).over(key), pl.col("count").first().over(key)
    is_later = before.is_not_null()
    low, high = wilson(pl.col("count"), before)
    is_share = is_later & (before > 0) & (pl.col("count") <= before)
    return steps.with_columns(
        of_before=pl.when(is_later & (before > 0)).then(pl.col("count") / before),
        of_first=pl.when(is_later & (first > 0)).then(pl.col("count") / first),
        low=pl.when(is_share).then(low),
        high=pl.when(is_share).then(high),
    )
