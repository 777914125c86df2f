"""A few groups side by side: one point each with its interval, and what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.wording import Say, names
from dashboard.wording import charts as words
from kpis.kpi import Unit

AXIS_ROOM, MARK = 34, 11
LONGEST_LINE, LINES = 24, 2
LOOKS = {
    "online": ("circle", palette.ONLINE),
    "offline": ("diamond", palette.OFFLINE),
    "cross": ("square", palette.SERIES[2]),
}
OTHER = ("circle", palette.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One group.

    Attributes:
        title: what it is called, plain text.
        kind: online, offline or cross, which set symbol and colour; anything else is grey.
        value: the figure; null where it rests on too few.
        low: the lower end of its interval.
        high: the upper end.
        count: what it rests on; null where not even that may be told, or where nothing is counted.
        code: what a click gives as `customdata`.
    """

    title: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    count: float | None
    code: str = ""


@kept
def estimates(groups: Sequence[Estimate], about: str, unit: Unit, say: Say, *, hidden: str) -> Chart:
    """One line per group from the top.

    Args:
        groups: the groups.
        about: what is compared, plain text.
        unit: the unit of the figures.
        say: the reader's language.
        hidden: what stands for a count that may not be told.
    """
    place = np.arange(len(groups))
    values, low, high = (
        np.array([np.nan if end is None else end for end in ends], dtype=float)
        for ends in zip(*[(each.value, each.low, each.high) for each in groups], strict=True)
    )
    looks = [LOOKS.get(each.kind, OTHER) for each in groups]
    points = go.Scatter(
        x=values, y=place, mode="markers", cliponaxis=False, customdata=[each.code for each in groups],
        marker={"symbol": [symbol for symbol, _ in looks], "color": [colour for _, colour in looks],
                "size": MARK},
        error_x={"type": "data", "symmetric": False, "array": np.nan_to_num(high - values),
                 "arrayminus": np.nan_to_num(values - low), "color": palette.TEXT, "thickness": 1,
                 "width": 3},
        text=[_hover(each, unit, say) for each in groups], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    beside = [_written(each, unit, say, hidden) for each in groups]
    notes = [
        axes.note(text, x=1, xref="paper", y=spot, xanchor="left", xshift=8)
        for spot, text in enumerate(beside)
    ]
    figure = axes.figure(
        [points], AXIS_ROOM + axes.ROW_HEIGHT * max(len(groups), axes.FEWEST_ROWS), annotations=notes,
        margin={"l": 0, "r": axes.beside(beside), "t": 0, "b": 0, "pad": 6},
        xaxis=axes.of_values([*values, *low, *high], unit, say, from_zero=False, is_told=True),
        yaxis={**axes.plain(), "tickvals": place, "ticktext": [_label(each) for each in groups],
               "showgrid": False, "range": [len(groups) - 0.5, -0.5]},
    )  # fmt: skip
    told = [say(words.PART, name=plain(each.title), value=say.value(each.value, unit)) for each in groups]
    table = pl.DataFrame(
        {
            say(words.NAME): [plain(each.title) for each in groups],
            say(words.VALUE): [each.value for each in groups],
            say(names.RESULT_COLUMNS["low"]): [each.low for each in groups],
            say(names.RESULT_COLUMNS["high"]): [each.high for each in groups],
            say(words.COUNT): [each.count for each in groups],
        }
    )
    return Chart(figure, say(words.BARS_ALT, title=plain(about), bars=say.each(told)), table)


def _label(each: Estimate) -> str:
    """The title, a long one on two lines: on a phone it would leave no room for the points."""
    lines = textwrap.wrap(plain(each.title), LONGEST_LINE, break_long_words=False, max_lines=LINES) or [""]
    return "<br>".join(in_chart(line) for line in lines)


def _written(each: Estimate, unit: Unit, say: Say, hidden: str) -> str:
    if each.count is None:
        return hidden if each.value is None else f"<b>{say.value(each.value, unit)}</b>"
    counted = say(words.COUNTED, denominator=say.number(each.count))
    if each.value is None:
        return say(words.FEW, denominator=say.number(each.count))
    return f"<b>{say.value(each.value, unit)}</b>  {counted}"


def _hover(each: Estimate, unit: Unit, say: Say) -> str:
    parts = [in_chart(each.title), say.value(each.value, unit)]
    if each.low is not None and each.high is not None:
        parts.append(say(words.BETWEEN, low=say.value(each.low, unit), high=say.value(each.high, unit)))
    return "<br>".join(parts)
