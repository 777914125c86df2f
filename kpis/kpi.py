"""What a KPI is: a small declaration of measures, and the arithmetic that turns their sums into a figure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self

import numpy as np

from connectors.facts import dimensions_of
from connectors.text import Text
from kpis.figure import Figure, Parts
from kpis.intervals import Z95
from kpis.measure import Histogram, Measure
from kpis.sums import Dated

Unit = Literal["percent", "ratio", "money", "ms", "seconds", "minutes", "hours", "days", "points", "count"]
Better = Literal["up", "down", "none"]
Basis = Literal["cohort", "event"]
Cluster = Literal["independent", "order", "customer"]
# Units whose figures are compared as ratios: of 10 and 20, one is twice the other.
LOGARITHMIC: tuple[Unit, ...] = ("money", "ratio")


@dataclass(frozen=True, slots=True)
class Comparable:
    """How a KPI is compared between online and offline.

    Attributes:
        margin: the largest gap that counts as the same, on the KPI's own scale; 0.1 is 10 % for money.
        group: the group of the consistency index it weighs in.
        counts: dimensions that are what it counts, so that no gap may be adjusted for them.
        dates: the grain of time that tells who is compared, so that a gap is adjusted for it too: the month
            of the first order, where a KPI is dated by that; null where dates tell nothing of the kind.
    """

    margin: float
    group: str
    counts: tuple[str, ...] = ()
    dates: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a KPI weighs whose value is the share of what is the same online and offline.

    Attributes:
        group: the group of the consistency index it weighs in; its score is its value.
        margin: how far from all of it still counts as the same; null where only settings say so.
    """

    group: str
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that a KPI cannot take in.

    Attributes:
        measure: how many they are.
        words: what they are and so why, for people to read.
    """

    measure: Measure
    words: Text


@dataclass(frozen=True, kw_only=True)
class Kpi(ABC):
    """A figure made of measures, declared once in a catalogue module.

    Attributes:
        title: its name.
        short: its name where there is little room; the title where null.
        question: the question it answers, in one sentence.
        above: what its numerator counts, for people to read; null where a duration or nothing stands there.
        below: what its denominator counts; of durations what they are of; null where there is none.
        dated_by: the day column by which rows belong to a period, unless a measure names its own.
        unit: what the value is in; `percent` values are fractions.
        better: which direction is good.
        lag_days: days until a figure no longer changes.
        needs: canonical columns that some connection must deliver, `table`, `table.column`, or
            alternatives joined by `|`.
        kinds: the kinds of channel, online or offline, that the shop must have.
        assumes: columns that, where a connection lacks them (all of alternatives joined by `|`), are assumed
            as the catalogue says.
        excluded: what had to be left out, each with the words that say why.
        covered: count of rows that were not left out; the denominator where null.
        told_by: the column that would tell of rows left out; named where nothing else is left.
        comparable: how it is compared between online and offline; null where it is not.
        agreement: how it weighs in the consistency index, as its value already says how far online and
            offline are the same; null where it does not.
        follows: where its definition is from, others' or our own; null outside of the catalogue.
        headline: its place among the cards of the Overview, from 1; null where it has none.
        may_exceed_one: whether the numerator may be above the denominator.
        own_days: whether one column holds the days of both sides, each dated by its own event.
        lookback_days: evaluated over so many days to the end of each period; null for the period's own.
        lookback_lag: how many days before the period's end those end.
        burn_in_days: with fewer days of orders before the evaluated ones, customers are not known well enough
            yet, such as old ones that count as new: that is said beside the figure, and a change of it is no
            news, because it moves as history grows. Null where earlier orders do not matter.
        event: the same KPI with each side dated by its own event; null where it has no such basis.
        cluster: whose rows are alike, so that an interval may not take each as an answer of its own: those of
            one order, of one customer, or of nobody.
        id: its name everywhere, that of the attribute in its catalogue module.
        stage: the stage of the customer's journey, that of its catalogue module.
    """

    title: Text
    question: Text
    dated_by: str
    unit: Unit
    better: Better
    needs: tuple[str, ...]
    above: Text | None = None
    below: Text | None = None
    lag_days: int = 0
    kinds: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    excluded: tuple[LeftOut, ...] = ()
    covered: Measure | None = None
    short: Text | None = None
    told_by: str | None = None
    comparable: Comparable | None = None
    agreement: Agreement | None = None
    follows: Text | None = None
    headline: int | None = None
    may_exceed_one: bool = False
    own_days: bool = False
    lookback_days: int | None = None
    lookback_lag: int = 0
    burn_in_days: int | None = None
    event: Kpi | None = None
    cluster: Cluster = "independent"
    id: str = ""
    stage: str = ""

    @abstractmethod
    def parts(self) -> dict[str, Measure]:
        """The measures that make up the figure itself, by the names `figure` gives them."""

    @property
    @abstractmethod
    def way(self) -> Hashable:
        """What tells how it is worked out from how others are: KPIs of one way are worked out at once."""

    @abstractmethod
    def figure(self, parts: Parts, z: float = Z95, /) -> Figure:
        """The figures that sums make; their ends `z` standard errors away.

        Args:
            parts: arrays of sums by the names of `parts`, and `effect`: what the variance of the interval is
                multiplied by, 1 without clusters.
            z: how many standard errors.
        """

    @property
    def label(self) -> Text:
        """Its name as it stands on a card."""
        return self.short or self.title

    @property
    def kind(self) -> str:
        """The sort of figure: count, ratio, mean, score, quantile or survival."""
        return type(self).__name__.lower()

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by its part: those of the figure, `excluded_0` ..., and `covered`."""
        left_out = {f"excluded_{place}": each.measure for place, each in enumerate(self.excluded)}
        covered = {"covered": self.covered} if self.covered else {}
        return self.parts() | left_out | covered

    @cached_property
    def dated(self) -> dict[str, Dated]:
        """The same measures, each with the day that dates its rows."""
        return {part: Dated(measure, self.day_of(measure)) for part, measure in self.measures.items()}

    @cached_property
    def dated_keys(self) -> tuple[str, ...]:
        """The short names of all of them."""
        return tuple(dated.key for dated in self.dated.values())

    @cached_property
    def summed(self) -> tuple[tuple[str, Dated], ...]:
        """The parts that are plain sums."""
        return tuple(part for part in self.dated.items() if not isinstance(part[1].measure, Histogram))

    @cached_property
    def binned(self) -> tuple[tuple[str, Dated, Histogram], ...]:
        """The parts that are histograms."""
        return tuple(
            (part, dated, dated.measure)
            for part, dated in self.dated.items()
            if isinstance(dated.measure, Histogram)
        )

    @cached_property
    def dimensions(self) -> list[str]:
        """The dimensions it can be split by: those that the rows of all its measures carry."""
        carried = [dimensions_of(measure.facts) for measure in self.measures.values()]
        return [name for name in carried[0] if all(name in others for others in carried[1:])]

    @property
    def tables(self) -> list[str]:
        """The canonical tables it is made from."""
        names = [name.split(".")[0] for need in self.needs for name in need.split("|")]
        return list(dict.fromkeys(names))

    @property
    def needs_period(self) -> bool:
        """Whether its parts do not add up over time: customers or orders are counted once a period."""
        return any(measure.needs_period for measure in self.parts().values())

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The lowest and highest value it can take; null without a limit."""
        return 0, 1 if self.unit == "percent" and not self.may_exceed_one else None

    def value_of(self, **sums: float) -> float | None:
        """The value that sums make, by the names of `parts`; null where they tell nothing."""
        known = dict.fromkeys(self.parts(), np.nan) | {"effect": 1.0} | sums
        with np.errstate(all="ignore"):
            figure = self.figure({part: np.array([float(amount)]) for part, amount in known.items()})
        value = figure.value.item()
        return None if np.isnan(value) else value

    def day_of(self, measure: Measure) -> str:
        """The day column that dates the rows of one of its measures."""
        return measure.dated_by or self.dated_by

    def on(self, basis: Basis) -> Kpi:
        """The KPI on a basis; unchanged where it knows only one."""
        if basis == "cohort" or not self.event:
            return self
        return replace(self.event, id=self.id, stage=self.stage, follows=self.follows)

    def called(self, name: str, stage: str) -> Self:
        """The same declaration under its name and stage."""
        return replace(self, id=name, stage=stage)

    def in_words(self) -> Mapping[str, str | None]:
        """What stands above and below the line, in words."""
        parts = self.parts()
        return {side: parts[side].words if side in parts else None for side in ("numerator", "denominator")}
