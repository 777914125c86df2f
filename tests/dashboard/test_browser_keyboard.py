"""In a real browser without a mouse: everything is reached and worked by keys, and one sees where one is."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.dashboard.browser import settled
from tests.dashboard.witness import Witness

FARTHEST = 80
IN_FOCUS = """key => {
    const found = document.activeElement;
    return key.startsWith("/") ? found.matches(`a[href$="${key}"]`) : !!found.closest(`.st-key-${key}`);
}"""
NAMED = """() => {
    const found = document.activeElement, around = found.closest("[class*=st-key-]");
    return found.tagName + " " + (around?.className.match(/st-key-[^ ]+/)[0] ?? found.innerText.slice(0, 40));
}"""
AROUND = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return {x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12};
}"""


def tab_to(page: Page, key: str, kind: str = "", way: str = "Tab") -> None:
    """Press Tab until something of the widget with this key, or the link to this path, is in focus and seen.

    Args:
        page: the page.
        key: the widget's key, or a path that begins with a slash.
        kind: what of the widget, as a selector; anything where empty.
        way: the keys to press; Shift+Tab goes back.
    """
    passed = []
    for _ in range(FARTHEST):
        page.keyboard.press(way)
        passed.append(page.evaluate(NAMED))
        if page.evaluate(IN_FOCUS, key) and (
            not kind or page.evaluate("kind => document.activeElement.matches(kind)", kind)
        ):
            assert_seen(page)
            return
    pytest.fail(f"{key} is not reached with {FARTHEST} tabs, but: {', '.join(passed)}")


def assert_seen(page: Page) -> None:
    """What is in focus looks otherwise than out of it."""
    page.wait_for_timeout(250)
    place = page.evaluate(AROUND)
    shown = page.screenshot(clip=place, caret="initial")
    focused = page.evaluate_handle("document.activeElement")
    focused.evaluate("found => found.blur()")
    page.wait_for_timeout(250)
    assert page.screenshot(clip=place, caret="initial") != shown, focused.evaluate("found => found.outerHTML")
    focused.evaluate("found => found.focus()")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    settled(page)


def codes(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_without_a_mouse_one_filters_reads_evidence_goes_on_and_switches_the_language(
    server, witness: Witness
):
    page = settled(witness.open(server))
    tab_to(page, "period", "input")
    tab_to(page, "channel", "button:not([aria-label^=Help])")
    press(page, "ArrowRight", "Space")
    assert codes(page)["channel"] == ["app"]
    tab_to(page, "evidence-return_rate")
    press(page, "Enter")
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("Counts", exact=True).wait_for()
    assert "Channel: App" in drawer.inner_text()
    press(page, "Escape")
    drawer.wait_for(state="hidden")
    assert page.evaluate(IN_FOCUS, "evidence-return_rate"), "one goes on where one was"
    tab_to(page, "/delivery", way="Shift+Tab")
    press(page, "Enter")
    page.wait_for_url("**/delivery*")
    settled(page)
    assert codes(page)["channel"] == ["app"]
    tab_to(page, "lang", "button")
    press(page, "ArrowRight", "Space")
    page.get_by_role("link", name="履约配送").first.wait_for()
    assert codes(page) == {"channel": ["app"], "lang": ["zh"]}
