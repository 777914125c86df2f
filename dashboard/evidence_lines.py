"""What the evidence of a number says, line by line, ready for Markdown."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dashboard import data, figures, verdicts, written
from dashboard.cards import target
from dashboard.safe import safe
from dashboard.scope import Where
from dashboard.small_cells import FEWEST_PEOPLE, HIDDEN, SHOWN, smallest, smallness
from dashboard.titles import title
from dashboard.verdicts import Row
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import evidence as words
from dashboard.wording import overview as cards
from kpis.burn_in import burnt_in
from kpis.describe import dated_by
from kpis.kpi import Kpi

NOTICEABLE = 1.05


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what is told under it."""

    label: str
    told: tuple[str, ...]


def scope(room: Room, kpi: Kpi, extra: Where) -> list[str]:
    """The days and the slice of the number."""
    say, period = room.say, figures.days(room, kpi).period
    slices = [
        say(
            words.SLICE,
            dimension=say(names.DIMENSIONS[name]),
            values=say.each([safe(title(room.options, name, value, say)) for value in values]),
        )
        for name, values in figures.where(room, extra)
    ]
    return [say.span(period.start, period.end, with_year=True), *(slices or [say(words.ALL_DATA)])]


def lines(room: Room, kpi: Kpi, extra: Where, row: Row) -> list[Line]:
    """Everything that is known about a number; what does not apply is left out.

    Args:
        room: what the page was given.
        kpi: the KPI.
        extra: what narrows the number beyond the filters.
        row: its result.
    """
    say = room.say
    found = {
        words.COUNTS: _counts(kpi, row, room, extra),
        words.INTERVAL: _interval(room, kpi, extra, row),
        words.COMPARED: _compared(room, kpi, row),
        words.DEFINITION: _definition(kpi, room),
        words.EXCLUDED: _excluded(kpi, row, room),
        words.TARGET: _target(kpi, row, room),
        words.FINALITY: _finality(room, kpi),
        words.DATA: _sources(room, kpi),
    }
    return [Line(say(label), tuple(told)) for label, told in found.items() if told]


def _counts(kpi: Kpi, row: Row, room: Room, extra: Where) -> list[str]:
    say, small = room.say, smallness(kpi, row)
    need, uncarried = verdicts.missing(row), row.get(verdicts.UNCARRIED, ())
    if need is not None:
        return [say(words.MISSING_CHOSEN if figures.where(room, extra) else words.MISSING, need=need)]
    if uncarried:
        return [say(cards.UNSPLIT, dimensions=say.each([say(names.DIMENSIONS[name]) for name in uncarried]))]
    if small == HIDDEN:
        return [say(words.HIDDEN, fewest=FEWEST_PEOPLE)]
    if row.get("numerator") is None and row.get("denominator") is None:
        return [say(cards.NO_ROWS)]
    above, below = (_number(row.get(side), room) for side in ("numerator", "denominator"))
    shape = {"count": words.ONLY_COUNT, "quantile": words.DURATIONS, "ratio": words.RATIO_OF}
    told = [say(shape.get(kpi.kind, words.SUM_OVER), numerator=above, denominator=below)]
    return told if small == SHOWN else [*told, say(words.TOO_FEW, smallest=smallest(kpi))]


def _interval(room: Room, kpi: Kpi, extra: Where, row: Row) -> list[str]:
    say = room.say
    if row.get("low") is None or row.get("high") is None or smallness(kpi, row) != SHOWN:
        return []
    bounds = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
    told = [say(words.BETWEEN, **bounds, method=say(words.METHODS[kpi.kind]))]
    wider = math.sqrt(data.design_effect(room.pinned, kpi, figures.where(room, extra)))
    return [*told, say(words.WIDER, times=say.number(wider, 1))] if wider >= NOTICEABLE else told


def _compared(room: Room, kpi: Kpi, row: Row) -> list[str]:
    say, before, change = room.say, figures.days(room, kpi).before, verdicts.of_change(kpi, row)
    if before is None or row.get("previous") is None or change is verdicts.NOT_COMPARED:
        return []
    days = say.span(before.start, before.end, with_year=True)
    told = [say(words.BEFORE, days=days, previous=say.value(row["previous"], kpi.unit))]
    moved = {"change": say.change(row["change"], kpi.unit), "verdict": say(change.word)}
    if row.get("change_low") is None:
        return [*told, say(words.CHANGED_UNJUDGED, **moved)]
    bounds = {name: say.change(row[f"change_{name}"], kpi.unit) for name in ("low", "high")}
    return [*told, say(words.CHANGED, **moved, **bounds)]


def _definition(kpi: Kpi, room: Room) -> list[str]:
    say, day = room.say, dated_by(kpi)
    told = [say(kpi.question), *counted(kpi, say)]
    told.append(
        say(words.DATED_BY, words=say(names.DAYS[day]), day=day)
        if day == kpi.dated_by
        else say(words.DATED_EACH)
    )
    return [*told, say(words.FOLLOWS, source=safe(say(kpi.follows), 200))] if kpi.follows else told


def counted(kpi: Kpi, say: Say) -> list[str]:
    """What is counted above and below the line; of a figure with one side, what that is of."""
    above, below = kpi.above, kpi.below
    if above is not None and below is not None:
        return [say(words.ABOVE, words=say(above)), say(words.BELOW, words=say(below))]
    return [say(words.OF_WHAT, words=say(side)) for side in (above, below) if side is not None]


def _excluded(kpi: Kpi, row: Row, room: Room) -> list[str]:
    say, left_out = room.say, row.get("excluded")
    if row.get("value") is None or left_out is None or smallness(kpi, row) == HIDDEN:
        return []
    told = [say(words.NOTHING_EXCLUDED)]
    if left_out:
        why = say.clauses([say(each.words) for each in kpi.excluded])
        told = [say(words.LEFT_OUT, count=say.number(left_out), why=why)]
    coverage = row.get("coverage")
    return (
        [*told, say(words.COVERAGE, share=say.value(coverage, "percent"))] if coverage is not None else told
    )


def _target(kpi: Kpi, row: Row, room: Room) -> list[str]:
    say = room.say
    if row.get("target") is None:
        return [say(words.NO_TARGET)] if row.get("value") is not None else []
    status = verdicts.of_status(kpi, row)
    return [say(words.TARGET_OF, target=target(kpi, row, say), status=say(status.word))]


def _finality(room: Room, kpi: Kpi) -> list[str]:
    say, shown = room.say, figures.days(room, kpi)
    if shown.final_on is not None:
        return [say(words.PROVISIONAL, day=say.day(shown.final_on))]
    return [say(words.FINAL_AFTER, days=kpi.lag_days) if kpi.lag_days else say(words.FINAL)]


def _sources(room: Room, kpi: Kpi) -> list[str]:
    """Which connection the tables come from, how old each is, and whether they begin too late."""
    say, manifest, told = room.say, room.manifest, []
    for name, report in manifest.connections.items():
        tables = [say(names.TABLES[table]) for table in kpi.tables if table in report.tables]
        if tables:
            text = words.FROM_CONNECTION if report.ok else words.FROM_FAILED
            when = _moment(report.read_at, room)
            told.append(say(text, connection=safe(name), tables=say.each(tables), moment=when))
    first_day, newest = manifest.first_day, _moment(manifest.data_time, room)
    if first_day is not None and burnt_in(kpi, first_day, figures.days(room, kpi).period):
        told.append(say(words.BURNT_IN, day=say.day(first_day)))
    return [*told, say(words.SNAPSHOT, data_time=newest, version=manifest.version)]


def _moment(when: dt.datetime | None, room: Room) -> str:
    if when is None:
        return written.NOTHING
    return written.moment(when, room.say.language, ZoneInfo(room.manifest.timezone))


def _number(figure: float | None, room: Room) -> str:
    return written.NOTHING if figure is None else room.say.number(figure)
