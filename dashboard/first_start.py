"""While there is nothing that can be shown: the first refresh, its progress, its failure, and another try."""

from __future__ import annotations

import time
from contextlib import suppress

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from connectors.errors import ConnectorError
from connectors.refresh_process import RefreshProcess
from connectors.text import Text
from dashboard import data, place
from dashboard.refreshing import refresher
from dashboard.safe import safe
from dashboard.wording import Say, names
from dashboard.wording import frame as words

LOOK_EVERY = 0.15
LONGEST_ERROR = 400


def begin(say: Say) -> None:
    """Have the first refresh begin while the pages are still being loaded; what is wrong `show` tells."""
    with suppress(ConnectorError):
        reads = refresher(str(place.data_folder()))
        if data.settings() and reads.last is None:
            reads.start(say.language)


def show(say: Say) -> None:
    """Read the connections for the first time, then run the page again; stay here when that fails.

    What could not be read stays on the screen with the reason, what to do, and a button that tries again.
    """
    try:
        is_demo = data.settings().is_demo
    except ConnectorError as error:
        st.error(safe(say(error.text), LONGEST_ERROR), title=say(words.SETTINGS_WRONG))
        return
    if data.newest() is not None:
        # It has come since this run looked for it.
        st.rerun()
    reads = refresher(str(place.data_folder()))
    with st.container(border=True, horizontal_alignment="center", key="first_start"):
        head = st.empty()
        if reads.last is None or reads.last.is_running:
            title = words.FIRST_START_DEMO if is_demo else words.FIRST_START_SHOP
            why = words.FIRST_START_DEMO_WHY if is_demo else words.FIRST_START_SHOP_WHY
            _draw_head(head, title, why, say)
            follow(say)
        else:
            draw_failure(reads.last, say)
        _draw_head(head, words.NOTHING_READ, words.NOTHING_READ_WHY, say)
        st.button(
            say(words.TRY_AGAIN),
            key="try_again",
            on_click=reads.start,
            args=(say.language,),
            icon=":material/refresh:",
        )


def _draw_head(head: DeltaGenerator, title: Text, why: Text, say: Say) -> None:
    with head.container(horizontal_alignment="center"):
        st.subheader(say(title), icon=":material/storefront:", text_alignment="center", anchor=False)
        st.caption(say(why, config=safe(str(place.config_folder()), LONGEST_ERROR)), text_alignment="center")


def show_unreadable(why: Text, say: Say) -> None:
    """A snapshot that cannot be opened, such as one of another release; reading anew is one press away."""
    st.error(safe(say(why), LONGEST_ERROR), title=say(words.CANNOT_OPEN), icon=":material/error:")
    if st.button(say(words.REFRESH_NOW), icon=":material/refresh:", key="refresh_unreadable"):
        follow(say)


def draw_failure(refresh: RefreshProcess, say: Say) -> None:
    """What the refresh said when it failed, connection by connection."""
    reasons = [f"**{safe(name)}**: {safe(why, LONGEST_ERROR)}" for name, why in refresh.failures.items()]
    reasons = reasons or [safe(line, LONGEST_ERROR) for line in refresh.complaints]
    body = "\n\n".join(reasons) or say(words.REFRESH_INCOMPLETE)
    st.error(body, title=say(words.REFRESH_FAILED), icon=":material/cloud_off:")


def follow(say: Say) -> None:
    """Read the connections and draw the progress until the end."""
    refresh = refresher(str(place.data_folder())).start(say.language)
    bar = st.progress(0.0, text=say(words.REFRESHING))
    while refresh.is_running:
        bar.progress(min(refresh.fraction, 1.0), text=progress_words(refresh, say))
        time.sleep(LOOK_EVERY)
    bar.empty()
    if refresh.made_a_version:
        st.rerun()
    draw_failure(refresh, say)


def progress_words(refresh: RefreshProcess, say: Say) -> str:
    """What the refresh is doing."""
    if not refresh.connection and refresh.table:
        return say(words.ADDING_UP)
    if not refresh.connection:
        return say(words.JOINING) if refresh.fraction else say(words.REFRESHING)
    if not refresh.table:
        return say(words.OPENING, connection=safe(refresh.connection))
    table = say(names.TABLES[refresh.table]) if refresh.table in names.TABLES else safe(refresh.table)
    return say(words.READING, connection=safe(refresh.connection), table=table)
