"""A real browser before a real server: what the tests of pages in `test_browser*.py` stand on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Playwright

ROOT = Path(__file__).parents[2]
SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE = 30


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, else Playwright's own; without any the test skips, or fails where none may."""
    own = str(SYSTEM_CHROMIUM) if SYSTEM_CHROMIUM.exists() else None
    try:
        return playwright.chromium.launch(executable_path=own, args=FLAGS)
    except Error as error:
        why = f"no browser: run `playwright install chromium` ({error.message.splitlines()[0]})"
        if os.environ.get("SEAMLINE_NO_SKIP"):
            pytest.fail(why)
        pytest.skip(why)


@contextmanager
def serving(config: Path, data: Path) -> Iterator[str]:
    """The dashboard as the README starts it, on a free port; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    places = {"SEAMLINE_CONFIG": str(config), "SEAMLINE_DATA": str(data)}
    log = data.parent / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **places}, stdout=out, stderr=out)
        try:
            address = f"http://localhost:{port}"
            wait_for(port, server, log)
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE)


def settled(page: Page) -> Page:
    """The page once it has run and drawn; a widget whose code has yet to come shows as a grey bar."""
    page.locator(AT_REST).wait_for(timeout=PATIENCE * 1000)
    page.locator("h1").wait_for(timeout=PATIENCE * 1000)
    page.wait_for_timeout(250)
    page.locator(AT_REST).wait_for(timeout=PATIENCE * 1000)
    page.get_by_test_id("stSkeleton").first.wait_for(state="detached", timeout=PATIENCE * 1000)
    return page


def widget(page: Page, key: str) -> Locator:
    """The widget with this key."""
    return page.locator(f".st-key-{key}")


def choose(page: Page, key: str, label: str) -> None:
    """Pick an option of a select box."""
    widget(page, key).locator("input").click()
    page.get_by_role("option", name=label, exact=True).click()
    settled(page)


def chosen(page: Page, key: str) -> str:
    """What a select box shows."""
    return widget(page, key).locator("input").input_value()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server takes connections; fail where it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
