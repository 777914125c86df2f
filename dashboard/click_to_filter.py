"""A chart that is clicked to filter: one value alone, and all again by a second click on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dashboard import state
from dashboard.charts.chart import NARROWEST, Chart, draw_chart
from dashboard.view import Room


def draw(room: Room, chart: Chart, key: str, dimension: str, min_width: int = NARROWEST) -> None:
    """Draw a chart whose points carry values of a filter as `customdata`.

    The chart is built with `room.filters.chosen(dimension)` and marks those itself: the filter may come from
    the address, from its own widget or from going back, of which the chart on the screen knows nothing.

    Args:
        room: what the page was given, with all its filters.
        chart: the chart.
        key: the name of the chart.
        dimension: the filter that its points are values of.
        min_width: pixels under which it can no longer be read.
    """
    named = name(key, room.filters.chosen(dimension))
    clicked = partial(state.choose_clicked, dimension, named)
    draw_chart(chart, key, room.say, on_select=clicked, min_width=min_width, selection=named)


def name(key: str, chosen: Sequence[str]) -> str:
    """The name that a chart keeps its clicks under: another one for other values of the filter.

    What was clicked in the browser so never outlives the filter that it led to.

    >>> name("leaderboard", ()), name("leaderboard", ("web", "app"))
    ('leaderboard', "leaderboard ['web', 'app']")
    """
    return f"{key} {list(chosen)!r}" if chosen else key
