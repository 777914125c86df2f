"""The message at the top of the Overview: which headline figure really changed, and what brings most."""

from __future__ import annotations

from collections.abc import Sequence

from connectors.business import Event
from connectors.text import Text
from dashboard.filters import Options
from dashboard.safe import safe
from dashboard.titles import title
from dashboard.wording import Say, names
from dashboard.wording import overview as words
from kpis.changes import Change
from kpis.contributions import Driver
from kpis.fewest import too_few
from kpis.former import COUNTED_BEFORE
from kpis.judgement import Judgement

TOLD = 3
SENTENCES = 3
"""As many as fit one screen, of changes and alarms together."""
NAMED_ALONE = ("channel", "channel_kind", "store", "region", "category", "carrier")
"""Dimensions of which a value says by itself what it is."""


def told(changes: Sequence[Change]) -> list[Change]:
    """The real changes worth telling, in the order of the engine: the worse before the better."""
    return [change for change in changes if change.is_real][:TOLD]


def alarms_beside(changes: Sequence[Change]) -> int:
    """How many alarms there is room for beside the real changes."""
    return SENTENCES - len(told(changes))


def untold(changes: Sequence[Change]) -> int:
    """How many more really changed."""
    return sum(change.is_real for change in changes) - len(told(changes))


def judged(changes: Sequence[Change], judgement: Judgement) -> int:
    """How many final changes have one judgement."""
    return sum(change.judgement == judgement and not change.is_provisional for change in changes)


def provisional(changes: Sequence[Change]) -> int:
    """How many may still move."""
    return sum(change.is_provisional for change in changes)


def few(changes: Sequence[Change]) -> int:
    """How many are not compared because too few were counted, now or before."""
    return sum(
        change.judgement == "not compared"
        and any(too_few(change.kpi, change.row.get(side)) for side in ("denominator", COUNTED_BEFORE))
        for change in changes
    )


def message(
    changes: Sequence[Change],
    chosen: Sequence[str],
    options: Options,
    say: Say,
    *,
    unmoved: Text = words.NOTHING_CHANGED,
    uncompared: str,
) -> str:
    """The heading of a page, a sentence that the figures bear out.

    Args:
        changes: every figure with a card that could be compared, in the order of the engine.
        chosen: the channels that are looked at; none means all.
        options: what the filters can be set to, for titles.
        say: the reader's language.
        unmoved: what to say where nothing really changed.
        uncompared: what to say where nothing is compared.
    """
    if all(change.is_provisional or change.judgement == "not compared" for change in changes):
        return uncompared
    real = told(changes)
    if not real:
        return say(unmoved)
    first = real[0]
    change = _rose_or_fell(first, say(first.kpi.label), say)
    if first.driver is not None:
        return say(words.MAINLY, change=change, slice=slice_of(first.driver, options, say))
    if len(chosen) == 1:
        return say(words.IN_CHANNEL, change=change, channel=_title("channel", chosen[0], options, say))
    return change


def sentence(change: Change, options: Options, say: Say) -> str:
    """One change in the list of changes, in Markdown."""
    moved = _rose_or_fell(change, f"**{say(change.kpi.label)}**", say)
    say = say.sized(change.row["value"])
    to_value = say(words.TO_VALUE, change=moved, value=say.value(change.row["value"], change.kpi.unit))
    if change.driver is None:
        return to_value + say(words.STOP)
    return to_value + say(
        words.OF_IT,
        slice=slice_of(change.driver, options, say),
        contribution=say.change(change.driver.contribution, change.kpi.unit),
    )


def because(change: Change, say: Say) -> list[str]:
    """What else is known of a change: what happened in the days of both sides, and a mix that hides parts."""
    before = [event for event in change.events_before if event not in change.events]
    reversed_by = say.each([say(names.DIMENSIONS[name]) for name in change.reversed_by])
    return [
        *([say(words.KNOWN, events=_titled(change.events, say))] if change.events else []),
        *([say(words.KNOWN_BEFORE, events=_titled(before, say))] if before else []),
        *([say(words.REVERSED, dimensions=reversed_by)] if reversed_by else []),
    ]


def slice_of(driver: Driver, options: Options, say: Say) -> str:
    """What brings most of a change, ready for Markdown."""
    named = _title(driver.dimension, driver.slice, options, say)
    if driver.dimension in NAMED_ALONE:
        return named
    return say(words.SLICE, dimension=say(names.DIMENSIONS[driver.dimension]), value=named)


def _titled(events: Sequence[Event], say: Say) -> str:
    """The events' titles in one list, ready for Markdown."""
    return say.each([safe(say(event.title)) for event in events])


def _rose_or_fell(change: Change, named: str, say: Say) -> str:
    moved = change.row["change"]
    verb = words.ROSE if moved > 0 else words.FELL
    say = say.sized(change.row["value"])
    return say(verb, kpi=named, amount=say.amount(moved, change.kpi.unit))


def _title(dimension: str, value: str, options: Options, say: Say) -> str:
    return safe(title(options, dimension, value, say))
