"""The dimensions that stored sums are kept by, a few at a time."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from connectors.facts import FACTS, dimensions_of

ALWAYS = ("channel", "channel_kind")
# A full cross of all dimensions would hardly be smaller than the rows, so each factor carries a few;
# smaller ones first, because the first that covers a question answers it.
FACTORS: dict[str, tuple[str, ...]] = {
    "channel": (),
    "touchpoint": ("touchpoint",),
    "carrier": ("carrier",),
    "payment": ("payment_method",),
    "place": ("store", "region"),
    "article": ("category", "customer_type", "tier"),
    "visit": ("device", "source", "campaign"),
}


def covering(table: str, dimensions: Collection[str]) -> str | None:
    """The smallest factor of a derived table that carries all of `dimensions`; null if none does."""
    return _covering(table, frozenset(dimensions))


@cache
def _covering(table: str, dimensions: frozenset[str]) -> str | None:
    carried = dimensions_of(FACTS[table])
    usable = [name for name in FACTORS if name == "channel" or set(FACTORS[name]) & set(carried)]
    return next((name for name in usable if dimensions <= {*_always(table), *FACTORS[name]}), None)


def dimensions_among(columns: Collection[str]) -> list[str]:
    """Those of a factor's columns that are dimensions."""
    known = {*ALWAYS, *(name for names in FACTORS.values() for name in names)}
    return [name for name in columns if name in known]


def factors_of(table: str) -> dict[str, list[str]]:
    """The keys of each factor of a derived table.

    That of channels alone is summed from a finer one, unless it is the only one.
    """
    carried, always = dimensions_of(FACTS[table]), _always(table)
    found = {
        name: ["day", *always, *(dimension for dimension in dimensions if dimension in carried)]
        for name, dimensions in FACTORS.items()
    }
    finer = {name: keys for name, keys in found.items() if len(keys) > 1 + len(always)}
    return finer or {"channel": found["channel"]}


def _always(table: str) -> list[str]:
    """What every factor of a derived table carries: an article that is compared is of no one channel."""
    return [name for name in ALWAYS if name in dimensions_of(FACTS[table])]
