"""Opens pages in a browser and remembers what no page may do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

HERE = {"localhost", "127.0.0.1", ""}
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Witness:
    """Every page of one test, or of several after each other, with what it said and whom it called."""

    def __init__(self, browser: Browser) -> None:
        """Nothing is open yet."""
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.kept: dict[str, Page] = {}
        self.errors: list[str] = []
        self.foreign: list[str] = []

    def open(self, address: str, **wishes: Any) -> Page:
        """A page in a fresh browser context: desktop, light and English unless wished otherwise."""
        context = self.browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **wishes})
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._see)
        page.goto(address)
        return page

    def turn_to(self, address: str, **wishes: Any) -> Page:
        """The page opened with these wishes before, now elsewhere: nothing is compiled a second time.

        For tests that leave behind neither a choice in the browser's memory nor another size of the window.
        """
        page = self.kept.get(repr(wishes))
        if page is None:
            page = self.kept[repr(wishes)] = self.open(address, **wishes)
        else:
            page.goto(address)
        return page

    def rest(self, address: str) -> None:
        """Let the pages that are kept show a file of the server, which asks for nothing."""
        for page in self.kept.values():
            page.goto(address)
        self.tell()

    def leave(self) -> None:
        """Close every page, before its server ends."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.kept.clear()

    def testify(self) -> None:
        """Fail for an error or a foreign call."""
        self.leave()
        self.tell()

    def tell(self) -> None:
        """Fail for an error or a foreign call so far."""
        errors, foreign = self.errors.copy(), self.foreign.copy()
        self.errors.clear()
        self.foreign.clear()
        assert not errors, errors
        assert not foreign, foreign

    def _hear(self, message: ConsoleMessage) -> None:
        # On a page's own address Streamlit first looks for its service beside the page, and finds it above.
        is_search = "/_stcore/" in message.location.get("url", "") and "404" in message.text
        if message.type == "error" and not is_search:
            self.errors.append(f"{message.text} {message.location}")

    def _see(self, request: Request) -> None:
        if (
            urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}
            and urlsplit(request.url).hostname not in HERE
        ):
            self.foreign.append(request.url)
