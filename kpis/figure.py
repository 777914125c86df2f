"""The sides of a figure, and what is common to working them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.columns import Real, where

Parts = Mapping[str, Real]


@dataclass(frozen=True, slots=True)
class Figure:
    """Figures of one KPI, or of several that are worked out alike; NaN stands for null.

    Attributes:
        numerator: the exact sums above the line, in the KPI's unit.
        denominator: the exact sums below; NaN where there is none.
        value: the figures; NaN where they cannot be told.
        low: lower ends of the intervals; NaN where none applies.
        high: upper ends.
    """

    numerator: Real
    denominator: Real
    value: Real
    low: Real
    high: Real


def nothing(beside: Real) -> Real:
    """As many NaN, where a figure has no such side."""
    return np.full_like(beside, np.nan)


def divided(numerator: Real, denominator: Real) -> Real:
    """Quotients; NaN where there is nothing to divide by."""
    return where(denominator != 0, numerator / denominator)
