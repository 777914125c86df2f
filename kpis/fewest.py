"""Of how many things at least a figure says something: rates of fewer are counted, not told."""

from __future__ import annotations

from kpis.distribution import Quantile
from kpis.kpi import Kpi

SMALLEST = 30
BEYOND_A_QUANTILE = 10
FEWEST_OF_A_MEDIAN = 2 * BEYOND_A_QUANTILE


def smallest(kpi: Kpi) -> int:
    """The fewest things of which a figure is shown; of a quantile, so many that ten lie beyond it."""
    return round(BEYOND_A_QUANTILE / (1 - kpi.at)) if isinstance(kpi, Quantile) else SMALLEST


def too_few(kpi: Kpi, counted: float | None) -> bool:
    """Whether a figure is of so few that it is not shown; nothing counted, or nobody knows, is not few."""
    return kpi.unit != "count" and counted is not None and 0 < counted < smallest(kpi)
