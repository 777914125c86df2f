"""Why a KPI changed between two spans of days: every slice of every dimension with what it brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from connectors.errors import unknown
from connectors.text import Text
from kpis.contributions import (
    NOT_ADDITIVE,
    PARTS,
    Driver,
    adds_up,
    contributions,
    is_reversal,
    main_driver,
    own_changes,
)
from kpis.errors import PeriodError, SliceError
from kpis.evaluate import Query, evaluate
from kpis.kpi import Kpi
from kpis.periods import Bucket, Period
from kpis.profiles import asked_kpi
from kpis.shop import Shop
from kpis.slices import asked_period, check_within
from kpis.windows import compared_windows


@dataclass(frozen=True, slots=True)
class Drivers:
    """Why one KPI changed.

    Attributes:
        kpi: the KPI.
        period: its days.
        before: the days they are compared with.
        previous: the value then, in the KPI's unit; null where it cannot be told.
        value: the value now.
        slices: one row per dimension and slice, as `contributions` has them, the largest first; of each
            dimension the contributions add up to `change`, unless it is not additive.
        main: the slice that brings most of the change; null where it is spread.
        reversed_by: the dimensions of which every slice moved against the whole (Simpson).
        not_additive: why contributions are null; null where they are not.
    """

    kpi: Kpi
    period: Period
    before: Period
    previous: float | None
    value: float | None
    slices: pl.DataFrame
    main: Driver | None = None
    reversed_by: tuple[str, ...] = ()
    not_additive: Text | None = None

    @property
    def change(self) -> float | None:
        """What is explained; null where a side has no value."""
        return None if self.value is None or self.previous is None else self.value - self.previous


def drivers(shop: Shop, query: Query) -> Drivers:
    """Why one KPI changed, split by each dimension of `query.by`; without any, by all that it carries.

    Args:
        shop: whose data they are.
        query: one KPI, its days, slice, and what they are compared with; dimensions, no grain of time.

    Raises:
        UnknownKpiError, ProfileError, SliceError, PeriodError: the question cannot be asked, or there is
            nothing to compare with.
    """
    if len(query.kpis) != 1:
        named = ", ".join(query.kpis) or "-"
        raise SliceError(
            Text(
                f"drivers are of one KPI, not of: {named}.",
                f"驱动因素每次只分析一个指标，而不是：{named}。",
            )
        )
    kpi = asked_kpi(query.kpis[0], query.basis, query.profile)
    for name in query.by:
        if name not in kpi.dimensions:
            raise unknown(Text("dimension", "维度"), name, kpi.dimensions, SliceError)
    check_within(shop.reach(kpi), query.start, query.end)
    period, before = compared_days(shop, kpi, query)
    if before is None:
        raise _nothing_before(shop, kpi, query, period)
    dimensions = query.by or telling(kpi, query.where)
    return explained(shop, replace(query, by=dimensions), period, before)[kpi.id]


def explained(shop: Shop, query: Query, period: Period, before: Period) -> dict[str, Drivers]:
    """Why each KPI of a query changed, by its id; each is split by those of `query.by` that it carries.

    Args:
        shop: whose data they are.
        query: the KPIs, the slice, and the dimensions to look at; its days are not read.
        period: the days.
        before: the days they are compared with.

    Raises:
        UnknownKpiError, ProfileError, SliceError, PeriodError: the question cannot be asked.
    """
    kpis = [asked_kpi(name, query.basis, query.profile) for name in query.kpis]
    plain = replace(query, by=(), compare="none", against=None)
    whole = _asked(shop, plain, kpis, before, period)
    split: dict[str, list[pl.DataFrame]] = defaultdict(list)
    is_additive = dict.fromkeys(query.kpis, True)
    for dimension in query.by:
        carrying = [kpi for kpi in kpis if dimension in kpi.dimensions]
        parts = _asked(shop, replace(plain, by=(dimension,)), carrying, before, period)
        for kpi in carrying:
            if adds_up(kpi, whole[kpi.id], parts[kpi.id]):
                split[kpi.id].append(contributions(kpi, dimension, *parts[kpi.id]))
            else:
                is_additive[kpi.id] = False
                split[kpi.id].append(own_changes(dimension, *parts[kpi.id]))
    return {
        kpi.id: _explained(
            kpi, (period, before), whole[kpi.id], split[kpi.id], is_additive=is_additive[kpi.id]
        )
        for kpi in kpis
    }


def telling(kpi: Kpi, where: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """The dimensions that can tell something: all that a KPI carries but those of which one value is kept."""
    fixed = {name for name, values in where if len(values) == 1}
    return tuple(name for name in kpi.dimensions if name not in fixed)


def compared_days(shop: Shop, kpi: Kpi, query: Query) -> tuple[Period, Period | None]:
    """The days of a query for one KPI, and those that `evaluate` compares them with; null without any.

    Raises:
        PeriodError: the shop has no days, or the last asked is before the first.
    """
    reach = shop.reach(kpi)
    period = asked_period(reach, query.start, query.end)
    if reach is None or period is None:
        raise PeriodError(Text("there is no data to compare.", "没有可比较的数据。"))
    elapsed_to = reach.end if period.end > reach.end else None
    rows = compared_windows(
        [Bucket(None, period)], query.before, reach.start, (None, 0), elapsed_to=elapsed_to
    )
    return period, Period(*rows.select("from", "to").row(0)) if rows.height else None


def _asked(
    shop: Shop, query: Query, kpis: Sequence[Kpi], *periods: Period
) -> dict[str, tuple[pl.DataFrame, pl.DataFrame]]:
    """The results of each KPI, for two spans of days."""
    names = tuple(kpi.id for kpi in kpis)
    before, now = (
        evaluate(shop, replace(query, kpis=names, start=period.start, end=period.end)) for period in periods
    )
    return {name: (before.filter(pl.col("kpi") == name), now.filter(pl.col("kpi") == name)) for name in names}


def _explained(
    kpi: Kpi,
    days: tuple[Period, Period],
    whole: tuple[pl.DataFrame, pl.DataFrame],
    split: list[pl.DataFrame],
    *,
    is_additive: bool,
) -> Drivers:
    previous, value = (_value(rows) for rows in whole)
    told = Drivers(kpi, *days, previous, value, _ranked(split))
    if not is_additive:
        title = kpi.title
        return replace(
            told,
            not_additive=Text(NOT_ADDITIVE.en.format(kpi=title.en), NOT_ADDITIVE.zh.format(kpi=title.zh)),
        )
    reversals = [parts["dimension"][0] for parts in split if parts.height and is_reversal(parts)]
    # What a KPI counts cannot be why it changed: of returning customers more are, of course, returning ones.
    counted = kpi.comparable.counts if kpi.comparable else ()
    slices = told.slices.filter(~pl.col("dimension").is_in(counted))
    return replace(told, main=main_driver(slices) if told.change else None, reversed_by=tuple(reversals))


def _ranked(split: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The slices of all dimensions, the largest movement first."""
    every = pl.concat([pl.DataFrame(schema=PARTS), *split])
    own = (pl.col("value") - pl.col("value_before")) * pl.col("size")
    moved = pl.coalesce("contribution", own).abs().round(12)
    return every.sort(moved, descending=True, nulls_last=True, maintain_order=True)


def _value(rows: pl.DataFrame) -> float | None:
    return float(rows["value"][0]) if rows.height and rows["value"][0] is not None else None


def _nothing_before(shop: Shop, kpi: Kpi, query: Query, period: Period) -> PeriodError:
    before, reach = query.before(period), shop.reach(kpi)
    if before is None or reach is None:
        return PeriodError(
            Text(
                "say what to compare with: previous, year, year-weekday or festival.",
                "请指定比较方式：previous、year、year-weekday 或 festival。",
            )
        )
    return PeriodError(
        Text(
            f"there is nothing to compare with: {before.start} to {before.end} begins before the data, "
            f"which begin on {reach.start}.",
            f"无可比数据：{before.start} 至 {before.end} 早于数据起始日 {reach.start}。",
        )
    )
