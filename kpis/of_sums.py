"""KPIs made of sums: counts, shares and means."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from kpis.figure import Figure, Parts, divided, nothing
from kpis.intervals import Z95, around, around_share, ratio_error, wilson
from kpis.kpi import Kpi
from kpis.measure import Measure, count, product


@dataclass(frozen=True, kw_only=True)
class Count(Kpi):
    """A sum without a denominator.

    Attributes:
        none_is_zero: whether no rows are nothing to add, because each is something that happened; else the
            sum is null, because what is counted all the time was not counted.
    """

    numerator: Measure
    none_is_zero: bool = False

    def parts(self) -> dict[str, Measure]:
        return {"numerator": self.numerator}

    @property
    def way(self) -> Hashable:
        return type(self)

    def figure(self, parts: Parts, _z: float = Z95, /) -> Figure:
        value = parts["numerator"]
        none = nothing(value)
        return Figure(value, none, value, none, none)


@dataclass(frozen=True, kw_only=True)
class Ratio(Kpi):
    """A share of things, with Wilson's interval; where they come in clusters, of as many as they are worth.

    Attributes:
        interval: whether an interval applies; it does not where both sides count different things.
    """

    numerator: Measure
    denominator: Measure
    interval: bool = True

    def parts(self) -> dict[str, Measure]:
        return {"numerator": self.numerator, "denominator": self.denominator}

    @property
    def way(self) -> Hashable:
        return type(self), self.interval

    def figure(self, parts: Parts, z: float = Z95, /) -> Figure:
        numerator, denominator, effect = (parts[name] for name in ("numerator", "denominator", "effect"))
        low = high = nothing(numerator)
        if self.interval:
            low, high = wilson(numerator / effect, denominator / effect, z)
        return Figure(numerator, denominator, divided(numerator, denominator), low, high)


@dataclass(frozen=True, kw_only=True)
class Mean(Kpi):
    """An average of amounts over orders, with the linearised interval of a ratio of sums.

    Both sides read one table; a row, such as an order with all its lines, is taken as one answer.

    Attributes:
        per: what the numerator is divided by to come out in the KPI's unit, e.g. 3600 seconds an hour.
        scale: the lowest and highest amount there can be; null where it is not fixed.
    """

    numerator: Measure
    denominator: Measure
    per: float = 1.0
    scale: tuple[float, float] | None = None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        return self.scale or super().bounds

    def parts(self) -> dict[str, Measure]:
        above, below = self.numerator, self.denominator
        return {
            "numerator": above,
            "denominator": below,
            "yy": product(above, above),
            "xy": product(above, below),
            "xx": product(below, below),
            "clusters": count(below.facts, when=below.when, dated_by=below.dated_by),
        }

    @property
    def way(self) -> Hashable:
        return type(self), self.per, self.bounds

    def figure(self, parts: Parts, z: float = Z95, /) -> Figure:
        numerator, denominator = parts["numerator"] / self.per, parts["denominator"]
        squares = (parts["yy"] / self.per**2, parts["xy"] / self.per, parts["xx"])
        clusters, effect = parts["clusters"], parts["effect"]
        error = ratio_error(numerator, denominator, squares, clusters) * effect**0.5
        value = divided(numerator, denominator)
        is_share = self.bounds == (0, 1)
        ends = around_share(value, error, clusters / effect, z) if is_share else around(value, error, z)
        return Figure(numerator, denominator, value, *ends)
