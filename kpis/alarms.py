"""What is out of the ordinary: weeks beyond the limits of their chart, and long runs on one side."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from connectors.business import Business, Event
from kpis.catalogue import catalogue
from kpis.charts import SERIES, WEEK, Watch, Where, charts
from kpis.known_events import known_events
from kpis.kpi import Kpi
from kpis.periods import DAY, Period
from kpis.shop import Shop

Rule = Literal["beyond", "run"]
Direction = Literal["better", "worse", "changed"]
Point = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A week, or a run of weeks, that ordinary fluctuation does not explain.

    Attributes:
        kpi: the KPI.
        channel: the channel; null for all of them.
        week: the Monday of the week, of a run the last one.
        since: the Monday of the first week of a run; `week` itself otherwise.
        rule: `beyond` the limits, or a `run` of at least eight weeks on one side of the centre.
        direction: by the KPI's own direction; `changed` where it has none.
        value: the week's figure, of a run the mean of its weeks, in the KPI's unit.
        centre: what is usual.
        low: the lower limit of `week`.
        high: its upper limit.
        sigmas: how far the value lies from the centre; of a run in standard errors of so many weeks' mean.
        numerator: what is above the line in `week`.
        denominator: what is below; null for a count.
        events: what is known to have happened in these weeks.
    """

    kpi: Kpi
    channel: str | None
    week: dt.date
    since: dt.date
    rule: Rule
    direction: Direction
    value: float
    centre: float
    low: float
    high: float
    sigmas: float
    numerator: float
    denominator: float | None
    events: tuple[Event, ...] = ()

    @property
    def period(self) -> Period:
        """Its days, of a run those of all its weeks."""
        return Period(self.since, self.week + 6 * DAY)

    @property
    def weeks(self) -> int:
        """How many weeks from the first to the last."""
        return (self.week - self.since) // WEEK + 1


def alarms(shop: Shop, watch: Watch | None = None) -> list[Alarm]:
    """Every flag of every chart, the furthest from the ordinary first.

    In charts of 52 weeks that differ by chance alone, a week in 300 is flagged as beyond (0.3 %, of rare
    shares 0.4 %), so that a chart in seven has such a week, and one in seven a run (measured by `python -m
    tests.benchmarks.flags`). Over all KPIs and channels that adds up to one or two each week, so look at the
    first of the list, and at the last weeks.

    Args:
        shop: whose data they are.
        watch: the KPIs, days and slice; null for all.

    Raises:
        UnknownKpiError, SliceError, PeriodError: the question cannot be asked.
    """
    asked = watch or Watch()
    return flags(charts(shop, asked), shop.business, asked.where)


def flags(points: pl.DataFrame, business: Business, where: Where = ()) -> list[Alarm]:
    """The alarms of charted points, the furthest from the ordinary first.

    Args:
        points: rows of `charts`.
        business: whose events are named.
        where: the slice that the points are of.
    """
    found: list[Alarm] = []
    for series in points.partition_by(SERIES, maintain_order=True):
        rows = series.to_dicts()
        found += [_alarm("beyond", [row], business, where) for row in rows if row["is_beyond"]]
        found += [_alarm("run", run, business, where) for run in _runs(rows)]
    return sorted(
        found, key=lambda alarm: (-abs(alarm.sigmas), alarm.kpi.id, alarm.channel or "", alarm.week)
    )


def _runs(rows: Sequence[Point]) -> Iterator[Sequence[Point]]:
    """The points in a row on one side of the centre, where the last of them were flagged as shifted."""
    first = 0
    for place, row in enumerate(rows):
        side = _side(row)
        if place and side != _side(rows[place - 1]):
            first = place
        is_last = place + 1 == len(rows) or _side(rows[place + 1]) != side
        if row["is_shifted"] and is_last:
            yield rows[first : place + 1]


def _side(row: Point) -> float:
    value, centre = row["value"], row["centre"]
    return 0.0 if value == centre else math.copysign(1.0, value - centre)


def _alarm(rule: Rule, points: Sequence[Point], business: Business, where: Where) -> Alarm:
    """One alarm over a week, or over the weeks of a run."""
    last, kpi = points[-1], catalogue()[points[-1]["kpi"]]
    since, week, side = points[0]["week"], last["week"], _side(last)
    channel = last["channel"]
    slices = (*(part for part in where if part[0] != "channel"), ("channel", (channel,)))
    told = [point["sigmas"] for point in points if point["sigmas"] is not None]
    return Alarm(
        kpi=kpi,
        channel=channel,
        week=week,
        since=since,
        rule=rule,
        direction="changed"
        if kpi.better == "none"
        else "better"
        if (side > 0) == (kpi.better == "up")
        else "worse",
        value=sum(point["value"] for point in points) / len(points),
        **{name: last[name] for name in ("centre", "low", "high", "numerator", "denominator")},
        sigmas=sum(told) / math.sqrt(len(told)) if told else math.copysign(math.inf, side),
        events=known_events(business, Period(since, week + 6 * DAY), slices if channel else where),
    )
