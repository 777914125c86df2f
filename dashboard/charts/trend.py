"""A KPI over time: line, interval, what is compared, target, what may still change, and what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes, event_bands, line_ends
from dashboard.charts.chart import NARROWEST, Chart
from dashboard.charts.kept import kept
from dashboard.charts.line_ends import End
from dashboard.events import Happening
from dashboard.safe import in_chart, plain
from dashboard.wording import Say, names
from dashboard.wording import charts as words
from kpis.kpi import Kpi

HEIGHT, TOP, DAYS_ROOM = 320, 8, 34
FEW_DAYS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        title: what it is, plain text; empty for a lone line.
        rows: one row per step of time, as `figures.over_time` gives them.
        kind: online, offline or unknown, which sets the symbol.
    """

    title: str
    rows: pl.DataFrame
    kind: str = "unknown"


@kept
def trend(kpi: Kpi, lines: Sequence[Line], say: Say, happenings: Sequence[Happening] = ()) -> Chart:
    """Lines of one KPI over time; a lone line has its interval and comparison, several lines have names.

    Args:
        kpi: the KPI.
        lines: what to draw; steps without a value leave a gap.
        say: the reader's language.
        happenings: festivals and events, drawn as spans with their names.
    """
    alone = len(lines) == 1
    say = say.sized(*(value for line in lines for value in line.rows["value"].to_list()))
    traces = [*(_around(lines[0], say) if alone else ()), *_target(lines, say)]
    colours = (palette.TEXT,) if alone else palette.SERIES
    for place, line in enumerate(lines):
        traces += _line(kpi, line, colours[place % len(colours)], say)
    seen = [line.rows[name] for line in lines for name in _seen(line.rows, alone=alone)]
    values = [value for column in seen for value in column.to_list()]
    values_axis = axes.of_values(values, kpi.unit, say, from_zero=False)
    ends = [] if alone else _ends(lines, say)
    beside = axes.beside(map(line_ends.written, ends))
    days_axis = axes.of_days(_days(lines), say, axes.MOST_DAYS if alone else FEW_DAYS)
    days = [day for line in lines for column in ("from", "to") for day in line.rows[column].drop_nulls()]
    narrow = _narrowest(values_axis, beside)
    spans, notes, room = event_bands.bands(happenings, days, days_axis["range"], narrow, say)
    notes += line_ends.named(ends, *values_axis["range"], HEIGHT - TOP - DAYS_ROOM)
    figure = axes.figure(
        traces, HEIGHT + room,
        showlegend=alone and sum(bool(trace.showlegend) for trace in traces) > 1,
        shapes=spans, annotations=notes,
        margin={"l": 0, "r": beside, "t": TOP + room, "b": 0, "pad": 4},
        xaxis=days_axis, yaxis=values_axis,
    )  # fmt: skip
    return Chart(figure, _alt(kpi, lines, say, happenings), _table(lines, say))


def _days(lines: Sequence[Line]) -> list[dt.date]:
    return sorted({day for line in lines for day in line.rows["from"].drop_nulls()})


def _seen(rows: pl.DataFrame, *, alone: bool) -> list[str]:
    """The columns that have to fit; the intervals of many lines would only push them together."""
    wanted = ("value", "target", "low", "high", "previous") if alone else ("value", "target")
    return [name for name in wanted if name in rows.columns]


def _ends(lines: Sequence[Line], say: Say) -> list[End]:
    """Where the lines and their target end, as far as they have any value."""
    named = [
        (line.title, line.kind, palette.SERIES[place % len(palette.SERIES)], line.rows["value"])
        for place, line in enumerate(lines)
    ]
    if lines and "target" in lines[0].rows.columns:
        named.append((say(words.TARGET), "target", palette.UNCHANGED, lines[0].rows["target"]))
    known = [(*named_as, values.drop_nulls()) for *named_as, values in named]
    return [End(title, kind, colour, values[-1]) for title, kind, colour, values in known if values.len()]


def _line(kpi: Kpi, line: Line, colour: str, say: Say) -> list[go.Scatter]:
    """What is final solid, and from its last point on dashed what may still change."""
    rows = line.rows
    is_final = rows["final"].fill_null(value=True).to_numpy().astype(bool)
    values = rows["value"].cast(pl.Float64).to_numpy()
    days = rows["from"].to_numpy().astype("datetime64[D]")
    joint = is_final.copy()
    if not is_final.all() and is_final.any():
        joint[np.flatnonzero(is_final)[-1]] = False
    title = in_chart(line.title) if line.title else say(kpi.label)
    symbol = axes.SYMBOLS.get(line.kind, "circle")
    hover = [_hover(kpi, line, row, say) for row in rows.iter_rows(named=True)]
    solid = go.Scatter(
        x=days, y=np.where(is_final, values, np.nan), mode="lines+markers", name=title, showlegend=True,
        line={"color": colour, "width": 2}, marker={"symbol": symbol, "size": 6, "color": colour},
        text=hover, hovertemplate="%{text}<extra></extra>", connectgaps=False,
    )  # fmt: skip
    if is_final.all():
        return [solid]
    tail = go.Scatter(
        x=days, y=np.where(joint, np.nan, values), mode="lines+markers", showlegend=bool(not is_final.any()),
        name=title, line={"color": colour, "width": 2, "dash": "dot"},
        marker={"symbol": f"{symbol}-open", "size": 6, "color": colour},
        text=hover, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    return [tail, solid]


def _around(line: Line, say: Say) -> list[go.Scatter]:
    """The interval as a band, and what the line is compared with."""
    rows, traces = line.rows.drop_nulls(["low", "high"]), []
    if rows.height:
        days = rows["from"].to_numpy().astype("datetime64[D]")
        traces.append(
            go.Scatter(
                x=np.concatenate([days, days[::-1]]),
                y=np.concatenate([rows["high"].to_numpy(), rows["low"].to_numpy()[::-1]]),
                fill="toself", fillcolor=palette.BAND, line={"width": 0}, mode="lines", hoverinfo="skip",
                name=say(words.INTERVAL), showlegend=True,
            )
        )  # fmt: skip
    if "previous" in line.rows.columns and line.rows["previous"].count():
        traces.append(_thin(line.rows, "previous", say(words.BEFORE), "dash"))
    return traces


def _target(lines: Sequence[Line], say: Say) -> list[go.Scatter]:
    """The target of the first line, step by step: it may change with the days."""
    rows = lines[0].rows if lines else pl.DataFrame()
    if "target" not in rows.columns or not rows["target"].count():
        return []
    return [_thin(rows, "target", say(words.TARGET), "dashdot")]


def _thin(rows: pl.DataFrame, column: str, title: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=rows["from"].to_numpy().astype("datetime64[D]"), y=rows[column].cast(pl.Float64).to_numpy(),
        mode="lines", name=title, showlegend=True, hoverinfo="skip",
        line={"color": palette.UNCHANGED, "width": 1.5, "dash": dash},
    )  # fmt: skip


def _narrowest(values_axis: dict[str, Any], beside: int) -> float:
    """How many pixels the axis of days has at least."""
    return NARROWEST - max(map(axes.width, values_axis["ticktext"]), default=0) - beside


def _hover(kpi: Kpi, line: Line, row: dict[str, Any], say: Say) -> str:
    parts = [in_chart(line.title)] if line.title else []
    parts += [say.span(row["from"], row["to"], with_year=True), say.value(row["value"], kpi.unit)]
    if row.get("low") is not None:
        bounds = {name: say.value(row[name], kpi.unit) for name in ("low", "high")}
        parts.append(say(words.BETWEEN, **bounds))
    if row.get("denominator") is not None:
        parts.append(say(words.COUNTED, denominator=say.number(row["denominator"])))
    if row.get("final") is False:
        parts.append(say(words.FINAL_ON, day=say.day(row["final_on"])))
    return "<br>".join(parts)


def _alt(kpi: Kpi, lines: Sequence[Line], say: Say, happenings: Sequence[Happening]) -> str:
    told = []
    for line in lines:
        known = line.rows.filter(pl.col("value").is_not_null()).sort("from")
        if known.is_empty():
            continue
        first, last = known.row(0, named=True), known.row(-1, named=True)
        low, high = (known.sort("value").row(place, named=True) for place in (0, -1))
        about = {
            "first": say.day(first["from"]), "begin": say.value(first["value"], kpi.unit),
            "last": say.day(last["to"]), "end": say.value(last["value"], kpi.unit),
            "low": say.value(low["value"], kpi.unit), "low_day": say.day(low["from"]),
            "high": say.value(high["value"], kpi.unit), "high_day": say.day(high["from"]),
        }  # fmt: skip
        told.append(say(words.TREND_ALT, title=plain(line.title or say(kpi.label)), **about))
    if told and happenings:
        told.append(say(words.EVENTS_ALT, events=say.each([plain(say(each.title)) for each in happenings])))
    return say.sentences(told) or say(words.EMPTY_ALT, title=say(kpi.label))


def _table(lines: Sequence[Line], say: Say) -> pl.DataFrame:
    columns = ("from", "to", "value", "low", "high", "denominator", "previous", "target", "final")
    frames = [
        line.rows.select(
            *([pl.lit(plain(line.title)).alias(say(words.SERIES))] if line.title else []),
            *(
                pl.col(name).alias(say(names.RESULT_COLUMNS[name]))
                for name in columns
                if name in line.rows.columns
            ),
        )
        for line in lines
    ]
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
