"""The effects planted into the demo: the simulator makes them, tests find them, no page knows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from connectors.demo.calendar import FIRST_DAY, LAST_DAY


@dataclass(frozen=True, slots=True)
class PaymentFailures:
    """A week in which payments in one channel often fail.

    `size` is added to the probability that an attempt fails.
    """

    channel: str = "app"
    first: dt.date = dt.date(2026, 10, 12)
    last: dt.date = dt.date(2026, 10, 18)
    size: float = 0.30


@dataclass(frozen=True, slots=True)
class SlowRefunds:
    """Money comes back late for what was bought online and handed back in a shop.

    `size` is the mean number of hours added to a refund requested on these days.
    """

    channel: str = "pos"
    first: dt.date = dt.date(2026, 3, 1)
    last: dt.date = LAST_DAY
    size: float = 96.0


@dataclass(frozen=True, slots=True)
class CarrierStrike:
    """One carrier stops work for some days.

    `size` is the share of parcels due on these days that arrive two to seven days later.
    """

    carrier: str = "Swift Wheel"
    first: dt.date = dt.date(2026, 9, 16)
    last: dt.date = dt.date(2026, 9, 26)
    size: float = 0.65


@dataclass(frozen=True, slots=True)
class DearerPrices:
    """One category is dearer in one channel than everywhere else.

    `size` is the share added to the selling price.
    """

    channel: str = "mall"
    category: str = "Skincare"
    first: dt.date = dt.date(2026, 5, 4)
    last: dt.date = LAST_DAY
    size: float = 0.09


@dataclass(frozen=True, slots=True)
class UnhappyPickUp:
    """Customers of one region who collect their order in a shop recommend it less.

    `size` is the share of their answers on these days that turn into detractors.
    """

    region: str = "South"
    first: dt.date = FIRST_DAY
    last: dt.date = LAST_DAY
    size: float = 0.26


@dataclass(frozen=True, slots=True)
class LoyalCrossers:
    """Customers with a membership both online and in the shops buy again more often.

    `size` is added to the probability that an order of these days is followed by another one.
    """

    first: dt.date = FIRST_DAY
    last: dt.date = LAST_DAY
    size: float = 0.20


Effect = PaymentFailures | SlowRefunds | CarrierStrike | DearerPrices | UnhappyPickUp | LoyalCrossers
One = TypeVar("One", bound=Effect)

PLANTED: tuple[Effect, ...] = (
    PaymentFailures(),
    SlowRefunds(),
    CarrierStrike(),
    DearerPrices(),
    UnhappyPickUp(),
    LoyalCrossers(),
)


def planted(effects: tuple[Effect, ...], kind: type[One]) -> One | None:
    """The effect of one kind, or null where it is switched off."""
    return next((effect for effect in effects if isinstance(effect, kind)), None)
