"""What happened on the days of a chart: the business's own events, and the festivals that shops live by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from connectors.business import Event
from connectors.text import Text
from kpis.festivals import FESTIVALS


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that explains a figure, on the days from `start` to `end`, both included."""

    title: Text
    start: dt.date
    end: dt.date


def happenings(
    events: Sequence[Event], where: Sequence[tuple[str, tuple[str, ...]]], start: dt.date, end: dt.date
) -> list[Happening]:
    """Everything from `start` to `end`, in the order of the days.

    An event of some slice is left out where the reader looks at another one; a festival that the business
    has declared as an event of its own is not told twice.

    Args:
        events: the events of business.toml.
        where: the slice that is looked at.
        start: the first day.
        end: the last day.
    """
    kept = [
        Happening(event.title, event.start, event.end)
        for event in events
        if event.start <= end and event.end >= start and _concerns(event, dict(where))
    ]
    festivals = [
        festival
        for festival in _festivals(start, end)
        if not any(event.start <= festival.start <= event.end for event in kept)
    ]
    return sorted([*kept, *festivals], key=lambda happening: (happening.start, happening.end))


def _concerns(event: Event, where: dict[str, tuple[str, ...]]) -> bool:
    return all(name not in where or value in where[name] for name, value in event.where.items())


@st.cache_resource(max_entries=64, show_spinner=False)
def _festivals(start: dt.date, end: dt.date) -> list[Happening]:
    days = [
        (festival, day)
        for year in range(start.year, end.year + 1)
        for festival in FESTIVALS
        if (day := festival.day_in(year)) is not None and start <= day <= end
    ]
    return [Happening(festival.title, day, day) for festival, day in days]
