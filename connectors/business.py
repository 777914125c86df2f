"""What the business says about itself: channels, stores, targets, events, rates, margins, weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from connectors.rates import Rate
from connectors.text import Text

ChannelKind = Literal["online", "offline", "unknown"]
CHANNEL_KINDS = ("online", "offline")
EVENT_KINDS = ("festival", "promotion", "incident", "note")
KEPT_VERSIONS = 3
INTENDED = ("category", "channel", "sku", "store")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel the business knows; `match` are patterns `connection:native channel`."""

    id: str
    kind: ChannelKind
    title: Text
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreSetting:
    """A shop the business knows; `match` are patterns `connection:native store`."""

    id: str
    title: Text
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a KPI should reach, in the KPI's own unit.

    Attributes:
        kpi: the KPI's id; checked where KPIs are known.
        where: the slice it holds for, as dimension and value; empty for all.
        start: first day it holds; null for always.
        end: last day it holds; null for ever.
        at_least: lowest good value, or null.
        at_most: highest good value, or null.
        near: how far beyond still counts as near.
    """

    kpi: str
    where: Mapping[str, str]
    start: dt.date | None
    end: dt.date | None
    at_least: float | None
    at_most: float | None
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that explains a figure; days are inclusive on both ends."""

    title: Text
    start: dt.date
    end: dt.date
    kind: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IntendedDifference:
    """Goods that are meant to differ between channels, e.g. a category sold online only."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Business:
    """Everything business.toml says.

    Attributes:
        timezone: the zone that decides which day something belongs to.
        currency: the reporting currency; null: the one most orders have.
        country: the default region of phone numbers; null: numbers need their country code.
        channels: the known channels, in the order of the file.
        stores: the known shops, in the order of the file.
        targets: what KPIs should reach.
        events: what explains figures.
        rates: exchange rates, undated ones first.
        margins: per KPI, the largest gap the business calls "the same", in the KPI's unit; a share of money
            and pieces, 0.1 for 10 %.
        weights: per index group, its share of the consistency index.
        intended_differences: goods left out of that index.
        kept_versions: how many versions of the snapshot stay on the disk.
        personal_extracts: whether extracts may hold hashes of addresses, phone and member numbers.
        comments: whether customers' own words are shown, and extracts may hold them.
    """

    timezone: str = "UTC"
    currency: str | None = None
    country: str | None = None
    channels: tuple[Channel, ...] = ()
    stores: tuple[StoreSetting, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    rates: tuple[Rate, ...] = ()
    margins: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    intended_differences: tuple[IntendedDifference, ...] = ()
    kept_versions: int = KEPT_VERSIONS
    personal_extracts: bool = False
    comments: bool = False

    def channel_of(self, connection: str, native: str) -> str:
        """The id of a connection's channel; one that nothing matches is a channel of its own."""
        return _matched(self.channels, connection, native) or native

    def store_of(self, connection: str, native: str) -> str:
        """The id of a connection's shop; one that nothing matches is a shop of its own."""
        return _matched(self.stores, connection, native) or native

    def kind_of(self, channel: str) -> ChannelKind:
        """The kind of a channel by its id: `unknown` until settings classify it."""
        return next((known.kind for known in self.channels if known.id == channel), "unknown")

    @property
    def meant_to_differ(self) -> dict[str, tuple[str, ...]]:
        """The values of the intended differences, by what they are of."""
        found: dict[str, tuple[str, ...]] = {}
        for difference in self.intended_differences:
            found[difference.what] = (*found.get(difference.what, ()), difference.value)
        return found


def _matched(known: Iterable[Channel | StoreSetting], connection: str, native: str) -> str | None:
    name = f"{connection}:{native}"
    matches = (entry.id for entry in known if any(fnmatchcase(name, pattern) for pattern in entry.match))
    return next(matches, None)
