"""Which design effect belongs to which slice: its channel's, that of its kind of channel, or of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kpis.clusters import Clustered
from kpis.kpi import Kpi

_Place = tuple[str | None, str | None]
_ALL: _Place = (None, None)


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

    def column(self, kpi: Kpi, dimensions: Sequence[str], where: Mapping[str, Sequence[str]]) -> pl.Expr:
        """The effect of each row of a result.

        Args:
            kpi: the KPI.
            dimensions: what the result is split by.
            where: per dimension the values that were kept.
        """
        found = self._of(kpi)
        every = found.get(_ALL, Effect()).value
        for name in ("channel", "channel_kind"):
            if name in dimensions:
                known = {place[1]: effect.value for place, effect in found.items() if place[0] == name}
                return pl.col(name).replace_strict(known, default=every, return_dtype=pl.Float64)
            if len(where.get(name, ())) == 1:
                place = (name, where[name][0])
                return pl.lit(found[place].value if place in found else every)
        return pl.lit(every)

    def _of(self, kpi: Kpi) -> Mapping[_Place, Effect]:
        share = Clustered.of(kpi)
        return self._found.get(share.key, {}) if share else {}
