"""After how many days first-time customers order again, part by part of the time since."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.small_cells import HIDDEN
from dashboard.wording import Say, loyalty
from dashboard.wording import charts as words

HEIGHT = 340


def part(row: dict[str, Any], say: Say) -> str:
    """The days of one part in words."""
    if row["days_to"] is None:
        return say(loyalty.DAYS_FROM, first=row["days_from"])
    return say(loyalty.DAYS_BETWEEN, first=row["days_from"], last=row["days_to"])


@kept
def second_orders(rows: pl.DataFrame, say: Say) -> Chart:
    """One column per part with the share of all customers who come back then, and how many did so far.

    Args:
        rows: one row per part, as `kpis.repurchase.second_orders` has those of all, with `small`.
        say: the reader's language.
    """
    found = rows.to_dicts()
    parts = [part(row, say) for row in found]
    shares = rows["share_then"].cast(pl.Float64).to_numpy()
    bar = go.Bar(
        x=np.arange(len(found)), y=shares, marker={"color": palette.BETTER}, width=0.7,
        text=["" if row["share_then"] is None else say.value(row["share_then"], "percent") for row in found],
        textposition="outside", textfont={"size": axes.SMALL, "color": palette.TEXT}, cliponaxis=False,
        customdata=[_hover(row, name, say) for row, name in zip(found, parts, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure = axes.figure(
        [bar], HEIGHT, margin={"l": 0, "r": axes.OUTER, "t": 22, "b": 0, "pad": 4},
        xaxis={**axes.plain(), "tickvals": np.arange(len(found)), "ticktext": parts, "showgrid": False},
        yaxis=axes.of_values(rows["share_then"].to_list(), "percent", say, from_zero=True),
    )  # fmt: skip
    told = [
        say(words.PART, name=name, value=say.value(row["share_then"], "percent"))
        for row, name in zip(found, parts, strict=True)
    ]
    alt = say(words.BARS_ALT, title=say(loyalty.SECOND), bars=say.each(told))
    table = rows.select(
        pl.Series(say(loyalty.DAYS), parts, pl.String),
        pl.col("back_then").alias(say(loyalty.BACK)),
        pl.col("share_then").alias(say(loyalty.SHARE_THEN)),
    )
    return Chart(figure, alt if told else say(words.EMPTY_ALT, title=say(loyalty.SECOND)), table)


def _hover(row: dict[str, Any], name: str, say: Say) -> str:
    if row["small"] == HIDDEN:
        return f"{name}<br>{say(loyalty.FEW_PEOPLE)}"
    share = say.value(row["share_then"], "percent")
    return f"{name}<br>" + say(loyalty.SECOND_HOVER, share=share, back=say.number(row["back_then"]))
