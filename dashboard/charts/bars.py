"""A KPI by the values of a dimension as horizontal bars with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette, verdicts
from dashboard.cards import target
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.wording import Say, names
from dashboard.wording import charts as words
from kpis.kpi import Kpi

AXIS_ROOM = 40
MARK = 0.42
MEANING = {"good": "better", "near": "near", "bad": "worse"}


@kept
def bars(
    kpi: Kpi,
    rows: pl.DataFrame,
    dimension: str,
    titles: Mapping[str, str],
    say: Say,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """One bar per row, from the top; coloured by the target where there is one, with the word beside it.

    Each bar has a mark at its own target, as a better value may miss a stricter one. A click gives the value
    of the dimension as `customdata`.

    Args:
        kpi: the KPI.
        rows: as `figures.by` gives them, in the order they are drawn; small ones have counts and no bar.
        dimension: the column that names the bars.
        titles: what its values are called, plain text; the others keep their code.
        say: the reader's language.
        chosen: the values that a filter keeps, which are marked; empty marks none.
    """
    found = rows.to_dicts()
    labels = [in_chart(_title(row, dimension, titles, say)) for row in found]
    codes = [row[dimension] for row in found]
    values = np.array([_number(row["value"]) for row in found])
    place = np.arange(len(found))
    bar = go.Bar(
        x=values, y=place, orientation="h", width=0.62, error_x=_errors(found), customdata=codes,
        marker={"color": [_colour(row) for row in found], "opacity": axes.brightness(codes, chosen)},
        text=[_hover(kpi, label, row, say) for label, row in zip(labels, found, strict=True)],
        textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    ends = [value for row in found for value in (row["value"], row.get("high"), row.get("low"))]
    ends += [row["target"] for row in found if _has_target(row)]
    sized = say.sized(*rows["value"].to_list())
    axis = axes.of_values(ends, kpi.unit, sized, from_zero=True, is_told=True)
    told = [_written(kpi, row, say) for row in found]
    written = [
        axes.note(text, x=1, xref="paper", y=spot, xanchor="left", xshift=6) for spot, text in enumerate(told)
    ]
    figure = axes.figure(
        [bar], AXIS_ROOM + axes.ROW_HEIGHT * max(len(found), axes.FEWEST_ROWS),
        margin={"l": 0, "r": axes.beside(told), "t": 0, "b": 0, "pad": 6}, annotations=written, xaxis=axis,
        shapes=[_mark(row["target"], spot) for spot, row in enumerate(found) if _has_target(row)],
        yaxis={**axes.plain(), "tickvals": place, "ticktext": axes.marked(labels, codes, chosen),
               "showgrid": False, "range": [len(found) - 0.5, -0.5]},
    )  # fmt: skip
    table = rows.select(
        pl.Series(say(names.DIMENSIONS[dimension]), [_title(row, dimension, titles, say) for row in found]),
        *(pl.col(name).alias(say(names.RESULT_COLUMNS[name])) for name in _columns(rows)),
    )
    return Chart(figure, _alt(kpi, found, dimension, titles, say), table)


def _columns(rows: pl.DataFrame) -> list[str]:
    wanted = ("value", "low", "high", "numerator", "denominator", "change", "target")
    return [name for name in wanted if name in rows.columns]


def _title(row: Mapping[str, Any], dimension: str, titles: Mapping[str, str], say: Say) -> str:
    code = row[dimension]
    return plain(titles.get(code, code)) if code else say(names.UNKNOWN)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _has_target(row: Mapping[str, Any]) -> bool:
    """Whether the row has a bar that a target judges."""
    return row["value"] is not None and row.get("target") is not None


def _mark(target: float, place: int) -> dict[str, Any]:
    """A thick stroke across the bar, longer than its interval's ends are high."""
    return {
        "type": "line", "x0": target, "x1": target, "y0": place - MARK, "y1": place + MARK,
        "line": {"color": palette.TEXT, "width": 3}, "layer": "above",
    }  # fmt: skip


def _errors(found: list[dict[str, Any]]) -> dict[str, Any]:
    """How far the interval reaches from the bar's end, both ways."""
    values, low, high = (
        np.array([_number(row.get(name)) for row in found]) for name in ("value", "low", "high")
    )
    beyond, before = np.nan_to_num(high - values), np.nan_to_num(values - low)
    return {
        "type": "data", "symmetric": False, "array": beyond, "arrayminus": before,
        "color": palette.TEXT, "thickness": 1, "width": 3,
    }  # fmt: skip


def _colour(row: Mapping[str, Any]) -> str:
    meaning = MEANING.get(str(row.get("status")))
    return palette.MEANT[meaning] if meaning else palette.UNCHANGED


def _written(kpi: Kpi, row: Mapping[str, Any], say: Say) -> str:
    """The value, how it stands to its target, and that; the count where it rests on too few."""
    say = say.sized(row["value"])
    if row["value"] is None:
        below = row.get("denominator")
        return (
            say(words.FEW, denominator=say.number(below)) if below is not None else say.value(None, kpi.unit)
        )
    value = f"<b>{say.value(row['value'], kpi.unit)}</b>"
    status = verdicts.of_status(kpi, row)
    return f"{value} {say(status.word)} {target(kpi, row, say)}" if _has_target(row) else value


def _hover(kpi: Kpi, label: str, row: Mapping[str, Any], say: Say) -> str:
    say = say.sized(row["value"])
    parts = [label, say.value(row["value"], kpi.unit)]
    if row.get("low") is not None:
        bounds = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
        parts.append(say(words.BETWEEN, **bounds))
    if _has_target(row):
        parts.append(say(words.AIM, target=target(kpi, row, say)))
    if row.get("denominator") is not None:
        parts.append(say(words.COUNTED, denominator=say.number(row["denominator"])))
    return "<br>".join(parts)


def _alt(kpi: Kpi, found: list[dict[str, Any]], dimension: str, titles: Mapping[str, str], say: Say) -> str:
    told = [
        say(
            words.PART_AIMED if _has_target(row) else words.PART,
            name=_title(row, dimension, titles, say),
            value=say.value(row["value"], kpi.unit),
            status=say(verdicts.of_status(kpi, row).word),
            target=target(kpi, row, say.sized(row["value"])),
        )
        for row in found
    ]
    if not told:
        return say(words.EMPTY_ALT, title=say(kpi.label))
    return say(words.BARS_ALT, title=say(kpi.label), bars=say.each(told))
