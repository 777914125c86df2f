"""Targets of a value that no row has, such as a misspelt shop: they never apply, and somebody should know."""

from __future__ import annotations

from collections.abc import Callable, Collection

from connectors.business import Business
from connectors.text import Text
from kpis.business_check import TARGETS, check_listed
from kpis.errors import SliceError


def unmatched(business: Business, known: Callable[[str], Collection[str]]) -> dict[str, list[SliceError]]:
    """What is said of such targets, by the KPI they are for.

    They stay in force, since a shop may have its target before its first sale. A channel that does not exist
    is refused from the start (`business_check`).

    Args:
        business: what business.toml says; its shops are known even where they have no row yet.
        known: the values of a dimension that rows have.
    """
    told: dict[str, list[SliceError]] = {}
    stores = [store.id for store in business.stores]
    for target in business.targets:
        for dimension, value in target.where.items():
            if dimension != "channel":
                every = {*known(dimension), *(stores if dimension == "store" else ())}
                try:
                    check_listed(Text(dimension, dimension), value, every, TARGETS, SliceError)
                except SliceError as fault:
                    told.setdefault(target.kpi, []).append(fault)
    return told
