"""While there is nothing that can be shown: the first refresh, its progress, its failure, and another try."""

from __future__ import annotations

import time

import streamlit as st

from connectors.errors import ConnectorError
from connectors.refresh_process import RefreshProcess
from connectors.text import Text
from dashboard import data
from dashboard.refreshing import refresher
from dashboard.safe import safe
from dashboard.wording import Say, names
from dashboard.wording import frame as words

LOOK_EVERY = 0.15
LONGEST_ERROR = 400


def show(say: Say) -> None:
    """Read the connections for the first time, then run the page again; stay here when that fails."""
    try:
        is_demo = data.settings().is_demo
    except ConnectorError as error:
        st.error(safe(say(error.text), LONGEST_ERROR), title=say(words.SETTINGS_WRONG))
        return
    with st.container(border=True, horizontal_alignment="center", key="first_start"):
        title = words.FIRST_START_DEMO if is_demo else words.FIRST_START_SHOP
        why = words.FIRST_START_DEMO_WHY if is_demo else words.FIRST_START_SHOP_WHY
        st.subheader(say(title), icon=":material/storefront:", text_alignment="center", anchor=False)
        st.caption(say(why), text_alignment="center")
        last = refresher(str(data.data_folder())).last
        if last is None or last.is_running:
            follow(say)
            return
        draw_failure(last, say)
        if st.button(say(words.TRY_AGAIN), icon=":material/refresh:"):
            follow(say)


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
    refresh = refresher(str(data.data_folder())).start(say.language)
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
