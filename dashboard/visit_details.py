"""The small panels of Visit and buy: payment by method, page speed, search, and where visits come from."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from connectors.text import Text
from dashboard import evidence, figures, leaderboard
from dashboard.channels_heading import lack
from dashboard.charts.bars import bars
from dashboard.charts.chart import draw_chart
from dashboard.leaderboard_panel import called, days
from dashboard.safe import plain
from dashboard.titles import title
from dashboard.view import Room
from dashboard.visit_figures import PER_VISIT, failing
from dashboard.wording import visit as words
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

ATTEMPTS, PURCHASES = "payment_attempt_success", "payment_success"
SPEED, SEARCH_RATE, SEARCH_BUYS = "page_speed_p75", "search_rate", "search_conversion"
DIMENSIONS = ("payment_method", "channel", "source")


def draw_payment(room: Room) -> None:
    """Which way to pay fails, and how many purchases were paid in the end."""
    say, kpi = room.say, catalogue()[ATTEMPTS]
    rows = failing(figures.by(room, kpi, "payment_method"))
    _draw(room, kpi, rows, words.PAYMENT, _fails_most)
    row = figures.one(room, catalogue()[PURCHASES])
    if row["value"] is not None:
        counts = {side: say.number(row[side]) for side in ("numerator", "denominator")}
        st.caption(say(words.PAID_IN_THE_END, value=say.value(row["value"], "percent"), **counts))


def draw_speed(room: Room) -> None:
    """Which channel's pages are slow."""
    kpi = catalogue()[SPEED]
    rows = figures.by(room, kpi, "channel").sort("value", descending=True, nulls_last=True)
    _draw(room, kpi, rows.filter(pl.col("denominator") != 0), words.SPEED, _slowest)


def draw_search(room: Room) -> None:
    """How many visits search, and what comes of it."""
    kpi = catalogue()[SEARCH_BUYS]
    rows = leaderboard.by_value(kpi, figures.by(room, kpi, "channel"))
    _draw(room, kpi, rows.filter(pl.col("denominator") != 0), words.SEARCH, _searched)


def draw_source(room: Room) -> None:
    """Which sources bring visits that buy."""
    kpi = catalogue()[PER_VISIT]
    known = figures.by(room, kpi, "source").filter(pl.col("source").is_not_null())
    # A target holds for doors and pages together; only pages know where a visit comes from.
    rows = known.with_columns(target=pl.lit(None, pl.Float64), status=pl.lit("none"))
    _draw(room, kpi, leaderboard.by_value(kpi, rows), words.SOURCE, _sources)
    st.caption(room.say(words.SOURCE_NOTE))


Told = Callable[[Room, Kpi, pl.DataFrame], str | None]


def _draw(room: Room, kpi: Kpi, rows: pl.DataFrame, about: Text, told: Told) -> None:
    """A message, the bars of the rows, and their days; or in one line why there are none."""
    dimension = next(name for name in DIMENSIONS if name in rows.columns)
    say, known = room.say, rows.filter(pl.col("value").is_not_null())
    if known.is_empty():
        st.subheader(say(about), anchor=False)
        st.caption(lack(room, kpi, figures.one(room, kpi)))
        return
    st.subheader(told(room, kpi, known) or say(about), anchor=False)
    counted = {"denominator": known["denominator"].sum()}
    st.caption(f"{say(kpi.label)} · {days(room, kpi, counted, compared=False)}")
    codes = rows[dimension].drop_nulls().to_list()
    titles = {code: plain(title(room.options, dimension, code, say)) for code in codes}
    shown = rows[list(leaderboard.ends(range(rows.height)))]
    draw_chart(bars(kpi, shown, dimension, titles, say), f"by-{kpi.id}-{dimension}", say)
    evidence.draw(room, kpi, key=dimension)


def _fails_most(room: Room, kpi: Kpi, rows: pl.DataFrame) -> str | None:
    row, say = rows.row(0, named=True), room.say
    if not row["failed"]:
        return None
    return say(
        words.FAILS_MOST,
        method=called(room, "payment_method", row["payment_method"]),
        failed=say.number(row["failed"]),
        counted=say.number(row["denominator"]),
        share=say.value(row["failing"], kpi.unit),
    )


def _slowest(room: Room, kpi: Kpi, rows: pl.DataFrame) -> str:
    row = rows.row(0, named=True)
    value = room.say.value(row["value"], kpi.unit)
    return room.say(words.SLOWEST, channel=called(room, "channel", row["channel"]), value=value)


def _searched(room: Room, kpi: Kpi, rows: pl.DataFrame) -> str | None:
    rate, buys = figures.one(room, catalogue()[SEARCH_RATE]), figures.one(room, kpi)
    if rows.is_empty() or rate["value"] is None or buys["value"] is None:
        return None
    told = {"rate": rate["value"], "value": buys["value"]}
    return room.say(words.SEARCHED, **{name: room.say.value(each, kpi.unit) for name, each in told.items()})


def _sources(room: Room, kpi: Kpi, rows: pl.DataFrame) -> str:
    return leaderboard.order(kpi, rows, lambda code: called(room, "source", code), "source", room.say)
