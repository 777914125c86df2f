"""The filters above every page: the usual ones in a row, the rarer ones behind a button that counts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from connectors.text import Text
from dashboard import state
from dashboard.filters import BACKWARDS, EARLIEST, LATEST, Filters, Options, Rejected
from dashboard.safe import plain, safe
from dashboard.titles import titles
from dashboard.wording import Say
from dashboard.wording import frame as words
from kpis.festivals import Around

NARROW, WIDE = 165, 235
RARER = ("store", "category", "customer_type")
MOST_PILLS, LONGEST_CHANNEL = 6, 24
LABEL_HEIGHT = 27
LONGEST_CODE, MOST_LINES = 40, 5


def draw(options: Options, filters: Filters, say: Say) -> None:
    """The widgets, in one row where there is room; what is chosen is already in the session."""
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        _one(state.PERIOD, words.PERIOD, {code: say(text) for code, text in words.PERIODS.items()}, say)
        if filters.custom is not None:
            st.date_input(
                say(words.DAYS),
                key=state.DAYS,
                on_change=state.keep_filters,
                min_value=EARLIEST,
                max_value=LATEST,
                format="YYYY-MM-DD",
                width=WIDE,
            )
        _one(state.COMPARE, words.COMPARE, {code: say(text) for code, text in words.COMPARISONS.items()}, say)
        _several("region", options, say, NARROW)
        _channels(options, say)
        _rarer(options, filters, say)


def _one(key: str, label: Text, titles: Mapping[str, str], say: Say) -> None:
    st.selectbox(
        say(label),
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        on_change=state.keep_filters,
        placeholder=say(words.CHOOSE),
        width=NARROW,
    )


def _several(dimension: str, options: Options, say: Say, width: int | Literal["stretch"]) -> None:
    """A list of which any number may be chosen; nothing where the data know no value."""
    known = {value: plain(title) for value, title in titles(options, dimension, say).items()}
    if known:
        st.multiselect(
            say(words.FILTERS[dimension]),
            list(known),
            key=dimension,
            format_func=known.__getitem__,
            on_change=state.keep_filters,
            placeholder=say(words.ALL),
            width=width,
            wrap=False,
        )


def _channels(options: Options, say: Say) -> None:
    """Buttons, as long as there are few."""
    if len(options.channels) > MOST_PILLS:
        _several("channel", options, say, WIDE)
        return
    known = {value: safe(title, LONGEST_CHANNEL) for value, title in titles(options, "channel", say).items()}
    st.pills(
        say(words.FILTERS["channel"]),
        list(known),
        key="channel",
        selection_mode="multi",
        format_func=known.__getitem__,
        on_change=state.keep_filters,
        help=say(words.CHANNEL_HELP),
        width="content",
    )


def _rarer(options: Options, filters: Filters, say: Say) -> None:
    """Behind a button that says how many of them are set."""
    offered = [name for name in RARER if options.values(name)]
    if not offered:
        return
    active = sum(name in dict(filters.where) for name in RARER)
    label = say(words.MORE_FILTERS_SET, count=active) if active else say(words.MORE_FILTERS)
    with st.container(width="content", gap=None):
        # As high as the labels of the widgets beside it.
        st.space(LABEL_HEIGHT)
        with st.popover(label, icon=":material/tune:", key="more_filters"):
            for name in offered:
                _several(name, options, say, "stretch")
            st.caption(say(words.MORE_FILTERS_HELP))


def draw_rejected(rejected: tuple[Rejected, ...], say: Say) -> None:
    """What of the address meant nothing, a line each."""
    lines = [
        say(
            words.BACKWARDS if code.name == BACKWARDS else words.REJECTED,
            name=say(words.CODE_NAMES[code.name]),
            given=safe(code.given, LONGEST_CODE),
        )
        for code in dict.fromkeys(rejected)
    ]
    if lines:
        st.warning("  \n".join(lines[:MOST_LINES]), icon=":material/link_off:")


def around(festival: Around, say: Say) -> str:
    """Which festival figures are compared around, and its days of both years."""
    return say(
        words.AROUND,
        festival=say(festival.festival.title),
        day=say.day(festival.day),
        day_before=say.day(festival.day_before),
    )


def draw_reset(say: Say) -> None:
    """The one button of an empty page."""
    st.button(say(words.RESET), on_click=state.reset_filters, icon=":material/restart_alt:")
