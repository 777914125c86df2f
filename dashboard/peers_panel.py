"""Stores against their peers: median and best quartile, who is really apart, and what closes the gap."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import click_to_filter, evidence, figures, leaderboard
from dashboard.charts.peers import peer_points
from dashboard.leaderboard_panel import called, days
from dashboard.safe import plain
from dashboard.small_cells import SHOWN
from dashboard.titles import titles
from dashboard.view import Room
from dashboard.wording import channels as words
from kpis.kpi import Kpi
from kpis.peers import FEWEST_PEERS, Peers, peers

KEY, WIDTH = "peers", 420


def draw(room: Room, kpi: Kpi) -> None:
    """Draw the panel."""
    say, everywhere = room.say, figures.everywhere(room, "store")
    if "store" not in kpi.dimensions:
        st.subheader(say(words.PEERS), anchor=False)
        st.caption(say(words.NO_STORES, kpi=say(kpi.label)))
        return
    rows = figures.by(everywhere, kpi, "store")
    found = peers(kpi, rows.filter(pl.col("store").is_not_null() & (pl.col("small") == SHOWN)))
    if found is None:
        st.subheader(say(words.PEERS), anchor=False)
        st.caption(say(words.TOO_FEW_PEERS, fewest=FEWEST_PEERS))
        return
    st.subheader(_message(kpi, found, room), anchor=False)
    counted = {"denominator": None if kpi.unit == "count" else found.rows["denominator"].sum()}
    st.caption(days(everywhere, kpi, counted, compared=False))
    known = {code: plain(title) for code, title in titles(room.options, "store", say).items()}
    places = list(leaderboard.ends(range(found.rows.height)))
    chart = peer_points(kpi, found, found.rows[places], known, say, chosen=room.filters.chosen("store"))
    click_to_filter.draw(room, chart, KEY, "store", WIDTH)
    st.markdown(_furthest(kpi, found, room))
    told = say.sentences([say(words.PEERS_NOTE), say(words.CLICK)])
    evidence.draw_under(everywhere, [told], kpi, KEY)


def _message(kpi: Kpi, found: Peers, room: Room) -> str:
    say, standing = room.say.sized(found.median), found.rows["standing"].to_list()
    told = {"parts": len(standing), "median": say.value(found.median, kpi.unit)}
    if "apart" in standing:
        return say(words.PEERS_DIFFER, apart=standing.count("apart"), **told)
    if not {"ahead", "behind"} & set(standing):
        return say(words.PEERS_ALIKE, **told)
    return say(words.PEERS_APART, ahead=standing.count("ahead"), behind=standing.count("behind"), **told)


def _furthest(kpi: Kpi, found: Peers, room: Room) -> str:
    """Of the stores really behind, the one that most cases part from the best quartile; else nothing."""
    lacking = found.rows.filter(pl.col("standing") == "behind", pl.col("lacking").round() > 0).sort(
        "lacking", descending=True
    )
    if lacking.is_empty():
        return ""
    row, say = lacking.row(0, named=True), room.say
    return say(
        words.FURTHEST,
        store=called(room, "store", row["store"]),
        best=say.value(found.best, kpi.unit),
        count=say.number(row["lacking"]),
        counted=say.number(row["denominator"]),
    )
