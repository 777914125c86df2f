"""Evaluation: from a question (which KPIs, days, slices) to rows of results."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from kpis.figures import INNER, check_shares, figures
from kpis.former import CHANGES, COUNTED_BEFORE, with_former
from kpis.kpi import Basis, Kpi
from kpis.needs import MISSING, missing, missing_kind
from kpis.parts import KPI, Asked
from kpis.periods import Bucket, Comparison, Grain, Period, buckets, spanned
from kpis.profiles import asked_kpi, targets_of
from kpis.reading import Cut
from kpis.shop import Shop
from kpis.slices import asked_period, check_choice, check_slices, check_within, split_by
from kpis.targets import with_targets
from kpis.windows import Lookback, compared_windows, no_window, spans_of, windows_of

_ABOUT = {
    KPI: pl.String,
    "_place": pl.Int64,
    "_lag": pl.Int64,
    "_lowest": pl.Float64,
    "_highest": pl.Float64,
}
FIGURES = ("numerator", "denominator", "value", "low", "high", "excluded", "coverage")


@dataclass(frozen=True, slots=True)
class Query:
    """A question about KPIs.

    Attributes:
        kpis: their ids.
        start: first day, included; null for the first of the data.
        end: last day, included; null for the last of the data.
        by: dimensions to split by, at most one of them a grain of time.
        where: per dimension the values to keep; the empty value stands for unknown.
        compare: what each row is compared with.
        against: the days from `start` to `end` are compared with these, where not with those of `compare`.
        basis: `event` dates each side of a ratio by its own event, where a KPI knows that basis.
        final_only: leave out the last days, which may still change.
        profile: the platform whose way of counting is asked for; null for our own.
        inner: whether the ends of 90 % intervals are wanted too.
    """

    kpis: tuple[str, ...]
    start: dt.date | None = None
    end: dt.date | None = None
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    compare: Comparison = "none"
    against: Period | None = None
    basis: Basis = "cohort"
    final_only: bool = False
    profile: str | None = None
    inner: bool = False

    def before(self, period: Period) -> Period | None:
        """The days that a period of the result is compared with; null without any."""
        is_whole = (period.start, period.end) == (self.start, self.end)
        return self.against if self.against and is_whole else period.compared(self.compare)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all KPIs of one evaluation share."""

    shop: Shop
    query: Query
    grain: Grain | None
    dimensions: tuple[str, ...]
    where: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Span:
    """The days that KPIs are evaluated over; those that agree in it are evaluated at once.

    Attributes:
        period: the asked days; null for a shop without any.
        first_day: the first day of data; comparisons with days before it say nothing.
        elapsed_to: the last day of data, where the asked days run on after it; else null.
        final_until: the last day that no longer changes; null where days that do are wanted too.
        lookback: how many days are looked at, null for the window's own, and how long before its end.
    """

    period: Period | None
    first_day: dt.date | None
    elapsed_to: dt.date | None
    final_until: dt.date | None
    lookback: Lookback


@dataclass(frozen=True, slots=True)
class _Group:
    """KPIs that are evaluated over the same days.

    Attributes:
        kpis: the KPIs.
        windows: the windows of the result; `former` is the number of the window that one is compared with.
        every: all windows, those compared with behind the others.
    """

    kpis: Sequence[Kpi]
    windows: pl.DataFrame
    every: pl.DataFrame

    def asked(self, plan: _Plan, kpis: Sequence[Kpi]) -> Asked:
        """What is asked of some of its KPIs."""
        return Asked(kpis, self.every, Cut(spans_of(self.every), plan.dimensions, plan.where))


def evaluate(shop: Shop, query: Query) -> pl.DataFrame:
    """One row per KPI, time bucket and slice, in the order of `query.kpis`.

    Columns: kpi, from, to, the dimensions of `query.by`, numerator, denominator, value, low, high, excluded,
    coverage, target, status, final, final_on; with a comparison also previous, change, change_low and
    change_high, on the KPI's own scale, and previous_denominator, of how many `previous` is; with
    `query.inner` low90 and high90, ends of the 90 % interval. Days are days of the business zone. Rates are
    fractions, money is in the reporting currency, times are in the KPI's unit. `value` is null where the
    denominator is 0 or where no connection delivers what the KPI needs; then `status` says what is missing.

    Raises:
        UnknownKpiError, ProfileError, SliceError, PeriodError: the question cannot be asked.
        FigureError: the sums contradict a declaration.
    """
    check_choice(query.compare, query.basis)
    grain, dimensions = split_by(query.by)
    kpis = [asked_kpi(name, query.basis, query.profile) for name in dict.fromkeys(query.kpis)]
    where = dict(query.where)
    check_slices(shop, kpis, dimensions, where)
    check_within(spanned([shop.reach(kpi) for kpi in kpis]), query.start, query.end)
    plan = _Plan(shop, query, grain, dimensions, where)
    return _evaluated(plan, kpis) if kpis else _empty(plan)


def _evaluated(plan: _Plan, kpis: Sequence[Kpi]) -> pl.DataFrame:
    """The rows of all KPIs, worked out at once."""
    about = plan.shop.manifest
    lacks = {kpi.id: missing(kpi, about.delivered) or missing_kind(kpi, about.channels) for kpi in kpis}
    groups = _groups(plan, kpis)
    asked = [group.asked(plan, [kpi for kpi in group.kpis if not lacks[kpi.id]]) for group in groups]
    windows = pl.concat(group.windows for group in groups)
    rows = _dated(plan, windows, figures(plan.shop, asked, inner=plan.query.inner))
    check_shares(rows, kpis)
    lacking = [
        _lacking(plan, kpi, group.windows, lack)
        for group in groups
        for kpi in group.kpis
        if (lack := lacks[kpi.id])
    ]
    return _finished(plan, kpis, pl.concat([_judged(plan, kpis, rows), *lacking], how="diagonal"))


def _span(plan: _Plan, kpi: Kpi) -> _Span:
    """The days that a KPI is evaluated over."""
    reach = plan.shop.reach(kpi)
    period = asked_period(reach, plan.query.start, plan.query.end)
    last = plan.shop.last_day
    final = last - dt.timedelta(days=kpi.lag_days) if plan.query.final_only and last else None
    runs_on = reach is not None and period is not None and period.end > reach.end
    return _Span(
        period=period,
        first_day=reach.start if reach else None,
        elapsed_to=reach.end if reach and runs_on else None,
        final_until=final,
        lookback=(kpi.lookback_days, kpi.lookback_lag),
    )


def _groups(plan: _Plan, kpis: Sequence[Kpi]) -> list[_Group]:
    """KPIs by the days they are evaluated over; no window has the number of another."""
    alike: dict[_Span, list[Kpi]] = defaultdict(list)
    for kpi in kpis:
        alike[_span(plan, kpi)].append(kpi)
    groups: list[_Group] = []
    number = 0
    for span, group in alike.items():
        parts = _buckets(plan, span)
        own = (
            no_window(number) if parts is None else windows_of(parts, span.lookback, span.elapsed_to, number)
        )
        # Both are evaluated at once; the windows compared with are numbered behind the others.
        former = compared_windows(
            parts or [],
            plan.query.before,
            span.first_day or dt.date.max,
            span.lookback,
            elapsed_to=span.elapsed_to,
            first=number + own.height,
        )
        windows = own.with_columns(former=pl.col("window") + own.height)
        groups.append(_Group(group, windows, pl.concat([own, former])))
        number += 2 * own.height
    return groups


def _buckets(plan: _Plan, span: _Span) -> list[Bucket] | None:
    """The parts of the asked period; null for a shop without any day."""
    if span.period is None:
        return None
    end = min(span.period.end, span.final_until or span.period.end)
    return buckets(Period(span.period.start, end), plan.grain) if span.period.start <= end else []


def _dated(plan: _Plan, windows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Figures with the days of their windows, and the change against the windows compared with."""
    if plan.query.compare == "none":
        return windows.join(found, on="window", how="inner")
    return with_former(windows, found, (KPI, *plan.dimensions))


def _judged(plan: _Plan, kpis: Sequence[Kpi], rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with targets and status; what nothing is told of but what was left out says what would tell."""
    fixed = {name: values[0] for name, values in plan.where.items() if len(values) == 1}
    profile = plan.query.profile
    targets = (
        plan.shop.business.targets
        if profile is None
        else [target for kpi in kpis for target in targets_of(kpi.id, profile)]
    )
    told_by = {kpi.id: f"{MISSING}{kpi.told_by}" for kpi in kpis if kpi.told_by}
    named = pl.col(KPI).replace_strict(told_by, default=None, return_dtype=pl.String)
    untold = (pl.col("denominator") == 0) & (pl.col("excluded") > 0) & named.is_not_null()
    judged = with_targets(rows, targets, fixed)
    return judged.with_columns(status=pl.when(untold).then(named).otherwise("status"))


def _lacking(plan: _Plan, kpi: Kpi, windows: pl.DataFrame, lack: str) -> pl.DataFrame:
    """One row per window that names what no connection delivers, or which kind of channel is missing."""
    unknown = [pl.lit(None, pl.String).alias(name) for name in plan.dimensions]
    named = (pl.lit(kpi.id).alias(KPI), pl.lit(f"{MISSING}{lack}").alias("status"))
    return windows.with_columns(*named, *unknown)


def _finished(plan: _Plan, kpis: Sequence[Kpi], rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of a result in their order, rows in the order of KPIs, time and slice."""
    about = [(kpi.id, place, kpi.lag_days, *kpi.bounds) for place, kpi in enumerate(kpis)]
    lag = pl.duration(days=pl.col("_lag"))
    last = pl.lit(plan.shop.last_day, pl.Date)
    inner = INNER if plan.query.inner else ()
    named = rows.join(pl.DataFrame(about, _ABOUT, orient="row"), on=KPI, how="left").with_columns(
        *(_within_bounds(name) for name in ("low", "high", *inner)),
        final=pl.col("to") <= last - lag,
        final_on=pl.col("to") + lag,
    )
    if plan.grain is not None:
        bucket = pl.col("bucket").str.to_date() if plan.grain in ("day", "week") else pl.col("bucket")
        named = named.with_columns(bucket.alias(plan.grain))
    ordered = named.sort("_place", "window", *plan.dimensions, nulls_last=True)
    return ordered.select(_column_names(plan))


def _within_bounds(name: str) -> pl.Expr:
    """An end of an interval, no further out than the KPI's value can be; null stays null."""
    bounded = pl.min_horizontal(pl.max_horizontal(name, "_lowest"), "_highest")
    return pl.when(pl.col(name).is_not_null()).then(bounded).alias(name)


def _column_names(plan: _Plan) -> list[str]:
    changes = (*CHANGES, COUNTED_BEFORE) if plan.query.compare != "none" else ()
    dimensions = dict.fromkeys(plan.query.by)
    inner = INNER if plan.query.inner else ()
    judged = ("target", "status", "final", "final_on")
    return ["kpi", "from", "to", *dimensions, *FIGURES, *judged, *changes, *inner]


def _empty(plan: _Plan) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(_column_names(plan), pl.String))
