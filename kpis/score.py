"""KPIs that set those who are for against those who are not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from kpis.figure import Figure, Parts, divided
from kpis.intervals import Z95, around, score_error
from kpis.kpi import Kpi
from kpis.measure import Measure


@dataclass(frozen=True, kw_only=True)
class Score(Kpi):
    """100 x (promoters - detractors) / answers, in points from -100 to 100."""

    promoters: Measure
    detractors: Measure
    answers: Measure

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        return -100, 100

    def parts(self) -> dict[str, Measure]:
        return {"promoters": self.promoters, "detractors": self.detractors, "denominator": self.answers}

    @property
    def way(self) -> Hashable:
        return type(self)

    def figure(self, parts: Parts, z: float = Z95, /) -> Figure:
        promoters, detractors, answers = (parts[name] for name in ("promoters", "detractors", "denominator"))
        value = 100 * divided(promoters - detractors, answers)
        error = 100 * score_error(promoters, detractors, answers)
        return Figure(promoters - detractors, answers, value, *around(value, error, z))

    def in_words(self) -> Mapping[str, str | None]:
        return {
            "numerator": f"{self.promoters.words} minus {self.detractors.words}",
            "denominator": self.answers.words,
        }
