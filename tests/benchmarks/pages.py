"""How fast pages are: `python -m tests.benchmarks.pages --data DATA`.

In one run: every page, and the Overview as it is usually written (`naive`). Printed are, in milliseconds, the
time from asking to the end of a rerun and the server's CPU time for it, each page alone; from a click to the
last change on the screen in Chromium; and reruns of many sessions that each wait between two questions.
Filters change with every question; a first round of all of them is not counted, but helps only what is kept.
On a machine that does other things, compare CPU times, and pages with each other, not the clock: sessions ask
faster than a server can answer when their number by the seconds between questions, times the CPU time of a
rerun, comes near one second; Python runs one thread at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import numpy as np
from playwright.sync_api import sync_playwright

from dashboard.view import discover
from tests.benchmarks.streamlit_client import Reader
from tests.dashboard.browser import ROOT, free_port, launch, settled, wait_for

QUESTIONS = [
    {"period": period, "channel": channel, "lang": language}
    for period in ("28d", "90d")
    for channel in ("web", "app", "mini")
    for language in ("en", "zh")
]
CLICKS = 8
QUIET = 1_000
PAINTED = f"""async () => {{
    const main = document.querySelector('[data-testid=stMain]');
    const start = performance.now();
    let last = start;
    const seen = new MutationObserver(() => requestAnimationFrame(() => {{ last = performance.now(); }}));
    seen.observe(main, {{subtree: true, childList: true, characterData: true, attributes: true}});
    [...document.querySelectorAll('.st-key-channel button')].find(each => each.innerText.trim()).click();
    do await new Promise(done => setTimeout(done, 50));
    while (performance.now() - last < {QUIET});
    seen.disconnect();
    return last - start;
}}"""


@dataclass(frozen=True, slots=True)
class Server:
    """A dashboard that runs on its own."""

    address: str
    process: int

    def cpu(self) -> float:
        """Seconds of CPU that it has used so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(script: str, config: Path, data: Path) -> Iterator[Server]:
    """A server of one script on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    places = {"SEAMLINE_CONFIG": str(config), "SEAMLINE_DATA": str(data), "PYTHONPATH": str(ROOT)}
    log = Path(os.devnull)
    with subprocess.Popen(
        [*command, "--server.headless", "true"],
        cwd=ROOT,
        env=os.environ | places,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port, process, log)
            yield Server(f"localhost:{port}", process.pid)
        finally:
            process.terminate()


async def alone(server: Server, page: str, rounds: int) -> tuple[list[float], float]:
    """Seconds of each rerun of one session, and CPU seconds a rerun."""
    async with Reader(server.address) as reader:
        for question in QUESTIONS:
            await reader.run(page, **question)
        before = server.cpu()
        asked = np.random.default_rng(0).choice(QUESTIONS, rounds)
        taken = [(await reader.run(page, **question))[0] for question in asked]
        return taken, (server.cpu() - before) / rounds


async def together(server: Server, sessions: int, think: float, questions: int) -> tuple[list[float], float]:
    """Seconds of each rerun of many sessions that wait between questions, and CPU seconds a rerun."""
    before = server.cpu()

    async def read(number: int) -> list[float]:
        chance = np.random.default_rng(number)
        async with Reader(server.address) as reader:
            await asyncio.sleep(chance.uniform(0, think))
            await reader.run("", **chance.choice(QUESTIONS))
            taken = []
            for _ in range(questions):
                await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
                taken.append((await reader.run("", **chance.choice(QUESTIONS)))[0])
            return taken

    each = await asyncio.gather(*(read(number) for number in range(sessions)))
    cpu = (server.cpu() - before) / (sessions * (questions + 1))
    return [seconds for taken in each for seconds in taken], cpu


def clicked(server: Server) -> list[float]:
    """Seconds from a click on a channel to paint, in Chromium."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"http://{server.address}")
        settled(page)
        page.locator(".st-key-channel button", has_text=re.compile(r"\S")).first.wait_for()
        found = [page.evaluate(PAINTED) / 1000 for _ in range(CLICKS)]
        browser.close()
        return found[2:]


def show(name: str, seconds: Sequence[float], cpu: float | None = None) -> None:
    """Print what was found of one row as soon as it is known, in milliseconds."""
    figures = (median(seconds), quantiles(seconds, n=20)[-1], cpu)
    row(name, *("" if figure is None else f"{1000 * figure:,.0f}" for figure in figures))


def row(*cells: str) -> None:
    """Print one row of the table."""
    sys.stdout.write(f"{cells[0]:24}{''.join(f'{cell:>10}' for cell in cells[1:])}\n")
    sys.stdout.flush()


def main(argv: Sequence[str]) -> None:
    """Measure, and print what was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.pages", description=__doc__)
    asked.add_argument("--config", type=Path, default=ROOT / ".streamlit")
    asked.add_argument("--data", type=Path, required=True, help="a folder with a snapshot")
    asked.add_argument("--rounds", type=int, default=24, help="reruns of each page alone")
    asked.add_argument("--sessions", type=int, default=50)
    asked.add_argument("--think", type=float, default=5.0, help="seconds between two questions")
    asked.add_argument("--questions", type=int, default=6, help="of each session")
    given = asked.parse_args(argv)
    load = (given.sessions, given.think, given.questions)
    row("milliseconds", "p50", "p95", "CPU")
    with serving("dashboard/app.py", given.config, given.data) as server:
        for view in discover():
            show(f"/{view.path}", *asyncio.run(alone(server, view.path, given.rounds)))
        show("click to paint", clicked(server))
        show(f"{given.sessions} sessions", *asyncio.run(together(server, *load)))
    with serving("tests/benchmarks/naive/page.py", given.config, given.data) as server:
        show("naive page", *asyncio.run(alone(server, "", given.rounds)))
        show(f"naive, {given.sessions} sessions", *asyncio.run(together(server, *load)))


if __name__ == "__main__":
    main(sys.argv[1:])
