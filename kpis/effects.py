"""Which design effect belongs to which slice: its channel's, that of its kind of channel, or of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.clusters import Clustered
from kpis.columns import Real
from kpis.kpi import Kpi

_Place = tuple[str | None, str | None]
_ALL: _Place = (None, None)
_SCOPES = ("channel", "channel_kind")


@dataclass(frozen=True, slots=True)
class Effect:
    """How far the rows of a KPI are alike within clusters.

    Attributes:
        value: what the variance of the interval is multiplied by, at least 1.
        clusters: from how many customers, or orders, it was estimated; null where they were too few.
        channel: the channel it was estimated in; null where that was wider.
        channel_kind: the kind of channel; null where it was estimated over everything.
    """

    value: float = 1.0
    clusters: int | None = None
    channel: str | None = None
    channel_kind: str | None = None


class DesignEffects:
    """The design effects of one snapshot's KPIs."""

    def __init__(self, estimated: pl.DataFrame) -> None:
        """Take them as `clusters.design_effects` tells them."""
        self._found: dict[str, dict[_Place, Effect]] = {}
        for row in estimated.iter_rows(named=True):
            effect = Effect(row["effect"], row["clusters"], row["channel"], row["channel_kind"])
            place = ("channel", effect.channel) if effect.channel else ("channel_kind", effect.channel_kind)
            is_scoped = effect.channel or effect.channel_kind
            self._found.setdefault(row["share"], {})[place if is_scoped else _ALL] = effect

    def of(self, kpi: Kpi, channel: str | None = None, channel_kind: str | None = None) -> Effect:
        """The effect in a channel, or a kind of channel; that over everything where clusters are too few.

        1 where the KPI's rows are independent, and where there are too few clusters anywhere.
        """
        found = self._of(kpi)
        asked = (("channel", channel), ("channel_kind", channel_kind))
        places = (place for place in asked if place[1] and place in found)
        return found.get(next(places, _ALL), Effect())

    def along(self, kpi: Kpi, keys: pl.DataFrame, where: Mapping[str, Sequence[str]]) -> Real:
        """The effect of each row of a clustered KPI.

        Args:
            kpi: the KPI.
            keys: what the rows are split by.
            where: per dimension the values that were kept.
        """
        alone = {name: where[name][0] for name in _SCOPES if len(where.get(name, ())) == 1}
        scope = next((name for name in _SCOPES if name in keys.columns or name in alone), None)
        if scope is None or scope not in keys.columns:
            return np.full(keys.height, self.of(kpi, **alone).value)
        found = {place[1]: effect.value for place, effect in self._of(kpi).items() if place[0] == scope}
        wide = self.of(kpi, channel_kind=alone.get("channel_kind")).value
        return np.array([found.get(value, wide) for value in keys[scope]], np.float64)

    def _of(self, kpi: Kpi) -> Mapping[_Place, Effect]:
        share = Clustered.of(kpi)
        return self._found.get(share.key, {}) if share else {}
