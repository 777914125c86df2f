"""KPIs made of histograms: quantiles, and medians of what not everybody could be followed up to."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from kpis.figure import Figure, Parts
from kpis.histograms import Histograms
from kpis.intervals import Z95
from kpis.kpi import Kpi
from kpis.measure import Histogram, Measure
from kpis.quantiles import quantiles
from kpis.sums import BIN, BIN_COUNT, BIN_TOTAL
from kpis.survival import life_table, medians


class FromBins(Kpi):
    """A figure made of histograms rather than of sums."""

    @abstractmethod
    def from_bins(self, bins: Mapping[str, Histograms], z: float = Z95) -> pl.DataFrame:
        """One row per combination of the histograms' keys: `count`, and what else `figure` reads.

        Args:
            bins: the histograms by the names of `parts`; all have the same keys, at least one.
            z: how many standard errors an end of the interval is away.
        """

    def value_from(self, **amounts: Sequence[int]) -> float | None:
        """The value that single amounts make, by the names of `parts`; null where they tell nothing.

        Args:
            amounts: of each part in the unit of its column, such as seconds.
        """
        told = self.from_bins({part: _one_by_one(amounts.get(part, ())) for part in self.parts()})
        figure = self.figure({name: told[name].cast(pl.Float64).to_numpy() for name in told.columns[1:]})
        values = figure.value[~np.isnan(figure.value)]
        return values.item() if values.size else None


@dataclass(frozen=True, kw_only=True)
class Quantile(FromBins):
    """A quantile of durations, by linear interpolation between order statistics.

    Attributes:
        of: the durations.
        at: which quantile, 0.5 for the median.
        per: what they are divided by to come out in the KPI's unit, e.g. 3600 seconds an hour.
    """

    of: Histogram
    at: float = 0.5
    per: float = 3600.0

    def parts(self) -> dict[str, Measure]:
        return {"of": self.of}

    @property
    def way(self) -> Hashable:
        return type(self), self.at, self.per

    def from_bins(self, bins: Mapping[str, Histograms], z: float = Z95) -> pl.DataFrame:
        return quantiles(bins["of"], self.at, z, self.per)

    def figure(self, parts: Parts, _z: float = Z95, /) -> Figure:
        number, value, low, high = (parts[name] for name in ("count", "quantile", "lower", "upper"))
        return Figure(number, number, value, low, high)

    def in_words(self) -> Mapping[str, str | None]:
        return dict.fromkeys(("numerator", "denominator"), self.of.words)


@dataclass(frozen=True, kw_only=True)
class Survival(FromBins):
    """Median days to an event by Kaplan-Meier, with its interval on the log(-log) scale (see `survival`).

    Numerator: how many had the event; denominator: everybody who was followed. Null where the curve never
    reaches one half, however many had the event.

    Attributes:
        events: days to the event, of those who had it.
        censored: days of those who had not, as long as they could be followed.
    """

    events: Histogram
    censored: Histogram

    def parts(self) -> dict[str, Measure]:
        return {"events": self.events, "censored": self.censored}

    @property
    def way(self) -> Hashable:
        return type(self)

    def from_bins(self, bins: Mapping[str, Histograms], z: float = Z95) -> pl.DataFrame:
        keys = bins["events"].keys.columns
        followed = pl.concat(
            bins[part].frame.select(
                *keys,
                days=pl.col(BIN_TOTAL) / pl.col(BIN_COUNT),
                **{name: pl.col(BIN_COUNT) if name == part else pl.lit(0, pl.Int64) for name in self.parts()},
            )
            for part in self.parts()
        )
        return medians(life_table(followed, keys, z), keys)

    def figure(self, parts: Parts, _z: float = Z95, /) -> Figure:
        return Figure(*(parts[name] for name in ("events", "count", "median", "lower", "upper")))

    def in_words(self) -> Mapping[str, str | None]:
        events, censored = self.events.words, self.censored.words
        return {"numerator": events, "denominator": f"{events} plus {censored}"}


def _one_by_one(amounts: Sequence[int]) -> Histograms:
    """One histogram with a bin for every amount."""
    totals = pl.Series(BIN_TOTAL, sorted(amounts), pl.Int64).to_frame()
    rows = totals.with_row_index(BIN).with_columns(pl.lit(1, pl.Int64).alias(BIN_COUNT), figure=1)
    return Histograms.of(rows, ["figure"])
