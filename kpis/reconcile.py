"""Two ratios of the same business side by side: how far each side of the line parts them.

Figures called conversion differ in what they count above the line and in what they divide it by. The
difference of two ratios n/d and n'/d' is split exactly: (n' - n) x (1/d + 1/d') / 2 comes from what is
counted, (1/d' - 1/d) x (n + n') / 2 from what it is divided by. Source: the value of Shapley 1953 for two
factors, each changed first in one of two orders.

40 of 1,000 visits bought; the same 44 orders came from 800 visitors. 5.5 % are 1.5 points more than 4 %:

    >>> found = apart(Sides(40, 1000), Sides(44, 800))
    >>> round(found.counted, 4), round(found.divided, 4)
    (0.0045, 0.0105)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sides:
    """A ratio: what is above the line and what is below, which is not 0."""

    numerator: float
    denominator: float

    @property
    def value(self) -> float:
        """The ratio."""
        return self.numerator / self.denominator

    def plus(self, other: Sides) -> Sides:
        """Both ratios in one, of things that are counted in one only."""
        return Sides(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class Apart:
    """What parts a ratio from the one it is held against.

    Attributes:
        more_counted: how many more are above the line.
        more_divided: how many more are below.
        counted: what the numerators bring to the difference, in the ratio's unit.
        divided: what the denominators bring.
    """

    more_counted: float
    more_divided: float
    counted: float
    divided: float

    @property
    def difference(self) -> float:
        """How much higher the second ratio is."""
        return self.counted + self.divided


def apart(held_against: Sides, other: Sides) -> Apart:
    """What parts `other` from the ratio it is held against.

    Args:
        held_against: the ratio that the difference starts from.
        other: the ratio that it leads to.
    """
    more_counted = other.numerator - held_against.numerator
    upside = 1 / held_against.denominator + 1 / other.denominator
    downside = 1 / other.denominator - 1 / held_against.denominator
    return Apart(
        more_counted=more_counted,
        more_divided=other.denominator - held_against.denominator,
        counted=more_counted * upside / 2,
        divided=downside * (held_against.numerator + other.numerator) / 2,
    )
