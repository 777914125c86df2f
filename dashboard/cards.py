"""What stands on a card: a result put into words, ready to be drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from connectors.text import Text
from dashboard import verdicts
from dashboard.palette import BADGE
from dashboard.small_cells import FEWEST_PEOPLE, HIDDEN, SHOWN, may_compare, smallest, smallness
from dashboard.spans import Shown
from dashboard.verdicts import Row, Verdict
from dashboard.wording import Say, names
from dashboard.wording import overview as words
from kpis.fewest import too_few
from kpis.kpi import Kpi
from kpis.periods import Period

FEWEST_POINTS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure in one language; every text is ready for Markdown."""

    kpi: str
    label: str
    help: str
    value: str
    delta: str | None
    delta_colour: Literal["blue", "orange", "yellow", "gray"]
    delta_arrow: Literal["up", "down", "off"]
    delta_word: str | None
    trend: tuple[float, ...]
    status: str
    status_icon: str
    status_colour: str
    target: str
    days: str
    notes: tuple[str, ...]


def card(
    kpi: Kpi,
    row: Row,
    trend: pl.DataFrame,
    shown: Shown,
    say: Say,
    *,
    judged: Verdict | None = None,
    identified: float | None = None,
    is_narrowed: bool = False,
) -> Card:
    """The card of one KPI.

    Args:
        kpi: the KPI.
        row: its result for the shown days, compared or not.
        trend: its results of the last weeks, one row per week in order.
        shown: the days, and from when they are final.
        say: the reader's language.
        judged: whether its change is real among those of the page; by its own interval where null.
        identified: the share of the days' orders with a known customer, where customers are counted.
        is_narrowed: whether filters narrow the figure to a slice.
    """
    need, say = verdicts.missing(row), say.sized(row.get("value"))
    change = judged or verdicts.of_change(kpi, row)
    status = verdicts.of_status(kpi, row)
    compared = change is not verdicts.NOT_COMPARED
    return Card(
        kpi=kpi.id,
        label=say(kpi.label),
        help=_help(
            kpi,
            row,
            need,
            [*_compared(kpi, row, change, shown.before, say), *_identified(identified, say)],
            say,
            is_narrowed=is_narrowed,
        ),
        value=value(kpi, row, say),
        delta=say.change(row["change"], kpi.unit) if compared else None,
        delta_colour=BADGE[change.meaning],
        delta_arrow=_arrow(change, row),
        delta_word=say(change.word) if compared else None,
        trend=_trend(kpi, trend),
        status=say(status.word),
        status_icon=status.icon,
        status_colour=BADGE[status.meaning],
        target=target(kpi, row, say),
        days=say.short_span(shown.period.start, shown.period.end),
        notes=tuple(_notes(kpi, row, need, shown.final_on, say)),
    )


def value(kpi: Kpi, row: Row, say: Say) -> str:
    """The figure; its counts where it rests on too few; a dash where there is none."""
    small = smallness(kpi, row)
    if small == HIDDEN:
        return say(words.HIDDEN, fewest=FEWEST_PEOPLE)
    if small == SHOWN:
        return say.value(row["value"], kpi.unit)
    above, below = (say.number(row[side]) for side in ("numerator", "denominator"))
    if kpi.unit == "percent":
        return say(words.COUNTS, numerator=above, denominator=below)
    return say(words.ONLY, denominator=below)


def target(kpi: Kpi, row: Row, say: Say) -> str:
    """The target with its direction, or nothing where there is none."""
    if row.get("target") is None:
        return ""
    written = say.value(row["target"], kpi.unit)
    return say(words.TARGET_DOWN if kpi.better == "down" else words.TARGET_UP, target=written)


def _help(
    kpi: Kpi, row: Row, need: str | None, compared: Sequence[str], say: Say, *, is_narrowed: bool
) -> str:
    if need is not None:
        text = words.MISSING_HELP_CHOSEN if is_narrowed else words.MISSING_HELP
        return say(text, need=need, source=keeper(need, say))
    parts = [say(kpi.question), *_unsplit(row, words.UNSPLIT_HELP, say)]
    if row.get("low") is not None and smallness(kpi, row) == SHOWN:
        bounds = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
        parts.append(say(words.INTERVAL, **bounds))
    if row.get("denominator") is not None and smallness(kpi, row) != HIDDEN:
        parts.append(say(words.COUNTED, denominator=say.number(row["denominator"])))
    parts += compared
    if kpi.lag_days:
        parts.append(say(words.HELP_LAG, days=kpi.lag_days))
    return "\n\n".join(parts)


def _compared(kpi: Kpi, row: Row, change: Verdict, before: Period | None, say: Say) -> list[str]:
    """What the help says of the comparison: the days and their figure, and whether chance alone may do it."""
    if row.get("previous") is None or before is None or not may_compare(kpi, row):
        return []
    days = say.span(before.start, before.end, with_year=True)
    told = [say(words.HELP_BEFORE, days=days, previous=say.value(row["previous"], kpi.unit))]
    return told + ([say(words.HELP_MAY_BE_CHANCE)] if change is verdicts.MAY_BE_CHANCE else [])


def _identified(share: float | None, say: Say) -> list[str]:
    return [] if share is None else [say(words.IDENTIFIED, share=say.value(share, "percent"))]


def _unsplit(row: Row, text: Text, say: Say) -> list[str]:
    """That a filter does not apply to the KPI; nothing where all do."""
    uncarried = [say(names.DIMENSIONS[name]) for name in row.get(verdicts.UNCARRIED, ())]
    return [say(text, dimensions=say.each(uncarried))] if uncarried else []


def keeper(need: str, say: Say) -> str:
    """Which systems usually keep what is missing; `need` is a table or table.column, alternatives by `|`."""
    tables = dict.fromkeys(part.split(".")[0].strip() for part in need.split("|"))
    keepers = dict.fromkeys(say(names.KEEPERS[table]) for table in tables if table in names.KEEPERS)
    return say(names.OR_A_FILE, keeper=say.each(list(keepers)))


def _notes(kpi: Kpi, row: Row, need: str | None, final_on: dt.date | None, say: Say) -> list[str]:
    if need is not None:
        return [say(words.MISSING, need=need, source=keeper(need, say))]
    if row["value"] is None:
        return _unsplit(row, words.UNSPLIT, say) or [say(words.NO_ROWS)]
    notes = []
    if smallness(kpi, row) != SHOWN:
        notes.append(say(words.TOO_FEW, smallest=smallest(kpi)))
    if final_on is not None:
        notes.append(say(words.PROVISIONAL, day=say.day(final_on, with_year=False)))
    return notes


def _arrow(verdict: Verdict, row: Row) -> Literal["up", "down", "off"]:
    if verdict in {verdicts.NO_REAL_CHANGE, verdicts.MAY_BE_CHANCE, verdicts.NOT_FINAL} or not row.get(
        "change"
    ):
        return "off"
    return "up" if row["change"] > 0 else "down"


def _trend(kpi: Kpi, trend: pl.DataFrame) -> tuple[float, ...]:
    """The weekly values that rest on enough; nothing where too few are left for a line."""
    weeks = zip(trend["value"].to_list(), trend["denominator"].to_list(), strict=True)
    points = tuple(
        value
        for value, of in weeks
        if value is not None and (kpi.unit == "count" or of is not None) and not too_few(kpi, of)
    )
    return points if len(points) >= FEWEST_POINTS else ()
