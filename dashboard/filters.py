"""The one filter state of all pages, and the codes it is written in in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from connectors.text import Text
from kpis.named_periods import NAMES, named
from kpis.periods import Comparison, Period

PERIODS = (*NAMES, "custom")
COMPARISONS: tuple[Comparison, ...] = ("previous", "year", "year-weekday", "festival", "none")
FIELDS = {
    "channel": "channels",
    "region": "regions",
    "store": "stores",
    "category": "categories",
    "customer_type": "customer_types",
}
DIMENSIONS = tuple(FIELDS)
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)

Codes = Mapping[str, Sequence[str]]
Code = TypeVar("Code", bound=str)


@dataclass(frozen=True, slots=True)
class Options:
    """What the filters of a snapshot can be set to.

    Attributes:
        channels: channel ids with their titles, in the order of the settings.
        kinds: channel ids with online, offline or unknown.
        regions: regions of the data, in order.
        first_day: the oldest business day with an order.
        last_day: the newest business day with an order.
        stores: shop ids with their titles.
        categories: categories of the data, in order.
        customer_types: new, returning and unknown, as far as they occur.
    """

    channels: Mapping[str, Text]
    kinds: Mapping[str, str]
    regions: tuple[str, ...]
    first_day: dt.date
    last_day: dt.date
    stores: Mapping[str, Text] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    customer_types: tuple[str, ...] = ()

    def values(self, dimension: str) -> tuple[str, ...]:
        """What one of `DIMENSIONS` can be filtered by, in order."""
        return tuple(getattr(self, FIELDS[dimension]))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for.

    Attributes:
        period: one of `PERIODS`.
        custom: the days of the period `custom`, else null.
        compare: what a change is measured against.
        channels: channel ids; empty means all, here as below.
        regions: regions.
        stores: shop ids.
        categories: categories.
        customer_types: new, returning or unknown.
    """

    period: str = PERIODS[0]
    custom: Period | None = None
    compare: Comparison = COMPARISONS[0]
    channels: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    customer_types: tuple[str, ...] = ()

    @property
    def where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slice as the engine takes it: per dimension the values to keep, any of them."""
        chosen = [(name, getattr(self, field)) for name, field in FIELDS.items()]
        return tuple((name, values) for name, values in chosen if values)

    def chosen(self, dimension: str) -> tuple[str, ...]:
        """What one of `DIMENSIONS` is filtered by; empty means all."""
        return tuple(getattr(self, FIELDS[dimension]))

    def uncarried(self, dimensions: Collection[str]) -> tuple[str, ...]:
        """The filtered dimensions that are not among those a KPI carries, so that it cannot be shown.

        >>> Filters(regions=("East",), categories=("Tea",)).uncarried(["channel", "region"])
        ('category',)
        """
        return tuple(name for name, _ in self.where if name not in dimensions)


BACKWARDS = "days"
"""What days are rejected as of which the first lies after the last."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A code of the address that means nothing here; the filter keeps its default."""

    name: str
    given: str


def read(codes: Codes, options: Options) -> tuple[Filters, tuple[Rejected, ...]]:
    """The filters of an address; what cannot be meant falls back to the default and is reported.

    Args:
        codes: parameters of the address, each with all its values.
        options: what exists.
    """
    rejected: list[Rejected] = []

    def one(name: str, known: Sequence[Code]) -> Code:
        given = codes.get(name, ())
        rejected.extend(Rejected(name, value) for value in given if value not in known)
        return next((value for value in known if value in given), known[0])

    def several(name: str) -> tuple[str, ...]:
        given, known = codes.get(name, ()), options.values(name)
        rejected.extend(Rejected(name, value) for value in given if value and value not in known)
        return tuple(value for value in known if value in given)

    asks_for_days = not codes.get("period") and any(codes.get(name) for name in ("from", "to"))
    period = "custom" if asks_for_days else one("period", PERIODS)
    custom = None
    if period == "custom":
        custom, bad_days = _read_days(codes)
        rejected += bad_days
        custom = custom or named(PERIODS[0], options.last_day)
    filters = Filters(
        period=period,
        custom=custom,
        compare=one("compare", COMPARISONS),
        **{field: several(name) for name, field in FIELDS.items()},
    )
    return filters, tuple(rejected)


def write(filters: Filters) -> dict[str, list[str]]:
    """The codes of the filters; defaults are left out, so that a bare address shows them."""
    codes: dict[str, list[str]] = {
        "period": [filters.period],
        "from": [filters.custom.start.isoformat()] if filters.custom else [],
        "to": [filters.custom.end.isoformat()] if filters.custom else [],
        "compare": [filters.compare],
        **{name: list(values) for name, values in filters.where},
    }
    default = {"period": [PERIODS[0]], "compare": [COMPARISONS[0]]}
    return {name: values for name, values in codes.items() if values and values != default.get(name)}


def _read_days(codes: Codes) -> tuple[Period | None, list[Rejected]]:
    given = {name: "".join(codes.get(name, ())[:1]) for name in ("from", "to")}
    days = {name: _day(written) for name, written in given.items()}
    bad = [Rejected(name, given[name]) for name, day in days.items() if day is None and given[name]]
    start, end = days["from"], days["to"]
    if start is None or end is None:
        return None, bad
    if start > end:
        return None, [Rejected(BACKWARDS, f"{start} – {end}")]
    return Period(start, end), []


def _day(written: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
