"""From the channel of the first order to that of the second as a heat map, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl

from dashboard import palette
from dashboard.charts import axes
from dashboard.charts.chart import Chart
from dashboard.charts.kept import kept
from dashboard.safe import in_chart, plain
from dashboard.small_cells import HIDDEN
from dashboard.wording import Say, loyalty, names
from dashboard.wording import charts as words

ROW_HEIGHT, HEADER = 44, 44
MARKS = {"online": "●", "offline": "◆"}
LONGEST = 18


@kept
def flow_map(
    rows: pl.DataFrame,
    titles: Mapping[str, str],
    kinds: Mapping[str, str],
    say: Say,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """A line per first channel, a column per second one; each line adds up to those who came back.

    A click gives the first channel as `customdata`.

    Args:
        rows: as `kpis.flows` has them, with `small`.
        titles: what channels are called, in order; plain text.
        kinds: online, offline or unknown per channel.
        say: the reader's language.
        chosen: the channels that a filter keeps, whose lines are marked; empty marks none.
    """
    firsts, seconds = (_in_order(rows[name], titles) for name in ("first_channel", "second_channel"))
    shape = (len(firsts), len(seconds))
    shades, texts, hovers = np.full(shape, np.nan), np.full(shape, "–", object), np.full(shape, "", object)
    for row in rows.iter_rows(named=True):
        place = firsts.index(row["first_channel"]), seconds.index(row["second_channel"])
        shades[place] = np.nan if row["value"] is None else row["value"]
        texts[place], hovers[place] = _written(row, say), _hover(row, titles, say)
    places = [(column, line) for line in range(shape[0]) for column in range(shape[1])]
    heat = go.Heatmap(
        x=np.arange(shape[1]), y=np.arange(shape[0]), z=shades, text=texts, texttemplate="%{text}",
        textfont={"size": axes.TEXT_SIZE, "color": palette.TEXT}, hoverinfo="skip", xgap=3, ygap=3,
        zmin=0, zmax=1, showscale=False, colorscale=palette.steps(palette.SEQUENTIAL),
    )  # fmt: skip
    # A heat map tells nobody which cell was clicked: invisible points over the cells do.
    points = go.Scatter(
        x=[column for column, _ in places], y=[line for _, line in places], mode="markers", opacity=0,
        marker={"size": ROW_HEIGHT, "symbol": "square"}, customdata=[firsts[line] for _, line in places],
        text=[hovers[line, column] for column, line in places], hovertemplate="%{text}<extra></extra>",
        unselected={"marker": {"opacity": 0}}, selected={"marker": {"opacity": 0}},
    )  # fmt: skip
    sizes = {row["first_channel"]: row for row in rows.iter_rows(named=True)}
    lines = [_line(sizes[channel], titles, kinds, say) for channel in firsts]
    figure = axes.figure(
        [heat, points], HEADER + ROW_HEIGHT * len(firsts), hoverdistance=2 * ROW_HEIGHT,
        margin={"l": 0, "r": 0, "t": HEADER, "b": 0, "pad": 4},
        xaxis={**axes.plain(), "side": "top", "showgrid": False, "tickvals": np.arange(len(seconds)),
               "ticktext": [_named(channel, titles, kinds, say) for channel in seconds]},
        yaxis={**axes.plain(), "showgrid": False, "tickvals": np.arange(len(firsts)),
               "ticktext": axes.marked(lines, firsts, chosen),
               "range": [len(firsts) - 0.5, -0.5]},
    )  # fmt: skip
    return Chart(figure, _alt(rows, titles, say), _table(rows, titles, say))


def _in_order(channels: pl.Series, titles: Mapping[str, str]) -> list[str]:
    order = {channel: place for place, channel in enumerate(titles)}
    return sorted(
        channels.unique().to_list(), key=lambda channel: (order.get(channel, len(order)), channel or "")
    )


def _named(channel: str | None, titles: Mapping[str, str], kinds: Mapping[str, str], say: Say) -> str:
    title = in_chart(_title(channel, titles, say), LONGEST)
    return f"{MARKS.get(kinds.get(channel or '', ''), '')} {title}".strip()


def _line(row: dict[str, Any], titles: Mapping[str, str], kinds: Mapping[str, str], say: Say) -> str:
    name = _named(row["first_channel"], titles, kinds, say)
    size = say(loyalty.FEW_PEOPLE) if row["came_back"] is None else say.number(row["came_back"])
    return f"{name}  {size}"


def _title(channel: str | None, titles: Mapping[str, str], say: Say) -> str:
    return plain(titles.get(channel, channel)) if channel else say(names.UNKNOWN)


def _ways(row: dict[str, Any], titles: Mapping[str, str], say: Say) -> dict[str, str]:
    return {name: _title(row[f"{name}_channel"], titles, say) for name in ("first", "second")}


def _written(row: dict[str, Any], say: Say) -> str:
    if row["small"] == HIDDEN:
        return say(loyalty.FEW_PEOPLE)
    return say.number(row["customers"]) if row["value"] is None else say.value(row["value"], "percent")


def _hover(row: dict[str, Any], titles: Mapping[str, str], say: Say) -> str:
    way = in_chart(say(loyalty.WAY, **_ways(row, titles, say)), 2 * LONGEST)
    if row["small"] == HIDDEN:
        return f"{way}<br>{say(loyalty.FEW_PEOPLE)}"
    parts = [way, say(loyalty.OF, back=say.number(row["customers"]), customers=say.number(row["came_back"]))]
    if row["value"] is not None:
        low, high = (say.value(row[bound], "percent") for bound in ("low", "high"))
        parts += [say(words.BETWEEN, low=low, high=high)]
    if row["median_days"] is not None:
        days, count = say.value(row["median_days"], "days"), say.number(row["followed_back"])
        parts += [say(loyalty.MEDIAN, days=days, count=count)]
    return "<br>".join(parts)


def _alt(rows: pl.DataFrame, titles: Mapping[str, str], say: Say) -> str:
    told = [
        say(
            words.PART,
            name=say(loyalty.WAY, **_ways(row, titles, say)),
            value=say.value(row["value"], "percent"),
        )
        for row in rows.drop_nulls("value").iter_rows(named=True)
    ]
    title = say(loyalty.FLOWS)
    return (
        say(words.BARS_ALT, title=title, bars=say.each(told)) if told else say(words.EMPTY_ALT, title=title)
    )


def _table(rows: pl.DataFrame, titles: Mapping[str, str], say: Say) -> pl.DataFrame:
    headings = {
        "customers": loyalty.CUSTOMERS, "came_back": loyalty.CAME_BACK, "value": words.SHARE,
        "low": loyalty.LOW, "high": loyalty.HIGH, "median_days": loyalty.MEDIAN_DAYS,
        "followed_back": loyalty.FOLLOWED_BACK,
    }  # fmt: skip
    channels = {"first_channel": loyalty.FIRST_CHANNEL, "second_channel": loyalty.SECOND_CHANNEL}
    return rows.select(
        *(
            pl.Series(say(text), [_title(channel, titles, say) for channel in rows[name]], pl.String)
            for name, text in channels.items()
        ),
        *(pl.col(name).alias(say(text)) for name, text in headings.items()),
    )
