"""What a step of a benchmark costs: run in a process of its own, with its CPU seconds and peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took.

    Attributes:
        seconds: CPU time, user and system.
        wall: time on the clock.
        megabytes: peak memory of the process.
        told: what else the step says.
    """

    seconds: float
    wall: float
    megabytes: float
    told: Mapping[str, float]


def cpu_seconds() -> float:
    """CPU time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_here(step: Callable[[], Mapping[str, float] | None]) -> None:
    """Take a step in this process and print what it cost; imports come before and do not count."""
    cpu, clock = cpu_seconds(), time.perf_counter()
    told = step() or {}
    cost = {
        "seconds": cpu_seconds() - cpu,
        "wall": time.perf_counter() - clock,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "told": told,
    }
    sys.stdout.write(json.dumps(cost))


def run_apart(module: str, arguments: Sequence[str]) -> Cost:
    """Have a module take a step in a process of its own.

    Args:
        module: its name.
        arguments: its command line, which makes it call `run_here`.
    """
    ended = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, check=True)
    return Cost(**json.loads(ended.stdout))


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for people: the first column names a row, the others are numbers."""
    widths = [max(len(row[place]) for row in (heads, *rows)) + 2 for place in range(len(heads))]
    lines = [f"\n{title}"]
    for row in (heads, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append(row[0].ljust(widths[0]) + "".join(cells))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
