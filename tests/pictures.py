"""Takes README's pictures from the running demo: `python -m tests.pictures ADDRESS`, e.g. http://localhost:8501."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

FOLDER = Path(__file__).parents[1] / "dashboard" / "pictures"
SIZE: ViewportSize = {"width": 1440, "height": 900}
PICTURES = {
    "overview_en": ("/", "light"),
    "overview_zh": ("/?lang=zh", "dark"),
    "channels_en": ("/channels", "light"),
    "delivery_zh": ("/delivery?lang=zh", "light"),
    "loyalty_zh": ("/loyalty?lang=zh", "dark"),
    "consistency_en": ("/consistency", "light"),
    "extracts_en": ("/extracts", "light"),
}
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DRAWN = 6_000


def take(address: str) -> None:
    """Open every page and keep what it looks like."""
    system = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system if system.exists() else None, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (path, scheme) in PICTURES.items():
            page = browser.new_page(
                viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light", device_scale_factor=1.5
            )
            page.goto(address + path)
            page.wait_for_selector(READY, timeout=60_000)
            page.wait_for_timeout(DRAWN)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
