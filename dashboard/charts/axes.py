"""What all charts look like: colours, axes with written numbers, margins, hover."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard import palette
from dashboard.safe import in_chart
from dashboard.wording import Say
from kpis.kpi import Unit

TEXT_SIZE, SMALL = 13, 11
HEIGHT, ROW_HEIGHT = 300, 34
TICKS, MOST_DAYS = 4, 7
ROUND_STEPS = (1, 2, 2.5, 5, 10)
SYMBOLS = {"online": "circle", "offline": "diamond"}
OUTER = 12


def figure(traces: Iterable[Any], height: int, **layout: Any) -> go.Figure:
    """A figure in the shared look.

    Args:
        traces: what is drawn.
        height: pixels.
        layout: what differs from the shared look.
    """
    shared: dict[str, Any] = {
        "height": height,
        "margin": {"l": 0, "r": OUTER, "t": 8, "b": 0, "pad": 4},
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "paper_bgcolor": palette.SURFACE,
        "plot_bgcolor": palette.SURFACE,
        "font": {"size": TEXT_SIZE, "color": palette.TEXT},
        "legend": {"orientation": "h", "x": 0, "y": -0.14, "yanchor": "top", "title": {"text": ""}},
    }
    return go.Figure(data=list(traces), layout=shared | layout)


def of_values(values: Iterable[float | None], unit: Unit, say: Say, *, from_zero: bool) -> dict[str, Any]:
    """An axis of KPI values: round steps, written as people of the language write them.

    Args:
        values: everything that has to be seen; nulls count for nothing.
        unit: the KPI's unit.
        say: the reader's language.
        from_zero: whether 0 belongs on it, as for bars; a line may leave it out.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    ticks = round_steps(min(low, 0) if from_zero else low, max(high, 0) if from_zero else high)
    return {
        "range": [float(ticks[0]), float(ticks[-1])],
        "tickvals": ticks,
        "ticktext": [say.value(float(tick), unit) for tick in ticks],
        **plain(),
    }


def of_days(days: Sequence[dt.date], say: Say) -> dict[str, Any]:
    """An axis of days, some of which are written; the year stands at the first.

    Args:
        days: every day there is a point for, in order.
        say: the reader's language.
    """
    written = days[:: max(1, math.ceil(len(days) / MOST_DAYS))]
    texts = [say.day(day, with_year=False) for day in written]
    if written:
        texts[0] = f"{texts[0]}<br>{written[0].year}"
    ticks = {"tickvals": [day.isoformat() for day in written], "ticktext": texts}
    return {"type": "date", **ticks, **plain(), "showgrid": False}


def plain() -> dict[str, Any]:
    """Thin grid lines, no zoom."""
    return {
        "fixedrange": True,
        "gridcolor": palette.GRID,
        "zeroline": False,
        "automargin": True,
        "ticks": "",
        "tickfont": {"size": SMALL, "color": palette.TEXT},
        "title": {"text": ""},
    }


def note(text: str, **place: Any) -> dict[str, Any]:
    """A text on a chart; `text` is already fit for one."""
    return {
        "text": text,
        "showarrow": False,
        "font": {"size": SMALL, "color": palette.TEXT},
        "captureevents": False,
        **place,
    }


def names(titles: Mapping[str, str], longest: int = 24) -> dict[str, str]:
    """Titles from the data, fit for a chart."""
    return {value: in_chart(title, longest) for value, title in titles.items()}


def round_steps(low: float, high: float) -> np.ndarray:
    """Round numbers in equal steps around `low` and `high`.

    >>> round_steps(0.912, 0.957).round(3).tolist()
    [0.9, 0.92, 0.94, 0.96]
    >>> round_steps(3, 3).round(3).tolist()
    [2.6, 2.8, 3.0, 3.2, 3.4]
    """
    if high <= low:
        low, high = (low - abs(low) / 10 or -1.0, high + abs(high) / 10 or 1.0)
    rough = (high - low) / TICKS
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * part for part in ROUND_STEPS if size * part >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return np.arange(first, last + 1) * step
