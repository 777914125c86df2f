"""The message at the top of Channels: whether the figure really changed, and where that comes from."""

from __future__ import annotations

from dashboard import figures, verdicts
from dashboard.cards import keeper, value
from dashboard.leaderboard import REAL
from dashboard.leaderboard_panel import called, why
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import channels as words
from kpis.explained import telling
from kpis.kpi import Kpi


def message(room: Room, kpi: Kpi, row: Row, dimensions: list[str]) -> str:
    """The heading, a sentence that the figures bear out, ready for Markdown.

    Args:
        room: what the page was given.
        kpi: the KPI.
        row: its result within the filters.
        dimensions: what it can be split by.
    """
    say, verdict = room.say.sized(row["value"]), verdicts.of_change(kpi, row)
    told = {"kpi": say(kpi.label), "value": value(kpi, row, say)}
    if row["value"] is None:
        is_never = verdicts.missing(row) is not None and not room.filters.where
        return say(words.CANNOT if is_never else words.NO_FIGURE, kpi=told["kpi"])
    if verdict in {verdicts.NO_REAL_CHANGE, verdicts.MAY_BE_CHANCE}:
        return say(words.STEADY, **told)
    if verdict not in REAL:
        return say(words.ALONE, **told)
    text = words.ROSE if row["change"] > 0 else words.FELL
    mainly = _mainly(room, kpi, dimensions, say)
    return say(text, **told, amount=say.amount(row["change"], kpi.unit), mainly=mainly)


def _mainly(room: Room, kpi: Kpi, dimensions: list[str], say: Say) -> str:
    split = tuple(name for name in telling(kpi, room.filters.where) if name in dimensions)
    found = why(room, kpi, split) if split else None
    if found is None or found.main is None:
        return ""
    return say(words.MAINLY, slice=called(room, found.main.dimension, found.main.slice))


def lack(room: Room, kpi: Kpi, row: Row) -> str:
    """Why there is no figure, in one line."""
    say, need = room.say, verdicts.missing(row)
    if need is not None:
        text = words.NEEDS_CHOSEN if room.filters.where else words.NEEDS
        return say(text, need=need, source=keeper(need, say))
    uncarried = figures.uncarried(room, kpi)
    if uncarried:
        named = say.each([say(names.DIMENSIONS[name]) for name in uncarried])
        return say(words.UNCARRIED, kpi=say(kpi.label), dimensions=named)
    return say(words.NOTHING_COUNTED)
