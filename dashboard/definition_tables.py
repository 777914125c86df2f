"""Definitions as they are printed: found by words, line by line, and beside those of the platforms."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connectors.text import Text
from dashboard.safe import safe
from dashboard.wording import Say, names
from dashboard.wording import definitions as words
from kpis.catalogue import stages
from kpis.describe import as_object, dated_by
from kpis.kpi import Kpi

LONGEST = 300


def found(kpis: Sequence[Kpi], searched: str) -> list[Kpi]:
    """The KPIs whose definition in either language holds every word searched for."""
    asked = searched.casefold().split()
    texts = {kpi.id: str([*as_object(kpi).values(), *_told_twice(kpi)]).casefold() for kpi in kpis}
    return [kpi for kpi in kpis if all(word in texts[kpi.id] for word in asked)]


def lines(kpi: Kpi, say: Say) -> list[tuple[str, str]]:
    """Labels and what is told under each, ready for Markdown; what does not apply is left out."""
    told = as_object(kpi)
    sides = kpi.in_words()
    entries = {
        words.NUMERATOR: _side(kpi.above, sides["numerator"], say),
        words.DENOMINATOR: _side(kpi.below, sides["denominator"], say),
        words.EXCLUDED: "  \n".join(_side(each.words, each.measure.words, say) for each in kpi.excluded),
        words.DATED_BY: _dated(kpi, say),
        words.LAG: say(words.DAYS, days=kpi.lag_days),
        words.UNIT: say(names.UNITS[kpi.unit]),
        words.BETTER: say(words.DIRECTIONS[kpi.better]),
        words.STAGE: say(stages()[kpi.stage].title),
        words.TABLES: say.each([say(names.TABLES[table]) for table in kpi.tables]),
        words.SPLITS: say.each([say(names.DIMENSIONS[name]) for name in kpi.dimensions]),
        words.COMPARED: _compared(told, say),
        words.FOLLOWS: safe(say(kpi.follows), LONGEST) if kpi.follows else "",
    }
    return [(say(label), text) for label, text in entries.items() if text]


def platforms(kpi: Kpi, say: Say) -> pl.DataFrame | None:
    """Our way of counting, and below it each platform's; null where none has another."""
    profiles = as_object(kpi)["profiles"]
    if not profiles:
        return None
    ours = (say(words.OURS), None, *kpi.in_words().values(), kpi.lag_days, None, None)
    rows = [
        (
            say_in(profile, "title", say),
            say_in(profile, "differs", say),
            profile["numerator"],
            profile["denominator"],
            profile["lag_days"],
            _asks(profile, say),
            say(words.SEEN, source=say_in(profile, "source", say), seen=profile["seen"]),
        )
        for profile in profiles
    ]
    types = {name: pl.Int64 if name == "lag" else pl.String for name in words.COLUMNS}
    frame = pl.DataFrame([ours, *rows], types, orient="row")
    return frame.rename({name: say(text) for name, text in words.COLUMNS.items()})


def listed(kpis: Sequence[Kpi], say: Say) -> pl.DataFrame:
    """One row per KPI under headings of the reader's language."""
    rows = [
        (
            kpi.id,
            say(kpi.title),
            say(kpi.question),
            say(stages()[kpi.stage].title),
            say(names.UNITS[kpi.unit]),
            say(words.DIRECTIONS[kpi.better]),
            kpi.lag_days,
        )
        for kpi in kpis
    ]
    types = {name: pl.Int64 if name == "lag" else pl.String for name in words.LIST_COLUMNS}
    frame = pl.DataFrame(rows, types, orient="row")
    return frame.rename({name: say(text) for name, text in words.LIST_COLUMNS.items()})


def say_in(told: dict[str, str], name: str, say: Say) -> str:
    """A text that is told in both languages, in the reader's."""
    return told[f"{name}_{say.language}"]


def _told_twice(kpi: Kpi) -> list[str]:
    """What both sides count and where the definition is from, in both languages."""
    texts = (kpi.above, kpi.below, kpi.follows)
    return [words for text in texts if text for words in (text.en, text.zh)]


def _side(counted: Text | None, sums: str | None, say: Say) -> str:
    """What is counted, in words, and what is added up for it."""
    return "  \n".join(part for part in (say(counted) if counted else "", _code(sums)) if part)


def _dated(kpi: Kpi, say: Say) -> str:
    day = dated_by(kpi)
    return f"{say(names.DAYS[day])} ({_code(day)})" if day == kpi.dated_by else say(words.DATED_EACH)


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


def _compared(told: dict[str, object], say: Say) -> str:
    if told["group"] is None:
        return say(words.NOT_COMPARED)
    if told["margin"] is None:
        return say(words.NO_MARGIN, group=told["group"])
    return say(words.MARGIN, margin=told["margin"], group=told["group"])


def _asks(profile: dict[str, float | None], say: Say) -> str | None:
    if profile["at_least"] is not None:
        return say(words.AT_LEAST, value=say.value(profile["at_least"], "percent"))
    if profile["at_most"] is not None:
        return say(words.AT_MOST, value=say.value(profile["at_most"], "percent"))
    return None
