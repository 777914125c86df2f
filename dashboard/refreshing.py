"""Reading the connections again: one child process that all sessions of the dashboard share and watch."""

from __future__ import annotations

from threading import Lock, Thread

import streamlit as st

from connectors.refresh_process import RefreshProcess
from connectors.text import Language
from dashboard.place import ROOT, config_folder


class Refresher:
    """Starts at most one refresh at a time for the whole dashboard."""

    def __init__(self, folder: str) -> None:
        """Nothing has run yet in this folder."""
        self.folder = folder
        self._lock = Lock()
        self.last: RefreshProcess | None = None

    def start(self, language: Language) -> RefreshProcess:
        """The refresh that is running, or a new one."""
        with self._lock:
            if self.last is None or not self.last.is_running:
                options = ("--progress", "--config", str(config_folder()), "--data", self.folder)
                self.last = RefreshProcess(options, language, folder=ROOT)
                Thread(target=self.last.run, daemon=True).start()
            return self.last


@st.cache_resource(show_spinner=False)
def refresher(folder: str) -> Refresher:
    """The one refresher of a data folder."""
    return Refresher(folder)
