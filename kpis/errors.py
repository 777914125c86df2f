"""Errors about figures: a KPI, dimension, value or day that does not exist, or a figure that cannot be."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from connectors.errors import ConnectorError
from connectors.text import Text

LISTED_VALUES = 20


class KpiError(ConnectorError):
    """Base of every error this package raises on purpose; its words come in both languages."""


class UnknownKpiError(KpiError, LookupError):
    """A KPI was asked for that no catalogue module declares."""


class SliceError(KpiError, ValueError):
    """A dimension or a value of one that does not exist, or that a KPI does not carry."""


class ProfileError(KpiError, LookupError):
    """A platform that is not known, or that does not count a KPI in a way of its own."""


class BasisError(KpiError, LookupError):
    """A KPI that does not know the basis it was asked on."""


class PeriodError(KpiError, ValueError):
    """A day that cannot be read, or a period that holds no data."""


class FigureError(KpiError, ArithmeticError):
    """Sums that contradict a declaration, such as more on-time orders than orders."""


class ExtractError(KpiError, ValueError):
    """A table that cannot be extracted the way it was asked for."""


def unknown_value(dimension: str, given: str, known: Sequence[str]) -> SliceError:
    """The error for a value that no row has: the first values that exist, and the nearest one.

    Args:
        dimension: the dimension, e.g. `channel`.
        given: the value as it was given.
        known: every value that rows have.
    """
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.5)
    more = len(known) - LISTED_VALUES
    listed = ", ".join(known[:LISTED_VALUES]) or "-"
    return SliceError(
        Text(
            en=f"no row has {dimension}={given}; there is: {listed}"
            + (f" and {more} more." if more > 0 else ".")
            + (f" Did you mean '{near[0]}'?" if near else ""),
            zh=f"没有 {dimension}={given} 的数据；现有：{listed}"
            + (f" 等，另有 {more} 个。" if more > 0 else "。")
            + (f"是否想写“{near[0]}”？" if near else ""),
        )
    )
