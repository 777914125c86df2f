"""Differences that are meant to be: goods, channels and shops that settings take out of the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.business import Business
from kpis.consistency.arms import Slices
from kpis.kpi import Kpi
from kpis.shop import Shop

OF_ARTICLES = ("category", "channel", "sku")


@dataclass(frozen=True, slots=True)
class Intended:
    """An intended difference of the settings.

    Attributes:
        what: the dimension it is a value of: category, channel, store, or sku.
        value: the value that is left out.
        kpis: the KPIs whose figures leave it out; the others do not tell it apart.
    """

    what: str
    value: str
    kpis: tuple[str, ...]


def without(shop: Shop, kpi: Kpi, where: Slices) -> Slices | None:
    """The slices of a KPI less what differs intentionally; null where nothing of them is left."""
    kept = dict(where)
    for name, values in shop.business.meant_to_differ.items():
        if name in kpi.dimensions:
            asked = kept.get(name) or ("", *shop.dimension_values(name))
            remaining = tuple(value for value in asked if value not in values)
            if not remaining:
                return None
            # Naming every value is no filter: where nothing is left out, what was asked stays as it was.
            if len(remaining) < len(asked):
                kept[name] = remaining
    return kept


def listed(business: Business, kpis: Mapping[str, Kpi]) -> tuple[Intended, ...]:
    """Every intended difference, in the order of the settings.

    What compares articles knows each of them, wherever it is sold.
    """
    return tuple(
        Intended(
            difference.what,
            difference.value,
            tuple(
                name
                for name, kpi in kpis.items()
                if difference.what in (OF_ARTICLES if kpi.agreement else kpi.dimensions)
            ),
        )
        for difference in business.intended_differences
    )
