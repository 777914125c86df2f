"""A figure by the values of a dimension: a message, bars with intervals, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from connectors.text import Text
from dashboard import click_to_filter, evidence, figures, gaps
from dashboard.charts.bars import bars
from dashboard.charts.chart import draw_chart
from dashboard.filters import DIMENSIONS
from dashboard.safe import safe
from dashboard.small_cells import SHOWN
from dashboard.spans import Shown
from dashboard.titles import title
from dashboard.view import Room
from dashboard.wording import Say, names
from dashboard.wording import overview as cards
from dashboard.wording import panels as words
from kpis.fewest import smallest
from kpis.kpi import Kpi

MOST = 12
PART = "part"


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by one dimension.

    Attributes:
        kpi: the KPI.
        rows: as `figures.by` or `taken_apart.parts` give them, at least one of them counted.
        dimension: the column that names the bars; parts keep their order, values stand worst first.
        titles: what its values are called, plain text.
        shown: the days.
        whole: the KPI of the catalogue that a breakdown takes apart; null where `kpi` is in it.
    """

    kpi: Kpi
    rows: pl.DataFrame
    dimension: str
    titles: Mapping[str, str]
    shown: Shown
    whole: Kpi | None = None


def draw(room: Room, split: Split, key: str) -> None:
    """Draw the bars; a click on one filters where the dimension is one of the filters.

    Args:
        room: what the page was given.
        split: what is drawn.
        key: the name of the chart.
    """
    say, kpi, dimension, titles = room.say, split.kpi, split.dimension, split.titles
    drawn = split.rows if dimension == PART else worst_first(kpi, split.rows)
    st.markdown(f"**{message(kpi, drawn, dimension, titles, say)}**")
    can_filter = dimension in DIMENSIONS
    chosen = room.filters.chosen(dimension) if can_filter else ()
    chart = bars(kpi, drawn.head(MOST), dimension, titles, say, chosen=chosen)
    if can_filter:
        click_to_filter.draw(room, chart, key, dimension)
    else:
        draw_chart(chart, key, say)
    told = [*about(kpi, split.rows, split.shown, say), *([say(words.CLICK)] if can_filter else [])]
    evidence.draw_under(room, told, split.whole or kpi, key, is_whole=split.whole is not None)


def draw_by(room: Room, kpi: Kpi, dimension: str) -> None:
    """Draw a KPI of the catalogue by one of its dimensions, or say why there is nothing."""
    rows = figures.by(room, kpi, dimension)
    if gaps.has_rows(room, kpi, rows.to_dicts(), (dimension,)):
        rows = rows.filter(pl.col("denominator") > 0)
        split = Split(kpi, rows, dimension, titled(room, rows, dimension), figures.days(room, kpi))
        draw(room, split, f"{kpi.id}_by_{dimension}")


def titled(room: Room, rows: pl.DataFrame, dimension: str) -> dict[str, str]:
    """What the values of a dimension are called, plain text."""
    found = rows[dimension].drop_nulls().unique().to_list()
    return {value: title(room.options, dimension, value, room.say) for value in found}


def worst_first(kpi: Kpi, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the worst value first, those without one last."""
    return rows.sort("value", descending=kpi.better == "down", nulls_last=True)


def message(kpi: Kpi, rows: pl.DataFrame, dimension: str, titles: Mapping[str, str], say: Say) -> str:
    """The lowest and the highest value, and whether they differ beyond their intervals; in Markdown."""
    known = rows.filter(pl.col("value").is_not_null()).sort("value")
    about_it = say(kpi.label)
    if known.is_empty():
        return say(words.FEW, title=about_it)
    low, high = (known.row(place, named=True) for place in (0, -1))

    def name(row: Mapping[str, Any]) -> str:
        code = row[dimension]
        return safe(titles.get(code, code)) if code else say(names.UNKNOWN)

    if known.height == 1:
        return say(words.ONE, title=about_it, name=name(low), value=say.value(low["value"], kpi.unit))
    return say(
        _wording(low, high), title=about_it,
        low_name=name(low), low=say.value(low["value"], kpi.unit),
        high_name=name(high), high=say.value(high["value"], kpi.unit),
    )  # fmt: skip


def differ(low: Mapping[str, Any], high: Mapping[str, Any]) -> bool:
    """Whether the intervals of two rows leave a gap between them; not where one has none."""
    ends = low.get("high"), high.get("low")
    return None not in ends and ends[0] < ends[1]


def _wording(low: Mapping[str, Any], high: Mapping[str, Any]) -> Text:
    if low.get("high") is None or high.get("low") is None:
        return words.RANGE
    return words.CLEAR if differ(low, high) else words.UNCLEAR


def about(kpi: Kpi, rows: pl.DataFrame, shown: Shown, say: Say) -> list[str]:
    """How many the bars rest on, over which days, and what was left out."""
    counted, left_out = (rows[name].fill_null(0).sum() for name in ("denominator", "excluded"))
    days = say.span(shown.period.start, shown.period.end, with_year=True)
    told = [say(words.ABOUT, count=say.number(counted), days=days)]
    if left_out:
        coverage = say.value(figures.coverage(counted, left_out), "percent")
        told.append(say(words.LEFT_OUT, excluded=say.number(left_out), coverage=coverage))
    if rows.filter(pl.col("small") != SHOWN).height:
        told.append(say(words.SMALL, smallest=smallest(kpi)))
    if shown.final_on is not None:
        told.append(say(cards.PROVISIONAL, day=say.day(shown.final_on, with_year=False)))
    return told
