"""Changes, or what each part brings to one, as bars to both sides of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.palette import Meaning
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import charts as words
from kpis.kpi import Unit

AXIS_ROOM = 56


@dataclass(frozen=True, slots=True)
class Move:
    """One bar.

    Attributes:
        code: what a click gives; null where there is nothing to choose.
        title: what it is called, plain text.
        amount: how far it goes, in the unit; null draws no bar.
        low: lower end of its interval; null without one.
        high: upper end.
        meaning: which colour it has.
        word: what is written behind the amount, so that colour never stands alone.
        told: further lines of the hover, plain text.
    """

    code: str | None
    title: str
    amount: float | None
    low: float | None
    high: float | None
    meaning: Meaning
    word: str
    told: tuple[str, ...] = ()


@kept
def moves(
    found: Sequence[Move],
    about: str,
    unit: Unit,
    table: pl.DataFrame,
    say: Say,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """One bar per move, from the top.

    Args:
        found: what to draw, in order.
        about: what moved, plain text.
        unit: of the amounts.
        table: the same as a table under headings of the reader's language.
        say: the reader's language.
        chosen: the values that a filter keeps, which are marked; empty marks none.
    """
    say = say.sized(*(move.amount for move in found))
    place = np.arange(len(found))
    labels = [in_chart(move.title) for move in found]
    codes = [move.code for move in found]
    bar = go.Bar(
        x=_numbers([move.amount for move in found]), y=place, orientation="h", width=0.62,
        marker={"color": [palette.MEANT[move.meaning] for move in found],
                "opacity": axes.brightness(codes, chosen)},
        error_x=_errors(found), customdata=codes,
        text=[_hover(label, move, unit, say) for label, move in zip(labels, found, strict=True)],
        textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    ends = [end for move in found for end in (move.amount, move.low, move.high)]
    axis = axes.of_values(ends, unit, say, from_zero=True, is_told=True)
    axis["ticktext"] = [say.change(float(tick), unit) for tick in axis["tickvals"]]
    told = [_written(move, unit, say) for move in found]
    written = [
        axes.note(text, x=1, xref="paper", y=spot, xanchor="left", xshift=6) for spot, text in enumerate(told)
    ]
    figure = axes.figure(
        [bar], AXIS_ROOM + axes.ROW_HEIGHT * max(len(found), axes.FEWEST_ROWS), annotations=written,
        margin={"l": 0, "r": axes.beside(told), "t": 0, "b": 0, "pad": 6},
        xaxis={**axis, "zeroline": True, "zerolinecolor": palette.TEXT, "zerolinewidth": 1},
        yaxis={**axes.plain(), "tickvals": place, "ticktext": axes.marked(labels, codes, chosen),
               "showgrid": False, "range": [len(found) - 0.5, -0.5]},
    )  # fmt: skip
    return Chart(figure, _alt(found, about, unit, say), table)


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in values])


def _errors(found: Sequence[Move]) -> dict[str, Any]:
    amounts, low, high = (
        _numbers([getattr(move, name) for move in found]) for name in ("amount", "low", "high")
    )
    if all(move.low is None for move in found):
        return {"visible": False}
    return {
        "type": "data", "symmetric": False, "array": np.nan_to_num(high - amounts),
        "arrayminus": np.nan_to_num(amounts - low), "color": palette.TEXT, "thickness": 1, "width": 3,
    }  # fmt: skip


def _written(move: Move, unit: Unit, say: Say) -> str:
    if move.amount is None:
        return in_chart(move.word)
    return f"<b>{say.change(move.amount, unit)}</b> {in_chart(move.word)}"


def _hover(label: str, move: Move, unit: Unit, say: Say) -> str:
    parts = [label] if move.amount is None else [label, say.change(move.amount, unit)]
    if move.low is not None and move.high is not None:
        ends = {"low": say.change(move.low, unit), "high": say.change(move.high, unit)}
        parts.append(say(words.BETWEEN, **ends))
    return "<br>".join([*parts, *(in_chart(line, 80) for line in move.told)])


def _alt(found: Sequence[Move], about: str, unit: Unit, say: Say) -> str:
    told = [
        say(words.PART, name=plain(move.title), value=say.change(move.amount, unit))
        for move in found
        if move.amount is not None
    ]
    if not told:
        return say(words.EMPTY_ALT, title=plain(about))
    return say(words.BARS_ALT, title=plain(about), bars=say.each(told))
