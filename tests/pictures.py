"""Takes README's pictures from the running demo: `python -m tests.pictures ADDRESS`, e.g. http://localhost:8501."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize, sync_playwright

from dashboard.view import discover

FOLDER = Path(__file__).parents[1] / "dashboard" / "pictures"
SIZE: ViewportSize = {"width": 1440, "height": 900}
SCHEMES: dict[str, Literal["light", "dark"]] = {"en": "light", "zh": "dark"}
"""In English by day, in Chinese by night, so that both themes are seen."""
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DRAWN = 6_000


def picture(path: str, language: str) -> str:
    """The name of a page's picture."""
    return f"{path or 'overview'}_{language}"


def take(address: str) -> None:
    """Open every page and keep what it looks like."""
    system = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system if system.exists() else None, args=["--no-sandbox", "--disable-gpu"]
        )
        for language, scheme in SCHEMES.items():
            for view in discover():
                page = browser.new_page(viewport=SIZE, color_scheme=scheme)
                page.goto(f"{address}/{view.path}?lang={language}")
                page.wait_for_selector(READY, timeout=60_000)
                page.wait_for_timeout(DRAWN)
                page.screenshot(path=FOLDER / f"{picture(view.path, language)}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
