"""Cohorts by the months since their first order as a heat map; what is not over yet stays blank."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.small_cells import COUNTED, HIDDEN, SHOWN
from dashboard.wording import Say, loyalty
from dashboard.wording import charts as words
from kpis.first_orders import ALL

ROW_HEIGHT, HEADER, FOOTER = 29, 26, 4
SHARES = {"cumulative": "back_so_far", "value": "back"}
BOUNDS = {"cumulative": ("cumulative_low", "cumulative_high"), "value": ("low", "high")}
BURNT_IN = "†"


@kept
def triangle(rows: pl.DataFrame, share: str, say: Say) -> Chart:
    """One line per cohort from the oldest down, below them that of all; one column per month since.

    Args:
        rows: as `small_groups.cohorts` leaves the rows of `kpis.cohorts`.
        share: `cumulative` (back by then) or `value` (back in that month).
        say: the reader's language.
    """
    names = rows["cohort"].unique(maintain_order=True).to_list()
    over = rows.filter(pl.col(SHARES[share]).is_not_null() | pl.col(share).is_not_null())["offset"]
    offsets = np.arange(int(over.max() or 0) + 1)
    shape = (len(names), len(offsets))
    shades, texts, hovers = np.full(shape, np.nan), np.full(shape, "", object), np.full(shape, "", object)
    for row in rows.filter(pl.col("offset") < len(offsets)).iter_rows(named=True):
        place = names.index(row["cohort"]), row["offset"]
        if row[share] is not None:
            shades[place] = row[share]
        texts[place], hovers[place] = _written(row, share, say), _hover(row, share, say)
    heat = go.Heatmap(
        x=offsets, y=np.arange(len(names)), z=shades, text=texts, texttemplate="%{text}",
        textfont={"size": axes.TEXT_SIZE - 1, "color": palette.TEXT}, customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>", hoverongaps=False, xgap=3, ygap=3, showscale=False,
        zmin=0, zmax=float(np.nanmax(shades)) if np.isfinite(shades).any() else 1.0,
        colorscale=palette.steps(palette.SEQUENTIAL),
    )  # fmt: skip
    firsts = rows.group_by("cohort", maintain_order=True).first().iter_rows(named=True)
    figure = axes.figure(
        [heat], HEADER + FOOTER + ROW_HEIGHT * len(names),
        margin={"l": 0, "r": 0, "t": HEADER, "b": FOOTER, "pad": 4},
        xaxis={**axes.plain(), "side": "top", "tickvals": offsets, "showgrid": False,
               "ticktext": [say(loyalty.OFFSET, offset=offset) for offset in offsets]},
        yaxis={**axes.plain(), "tickvals": np.arange(len(names)), "showgrid": False,
               "ticktext": [_label(row, say) for row in firsts], "range": [len(names) - 0.5, -0.5]},
    )  # fmt: skip
    return Chart(figure, _alt(rows, share, say), _table(rows, share, say))


def _label(row: dict[str, Any], say: Say) -> str:
    """The cohort and how many are in it; marked where some of them may have bought before."""
    if row["cohort"] == ALL:
        return f"<b>{say(loyalty.ALL_COHORTS)}</b>"
    size = say(loyalty.FEW_PEOPLE) if row["small"] == HIDDEN else say.number(row["customers"])
    mark = f" {BURNT_IN}" if row["burn_in"] else ""
    return f"{row['cohort']}{mark}  {size}"


def _written(row: dict[str, Any], share: str, say: Say) -> str:
    count = row[SHARES[share]]
    if row["small"] == COUNTED and count is not None:
        return say(loyalty.OF, back=say.number(count), customers=say.number(row["customers"]))
    return "" if row[share] is None else say.number(100 * row[share]) + "%"


def _hover(row: dict[str, Any], share: str, say: Say) -> str:
    if row[share] is None:
        return ""
    name = say(loyalty.ALL_COHORTS) if row["cohort"] == ALL else row["cohort"]
    low, high = (say.value(row[bound], "percent") for bound in BOUNDS[share])
    parts = [
        f"{name} · {say(loyalty.OFFSET, offset=row['offset'])}",
        f"{say.value(row[share], 'percent')} · {say(words.BETWEEN, low=low, high=high)}",
    ]
    if row["customers"] is not None:
        back, customers = (say.number(row[name]) for name in (SHARES[share], "customers"))
        parts.append(say(loyalty.OF, back=back, customers=customers))
    return "<br>".join(parts)


def _alt(rows: pl.DataFrame, share: str, say: Say) -> str:
    told = rows.filter((pl.col("cohort") == ALL) & (pl.col("small") == SHOWN)).drop_nulls(share)
    if told.is_empty():
        return say(words.EMPTY_ALT, title=say(loyalty.SHARES[share]))
    each = [
        say(
            words.PART, name=say(loyalty.OFFSET, offset=row["offset"]), value=say.value(row[share], "percent")
        )
        for row in told.iter_rows(named=True)
    ]
    return say(words.BARS_ALT, title=say(loyalty.SHARES[share]), bars=say.each(each))


def _table(rows: pl.DataFrame, share: str, say: Say) -> pl.DataFrame:
    low, high = BOUNDS[share]
    headings = {
        "cohort": loyalty.COHORT, "burn_in": loyalty.BURN_IN, "customers": loyalty.CUSTOMERS,
        "offset": loyalty.SINCE, SHARES[share]: loyalty.BACK, share: words.SHARE,
        low: loyalty.LOW, high: loyalty.HIGH,
    }  # fmt: skip
    known = rows.filter(pl.col(SHARES[share]).is_not_null() | pl.col(share).is_not_null())
    return known.select(pl.col(name).alias(say(text)) for name, text in headings.items())
