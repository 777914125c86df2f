"""Which part of a perfect order fails, counted so that nothing is counted twice unsaid."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.verdicts import Row


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: orders that have it and no other, and those that have others too."""

    code: str
    alone: int
    with_others: int

    @property
    def orders(self) -> int:
        """All orders that have it."""
        return self.alone + self.with_others


@dataclass(frozen=True, slots=True)
class Faults:
    """The orders that are not perfect.

    Attributes:
        orders: how many orders are judged.
        failed: how many of them are not perfect.
        faults: the faults, that of most orders first; an order with two is counted at both.
    """

    orders: int
    failed: int
    faults: tuple[Fault, ...]

    @property
    def several(self) -> int:
        """Orders with more than one fault."""
        return self.failed - sum(fault.alone for fault in self.faults)


def faults(whole: Row, any_of: pl.DataFrame, alone: pl.DataFrame) -> Faults:
    """The faults of the orders that are not perfect.

    Args:
        whole: the result of the perfect order.
        any_of: one row per fault with the orders that have it.
        alone: one row per fault with the orders that have no other.
    """
    single = dict(alone.select("part", "numerator").rows())
    found = [
        Fault(part, round(single[part]), round(count - single[part]))
        for part, count in any_of.select("part", "numerator").rows()
    ]
    ordered = sorted(found, key=lambda fault: fault.orders, reverse=True)
    orders = round(whole["denominator"])
    return Faults(orders, orders - round(whole["numerator"]), tuple(ordered))
