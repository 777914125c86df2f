"""Targets: what a figure should reach, and whether it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from connectors.business import Business, Target
from connectors.errors import did_you_mean
from connectors.text import Text
from kpis.errors import KpiError, SliceError, UnknownKpiError

GOOD, NEAR, BAD, NONE = "good", "near", "bad", "none"


def check_business(
    business: Business, kpis: Collection[str], dimensions: Collection[str], channels: Iterable[str]
) -> None:
    """Refuse targets and margins for what does not exist.

    Args:
        business: what business.toml says.
        kpis: every KPI's id.
        dimensions: every dimension that some KPI carries.
        channels: the channels of the snapshot; a target may also name one that only settings know.

    Raises:
        UnknownKpiError: a target or margin names no KPI.
        SliceError: a target names a dimension or channel that does not exist.
    """
    known_channels = {channel.id for channel in business.channels}.union(channels)
    for target in business.targets:
        _check(Text("KPI", "指标"), target.kpi, kpis, "[[targets]]", UnknownKpiError)
        for dimension, value in target.where.items():
            _check(Text("dimension", "维度"), dimension, dimensions, "[[targets]]", SliceError)
            if dimension == "channel" and known_channels:
                _check(Text("channel", "渠道"), value, known_channels, "[[targets]]", SliceError)
    for kpi in business.margins:
        _check(Text("KPI", "指标"), kpi, kpis, "[margins]", UnknownKpiError)


def _check(what: Text, given: str, known: Collection[str], place: str, error: type[KpiError]) -> None:
    if given not in known:
        near = did_you_mean(given, known)
        listed = ", ".join(sorted(known))
        raise error(
            Text(
                f"there is no {what.en} '{given}' (business.toml, {place}); there is: {listed}.{near.en}",
                f"没有名为“{given}”的{what.zh}（business.toml，{place}）；现有：{listed}。{near.zh}",
            )
        )


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


def with_targets(
    figures: pl.DataFrame, kpi: str, targets: Sequence[Target], fixed: Mapping[str, str]
) -> pl.DataFrame:
    """Figures with the columns `target` (the limit) and `status`.

    Args:
        figures: rows with `from`, `to`, `value` and dimensions.
        kpi: the KPI's id.
        targets: all targets.
        fixed: the slice that all rows share, as dimension and value.
    """
    own = [target for target in targets if target.kpi == kpi]
    if not own:
        return figures.with_columns(pl.lit(None, pl.Float64).alias("target"), pl.lit(NONE).alias("status"))
    limits: list[float | None] = []
    statuses = []
    for row in figures.iter_rows(named=True):
        target = target_of(own, kpi, {**fixed, **row}, row["from"], row["to"]) if row["to"] else None
        limits.append(None if target is None else _limit(target))
        statuses.append(status_of(row["value"], target))
    return figures.with_columns(
        pl.Series("target", limits, pl.Float64), pl.Series("status", statuses, pl.String)
    )


def _limit(target: Target) -> float | None:
    return target.at_least if target.at_least is not None else target.at_most
