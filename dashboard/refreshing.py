"""Reading the connections again, as a child process that all sessions of the dashboard share and watch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

import streamlit as st

from connectors.text import Language
from dashboard.data import ROOT, config_folder

KEPT_LINES = 20


@dataclass
class Refresh:
    """One run of `python -m connectors refresh --json --progress`.

    Attributes:
        folder: the folder of the snapshots.
        language: of its messages.
        fraction: how far it is, 0 to 1.
        connection: the connection being read; empty while all are joined.
        table: its table.
        complaints: what it said on standard error besides its progress.
        report: what it printed when it ended; null until then, or when it printed nothing.
        exit_code: null while it runs.
    """

    folder: str
    language: Language
    fraction: float = 0.0
    connection: str = ""
    table: str = ""
    complaints: list[str] = field(default_factory=list)
    report: dict[str, Any] | None = None
    exit_code: int | None = None

    def run(self) -> None:
        """Start the child and follow it to its end."""
        try:
            printed, code = self._followed()
        except OSError as error:
            self.complaints, printed, code = [str(error)], "", 1
        with suppress(ValueError):
            self.report = json.loads(printed)
        self.exit_code = code

    @property
    def is_running(self) -> bool:
        """Whether the child is still at work."""
        return self.exit_code is None

    @property
    def failures(self) -> dict[str, str]:
        """The connections that could not be read, with the reason."""
        connections = (self.report or {}).get("connections", {})
        return {name: str(report["error"]) for name, report in connections.items() if not report["ok"]}

    @property
    def made_a_version(self) -> bool:
        """Whether there is a new snapshot, even if a connection failed."""
        return bool(self.report and self.report.get("version"))

    def _followed(self) -> tuple[str, int]:
        command = [sys.executable, "-m", "connectors", "refresh", "--json", "--progress"]
        command += ["--config", str(config_folder()), "--data", self.folder]
        with subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=_environment(self.language),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as child:
            listener = Thread(target=self._listen, args=(child.stderr,), daemon=True)
            listener.start()
            printed = child.stdout.read() if child.stdout else ""
            listener.join()
        return printed, child.returncode

    def _listen(self, lines: Any) -> None:
        for line in lines:
            try:
                told = json.loads(line)
                self.fraction = float(told["fraction"])
                self.connection, self.table = told["connection"], told["table"]
            except (ValueError, TypeError, KeyError):
                self.complaints = [*self.complaints, line.rstrip()][-KEPT_LINES:]


class Refresher:
    """Starts at most one refresh at a time for the whole dashboard."""

    def __init__(self, folder: str) -> None:
        """Nothing has run yet in this folder."""
        self.folder = folder
        self._lock = Lock()
        self.last: Refresh | None = None

    def start(self, language: Language) -> Refresh:
        """The refresh that is running, or a new one."""
        with self._lock:
            if self.last is None or not self.last.is_running:
                self.last = Refresh(self.folder, language)
                Thread(target=self.last.run, daemon=True).start()
            return self.last


@st.cache_resource(show_spinner=False)
def refresher(folder: str) -> Refresher:
    """The one refresher of a data folder."""
    return Refresher(folder)


def _environment(language: Language) -> dict[str, str]:
    locale = "zh_CN.UTF-8" if language == "zh" else "en_US.UTF-8"
    return {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"}
