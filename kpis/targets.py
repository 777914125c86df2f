"""Targets: what a figure should reach, and whether it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from connectors.business import Target

GOOD, NEAR, BAD, NONE = "good", "near", "bad", "none"


def target_of(
    targets: Sequence[Target], kpi: str, where: Mapping[str, str | None], start: dt.date, end: dt.date
) -> Target | None:
    """The target of a KPI's row, the most specific one, of those the one that began last; null without one.

    Args:
        targets: all targets.
        kpi: the KPI's id.
        where: the row's slice, as dimension and value.
        start: the row's first day.
        end: the row's last day; a target holds for a row if it holds on this day.
    """
    holding = [
        target
        for target in targets
        if target.kpi == kpi
        and all(where.get(name) == value for name, value in target.where.items())
        and (target.start or start) <= end <= (target.end or end)
    ]
    return max(holding, key=lambda found: (len(found.where), found.start or dt.date.min), default=None)


def status_of(value: float | None, target: Target | None) -> str:
    """Whether a value reaches its target: good, near, bad; none without a value or target.

    >>> ninety = Target("on_time_delivery", {}, None, None, at_least=0.9, at_most=None, near=0.02)
    >>> [status_of(value, ninety) for value in (0.93, 0.89, 0.5, None)]
    ['good', 'near', 'bad', 'none']
    """
    if value is None or target is None:
        return NONE
    shortfall = max(
        target.at_least - value if target.at_least is not None else 0.0,
        value - target.at_most if target.at_most is not None else 0.0,
    )
    if shortfall <= 0:
        return GOOD
    return NEAR if shortfall <= target.near else BAD


def with_targets(figures: pl.DataFrame, targets: Sequence[Target], fixed: Mapping[str, str]) -> pl.DataFrame:
    """Figures with the columns `target` (the limit) and `status`.

    Args:
        figures: rows with `kpi`, `from`, `to`, `value` and dimensions.
        targets: all targets.
        fixed: the slice that all rows share, as dimension and value.
    """
    limits: list[float | None] = [None] * figures.height
    statuses = [NONE] * figures.height
    has_target = figures["kpi"].is_in({target.kpi for target in targets})
    for place, row in zip(
        has_target.arg_true(), figures.filter(has_target).iter_rows(named=True), strict=True
    ):
        slices = {**fixed, **row}
        target = target_of(targets, row["kpi"], slices, row["from"], row["to"]) if row["to"] else None
        limits[place] = None if target is None else _limit(target)
        statuses[place] = status_of(row["value"], target)
    return figures.with_columns(
        pl.Series("target", limits, pl.Float64), pl.Series("status", statuses, pl.String)
    )


def _limit(target: Target) -> float | None:
    return target.at_least if target.at_least is not None else target.at_most
