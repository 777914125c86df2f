"""Every figure of the Overview: each headline KPI for its own days, changed, by week and by channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import data, judged, verdicts
from dashboard.filters import Filters, Options
from dashboard.place import Pin
from dashboard.scope import Where
from dashboard.small_cells import counts_people
from dashboard.spans import Shown, shown, trend
from dashboard.verdicts import UNCARRIED, Row
from kpis.catalogue import catalogue
from kpis.changes import Change, Review
from kpis.errors import KpiError
from kpis.evaluate import Query
from kpis.kpi import Kpi
from kpis.periods import Period

EMPTY = pl.DataFrame(
    schema={
        "kpi": pl.String,
        "channel": pl.String,
        "value": pl.Float64,
        "numerator": pl.Float64,
        "denominator": pl.Float64,
    }
)
NO_RESULT: Row = {"value": None, "denominator": None, "status": "none"}
VOLUME = ("visits", "identified_share")


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline KPI with all its results.

    Attributes:
        kpi: the KPI.
        shown: its days.
        row: its result, compared as asked.
        weeks: one row per week of the trend.
        channels: its results by channel, whatever channel is chosen.
        change: what changed, and what brings most of it; null where nothing is compared.
        identified: the share of the days' orders with a known customer; null unless customers are counted.
    """

    kpi: Kpi
    shown: Shown
    row: Row
    weeks: pl.DataFrame
    channels: Mapping[str, Row]
    change: Change | None = None
    identified: float | None = None

    @property
    def result(self) -> tuple[Kpi, Row, pl.DataFrame, Shown]:
        """What stands on its card."""
        return self.kpi, self.row, self.weeks, self.shown

    @property
    def is_blank(self) -> bool:
        """Whether the filters leave nothing to count; what no connection delivers is missing, not blank."""
        return (
            verdicts.missing(self.row) is None
            and self.row["value"] is None
            and not self.row.get("denominator")
            and not self.uncarried
        )

    @property
    def uncarried(self) -> tuple[str, ...]:
        """The filtered dimensions that the KPI does not carry, so that it has no figure here."""
        return self.row.get(UNCARRIED, ())


@dataclass(frozen=True, slots=True)
class Volume:
    """What the page rests on; null where nobody knows.

    Attributes:
        period: the days.
        orders: paid orders.
        visits: visits.
        identified: the share of the orders whose customer is known.
    """

    period: Period
    orders: int | None
    visits: int | None
    identified: float | None


def headline_kpis() -> list[Kpi]:
    """The KPIs with a place among the cards, in that order."""
    placed = [kpi for kpi in catalogue().values() if kpi.headline is not None]
    return sorted(placed, key=lambda kpi: kpi.headline or 0)


def changed(pinned: Pin, filters: Filters, kpis: Sequence[Kpi] | None = None) -> list[Change]:
    """What changed of the headline KPIs, or of those given, judged together; the worse first.

    None where nothing is to be compared; KPIs that a filter does not apply to take no part.
    """
    asked = headline_kpis() if kpis is None else kpis
    carrying = tuple(kpi.id for kpi in asked if not filters.uncarried(kpi.dimensions))
    if filters.compare == "none" or not carrying:
        return []
    try:
        review = Review(carrying, filters.custom or filters.period, filters.compare, filters.where)
        return judged.changes(pinned, review)
    except KpiError:
        return []


def headlines(
    pinned: Pin, options: Options, filters: Filters, kpis: Sequence[Kpi] | None = None
) -> list[Headline]:
    """Every headline KPI, or those that are given; those that share their days are asked together.

    Args:
        pinned: the version and scope.
        options: what the filters can be set to.
        filters: what they are set to.
        kpis: what a page has cards for; null for the headline KPIs.
    """
    kpis = headline_kpis() if kpis is None else kpis
    changes = {change.kpi.id: change for change in changed(pinned, filters, kpis)}
    together = defaultdict[Shown, list[Kpi]](list)
    for kpi in kpis:
        together[shown(filters, options.last_day, kpi.lag_days)].append(kpi)
    found: dict[str, Headline] = {}
    for days, group in together.items():
        found |= _asked_together(pinned, filters, days, group, changes)
    return [found[kpi.id] for kpi in kpis]


def volume(pinned: Pin, options: Options, filters: Filters) -> Volume:
    """How many orders and visits the page rests on, in the asked days up to the last."""
    period = shown(filters, options.last_day, 0).period
    visits, identified = (_first(_Asked(pinned, (name,), filters.where).results(period)) for name in VOLUME)
    return Volume(
        period=period,
        orders=_whole(identified.get("denominator")),
        visits=_whole(visits.get("value")),
        identified=identified["value"],
    )


def _asked_together(
    pinned: Pin, filters: Filters, days: Shown, group: list[Kpi], changes: Mapping[str, Change]
) -> dict[str, Headline]:
    carrying = tuple(kpi.id for kpi in group if not filters.uncarried(kpi.dimensions))
    asked = _Asked(pinned, carrying, filters.where)
    totals = asked.of(*(name for name in carrying if name not in changes)).results(days.period)
    weeks = asked.results(trend(days.period.end), by=("week",))
    channels = asked.everywhere.results(days.period, by=("channel",))
    people = [kpi for kpi in group if counts_people(kpi)]
    known = asked.of("identified_share").results(days.period) if people else EMPTY
    return {
        kpi.id: Headline(
            kpi=kpi,
            shown=days,
            row=changes[kpi.id].row if kpi.id in changes else _row(totals, kpi, filters),
            weeks=_of(weeks, kpi),
            channels={row["channel"]: row for row in _of(channels, kpi).iter_rows(named=True)},
            change=changes.get(kpi.id),
            identified=_first(known)["value"] if kpi in people else None,
        )
        for kpi in group
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question put for several spans of days."""

    pinned: Pin
    names: tuple[str, ...]
    where: Where

    @property
    def everywhere(self) -> _Asked:
        """The same for all channels."""
        return _Asked(self.pinned, self.names, tuple(part for part in self.where if part[0] != "channel"))

    def of(self, *names: str) -> _Asked:
        """The same of other KPIs."""
        return _Asked(self.pinned, names, self.where)

    def results(self, period: Period, by: tuple[str, ...] = ()) -> pl.DataFrame:
        """Results for these days; of KPIs that cannot answer for them, or for the slice, no row."""
        if not self.names:
            return EMPTY
        question = Query(self.names, period.start, period.end, by, self.where)
        try:
            return data.results(self.pinned, question)
        except KpiError:
            each = [self.of(name) for name in self.names]
            return (
                EMPTY
                if len(each) == 1
                else pl.concat([one.results(period, by) for one in each], how="diagonal")
            )


def _of(results: pl.DataFrame, kpi: Kpi) -> pl.DataFrame:
    """The rows of one KPI, which lie together."""
    names = results["kpi"].to_list()
    return results.slice(names.index(kpi.id), names.count(kpi.id)) if kpi.id in names else results.clear()


def _row(results: pl.DataFrame, kpi: Kpi, filters: Filters) -> Row:
    """The result of a KPI, or that the filters do not apply to it."""
    uncarried = filters.uncarried(kpi.dimensions)
    return {**NO_RESULT, UNCARRIED: uncarried} if uncarried else _first(_of(results, kpi))


def _first(results: pl.DataFrame) -> Row:
    return NO_RESULT if results.is_empty() else results.row(0, named=True)


def _whole(figure: float | None) -> int | None:
    return None if figure is None else round(figure)
