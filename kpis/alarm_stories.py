"""Alarms that tell the same story told once: a strike moves late parcels, hours and complaints together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kpis.alarms import Alarm
from kpis.charts import WEEK

_WORST_FIRST = ("worse", "changed", "better")


@dataclass(frozen=True, slots=True)
class Story:
    """Alarms of one stage of the journey that point one way in the same or neighbouring weeks.

    Attributes:
        alarm: the one to tell: of a headline KPI before others, then the furthest from the ordinary.
        others: what else is flagged with it.
    """

    alarm: Alarm
    others: tuple[Alarm, ...] = ()


def stories(alarms: Sequence[Alarm], since: dt.date, channels: Sequence[str] = ()) -> list[Story]:
    """What the last weeks tell, in the order it deserves attention.

    The worse comes before what has no direction, and that before the better; of these single weeks before
    long runs, and the furthest from the ordinary first.

    Args:
        alarms: those of all KPIs and channels.
        since: the first day looked at; a run counts that has not ended before.
        channels: only alarms of these; none means of all channels and of all together.
    """
    told: list[tuple[Alarm, list[Alarm]]] = []
    for alarm in sorted(_recent(alarms, since, channels), key=_prominence):
        story = next((others for first, others in told if _is_same(first, alarm)), None)
        if story is None:
            told.append((alarm, []))
        else:
            story.append(alarm)
    found = [Story(first, tuple(others)) for first, others in told]
    return sorted(found, key=_urgency)


def _recent(alarms: Sequence[Alarm], since: dt.date, channels: Sequence[str]) -> list[Alarm]:
    return [
        alarm for alarm in alarms if alarm.week + WEEK > since and (not channels or alarm.channel in channels)
    ]


def _is_same(first: Alarm, alarm: Alarm) -> bool:
    if (first.kpi.stage, first.direction, first.rule) != (alarm.kpi.stage, alarm.direction, alarm.rule):
        return False
    return first.since - WEEK <= alarm.week and alarm.since <= first.week + WEEK


def _prominence(alarm: Alarm) -> tuple[bool, float]:
    return alarm.kpi.headline is None, -abs(alarm.sigmas)


def _urgency(story: Story) -> tuple[int, bool, float]:
    alarm = story.alarm
    return _WORST_FIRST.index(alarm.direction), alarm.rule == "run", -abs(alarm.sigmas)
