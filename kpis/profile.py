"""What a profile is: a KPI as a platform counts it, told as what differs from our own declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.text import Text
from kpis.kpi import Kpi


@dataclass(frozen=True, slots=True)
class Variant:
    """One KPI as a platform counts it.

    Attributes:
        differs: the term that differs from our own figure.
        changes: attributes of the declaration that are others.
        window_days: the days a figure is of, up to each period's end; null for the period's own.
        ends_before: how many days before the period's end these days end.
        lag_days: days until the figure is final; null for our own.
        at_least: what the platform asks for; null where it asks nothing or our source does not say.
        at_most: the same, where less is better.
    """

    differs: Text
    changes: Mapping[str, Any] = field(default_factory=dict)
    window_days: int | None = 30
    ends_before: int = 0
    lag_days: int | None = None
    at_least: float | None = None
    at_most: float | None = None

    def of(self, kpi: Kpi) -> Kpi:
        """The KPI as the platform counts it, under the same id."""
        lag = kpi.lag_days if self.lag_days is None else self.lag_days
        return replace(
            kpi,
            **{
                "comparable": None,
                "headline": None,
                "event": None,
                "above": None,
                "below": None,
                "lookback_days": self.window_days,
                "lookback_lag": self.ends_before,
                "lag_days": lag,
                **self.changes,
            },
        )


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that scores its sellers.

    Platforms change what they count and ask for: `seen` says when these terms were read off, and `source`
    where a merchant checks them.

    Attributes:
        title: its name.
        source: where its terms can be read.
        seen: the years in which they were.
        variants: by KPI, what it counts otherwise.
    """

    title: Text
    source: Text
    seen: str
    variants: Mapping[str, Variant]
