"""Shows on standard error how far a refresh is: a bar for people, JSON lines for programs, or nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from connectors.pull import Progress
from connectors.text import Language, Text

JOINING = Text("joining all tables", "合并所有表")
ADDING_UP = Text("adding up the KPIs", "汇总指标")


@contextmanager
def shown_progress(language: Language, *, as_json: bool) -> Iterator[Callable[[Progress], None]]:
    """What a refresh tells its progress to, for as long as it runs."""
    if as_json:
        yield _write_line
    elif sys.stderr.isatty():
        with Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        ) as bar:
            task = bar.add_task("", total=1.0)
            yield lambda told: bar.update(
                task, completed=told.fraction, description=_words(told).in_language(language)
            )
    else:
        yield lambda _: None


def _write_line(told: Progress) -> None:
    sys.stderr.write(json.dumps(asdict(told), ensure_ascii=False) + "\n")
    sys.stderr.flush()


def _words(told: Progress) -> Text:
    if not told.connection:
        return ADDING_UP if told.table else JOINING
    names = f"{told.connection} {told.table} {told.rows or ''}".rstrip()
    return Text(names, names)
