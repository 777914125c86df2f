"""What KPIs tell of January 2025 in shops of a few rows, and what they should."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kpis.evaluate import Query, evaluate
from tests.kpis.frames import Rows, shop_of

JAN = dt.date(2025, 1, 1)
DAY = dt.timedelta(days=1)


def january(day: int) -> dt.date:
    """A day of January 2025."""
    return dt.date(2025, 1, day)


def tell(name: str, *, start: dt.date = JAN, end: dt.date = JAN + 30 * DAY, **asked: Any) -> dict[str, Any]:
    """The one row of a KPI's result.

    Args:
        name: the KPI.
        start: the first day.
        end: the last day.
        asked: rows by the name of their derived table; whatever else is part of the question.
    """
    tables: dict[str, Rows] = {key: asked.pop(key) for key in list(asked) if isinstance(asked[key], list)}
    rows = evaluate(shop_of(**tables), Query((name,), start, end, **asked))
    assert rows.height == 1
    return rows.row(0, named=True)


def says(
    told: dict[str, Any], numerator: float, denominator: float | None, value: float, excluded: int
) -> None:
    """Check both counts, the value and what was left out."""
    assert told["numerator"] == pytest.approx(numerator)
    assert told["denominator"] == denominator
    assert told["value"] == pytest.approx(value)
    assert told["excluded"] == excluded
