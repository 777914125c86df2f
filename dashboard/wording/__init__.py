"""Every word on the pages, in both languages; one module per page, one for what all pages share."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from connectors.text import Language, Text
from dashboard import written
from dashboard.inflected import filled
from kpis.kpi import Unit


@dataclass(frozen=True, slots=True)
class Say:
    """Speaks one language and one currency; a value, so that no callback or download looks them up.

    Attributes:
        language: the reader's.
        currency: the reporting currency, ISO 4217; empty where there is no money.
        like: the value whose size says in which unit of time all durations are written; each its own where
            null.
    """

    language: Language
    currency: str = ""
    like: float | None = None

    def sized(self, *values: float | None) -> Say:
        """The same, with every duration in the unit that fits the largest of some values of one KPI.

        >>> Say("en").sized(None, 30_000).value(60, "seconds")
        '0.0 h'

        Args:
            values: in the KPI's unit; nulls count for nothing.
        """
        known = [abs(value) for value in values if value is not None and math.isfinite(value)]
        return replace(self, like=max(known)) if known else self

    def __call__(self, text: Text, **parts: object) -> str:
        """`text` in this language with `parts` in its places.

        >>> rows = Text(en="{count} {count:row|rows}", zh="{count}行")
        >>> Say("en")(rows, count=1), Say("zh")(rows, count=5)
        ('1 row', '5 行')
        """
        words = text.in_language(self.language)
        told = filled(words, parts) if parts else words
        return written.spaced(told) if self.language == "zh" else told

    def each(self, texts: Sequence[str]) -> str:
        """A list within a sentence."""
        return ("、" if self.language == "zh" else ", ").join(texts)

    def clauses(self, told: Sequence[str]) -> str:
        """A list whose parts may hold commas of their own."""
        return ("；" if self.language == "zh" else "; ").join(told)

    def sentences(self, told: Sequence[str]) -> str:
        """Whole sentences one after another."""
        return ("" if self.language == "zh" else " ").join(told)

    def number(self, figure: float, digits: int = 0) -> str:
        """A plain number."""
        return written.number(figure, self.language, digits)

    def compact(self, figure: float) -> str:
        """A large number in three or four figures."""
        return written.compact(figure, self.language)

    def megabytes(self, size: int) -> str:
        """The size of a file in bytes, written in megabytes.

        >>> Say("en").megabytes(12_345_678)
        '12.3 MB'
        """
        return f"{written.number(size / 1e6, self.language, 1)} MB"

    def value(self, figure: float | None, unit: Unit) -> str:
        """A KPI's value with its unit; a dash for null."""
        return written.value(figure, unit, self.language, self.currency, self.like)

    def change(self, difference: float, unit: Unit) -> str:
        """A change with its sign."""
        return written.change(difference, unit, self.language, self.currency, self.like)

    def amount(self, difference: float, unit: Unit) -> str:
        """The size of a change."""
        return written.amount_of_change(difference, unit, self.language, self.currency, self.like)

    def day(self, when: dt.date, *, with_year: bool = True) -> str:
        """A calendar day."""
        return written.day(when, self.language, with_year=with_year)

    def span(self, first: dt.date, last: dt.date, *, with_year: bool = False) -> str:
        """The days from `first` to `last`."""
        return written.span(first, last, self.language, with_year=with_year)

    def short_span(self, first: dt.date, last: dt.date) -> str:
        """The days from `first` to `last` where there is little room, without the year."""
        return written.short_span(first, last, self.language)
