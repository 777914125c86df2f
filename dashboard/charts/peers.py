"""Shops as points with their intervals beside the median and the best quartile of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from connectors.text import Text
from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.palette import Meaning
from dashboard.safe import in_chart, plain
from dashboard.wording import Say, names
from dashboard.wording import charts as words
from kpis.kpi import Kpi
from kpis.peers import Peers

AXIS_ROOM, TOP = 40, 36
STANDINGS: Mapping[str, tuple[Meaning, Text]] = {
    "ahead": ("better", words.AHEAD),
    "behind": ("worse", words.BEHIND),
    "apart": ("unchanged", words.APART),
    "level": ("unchanged", words.LEVEL),
    "untold": ("unchanged", words.UNTOLD),
}


@kept
def peer_points(
    kpi: Kpi,
    found: Peers,
    rows: pl.DataFrame,
    titles: Mapping[str, str],
    say: Say,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """One point per shop, coloured by its standing, with the word beside it; a click gives its id.

    Args:
        kpi: the KPI.
        found: median and best quartile of all shops.
        rows: those of its rows that are drawn, in order.
        titles: what the shops are called, plain text.
        say: the reader's language.
        chosen: the shops that a filter keeps, which are marked; empty marks none.
    """
    drawn, say = rows.to_dicts(), say.sized(found.median)
    place = np.arange(len(drawn))
    labels = [in_chart(titles.get(row["store"], row["store"])) for row in drawn]
    codes = [row["store"] for row in drawn]
    points = go.Scatter(
        x=_numbers(drawn, "value"), y=place, mode="markers", cliponaxis=False,
        marker={"size": 12, "symbol": "diamond", "opacity": axes.brightness(codes, chosen),
                "color": [palette.MEANT[STANDINGS[row["standing"]][0]] for row in drawn]},
        error_x={"type": "data", "symmetric": False, "color": palette.TEXT, "thickness": 1, "width": 3,
                 "array": np.nan_to_num(_numbers(drawn, "high") - _numbers(drawn, "value")),
                 "arrayminus": np.nan_to_num(_numbers(drawn, "value") - _numbers(drawn, "low"))},
        customdata=codes,
        text=[_hover(kpi, label, row, say) for label, row in zip(labels, drawn, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    marks = {words.MEDIAN: found.median, words.BEST_QUARTILE: found.best}
    known = {text: value for text, value in marks.items() if value is not None}
    ends = [row[name] for row in drawn for name in ("value", "low", "high")]
    notes = [
        axes.note(f"{say(text)} {say.value(value, kpi.unit)}", x=value, y=1, yref="paper", yanchor="bottom",
                  yshift=14 * number)
        for number, (text, value) in enumerate(known.items())
    ]  # fmt: skip
    told = [_told(kpi, row, say) for row in drawn]
    figure = axes.figure(
        [points], AXIS_ROOM + TOP + axes.ROW_HEIGHT * max(len(drawn), axes.FEWEST_ROWS),
        shapes=[_line(value, dash) for value, dash in zip(known.values(), ("dash", "dot"), strict=False)],
        annotations=[*notes, *_beside(told)],
        margin={"l": 0, "r": axes.beside(told), "t": TOP, "b": 0, "pad": 6},
        xaxis=axes.of_values([*ends, *known.values()], kpi.unit, say, from_zero=False, is_told=True),
        yaxis={**axes.plain(), "tickvals": place, "ticktext": axes.marked(labels, codes, chosen),
               "range": [len(drawn) - 0.5, -0.5]},
    )  # fmt: skip
    return Chart(figure, _alt(kpi, found, drawn, titles, say), _table(found.rows, titles, say))


def _numbers(drawn: list[dict[str, Any]], name: str) -> np.ndarray:
    return np.array([np.nan if row[name] is None else float(row[name]) for row in drawn])


def _line(value: float, dash: str) -> dict[str, Any]:
    line = {"color": palette.TEXT, "width": 1.5, "dash": dash}
    return {"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _told(kpi: Kpi, row: Mapping[str, Any], say: Say) -> str:
    return f"<b>{say.value(row['value'], kpi.unit)}</b> {say(STANDINGS[row['standing']][1])}"


def _beside(told: Sequence[str]) -> list[dict[str, Any]]:
    return [
        axes.note(text, x=1, xref="paper", y=spot, xanchor="left", xshift=6) for spot, text in enumerate(told)
    ]


def _hover(kpi: Kpi, label: str, row: Mapping[str, Any], say: Say) -> str:
    parts = [label, say.value(row["value"], kpi.unit)]
    if row["low"] is not None:
        bounds = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
        parts.append(say(words.BETWEEN, **bounds))
    if row["denominator"] is not None:
        parts.append(say(words.COUNTED, denominator=say.number(row["denominator"])))
    parts.append(say(words.FROM_MEDIAN, distance=say.change(row["from_median"], kpi.unit)))
    return "<br>".join(parts)


def _alt(kpi: Kpi, found: Peers, drawn: list[dict[str, Any]], titles: Mapping[str, str], say: Say) -> str:
    told = [
        say(words.PART, name=plain(titles.get(row["store"], row["store"])),
            value=say.value(row["value"], kpi.unit))
        for row in drawn
    ]  # fmt: skip
    marked = say(words.PART, name=say(words.MEDIAN), value=say.value(found.median, kpi.unit))
    return say(words.BARS_ALT, title=say(kpi.label), bars=say.each([marked, *told]))


def _table(rows: pl.DataFrame, titles: Mapping[str, str], say: Say) -> pl.DataFrame:
    headings = {"from_median": words.TO_MEDIAN, "lacking": words.LACKING}
    columns = ("value", "low", "high", "denominator")
    return rows.select(
        pl.Series(say(names.DIMENSIONS["store"]), [plain(titles.get(code, code)) for code in rows["store"]]),
        *(pl.col(name).alias(say(names.RESULT_COLUMNS[name])) for name in columns),
        *(pl.col(name).alias(say(text)) for name, text in headings.items()),
        pl.Series(say(words.STANDING), [say(STANDINGS[code][1]) for code in rows["standing"]]),
    )
