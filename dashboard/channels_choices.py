"""What Channels shows: a figure, the dimension it is split by, and how the parts are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import streamlit as st

from connectors.text import Text
from dashboard import filter_bar, state
from dashboard.overview_figures import headline_kpis
from dashboard.view import Room
from dashboard.wording import channels as words
from dashboard.wording import frame, names
from kpis.catalogue import catalogue
from kpis.kpi import Kpi

FIGURE, SPLIT, RANK = "figure", "split", "rank"
PAID = "paid_day"
SPLITS = ("channel", "store", "region", "category")


def draw(room: Room) -> tuple[Kpi, str, str]:
    """Draw the choices; the KPI, the dimension and the ranking that hold."""
    say, known = room.say, _figures()
    name = state.choice(FIGURE, list(known), _default())
    kpi = known[name]
    offered = {split: say(names.DIMENSIONS[split]) for split in splits(room, kpi)}
    dimension = state.choice(SPLIT, list(offered))
    rank = state.choice(RANK, list(words.RANKS))
    titles = {code: say(each.label) for code, each in known.items()}
    with st.container(horizontal=True, vertical_alignment="top", key="ranked"):
        st.selectbox(
            say(words.FIGURE), list(titles), key=FIGURE, format_func=titles.__getitem__,
            on_change=state.keep, args=(FIGURE,), placeholder=say(frame.CHOOSE), width=300,
        )  # fmt: skip
        _segments(words.SPLIT, SPLIT, offered, room)
        _segments(words.RANK, RANK, {code: say(text) for code, text in words.RANKS.items()}, room)
    filter_bar.draw_rejected(state.unknown({FIGURE: known, SPLIT: SPLITS, RANK: words.RANKS}), say)
    lacking = [say(names.DIMENSIONS[split]) for split in SPLITS if split not in kpi.dimensions]
    if lacking:
        st.caption(say(words.NOT_BY, dimensions=say.each(lacking)))
    return kpi, dimension, rank


def splits(room: Room, kpi: Kpi) -> list[str]:
    """What a figure can be ranked by here: dimensions that it carries and the data have values of."""
    return [split for split in SPLITS if split in kpi.dimensions and room.options.values(split)]


def _segments(label: Text, key: str, titles: Mapping[str, str], room: Room) -> None:
    st.segmented_control(
        room.say(label), list(titles), key=key, format_func=titles.__getitem__, required=True,
        on_change=state.keep, args=(key,),
    )  # fmt: skip


@cache
def _figures() -> dict[str, Kpi]:
    """Everything that is counted by channel, in the order of the customer's journey."""
    return {name: kpi for name, kpi in catalogue().items() if "channel" in kpi.dimensions}


@cache
def _default() -> str:
    """The first headline figure of paid orders, which every kind of channel has, that splits every way."""
    every_way = [kpi for kpi in headline_kpis() if set(SPLITS) <= set(kpi.dimensions)]
    return next(kpi.id for kpi in every_way if kpi.dated_by == PAID)
