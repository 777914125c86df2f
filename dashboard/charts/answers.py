"""Answers from 0 to 10: bars in the colours of their groups, and a line of shades per slice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.small_cells import HIDDEN, SHOWN
from dashboard.wording import Say, voice
from dashboard.wording import charts as words
from kpis.answers import DETRACTOR, PASSIVE, PROMOTER, SCORES

HEIGHT, ROW_HEIGHT, HEADER = 260, 34, 30
LONGEST = 20
COLOURS = {DETRACTOR: palette.WORSE, PASSIVE: palette.UNCHANGED, PROMOTER: palette.BETTER}


@kept
def spread(rows: pl.DataFrame, say: Say) -> Chart:
    """One bar per score with its share of all answers.

    Args:
        rows: the eleven rows of `kpis.answers`, whole.
        say: the reader's language.
    """
    found = rows.to_dicts()
    bar = go.Bar(
        x=rows["score"].to_numpy(), y=rows["share"].to_numpy(), width=0.8,
        marker={"color": [COLOURS[row["group"]] for row in found]},
        text=[say.number(100 * row["share"]) + "%" for row in found], textposition="outside",
        textfont={"size": axes.SMALL, "color": palette.TEXT}, cliponaxis=False,
        customdata=[_hover(row, say) for row in found], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure = axes.figure(
        [bar], HEIGHT, margin={"l": 0, "r": axes.OUTER, "t": 22, "b": 0, "pad": 4},
        xaxis={**axes.plain(), "tickvals": SCORES, "showgrid": False},
        yaxis=axes.of_values(rows["share"].to_list(), "percent", say, from_zero=True),
    )  # fmt: skip
    told = [
        say(words.PART, name=str(row["score"]), value=say.value(row["share"], "percent")) for row in found
    ]
    groups = {code: say(text) for code, text in voice.GROUPS.items()}
    table = rows.select(
        pl.col("score").alias(say(voice.SCORE)),
        pl.col("group").replace(groups).alias(say(voice.GROUP)),
        pl.col("answers").alias(say(voice.ANSWERS)),
        pl.col("share").alias(say(words.SHARE)),
    )
    return Chart(figure, say(words.BARS_ALT, title=say(voice.SPREAD), bars=say.each(told)), table)


@kept
def spread_by(rows: pl.DataFrame, dimension: str, titles: Mapping[str, str], name: str, say: Say) -> Chart:
    """One line per value of a dimension, one column per score, shaded by the share of the line's answers.

    Args:
        rows: eleven rows per value, as `kpis.answers` has them, with `small`.
        dimension: the column that names the lines.
        titles: what its values are called, plain text; all of them.
        name: what the dimension is called.
        say: the reader's language.
    """
    lines = [part.to_dicts() for part in rows.partition_by(dimension, maintain_order=True)]
    shares = np.array([[_share(row) for row in line] for line in lines], dtype=float)
    heat = go.Heatmap(
        x=np.array(SCORES), y=np.arange(len(lines)), z=shares, xgap=3, ygap=3, showscale=False, zmin=0,
        zmax=float(np.nanmax(shares)) if np.isfinite(shares).any() else 1.0,
        colorscale=palette.steps(palette.SEQUENTIAL),
        text=[[_written(row, say) for row in line] for line in lines], texttemplate="%{text}",
        textfont={"size": axes.SMALL, "color": palette.TEXT}, hoverongaps=False,
        customdata=[[_hover(row, say) for row in line] for line in lines],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure = axes.figure(
        [heat], HEADER + ROW_HEIGHT * len(lines), margin={"l": 0, "r": 0, "t": HEADER, "b": 0, "pad": 4},
        xaxis={**axes.plain(), "side": "top", "tickvals": SCORES, "showgrid": False},
        yaxis={**axes.plain(), "tickvals": np.arange(len(lines)), "showgrid": False,
               "ticktext": [_label(line[0], dimension, titles, say) for line in lines],
               "range": [len(lines) - 0.5, -0.5]},
    )  # fmt: skip
    title = say(voice.SPREAD_BY_TITLE, dimension=name)
    named = [plain(titles.get(value or "", value or "")) for value in rows[dimension]]
    table = rows.select(
        pl.Series(name, named, pl.String),
        pl.col("score").alias(say(voice.SCORE)),
        pl.col("answers").alias(say(voice.ANSWERS)),
        pl.col("share").alias(say(words.SHARE)),
    )
    highest = [_highest(line, dimension, titles, say) for line in lines if line[0]["small"] == SHOWN]
    alt = say(words.BARS_ALT, title=title, bars=say.each(highest))
    return Chart(figure, alt if highest else say(words.EMPTY_ALT, title=title), table)


def _share(row: Mapping[str, Any]) -> float:
    return np.nan if row["share"] is None else float(row["share"])


def _label(row: Mapping[str, Any], dimension: str, titles: Mapping[str, str], say: Say) -> str:
    name = in_chart(titles.get(row[dimension] or "", row[dimension] or ""), LONGEST)
    return f"{name}  {say(voice.FEW) if row['small'] == HIDDEN else say.number(row['all_answers'])}"


def _written(row: Mapping[str, Any], say: Say) -> str:
    if row["small"] == HIDDEN:
        return ""
    return say.number(row["answers"]) if row["share"] is None else say.number(100 * row["share"]) + "%"


def _hover(row: Mapping[str, Any], say: Say) -> str:
    if row["answers"] is None:
        return say(voice.FEW)
    counted = {"answers": say.number(row["answers"]), "share": say.value(row["share"], "percent")}
    return say(voice.BAR_HOVER, score=row["score"], group=say(voice.GROUPS[row["group"]]), **counted)


def _highest(line: list[dict[str, Any]], dimension: str, titles: Mapping[str, str], say: Say) -> str:
    """The commonest answer of a line."""
    top = max(line, key=lambda row: row["answers"])
    name = plain(titles.get(top[dimension] or "", top[dimension] or ""))
    return say(words.PART, name=f"{name} {top['score']}", value=say.value(top["share"], "percent"))
