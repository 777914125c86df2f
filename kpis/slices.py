"""Whether a question can be asked: dimensions, values, days and modes, each refused with what exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from connectors.errors import unknown
from connectors.text import Text
from kpis.catalogue import catalogue
from kpis.errors import PeriodError, SliceError, unknown_value
from kpis.kpi import Basis, Kpi
from kpis.periods import COMPARISONS, GRAINS, Grain, Period
from kpis.profiles import asked_kpi, kpis_of, of_basis
from kpis.shop import Shop

BASES: tuple[Basis, ...] = get_args(Basis)


def all_dimensions() -> list[str]:
    """Every dimension that some KPI carries, besides the grains of time."""
    return list(dict.fromkeys(name for kpi in catalogue().values() for name in kpi.dimensions))


def carriers(dimensions: Sequence[str], basis: Basis = "cohort", profile: str | None = None) -> list[str]:
    """The ids of the KPIs that carry all of `dimensions`; of a basis or a platform's own only those.

    Raises:
        ProfileError: there is no such platform.
    """
    known = of_basis(basis)
    names = known if profile is None else [name for name in kpis_of(profile) if name in known]
    return [name for name in names if set(dimensions) <= set(asked_kpi(name, basis, profile).dimensions)]


def askable(
    by: Sequence[str], where: Iterable[str], basis: Basis, profile: str | None = None
) -> tuple[str, ...]:
    """The ids of the KPIs that can be split and filtered so, of a platform's own only those.

    Raises:
        ProfileError: there is no such platform.
        SliceError: a dimension does not exist, or no KPI carries all of them.
    """
    _, split = split_by(by)
    dimensions = list(dict.fromkeys((*split, *where)))
    for name in dimensions:
        _check_dimension(name, all_dimensions())
    found = carriers(dimensions, basis, profile)
    if not found:
        listed = ", ".join(dimensions)
        of_en, of_zh = (f" of {profile}", f"{profile} 口径下") if profile else ("", "")
        if basis == "event":
            of_en, of_zh = f"{of_en} on basis event", f"{of_zh}按 event 口径"
        raise SliceError(
            Text(f"no KPI{of_en} carries all of {listed}.", f"{of_zh}没有指标同时具有维度 {listed}。")
        )
    return tuple(found)


def split_by(by: Sequence[str]) -> tuple[Grain | None, tuple[str, ...]]:
    """The grain of time and the other dimensions to split by.

    Raises:
        SliceError: a dimension does not exist, or there are two grains.
    """
    names = list(dict.fromkeys(by))
    grains = [grain for grain in GRAINS if grain in names]
    if len(grains) > 1:
        listed = ", ".join(grains)
        raise SliceError(
            Text(
                f"a result can be split by one grain of time, not by {listed}.",
                f"结果只能按一种时间粒度拆分，不能同时按 {listed}。",
            )
        )
    dimensions = tuple(name for name in names if name not in GRAINS)
    for name in dimensions:
        _check_dimension(name, (*GRAINS, *all_dimensions()))
    return grains[0] if grains else None, dimensions


def check_slices(
    shop: Shop, kpis: Sequence[Kpi], dimensions: Sequence[str], where: Mapping[str, Sequence[str]]
) -> None:
    """Refuse dimensions that a KPI does not carry and values that no row has.

    Raises:
        SliceError: one of these.
    """
    for name in where:
        _check_dimension(name, all_dimensions())
    for name in dict.fromkeys((*dimensions, *where)):
        for kpi in kpis:
            if name not in kpi.dimensions:
                raise _not_carried(kpi, name)
    for name, values in where.items():
        check_values(name, values, shop.dimension_values(name))


def check_values(dimension: str, values: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a dimension that does not exist and values of it that no row has.

    Raises:
        SliceError: one of these.
    """
    _check_dimension(dimension, all_dimensions())
    for value in values:
        if value and value not in known:
            raise unknown_value(dimension, value, known)


def check_choice(compare: str, basis: str) -> None:
    """Refuse modes that do not exist.

    Raises:
        PeriodError: there is no such comparison.
        SliceError: there is no such basis.
    """
    if compare not in COMPARISONS:
        raise unknown(Text("comparison", "比较方式"), compare, COMPARISONS, PeriodError)
    if basis not in BASES:
        raise unknown(Text("basis", "口径"), basis, BASES, SliceError)


def asked_period(reach: Period | None, start: dt.date | None, end: dt.date | None) -> Period | None:
    """The asked days, all that data reach where an end is open; null where nothing is asked and known.

    Raises:
        PeriodError: the last day is before the first.
    """
    if reach is None:
        begin, until = start or end, end or start
    else:
        # A period that lies wholly beyond the data has no other end to borrow.
        begin = start or (reach.start if end is None else min(reach.start, end))
        until = end or (reach.end if start is None else max(reach.end, start))
    if begin is None or until is None:
        return None
    if begin > until:
        raise PeriodError(
            Text(
                f"the first day {begin} is after the last day {until}.",
                f"起始日 {begin} 晚于结束日 {until}。",
            )
        )
    return Period(begin, until)


def check_within(reach: Period | None, start: dt.date | None, end: dt.date | None) -> None:
    """Refuse days that hold no data at all.

    Raises:
        PeriodError: none of the asked days has data, or the last is before the first.
    """
    asked = asked_period(reach, start, end)
    if reach and asked and not asked.overlaps(reach):
        raise _outside(start, end, reach)


def _outside(start: dt.date | None, end: dt.date | None, reach: Period) -> PeriodError:
    asked_en = " ".join([*([f"from {start}"] if start else []), *([f"to {end}"] if end else [])])
    asked_zh = "".join([*([f"从 {start}"] if start else []), *([f"到 {end}"] if end else [])])
    return PeriodError(
        Text(
            f"there is no data {asked_en}; the data run from {reach.start} to {reach.end}.",
            f"{asked_zh}没有数据；数据范围为 {reach.start} 至 {reach.end}。",
        )
    )


def _check_dimension(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise unknown(Text("dimension", "维度"), name, known, SliceError)


def _not_carried(kpi: Kpi, dimension: str) -> SliceError:
    carried = ", ".join(kpi.dimensions)
    return SliceError(
        Text(
            f"{kpi.id} cannot be split by {dimension}; it can by: {carried}.",
            f"{kpi.id} 不能按 {dimension} 拆分；可用维度：{carried}。",
        )
    )
