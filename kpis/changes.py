"""What changed: of many KPIs those whose change is real, each with the slice that brings most of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from connectors.business import Event
from connectors.text import Text
from kpis.burn_in import burnt_in
from kpis.catalogue import catalogue
from kpis.contributions import Driver
from kpis.errors import PeriodError
from kpis.evaluate import Query, evaluate
from kpis.explained import compared_days, explained, telling
from kpis.judgement import BURNT_IN, REAL, Judgement, Row, of_changes
from kpis.known_events import known_events
from kpis.kpi import Kpi
from kpis.named_periods import former, named
from kpis.periods import DAY, Comparison, Period, spanned
from kpis.profiles import asked_kpi
from kpis.shop import Shop
from kpis.slices import askable, check_slices, check_within

Days = tuple[Period, Period | None]
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Which changes are looked at together.

    Attributes:
        kpis: their ids; none means all that can be filtered so.
        period: the days, or a name of `named_periods`: then those of each KPI end when it is final.
        compare: what they are compared with.
        where: per dimension the values to keep.
    """

    kpis: tuple[str, ...] = ()
    period: Period | str = "28d"
    compare: Comparison = "previous"
    where: Where = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One KPI between two spans of days.

    Attributes:
        kpi: the KPI.
        period: its days.
        before: the days they are compared with; null without any.
        row: its result as `evaluate` has it: value, previous, change, change_low, change_high and counts; and
            burnt_in, whether it may have moved only because more of the past is known.
        judgement: whether the change is real, among all of the review, and good.
        final_on: the day from which it no longer moves; null when it is final. What is not final is
            `provisional` and never called real: later days will still add to it, earlier ones no longer.
        driver: the slice that brings most of a real change; null where it is spread, or does not add up.
        reversed_by: the dimensions of which every slice moved against the whole (Simpson).
        events: what is known to have happened in `period`.
        events_before: the same of `before`.
    """

    kpi: Kpi
    period: Period
    before: Period | None
    row: Row
    judgement: Judgement
    final_on: dt.date | None = None
    driver: Driver | None = None
    reversed_by: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    events_before: tuple[Event, ...] = ()

    @property
    def is_real(self) -> bool:
        """Whether chance is ruled out, and all days count."""
        return self.judgement in REAL and not self.is_provisional

    @property
    def is_provisional(self) -> bool:
        """Whether it may still move."""
        return self.final_on is not None

    @property
    def relative(self) -> float | None:
        """The change as a share of what was before; null where that is unknown or 0."""
        change, previous = self.row.get("change"), self.row.get("previous")
        return None if change is None or not previous else float(change) / abs(float(previous))

    @property
    def strength(self) -> float:
        """The change in half-widths of its 95 % interval, 0 where it has none: above 1 it is real alone."""
        change, low, high = (self.row.get(name) for name in ("change", "change_low", "change_high"))
        if change is None or low is None or high is None:
            return 0.0
        half = (high - low) / 2
        return abs(change) / half if half > 0 else float("inf") if change else 0.0


def changes(shop: Shop, review: Review) -> list[Change]:
    """Every KPI of a review: real changes first, the worse before the better, the clearest first.

    Real are those of which at most 5 % are expected to be chance (Benjamini-Hochberg over the list). Figures
    that are not final take no part. KPIs that no connection delivers, or that have no day in common with the
    data, are left out.

    Raises:
        UnknownKpiError, SliceError, PeriodError: the question cannot be asked.
    """
    if review.compare == "none":
        raise PeriodError(
            Text(
                "say what to compare with: previous, year, year-weekday or festival.",
                "请指定比较方式：previous、year、year-weekday 或 festival。",
            )
        )
    kpis = _kpis(shop, review)
    found = [
        change
        for (period, before), group in _by_days(shop, review, kpis).items()
        for change in _compared(shop, review, group, period, before)
    ]
    final = [change for change in found if not change.is_provisional]
    judgements = dict(
        zip(
            (change.kpi.id for change in final),
            of_changes([(change.kpi, change.row) for change in final]),
            strict=True,
        )
    )
    judged = [replace(change, judgement=judgements.get(change.kpi.id, change.judgement)) for change in found]
    place = {kpi.id: number for number, kpi in enumerate(kpis)}
    return sorted(
        _with_reasons(shop, review, judged),
        key=lambda change: (
            not change.is_real,
            change.judgement != "worse",
            -change.strength if change.is_real else 0.0,
            place[change.kpi.id],
        ),
    )


def _kpis(shop: Shop, review: Review) -> list[Kpi]:
    names = review.kpis or askable((), [name for name, _ in review.where], "cohort")
    kpis = [asked_kpi(name, "cohort", None) for name in dict.fromkeys(names)]
    check_slices(shop, kpis, (), dict(review.where))
    if isinstance(review.period, Period):
        check_within(spanned([shop.reach(kpi) for kpi in kpis]), review.period.start, review.period.end)
    return kpis


def _by_days(shop: Shop, review: Review, kpis: Sequence[Kpi]) -> dict[Days, list[Kpi]]:
    """The KPIs by the days they are looked at and compared with; without those that have no such day."""
    groups: dict[Days, list[Kpi]] = defaultdict(list)
    for kpi in kpis:
        reach, period = shop.reach(kpi), _period(shop, review, kpi)
        if reach is None or period is None or not period.overlaps(reach):
            continue
        name = review.period if isinstance(review.period, str) else ""
        against = former(name, period, review.compare)
        asked = Query((kpi.id,), period.start, period.end, compare=review.compare, against=against)
        groups[compared_days(shop, kpi, asked)].append(kpi)
    return groups


def _period(shop: Shop, review: Review, kpi: Kpi) -> Period | None:
    if isinstance(review.period, Period) or shop.last_day is None:
        return review.period if isinstance(review.period, Period) else None
    return named(review.period, shop.last_day - kpi.lag_days * DAY)


def _compared(
    shop: Shop, review: Review, kpis: Sequence[Kpi], period: Period, before: Period | None
) -> list[Change]:
    """The KPIs of some days, not judged yet, with what is known of the days."""
    names = tuple(kpi.id for kpi in kpis)
    asked = Query(names, period.start, period.end, where=review.where, compare=review.compare, against=before)
    rows = {row["kpi"]: row for row in evaluate(shop, asked).iter_rows(named=True)}
    events = known_events(shop.business, period, review.where)
    events_before = known_events(shop.business, before, review.where) if before else ()
    return [
        Change(
            kpi=kpi,
            period=period,
            before=before,
            row={**rows[kpi.id], BURNT_IN: burnt_in(kpi, shop.first_day, period, before)},
            judgement="not compared",
            final_on=None if rows[kpi.id]["final"] else rows[kpi.id]["final_on"],
            events=events,
            events_before=events_before,
        )
        for kpi in kpis
        if kpi.id in rows and not str(rows[kpi.id]["status"]).startswith("missing")
    ]


def _with_reasons(shop: Shop, review: Review, found: Sequence[Change]) -> list[Change]:
    """The real changes with what brings them; those of the same days are split together."""
    together: dict[tuple[Period, Period], list[Change]] = defaultdict(list)
    for change in found:
        if change.is_real and change.before:
            together[change.period, change.before].append(change)
    told = {change.kpi.id: change for change in found}
    for (period, before), group in together.items():
        names = tuple(change.kpi.id for change in group)
        by = dict.fromkeys(name for each in names for name in telling(catalogue()[each], review.where))
        asked = Query(names, by=tuple(by), where=review.where)
        for name, why in explained(shop, asked, period, before).items():
            told[name] = replace(told[name], driver=why.main, reversed_by=why.reversed_by)
    return list(told.values())
