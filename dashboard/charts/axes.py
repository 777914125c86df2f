"""What all charts look like: colours, axes with written numbers, margins, hover."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard import palette
from dashboard.safe import in_chart
from dashboard.wording import Say
from dashboard.written import unit_of
from kpis.kpi import Unit

TEXT_SIZE, SMALL = 13, 11
HEIGHT, ROW_HEIGHT, FEWEST_ROWS = 300, 34, 2
"""With less height Plotly gives an axis no room of its own, and its figures fall off the edge."""
TICKS, MOST_DAYS = 4, 5
ROUND_STEPS = (1, 2, 2.5, 5, 10)
SYMBOLS = {"online": "circle", "offline": "diamond"}
FADED = 0.35
OUTER, DAYS_MARGIN, HALF_A_DAY = 12, 0.08, dt.timedelta(hours=12)
LATIN, HAN = 6.2, 11.5
LARGEST_LATIN = 0x2FF
TAG = re.compile(r"<[^>]*>")


class Finished(go.Figure):
    """A figure that nobody changes any more, so that it need be put into plain values only once."""

    def to_dict(self) -> dict[str, Any]:
        """The figure in plain values."""
        return self._written

    @cached_property
    def _written(self) -> dict[str, Any]:
        written: dict[str, Any] = super().to_dict()
        return written


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
    return unchecked(traces, shared | layout)


def unchecked(traces: Iterable[Any], layout: Mapping[str, Any]) -> go.Figure:
    """A figure whose properties Plotly does not look up one by one, which takes most of a rerun; tests do."""
    return Finished(data=list(traces), layout=dict(layout), _validate=False)


def of_values(
    values: Iterable[float | None], unit: Unit, say: Say, *, from_zero: bool, is_told: bool = False
) -> dict[str, Any]:
    """An axis of KPI values: round steps, written as people of the language write them.

    Args:
        values: everything that has to be seen; nulls count for nothing.
        unit: the KPI's unit.
        say: the reader's language.
        from_zero: whether 0 belongs on it, as for bars; a line may leave it out.
        is_told: whether the values are written beside the marks, so that every other step will do, of which
            the ends are written.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    say = say if say.like is not None else say.sized(low, high)
    # Steps are round in the unit that they are written in.
    _, times = unit_of(say.like or 0.0, unit)
    ends = [min(low, 0) if from_zero else low, max(high, 0) if from_zero else high]
    ticks = round_steps(*(end / times for end in ends)) * times
    ends = [float(ticks[0]), float(ticks[-1])]
    ticks = [float(tick) for tick in ticks if not is_told or round(tick / (ticks[1] - ticks[0])) % 2 == 0]
    return {
        "range": ends,
        "tickvals": ticks,
        "ticktext": _at_the_ends(ticks, unit, say) if is_told else [say.value(tick, unit) for tick in ticks],
        **plain(),
    }


def _at_the_ends(ticks: Sequence[float], unit: Unit, say: Say) -> list[str]:
    """The first, the last and 0 in words, 0 without a unit: all that a phone has room for."""
    ends = {ticks[0], ticks[-1]}
    return [say.number(0) if not tick else say.value(tick, unit) if tick in ends else "" for tick in ticks]


def of_days(days: Sequence[dt.date], say: Say, most: int = MOST_DAYS) -> dict[str, Any]:
    """An axis of days, some of which are written; the year stands at the first.

    Args:
        days: every day there is a point for, in order.
        say: the reader's language.
        most: how many are written at most.
    """
    written = days[:: max(1, math.ceil(len(days) / most))]
    texts = [say.short_span(day, day) for day in written]
    if written:
        texts[0] = f"{texts[0]}<br>{written[0].year}"
    ticks = {"tickvals": [day.isoformat() for day in written], "ticktext": texts}
    # Left to itself, the axis would make room for the names of events and press the lines together.
    around = max(HALF_A_DAY, (max(days) - min(days)) * DAYS_MARGIN) if days else HALF_A_DAY
    ends = (
        [
            f"{dt.datetime.combine(end, dt.time()) + by:%Y-%m-%dT%H:%M}"
            for end, by in ((min(days), -around), (max(days), around))
        ]
        if days
        else None
    )
    return {"type": "date", "range": ends, **ticks, **plain(), "showgrid": False}


def plain() -> dict[str, Any]:
    """Thin grid lines, no zoom."""
    return {
        "fixedrange": True,
        "gridcolor": palette.GRID,
        "zeroline": False,
        "automargin": True,
        "tickangle": 0,
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


def width(text: str) -> float:
    """About how many pixels a small text of a chart takes; its markup takes none.

    >>> round(width("<b>7.5%</b>"), 1), width("达标")
    (24.8, 23.0)
    """
    return sum(LATIN if ord(mark) <= LARGEST_LATIN else HAN for mark in TAG.sub("", text))


def beside(texts: Iterable[str]) -> int:
    """The margin that texts beside a chart take."""
    return OUTER + math.ceil(max(map(width, texts), default=0))


def marked(labels: Sequence[str], codes: Sequence[str | None], chosen: Sequence[str]) -> list[str]:
    """The names on an axis; those that a filter has chosen say so by more than their colour.

    >>> marked(["Web", "App"], ["web", "app"], ["app"])
    ['Web', '<b>▸ App</b>']
    """
    return [
        f"<b>▸ {label}</b>" if code in chosen else label for label, code in zip(labels, codes, strict=True)
    ]


def brightness(codes: Sequence[str | None], chosen: Sequence[str]) -> list[float]:
    """How strongly each mark is drawn: what is not chosen fades, unless nothing chosen is among them.

    >>> brightness(["web", "app", None], ["app"]), brightness(["web", "app"], ["shop"])
    ([0.35, 1.0, 0.35], [1.0, 1.0])
    """
    is_any = any(code in chosen for code in codes)
    return [1.0 if code in chosen or not is_any else FADED for code in codes]


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
