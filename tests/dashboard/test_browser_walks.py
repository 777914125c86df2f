"""In a real browser on the demo: what was planted is found from the Overview in three clicks at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from connectors.demo.effects import (
    PLANTED,
    CarrierStrike,
    DearerPrices,
    Effect,
    LoyalCrossers,
    PaymentFailures,
    SlowRefunds,
    UnhappyPickUp,
)
from tests.dashboard.browser import serving, settled, widget
from tests.dashboard.witness import Witness

MOST_CLICKS = 3
NUMBER = r"(\d+(?:\.\d+)?)"


@dataclass
class Walk:
    """A reader who began on the Overview and counts the clicks."""

    page: Page
    clicks: list[str] = field(default_factory=list)

    def click(self, what: Locator) -> None:
        self.clicks.append(str(what))
        what.click()
        settled(self.page)

    def go(self, title: str) -> None:
        """Click a page's name in the navigation."""
        self.click(self.page.get_by_role("link", name=title, exact=True))
        self.page.get_by_role("link", name=title, exact=True).and_(
            self.page.locator('[aria-current="page"]')
        ).wait_for()

    def choose(self, period: str) -> None:
        """Choose a period in the filter bar."""
        widget(self.page, "period").locator("input").click()
        self.click(self.page.get_by_role("option", name=period, exact=True))

    def follow(self, told: str) -> None:
        """Click the link beside a sentence of the Overview."""
        text = self.page.get_by_test_id("stMarkdown").filter(has_text=re.compile(told)).first
        self.click(text.locator("xpath=following::a[1]"))

    def read(self, told: str) -> tuple[str, ...]:
        """The groups of a sentence once it stands on the page."""
        found = self.page.get_by_text(re.compile(told)).first
        found.wait_for()
        matched = re.search(told, found.inner_text())
        assert matched, found.inner_text()
        return matched.groups()


@pytest.fixture(scope="module")
def demo_server(demo_home: Path) -> Iterator[str]:
    """The address of a dashboard on the demo."""
    with serving(demo_home / "config", demo_home / "data") as address:
        yield address


@pytest.fixture(scope="module")
def page(demo_server: str, chromium: Browser) -> Iterator[Page]:
    """One page for all walks."""
    witness = Witness(chromium)
    yield witness.open(demo_server)
    witness.testify()


def payments_fail(walk: Walk) -> None:
    """The alarm leads to the week and the channel, and the figure's evidence tells both."""
    walk.follow(r"Attempt success.*in the week of 12 Oct")
    button = walk.page.locator('[class*="st-key-evidence-payment_attempt_success"]').get_by_role("button")
    walk.click(button.first)
    drawer = walk.page.get_by_role("dialog")
    drawer.get_by_text("Counts", exact=True).wait_for()
    told = drawer.inner_text()
    assert "12 Oct – 18 Oct 2026" in told
    assert "Channel: App" in told
    assert float(re.findall(rf"{NUMBER}%", told)[0]) < 70


def parcels_are_late(walk: Walk) -> None:
    walk.follow(r"On-time delivery.*in the week of 21 Sep")
    walk.click(walk.page.get_by_role("radio", name="Carriers"))
    name, low, high = walk.read(rf"Parcels on time: (.+) lowest with {NUMBER}%, .+ highest with {NUMBER}%")
    assert name == CarrierStrike().carrier
    assert float(low) < 45
    assert float(high) > 85


def refunds_are_slow(walk: Walk) -> None:
    walk.choose("Year to date")
    walk.go("Returns and service")
    (hours,) = walk.read(rf"Refund time rose {NUMBER} h")
    assert float(hours) > 3
    walk.click(walk.page.get_by_role("radio", name="Refunds"))
    low, _, high = walk.read(
        rf"Refund time, mean: Stores lowest with {NUMBER} h, (.+) highest with {NUMBER} h"
    )
    assert float(low) < 1
    assert float(high) > 45


def prices_are_dearer(walk: Walk) -> None:
    walk.go("Consistency")
    walk.click(widget(walk.page, "channel").get_by_text("Marketplace", exact=True))
    category, count, compared, gap = walk.read(
        rf"Furthest to one side: (.+), (\d+) of (\d+) dearer online \(median {NUMBER}%\)"
    )
    assert category == DearerPrices().category
    assert int(count) >= 0.9 * int(compared) >= 20
    assert float(gap) == pytest.approx(100 * DearerPrices().size, abs=2)


def pick_up_is_unhappy(walk: Walk) -> None:
    walk.choose("Year to date")
    walk.go("Voice")
    region, touchpoint, points = walk.read(rf"the worst is (\w+) · (.+?): (−?{NUMBER[1:-1]})")
    assert (region, touchpoint) == (UnhappyPickUp().region, "Pick-up")
    assert float(points.replace("−", "-")) < 25


def crossers_come_back(walk: Walk) -> None:
    walk.go("Loyalty")
    walk.click(walk.page.get_by_role("radio", name="Across channels"))
    cross, online, offline = (
        float(share)
        for share in walk.read(
            rf"A third order within 90 days: {NUMBER}% after crossing, {NUMBER}% online, {NUMBER}% offline"
        )
    )
    assert cross > online + 5
    assert cross > offline


WALKS: dict[type[Effect], Callable[[Walk], None]] = {
    PaymentFailures: payments_fail,
    CarrierStrike: parcels_are_late,
    SlowRefunds: refunds_are_slow,
    DearerPrices: prices_are_dearer,
    UnhappyPickUp: pick_up_is_unhappy,
    LoyalCrossers: crossers_come_back,
}


@pytest.mark.parametrize("kind", WALKS)
def test_a_planted_effect_is_found_in_three_clicks(kind: type[Effect], demo_server: str, page: Page):
    """Each begins on the Overview as it opens, and choosing other days is one of the clicks."""
    page.goto(demo_server)
    walk = Walk(settled(page))
    WALKS[kind](walk)
    assert 1 <= len(walk.clicks) <= MOST_CLICKS, walk.clicks


def test_every_planted_effect_is_walked_to():
    assert {type(effect) for effect in PLANTED} == set(WALKS)
