"""Errors about figures: a KPI, dimension, value or day that does not exist, or a figure that cannot be."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

from connectors.errors import ConnectorError, did_you_mean
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


def listed_ids(ids: Collection[str]) -> Text:
    """All ids where they can be read in a line; of more only how many, and where to read them."""
    if len(ids) <= LISTED_VALUES:
        told = ", ".join(sorted(ids))
        return Text(told, told)
    return Text(
        f"{len(ids)} names, see python -m kpis catalogue",
        f"共 {len(ids)} 个，见 python -m kpis catalogue",
    )


def unknown_kpi(given: str, known: Collection[str]) -> UnknownKpiError:
    """The error for a KPI that no catalogue module declares: how many there are, and the nearest one."""
    near, listed = did_you_mean(given, known), listed_ids(known)
    return UnknownKpiError(
        Text(
            f"there is no KPI '{given}'; there is: {listed.en}.{near.en}",
            f"没有名为“{given}”的指标；现有：{listed.zh}。{near.zh}",
        )
    )


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
