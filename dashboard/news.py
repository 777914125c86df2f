"""What changed and what is out of the ordinary as plain sentences, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from connectors.business import Event
from connectors.text import Text
from dashboard.safe import safe
from dashboard.wording import Say
from dashboard.wording import news as words
from dashboard.wording.names import DIMENSIONS
from kpis.alarms import Alarm
from kpis.changes import Change

SUNDAY = dt.timedelta(days=6)


def change_told(change: Change, titles: Mapping[str, Text], say: Say) -> str:
    """One real change in Markdown: by how much, to what, in which days, mostly where, and what was known.

    Args:
        change: a change that is real.
        titles: channel ids and their titles.
        say: the reader's language.
    """
    unit, row = change.kpi.unit, change.row
    driver = change.driver
    mostly = driver and say(
        words.MOSTLY,
        slice=_slice(driver.dimension, driver.slice, titles, say),
        contribution=say.change(driver.contribution, unit),
    )
    told = say(
        words.ROSE if row["change"] > 0 else words.FELL,
        kpi=say(change.kpi.title),
        amount=say.amount(row["change"], unit),
        value=say.value(row["value"], unit),
        days=say.span(change.period.start, change.period.end),
        previous=say.value(row["previous"], unit),
        driver=mostly or "",
    )
    reversals = [say(words.REVERSED, dimension=say(DIMENSIONS[name])) for name in change.reversed_by]
    return say.sentences([told, *reversals, *_known(change.events, say)])


def alarm_told(alarm: Alarm, titles: Mapping[str, Text], say: Say) -> str:
    """One alarm in Markdown: the week or weeks, the figure, what is usual, and what was known.

    Args:
        alarm: the alarm.
        titles: channel ids and their titles.
        say: the reader's language.
    """
    unit, kpi = alarm.kpi.unit, say(alarm.kpi.title)
    if alarm.channel is not None:
        kpi = say(words.IN_CHANNEL, kpi=kpi, channel=_slice("channel", alarm.channel, titles, say))
    value = say.value(alarm.value, unit)
    if alarm.rule == "beyond":
        low, high = (say.value(limit, unit) for limit in (alarm.low, alarm.high))
        told = say(words.BEYOND, kpi=kpi, value=value, week=say.day(alarm.week), low=low, high=high)
    else:
        told = say(
            words.ABOVE if alarm.sigmas > 0 else words.BELOW,
            kpi=kpi,
            centre=say.value(alarm.centre, unit),
            weeks=alarm.weeks,
            days=say.span(alarm.since, alarm.week + SUNDAY),
            value=value,
        )
    return say.sentences([told, *_known(alarm.events, say)])


def _slice(dimension: str, value: str, titles: Mapping[str, Text], say: Say) -> str:
    """A channel by its title, anything else with what it is; both come from data."""
    if dimension == "channel":
        return safe(say(titles[value]) if value in titles else value)
    return say(words.OF_DIMENSION, dimension=say(DIMENSIONS[dimension]), slice=safe(value))


def _known(events: Sequence[Event], say: Say) -> list[str]:
    titles = [safe(say(event.title)) for event in events]
    return [say(words.KNOWN, events=say.each(titles))] if titles else []
