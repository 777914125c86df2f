"""What is known to have happened on some days: the events of business.toml, and festivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.business import Business, Event
from connectors.text import Text
from kpis.festivals import FESTIVALS
from kpis.periods import Period

FESTIVAL = "festival"
Where = Sequence[tuple[str, Sequence[str]]]


def known_events(business: Business, period: Period, where: Where = ()) -> tuple[Event, ...]:
    """The events that share a day with a period and concern a slice, by their first day.

    Those of business.toml, and each festival that none of them is named after. An event of one channel
    concerns that channel, its kind of channels and the whole, but no other channel.

    Args:
        business: what business.toml says.
        period: the days.
        where: per dimension the values that are looked at; none means all.
    """
    looked_at = {name: set(values) for name, values in where}
    channels = looked_at.get("channel")
    if channels and "channel_kind" not in looked_at:
        looked_at["channel_kind"] = {business.kind_of(channel) for channel in channels}
    told = [
        event
        for event in business.events
        if Period(event.start, event.end).overlaps(period) and _concerns(event.where, looked_at)
    ]
    titles = {words for event in told for words in _words(event.title)}
    told += [day for day in _festivals(period) if not titles & set(_words(day.title))]
    return tuple(sorted(told, key=lambda event: (event.start, event.end, event.title.en)))


def _festivals(period: Period) -> list[Event]:
    """Each festival whose day lies in a period, as an event of that day."""
    years = range(period.start.year, period.end.year + 1)
    days = ((festival.title, festival.day_in(year)) for festival in FESTIVALS for year in years)
    return [
        Event(title, day, day, FESTIVAL)
        for title, day in days
        if day is not None and period.start <= day <= period.end
    ]


def _concerns(scope: Mapping[str, str], looked_at: Mapping[str, set[str]]) -> bool:
    return all(value in looked_at.get(name, {value}) for name, value in scope.items())


def _words(title: Text) -> tuple[str, str]:
    return title.en.casefold(), title.zh
