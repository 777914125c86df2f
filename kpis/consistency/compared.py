"""What is compared between online and offline, on which scale, and how large a gap counts as the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from connectors.business import Business
from kpis.catalogue import catalogue
from kpis.kpi import LOGARITHMIC, Kpi
from kpis.of_sums import Mean
from kpis.score import Score


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparable KPI.

    Attributes:
        kpi: its declaration.
        margin: the largest gap that counts as the same, on the scale of the gap; a gap of so much does not.
        group: the group of the index it weighs in.
    """

    kpi: Kpi
    margin: float
    group: str

    @property
    def is_logarithmic(self) -> bool:
        """Whether the gap is the logarithm of online / offline, as for money, rather than the difference."""
        return is_logarithmic(self.kpi)

    @property
    def is_mean(self) -> bool:
        """Whether its interval is made of the spread of the answers, which a few alike do not have."""
        return isinstance(self.kpi, Mean | Score)


def is_logarithmic(kpi: Kpi) -> bool:
    """Whether it is compared as a ratio: amounts and pieces are, shares, scores and times are not."""
    return kpi.unit in LOGARITHMIC


def compared(business: Business) -> list[Compared]:
    """Every KPI that is compared, in the order of the journey."""
    return [
        Compared(
            kpi, _on_scale(kpi, business.margins.get(kpi.id, kpi.comparable.margin)), kpi.comparable.group
        )
        for kpi in catalogue().values()
        if kpi.comparable
    ]


def _on_scale(kpi: Kpi, margin: float) -> float:
    """A margin of 10 % is ln 1.1 where the gap is a logarithm: the dearer side is at most 1.1 times it."""
    return math.log1p(margin) if is_logarithmic(kpi) else margin
