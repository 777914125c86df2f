"""Whether what business.toml says of KPIs can be meant: names that exist, figures they can have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from connectors.business import Business, IntendedDifference, Target
from connectors.errors import ConnectorError, SettingsError, did_you_mean
from connectors.text import Text
from kpis.errors import KpiError, SliceError, UnknownKpiError, listed_ids
from kpis.index_groups import DEFAULT_WEIGHTS
from kpis.kpi import LOGARITHMIC, Kpi

TARGETS, MARGINS, WEIGHTS = "[[targets]]", "[margins]", "[weights]"
INTENDED = "[[intended_differences]]"
KPI, CHANNEL = Text("KPI", "指标"), Text("channel", "渠道")
HUNDRED = 100
Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Checked:
    """What business.toml says, without what means nothing.

    Attributes:
        business: what can be meant; the catalogue's own margins and weights stand for wrong ones.
        faults: what was left out and why, in the order of the sections.
    """

    business: Business
    faults: tuple[ConnectorError, ...]


def check_business(business: Business, kpis: Mapping[str, Kpi], channels: Iterable[str]) -> None:
    """Refuse targets, margins, weights and intended differences that mean nothing.

    Args:
        business: what business.toml says.
        kpis: every KPI by its id.
        channels: the channels of the snapshot; a target may also name one that only settings know.

    Raises:
        UnknownKpiError: a target or margin names no KPI, or a margin one that is never compared.
        SliceError: a target names a dimension that does not exist, or that its KPI does not carry; it or an
            intended difference names a channel that does not exist.
        SettingsError: a weight is of no group of the index, all weights are 0, or a limit is none that its
            KPI could reach.
    """
    for fault in checked(business, kpis, channels).faults:
        raise fault


def checked(business: Business, kpis: Mapping[str, Kpi], channels: Iterable[str] | None) -> Checked:
    """Each target, margin, weight and intended difference looked at by itself, the wrong ones left out.

    Args:
        business: what business.toml says.
        kpis: every KPI by its id.
        channels: the channels of the snapshot; null before there is one: then no channel is called wrong.
    """
    known = None if channels is None else {entry.id for entry in business.channels}.union(channels)
    faults: list[ConnectorError] = []

    def kept(entries: Iterable[Entry], check: Callable[[Entry], None]) -> Iterator[Entry]:
        for entry in entries:
            try:
                check(entry)
            except (KpiError, SettingsError) as fault:
                faults.append(fault)
            else:
                yield entry

    targets = tuple(kept(business.targets, lambda target: _check_target(target, kpis, known)))
    margins = dict(kept(business.margins.items(), lambda margin: _check_named_margin(*margin, kpis)))
    weights = dict(kept(business.weights.items(), lambda weight: _check_group(weight[0])))
    if not any({**DEFAULT_WEIGHTS, **weights}.values()):
        faults.append(_weightless())
        weights = {}
    meant = tuple(kept(business.intended_differences, lambda entry: _check_intended(entry, known)))
    told = replace(business, targets=targets, margins=margins, weights=weights, intended_differences=meant)
    return Checked(told, tuple(faults))


def _check_target(target: Target, kpis: Mapping[str, Kpi], channels: Collection[str] | None) -> None:
    check_listed(KPI, target.kpi, kpis, TARGETS, UnknownKpiError)
    _check_slice(target, kpis, channels)
    _check_limits(target, kpis[target.kpi])


def _check_named_margin(name: str, margin: float, kpis: Mapping[str, Kpi]) -> None:
    check_listed(KPI, name, kpis, MARGINS, UnknownKpiError)
    _check_compared(name, kpis)
    _check_margin(kpis[name], margin)


def _check_group(name: str) -> None:
    check_listed(Text("index group", "指数分组"), name, DEFAULT_WEIGHTS, WEIGHTS, SettingsError)


def _check_intended(meant: IntendedDifference, channels: Collection[str] | None) -> None:
    if meant.what == "channel" and channels:
        check_listed(CHANNEL, meant.value, channels, INTENDED, SliceError)


def _weightless() -> SettingsError:
    return SettingsError(
        Text(
            f"all weights are 0 (business.toml, {WEIGHTS}); the consistency index needs one above 0.",
            f"全部权重均为 0（business.toml，{WEIGHTS}）；一致性指数至少需要一项大于 0 的权重。",
        )
    )


def _check_slice(target: Target, kpis: Mapping[str, Kpi], channels: Collection[str] | None) -> None:
    every = {name for kpi in kpis.values() for name in kpi.dimensions}
    carried = kpis[target.kpi].dimensions
    for dimension, value in target.where.items():
        check_listed(Text("dimension", "维度"), dimension, every, TARGETS, SliceError)
        if dimension not in carried:
            listed = ", ".join(carried)
            raise SliceError(
                Text(
                    f"{target.kpi} cannot be split by {dimension} (business.toml, {TARGETS}); "
                    f"it can by: {listed}.",
                    f"{target.kpi} 不能按 {dimension} 拆分（business.toml，{TARGETS}）；可用维度：{listed}。",
                )
            )
        if dimension == "channel" and channels:
            check_listed(CHANNEL, value, channels, TARGETS, SliceError)


def _check_compared(name: str, kpis: Mapping[str, Kpi]) -> None:
    """A margin says when online and offline are the same; it is of no use where they are not compared."""
    compared = sorted(kpi.id for kpi in kpis.values() if kpi.comparable or kpi.agreement)
    if name not in compared:
        near, listed = did_you_mean(name, compared), listed_ids(compared)
        raise UnknownKpiError(
            Text(
                f"{name} is never compared between online and offline, so it has no margin (business.toml, "
                f"{MARGINS}); these have: {listed.en}.{near.en}",
                f"{name} 不作线上线下比较，因此没有容差（business.toml，{MARGINS}）；"
                f"有容差的指标：{listed.zh}。{near.zh}",
            )
        )


def _check_limits(target: Target, kpi: Kpi) -> None:
    """A limit that no figure of the KPI can ever be on the other side of is a slip of the pen."""
    lowest, highest = kpi.bounds
    for name, limit in (("at_least", target.at_least), ("at_most", target.at_most)):
        is_below = limit is not None and lowest is not None and limit < lowest
        is_above = limit is not None and highest is not None and limit > highest
        if limit is not None and (is_below or is_above):
            raise _impossible(name, limit, kpi, TARGETS, (lowest, highest))
    _check_size("near", target.near, kpi, TARGETS)


def _check_size(name: str, size: float, kpi: Kpi, place: str) -> None:
    """A distance on the KPI's scale cannot be longer than the scale."""
    lowest, highest = kpi.bounds
    if lowest is not None and highest is not None and size > highest - lowest:
        raise _impossible(name, size, kpi, place, (0, highest - lowest))


def _check_margin(kpi: Kpi, margin: float) -> None:
    """A margin is above 0, and a share where figures are compared as ratios."""
    if margin == 0:
        raise SettingsError(
            Text(
                f"the margin of {kpi.id} is 0 (business.toml, {MARGINS}); no gap is ever known to be none: "
                "it must be above 0.",
                f"{kpi.id} 的容差为 0（business.toml，{MARGINS}）；差距无法确知为零，容差必须大于 0。",
            )
        )
    if kpi.unit in LOGARITHMIC and margin > 1:
        raise _impossible(kpi.id, margin, kpi, MARGINS, (0, 1))
    _check_size(kpi.id, margin, kpi, MARGINS)


def _impossible(
    name: str, given: float, kpi: Kpi, place: str, ends: tuple[float | None, float | None]
) -> SettingsError:
    lowest, highest = ends
    rule = (
        Text(f"{lowest or 0:g} or more", f"不小于 {lowest or 0:g}")
        if highest is None
        else Text(f"from {lowest or 0:g} to {highest:g}", f"在 {lowest or 0:g} 到 {highest:g} 之间")
    )
    is_percentage = highest == 1 and 1 < given <= HUNDRED
    return SettingsError(
        Text(
            f"'{name}' is {given:g} for {kpi.id} (business.toml, {place}); it must be {rule.en}."
            + (f" Did you mean {given / HUNDRED:g}?" if is_percentage else ""),
            f"{kpi.id} 的“{name}”为 {given:g}（business.toml，{place}）；应{rule.zh}。"
            + (f"是否想写 {given / HUNDRED:g}？" if is_percentage else ""),
        )
    )


def check_listed(
    what: Text, given: str, known: Collection[str], place: str, error: type[KpiError | SettingsError]
) -> None:
    """Refuse a name in business.toml that does not exist, with the names that do and the nearest one.

    Args:
        what: the sort of name, in lower case.
        given: the name as it was given.
        known: every name that exists.
        place: the section of business.toml.
        error: what to raise.
    """
    if given not in known:
        near, listed = did_you_mean(given, known), listed_ids(known)
        raise error(
            Text(
                f"there is no {what.en} '{given}' (business.toml, {place}); there is: {listed.en}.{near.en}",
                f"没有名为“{given}”的{what.zh}（business.toml，{place}）；现有：{listed.zh}。{near.zh}",
            )
        )
