"""How many were back after so many days, cohort by cohort: observed solid, estimated dotted."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.wording import Say, loyalty
from dashboard.wording import charts as words
from kpis.first_orders import ALL
from kpis.repurchase import ESTIMATE, OBSERVED

HEIGHT = 340
BASES = {OBSERVED: loyalty.OBSERVED, ESTIMATE: loyalty.ESTIMATE}
TICKS = (7, 30, 60, 90, 180, 270, 365)


@kept
def curves(rows: pl.DataFrame, say: Say) -> Chart:
    """A line per cohort, the last ones as far as colours go, and the line of all with its interval.

    Args:
        rows: as `small_groups.cohorts` leaves the rows of `kpis.repurchase.curves`.
        say: the reader's language.
    """
    every = rows.filter((pl.col("cohort") == ALL) & pl.col("value").is_not_null())
    own = rows.filter((pl.col("cohort") != ALL) & pl.col("value").is_not_null())
    names = own["cohort"].unique(maintain_order=True).to_list()[-len(palette.SERIES) + 1 :]
    traces = _all(every, say)
    for place, name in enumerate(names):
        traces += _cohort(own.filter(pl.col("cohort") == name), palette.SERIES[place], say)
    if own.height and (own["basis"] == ESTIMATE).any():
        dotted = {"color": palette.TEXT, "width": 2, "dash": "dot"}
        traces.append(go.Scatter(x=[None], y=[None], mode="lines", line=dotted, name=say(loyalty.ESTIMATE)))
    shown = pl.concat([every, own.filter(pl.col("cohort").is_in(names))])
    figure = axes.figure(
        traces, HEIGHT, showlegend=True,
        xaxis={**axes.plain(), "tickvals": TICKS, "ticktext": [say(loyalty.DAY, days=day) for day in TICKS],
               "range": [0, TICKS[-1] + 4], "showgrid": False},
        yaxis=axes.of_values([*shown["value"], *every["high"]], "percent", say, from_zero=True),
    )  # fmt: skip
    return Chart(figure, _alt(every, say), _table(rows, say))


def _all(every: pl.DataFrame, say: Say) -> list[go.Scatter]:
    if every.is_empty():
        return []
    days = every["days"].to_numpy()
    return [
        go.Scatter(
            x=np.concatenate([days, days[::-1]]),
            y=np.concatenate([every["high"].to_numpy(), every["low"].to_numpy()[::-1]]),
            fill="toself", fillcolor=palette.BAND, line={"width": 0}, mode="lines", hoverinfo="skip",
            name=say(words.INTERVAL), showlegend=False,
        ),
        _line(every, say(loyalty.ALL_COHORTS), {"color": palette.TEXT, "width": 3}, say),
    ]  # fmt: skip


def _cohort(rows: pl.DataFrame, colour: str, say: Say) -> list[go.Scatter]:
    """What all of the cohort were followed for solid, and from its last point on dotted the estimate."""
    is_observed = (rows["basis"] == OBSERVED).to_numpy()
    last = np.flatnonzero(is_observed)[-1] if is_observed.any() else 0
    name = str(rows["cohort"][0])
    parts = [_line(rows.head(last + 1), name, {"color": colour, "width": 2}, say)]
    if not is_observed.all():
        tail = _line(rows.slice(last), name, {"color": colour, "width": 2, "dash": "dot"}, say)
        parts.append(tail.update(showlegend=not is_observed.any()))
    return parts if is_observed.any() else parts[1:]


def _line(rows: pl.DataFrame, name: str, line: dict[str, Any], say: Say) -> go.Scatter:
    return go.Scatter(
        x=rows["days"].to_numpy(), y=rows["value"].to_numpy(), mode="lines", name=name, line=line,
        showlegend=True, text=[_hover(row, name, say) for row in rows.iter_rows(named=True)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _hover(row: dict[str, Any], name: str, say: Say) -> str:
    low, high = (say.value(row[bound], "percent") for bound in ("low", "high"))
    parts = [
        f"{name} · {say(loyalty.DAY, days=row['days'])}",
        f"{say.value(row['value'], 'percent')} · {say(BASES[row['basis']])}",
        say(words.BETWEEN, low=low, high=high),
    ]
    if row["customers"] is not None:
        parts.append(say(words.COUNTED, denominator=say.number(row["customers"])))
    return "<br>".join(parts)


def _alt(every: pl.DataFrame, say: Say) -> str:
    told = [
        say(words.PART, name=say(loyalty.DAY, days=row["days"]), value=say.value(row["value"], "percent"))
        for row in every.filter(pl.col("days").is_in(TICKS)).iter_rows(named=True)
    ]
    title = say(loyalty.CURVES)
    return (
        say(words.BARS_ALT, title=title, bars=say.each(told)) if told else say(words.EMPTY_ALT, title=title)
    )


def _table(rows: pl.DataFrame, say: Say) -> pl.DataFrame:
    headings = {
        "cohort": loyalty.COHORT, "burn_in": loyalty.BURN_IN, "days": loyalty.DAYS,
        "customers": loyalty.CUSTOMERS, "back": loyalty.BACK, "value": words.SHARE,
        "low": loyalty.LOW, "high": loyalty.HIGH, "basis": loyalty.BASIS,
    }  # fmt: skip
    basis = {code: say(text) for code, text in BASES.items()}
    named = rows.with_columns(pl.col("basis").replace(basis))
    return named.select(pl.col(name).alias(say(text)) for name, text in headings.items())
