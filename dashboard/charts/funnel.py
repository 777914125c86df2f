"""Steps that fewer and fewer reach, as bars with the rate of each step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.wording import Say
from dashboard.wording import charts as words

AXIS_ROOM = 8
STEP_HEIGHT = 46


@kept
def funnel(steps: pl.DataFrame, titles: Sequence[str], about: str, say: Say) -> Chart:
    """One bar per step, centred, with its count, its share of the step before and of the first.

    Args:
        steps: one row per step in order with `count`, `of_before` and `of_first` (fractions; null where
            there is nothing to divide by, and at the first step).
        titles: what the steps are called, plain text.
        about: what the funnel is of, plain text.
        say: the reader's language.
    """
    counts = steps["count"].cast(pl.Float64).fill_null(0).to_numpy()
    widest = float(counts.max()) if len(counts) else 1.0
    shares = steps.select("of_before", "of_first").rows()
    labels = [in_chart(title) for title in titles]
    place = np.arange(len(counts))
    hover = [
        say(words.FUNNEL_HOVER, name=label, count=say.number(count),
            before=say.value(before, "percent"), first=say.value(first, "percent"))
        for label, count, (before, first) in zip(labels, counts, shares, strict=True)
    ]  # fmt: skip
    bar = go.Bar(
        x=counts, y=place, base=-counts / 2, orientation="h", width=0.7, marker={"color": palette.BETTER},
        text=hover, textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    written = [_written(count, before, say) for count, (before, _) in zip(counts, shares, strict=True)]
    notes = [
        axes.note(text, x=1, xref="paper", y=spot, xanchor="left", xshift=6)
        for spot, text in enumerate(written)
    ]
    figure = axes.figure(
        [bar], AXIS_ROOM + STEP_HEIGHT * max(len(counts), 1), annotations=notes,
        margin={"l": 0, "r": axes.beside(written), "t": 0, "b": 0, "pad": 6},
        xaxis={**axes.plain(), "visible": False, "range": [-widest / 2 or -1, widest / 2 or 1]},
        yaxis={**axes.plain(), "tickvals": place, "ticktext": labels, "showgrid": False,
               "range": [len(counts) - 0.5, -0.5]},
    )  # fmt: skip
    told = [
        say(words.PART, name=plain(title), value=say.number(count))
        for title, count in zip(titles, counts, strict=True)
    ]
    alt = say(words.BARS_ALT, title=plain(about), bars=say.each(told))
    table = steps.select(
        pl.Series(say(words.STEP), [plain(title) for title in titles]),
        pl.col("count").alias(say(words.COUNT)),
        pl.col("of_before").alias(say(words.OF_STEP_BEFORE)),
        pl.col("of_first").alias(say(words.OF_FIRST)),
    )
    return Chart(figure, alt if told else say(words.EMPTY_ALT, title=plain(about)), table)


def _written(count: float, before: float | None, say: Say) -> str:
    written = f"<b>{say.compact(count)}</b>"
    return written if before is None else f"{written} {say.value(before, 'percent')}"
