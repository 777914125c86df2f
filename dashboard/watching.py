"""Keeps an open page up to date: a refresh under way is shown, and a new snapshot draws the page again."""

from __future__ import annotations

import streamlit as st

from connectors.refresh_process import RefreshProcess
from dashboard import data, place
from dashboard.first_start import draw_failure, progress_words
from dashboard.place import Pin
from dashboard.refreshing import refresher
from dashboard.safe import safe
from dashboard.wording import Say
from dashboard.wording import frame as words

LOOK_EVERY, GLANCE_EVERY = 0.5, 15.0
WATCHED = "watched_refresh"


def start(say: Say) -> None:
    """Read the connections again, for all sessions; this one sees at once that it goes on."""
    refresher(str(place.data_folder())).start(say.language)
    st.rerun()


def is_running() -> bool:
    """Whether the connections are being read."""
    last = _last()
    return last is not None and last.is_running


def watch(pinned: Pin, say: Say) -> None:
    """Show the refresh that is under way, or how the one that was watched here has ended.

    While the page stands still a glance is enough: somebody else may start a refresh, or a schedule make a
    new snapshot.
    """
    last, running = _last(), is_running()
    if running:
        st.session_state[WATCHED] = last
    elif last is not None and st.session_state.get(WATCHED) is last:
        if last.made_a_version:
            del st.session_state[WATCHED]
            _tell_the_end(last, say)
        else:
            draw_failure(last, say)
    look = st.fragment(_look, run_every=LOOK_EVERY if running else GLANCE_EVERY)
    look(pinned.place.version, say, was_running=running)


def _tell_the_end(refresh: RefreshProcess, say: Say) -> None:
    """That all is up to date, or which connections are not."""
    failed = say.each([safe(name) for name in refresh.failures])
    if failed:
        st.toast(say(words.REFRESHED_PARTLY, connections=failed), icon=":material/cloud_off:")
    else:
        st.toast(say(words.REFRESHED), icon=":material/check:")


def _look(version: str, say: Say, *, was_running: bool) -> None:
    """The progress; the whole page again when a refresh has begun or ended, or a newer version is there."""
    last, running = _last(), is_running()
    if last is not None and running:
        st.progress(min(last.fraction, 1.0), text=progress_words(last, say))
    if running != was_running or (not running and data.newest() != version):
        st.rerun()


def _last() -> RefreshProcess | None:
    return refresher(str(place.data_folder())).last
