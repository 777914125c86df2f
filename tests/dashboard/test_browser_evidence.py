"""In a real browser: a number opens its evidence, a link is copied, a view is saved under any name."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.dashboard.browser import settled, widget
from tests.dashboard.witness import PHONE, Witness

CODES = "period=90d&channel=web"
HOSTILE = "![x](http://evil.example/p.png) <b>"


def share(page: Page) -> Page:
    page.get_by_role("button", name="Share").click()
    page.get_by_text("Copy this link").wait_for()
    return settled(page)


def test_a_number_opens_its_evidence_and_the_rows_behind_it(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?{CODES}"))
    widget(page, "evidence-return_rate").get_by_role("button").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("Counts", exact=True).wait_for()
    assert "95% interval" in drawer.inner_text()
    assert "Channel: Web store" in drawer.inner_text()
    drawer.get_by_role("link", name="Show rows: Returns").click()
    page.get_by_role("heading", name="Data extracts").wait_for()
    settled(page)
    codes = parse_qs(urlsplit(page.url).query)
    assert codes["table"] == ["returns"]
    assert codes["channel"] == ["web"]
    assert codes["from"] == ["2026-04-11"]


def test_on_a_phone_the_evidence_fits_the_screen_and_escape_closes_it(server, reader: Witness):
    page = settled(reader.turn_to(server, viewport=PHONE))
    widget(page, "evidence-return_rate").get_by_role("button").first.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("Counts", exact=True).wait_for()
    box = drawer.bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")


def test_the_link_to_copy_holds_every_code(server, reader: Witness):
    page = share(settled(reader.turn_to(f"{server}/extracts?{CODES}")))
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert urlsplit(link).path == "/extracts"
    assert parse_qs(urlsplit(link).query) == parse_qs(CODES)


def test_a_view_is_saved_under_any_name_opened_and_deleted(server, witness: Witness):
    page = share(settled(witness.open(f"{server}/?{CODES}")))
    widget(page, "view_name").locator("input").fill(HOSTILE)
    widget(page, "view_save").get_by_role("button").first.click()
    page.get_by_role("button", name=HOSTILE[:5]).wait_for()
    assert not page.locator('img[src*="evil"]').count()
    other = share(settled(witness.open(server)))
    other.get_by_role("button", name=HOSTILE[:5]).click()
    settled(other)
    assert parse_qs(urlsplit(other.url).query) == parse_qs(CODES)
    widget(other, "view_delete").get_by_role("button").first.click()
    settled(other)
    assert not other.get_by_role("button", name=HOSTILE[:5]).count()
