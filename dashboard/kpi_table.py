"""The table of figures to take along: the same rows and columns on the screen and in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from connectors.manifest import Manifest
from connectors.text import Text
from dashboard import data
from dashboard.filters import Filters, Options
from dashboard.place import Pin
from dashboard.small_cells import COUNTED, FEWEST_PEOPLE, HIDDEN, smallest, suppressed
from dashboard.spans import shown
from dashboard.verdicts import STATUSES
from dashboard.wording import Say, names
from dashboard.wording import extracts as words
from kpis.burn_in import burnt_in
from kpis.catalogue import catalogue
from kpis.evaluate import Query
from kpis.festivals import Around, around
from kpis.former import COUNTED_BEFORE
from kpis.kpi import Kpi
from kpis.needs import MISSING, assumed
from kpis.periods import Period

TITLED = ("channel", "store")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: KPI ids, a grain of time or nothing, and dimensions."""

    kpis: tuple[str, ...]
    grain: str = ""
    dimensions: tuple[str, ...] = ()

    @property
    def by(self) -> tuple[str, ...]:
        """What to split by."""
        return ((self.grain,) if self.grain else ()) + self.dimensions


def days(filters: Filters, options: Options) -> Period:
    """The asked days; a named period ends with the data, and the notes say what may still change."""
    return shown(filters, options.last_day, 0).period


def question(asked: Asked, filters: Filters, options: Options) -> Query:
    """The question that the table answers."""
    asked_days = shown(filters, options.last_day, 0)
    period, before = asked_days.period, None if asked.grain else asked_days.before
    return Query(asked.kpis, period.start, period.end, asked.by, filters.where, filters.compare, before)


def kpi_table(pinned: Pin, asked: Query, dimensions: Sequence[str], say: Say) -> pl.DataFrame:
    """One row per KPI and slice under headings of the reader's language; small numbers are left out.

    Raises:
        KpiError: the question cannot be answered.
    """
    results = suppressed(data.results(pinned, asked), dimensions)
    titled = results.with_columns(
        title=_words({name: kpi.title for name, kpi in catalogue().items()}, "kpi", say),
        unit=_words({name: names.UNITS[kpi.unit] for name, kpi in catalogue().items()}, "kpi", say),
        note=_note(say),
        status=pl.when(pl.col("value").is_not_null()).then(
            _words({name: verdict.word for name, verdict in STATUSES.items()}, "status", say)
        ),
    )
    titles = _titles(data.manifest(pinned))
    named = [name for name in TITLED if name in dimensions]
    titled = titled.with_columns(_words(titles[name], name, say).alias(f"{name}_title") for name in named)
    return titled.select(
        pl.col(name).alias(heading) for name, heading in headings(titled.columns, asked, named, say).items()
    )


def coded(pinned: Pin, asked: Query, dimensions: Sequence[str]) -> pl.DataFrame:
    """The same rows under the names and codes of the command line; small numbers are left out here, too."""
    results = data.results(pinned, asked)
    told = [name for name in results.columns if name != COUNTED_BEFORE]
    return suppressed(results, dimensions).select(told)


def headings(columns: Sequence[str], asked: Query, named: Sequence[str], say: Say) -> dict[str, str]:
    """The columns of the table in order, with their headings."""
    split = [part for name in asked.by for part in ([name, f"{name}_title"] if name in named else [name])]
    order = ["kpi", "title", *split, *(name for name in names.RESULT_COLUMNS if name not in {"kpi", "title"})]
    known = names.RESULT_COLUMNS | names.DIMENSIONS | words.TITLE_COLUMNS
    return {name: say(known[name]) for name in order if name in columns}


def columns_behind(table: pl.DataFrame, asked: Query, dimensions: Sequence[str], say: Say) -> dict[str, str]:
    """The name that the engine gives to each column of the table, by its heading."""
    named = [name for name in TITLED if name in dimensions]
    every = [*names.RESULT_COLUMNS, *asked.by, *words.TITLE_COLUMNS]
    found = headings(every, asked, named, say)
    return {heading: name for name, heading in found.items() if heading in table.columns}


def common_dimensions(kpis: Sequence[Kpi]) -> list[str]:
    """The dimensions that all of these KPIs carry."""
    carried = [kpi.dimensions for kpi in kpis]
    return [name for name in carried[0] if all(name in other for other in carried)] if carried else []


def answering(kpis: Sequence[str], filters: Filters) -> tuple[list[str], list[str]]:
    """The KPIs that the filters can be applied to, and those that they cannot."""
    filtered = {name for name, _ in filters.where}
    able = [name for name in kpis if filtered <= set(catalogue()[name].dimensions)]
    return able, [name for name in kpis if name not in able]


def notes(kpis: Sequence[Kpi], manifest: Manifest, period: Period, say: Say) -> list[str]:
    """What was assumed for want of a column, and in which figures old customers may count as new."""
    columns = dict.fromkeys(column for kpi in kpis for column in assumed(kpi, manifest))
    told = [say(words.ASSUMED, column=column) for column in columns]
    early = [say(kpi.title) for kpi in kpis if burnt_in(kpi, manifest.first_day, period)]
    if early and manifest.first_day:
        told.append(say(words.BURNT_IN, day=say.day(manifest.first_day), kpis=say.each(early)))
    return told


def festivals(pinned: Pin, asked: Query) -> list[Around]:
    """The festivals that some row of the table is compared around; none unless so asked."""
    if asked.compare != "festival":
        return []
    compared = data.results(pinned, asked).filter(pl.col("previous").is_not_null())
    days = compared.select("from", "to").unique(maintain_order=True).rows()
    found = [around(start, end) for start, end in days]
    return [each for each in dict.fromkeys(found) if each is not None]


def _note(say: Say) -> pl.Expr:
    fewest = {name: smallest(kpi) for name, kpi in catalogue().items()}
    missing = pl.col("status").str.strip_prefix(MISSING)
    return (
        pl.when(pl.col("status").str.starts_with(MISSING))
        .then(pl.format(say(words.NOTE_MISSING), missing))
        .when(pl.col("small") == HIDDEN)
        .then(pl.lit(say(words.NOTE_HIDDEN, fewest=FEWEST_PEOPLE)))
        .when(pl.col("small") == COUNTED)
        .then(pl.format(say(words.NOTE_COUNTED), pl.col("kpi").replace_strict(fewest)))
        .when(~pl.col("final"))
        .then(pl.lit(say(words.NOTE_PROVISIONAL)))
    )


def _words(texts: Mapping[str, Text], column: str, say: Say) -> pl.Expr:
    written = {name: say(text) for name, text in texts.items()}
    return pl.col(column).replace_strict(written, default=None, return_dtype=pl.String)


def _titles(manifest: Manifest) -> dict[str, dict[str, Text]]:
    return {
        "channel": {entry.id: entry.title for entry in manifest.channels},
        "store": {entry.id: entry.title for entry in manifest.stores},
    }
