"""The filters above every page."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.filters import COMPARISONS, EARLIEST, EVERYWHERE, LATEST, PERIODS, Filters, Options, Rejected
from dashboard.safe import plain, safe
from dashboard.wording import Say
from dashboard.wording import frame as words
from kpis.festivals import Around

NARROW, WIDE = 165, 235
LONGEST_CODE, MOST_LINES = 40, 5


def draw(options: Options, filters: Filters, say: Say) -> None:
    """The widgets, in one row where there is room; what is chosen is already in the session."""
    with st.container(horizontal=True, vertical_alignment="top", key="filters"):
        st.selectbox(
            say(words.PERIOD),
            PERIODS,
            key=state.PERIOD,
            format_func={code: say(text) for code, text in words.PERIODS.items()}.__getitem__,
            on_change=state.keep_filters,
            placeholder=say(words.CHOOSE),
            width=NARROW,
        )
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
        st.selectbox(
            say(words.COMPARE),
            COMPARISONS,
            key=state.COMPARE,
            format_func={code: say(text) for code, text in words.COMPARISONS.items()}.__getitem__,
            on_change=state.keep_filters,
            placeholder=say(words.CHOOSE),
            width=NARROW,
        )
        names = {EVERYWHERE: say(words.ALL_REGIONS), **{region: plain(region) for region in options.regions}}
        st.selectbox(
            say(words.REGION),
            list(names),
            key=state.REGION,
            format_func=names.__getitem__,
            on_change=state.keep_filters,
            placeholder=say(words.CHOOSE),
            width=NARROW,
        )
        titles = {channel: safe(say(title), 24) for channel, title in options.channels.items()}
        st.pills(
            say(words.CHANNEL),
            list(titles),
            key=state.CHANNEL,
            selection_mode="multi",
            format_func=titles.__getitem__,
            on_change=state.keep_filters,
            help=say(words.CHANNEL_HELP),
            width="content",
        )


def draw_rejected(rejected: tuple[Rejected, ...], say: Say) -> None:
    """What of the address meant nothing, a line each."""
    lines = [
        say(words.REJECTED, name=say(words.CODE_NAMES[code.name]), given=safe(code.given, LONGEST_CODE))
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
