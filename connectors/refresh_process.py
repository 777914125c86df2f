"""A refresh as a child process that can be watched: how far it is, what it says, what it reports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from connectors.text import Language

KEPT_LINES = 20
# Below what a process takes for tidying up, so that it is not disturbed in that.
SECONDS_TO_HEAR = 1
SECONDS_TO_END = 5


@dataclass
class RefreshProcess:
    """One run of `python -m connectors refresh --json`.

    Attributes:
        options: what else stands on its command line.
        language: of its messages.
        folder: where it runs; null: where this process does.
        heard: told of every line of its standard error; null: nobody is.
        fraction: how far it is, 0 to 1, where the options ask for progress.
        connection: the connection being read; empty while all are joined.
        table: its table.
        complaints: what it said on standard error besides its progress.
        report: what it printed when it ended; null until then, or when it printed nothing.
        exit_code: null while it runs.
    """

    options: Sequence[str]
    language: Language
    folder: Path | None = None
    heard: Callable[[str], None] | None = None
    fraction: float = 0.0
    connection: str = ""
    table: str = ""
    complaints: list[str] = field(default_factory=list)
    report: dict[str, Any] | None = None
    exit_code: int | None = None

    def run(self) -> None:
        """Start the child and follow it to its end; when this is interrupted, the child is ended too."""
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
        command = [sys.executable, "-m", "connectors", "refresh", "--json", *self.options]
        with subprocess.Popen(  # noqa: S603
            command,
            cwd=self.folder,
            env=_environment(self.language),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as child:
            listener = Thread(target=self._listen, args=(child.stderr,), daemon=True)
            listener.start()
            try:
                printed = child.stdout.read() if child.stdout else ""
                listener.join()
            except BaseException:
                self.heard = None
                _end(child)
                raise
        return printed, child.returncode

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self.heard:
                self.heard(line.rstrip("\n"))
            try:
                told = json.loads(line)
                self.fraction = float(told["fraction"])
                self.connection, self.table = told["connection"], told["table"]
            except (ValueError, TypeError, KeyError):
                self.complaints = [*self.complaints, line.rstrip()][-KEPT_LINES:]


def _end(child: subprocess.Popen[str]) -> None:
    """Ask a process to end; after a few seconds make it.

    It is asked a second time: a signal that comes right before a read that waits is heard only with the next.
    """
    for seconds in (SECONDS_TO_HEAR, SECONDS_TO_END):
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
            return
    child.kill()


def _environment(language: Language) -> dict[str, str]:
    locale = "zh_CN.UTF-8" if language == "zh" else "en_US.UTF-8"
    return {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"}
