"""The question of the Loyalty page: whose first orders are looked at, within the filters."""

from __future__ import annotations

import polars as pl

from connectors.facts import CustomerFirsts, dimensions_of
from dashboard import customer_data
from dashboard.cards import keeper
from dashboard.view import Room
from dashboard.wording import loyalty as words
from dashboard.wording import names
from dashboard.wording import overview as cards
from kpis.errors import KpiError
from kpis.first_orders import CohortGrain, FirstOrders
from kpis.needs import IDENTITIES, lacking
from kpis.periods import Period

MONTHS = 12
"""The running month and so many before it, unless days are chosen."""


def days(room: Room) -> Period:
    """The days of first orders: those chosen, else the running month and a year before it."""
    if room.filters.custom is not None:
        return room.filters.custom
    last = room.options.last_day
    return Period(last.replace(year=last.year - MONTHS // 12, day=1), last)


def asked(room: Room, grain: CohortGrain = "month") -> FirstOrders:
    """The question for cohorts of one grain."""
    period = days(room)
    return FirstOrders(period.start, period.end, grain, room.filters.where)


def of_the_year(room: Room) -> FirstOrders:
    """The question for customers of the chosen days, else of the last 365, which need no first orders."""
    chosen = room.filters.custom
    where = room.filters.where
    return FirstOrders(chosen.start, chosen.end, where=where) if chosen else FirstOrders(where=where)


def told(room: Room, command: str, view: str, question: FirstOrders) -> pl.DataFrame | None:
    """The rows of a view; null where there are none, or the filters do not apply to first orders."""
    if uncarried(room):
        return None
    try:
        found = customer_data.after_first(room.pinned, command, view, question)
    except KpiError:
        return None
    return None if found.is_empty() else found


def uncarried(room: Room) -> tuple[str, ...]:
    """The filtered dimensions that first orders do not have."""
    return room.filters.uncarried(dimensions_of(CustomerFirsts))


def why_nothing(room: Room) -> str:
    """Why there are no rows: a filter that does not apply, customers that nobody knows, or nothing at all."""
    say, dimensions = room.say, uncarried(room)
    if dimensions:
        return say(cards.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in dimensions]))
    if lack := lacking(IDENTITIES, room.manifest.delivered):
        return say(cards.MISSING, need=lack, source=keeper(lack, say))
    return say(words.NOBODY)
