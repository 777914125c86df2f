"""In a real browser: fits the screen, follows light and dark, and can be read by everybody."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from dashboard.more_figures import KEY
from dashboard.view import discover
from tests.dashboard.browser import choose, settled, widget
from tests.dashboard.test_palette import READABLE, contrast
from tests.dashboard.witness import PHONE, Witness

THEME = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
OF_STREAMLIT = {
    # Streamlit draws the line of a metric as an unnamed graphic, next to the figure that it illustrates.
    "svg-img-alt",
}
CUT = """[...document.querySelectorAll('[data-testid=stMetric] :not(svg, svg *)')]
    .filter(part => part.clientWidth && part.scrollWidth > part.clientWidth).map(part => part.textContent)"""
OUTSIDE = """[...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const edge = plot.querySelector('.main-svg').getBoundingClientRect();
    return [...plot.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < edge.left - 1 || box.right > edge.right + 1
            || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    }).map(text => text.textContent);
})"""
TURNED = """[...document.querySelectorAll('.xtick text')]
    .filter(text => /rotate\\((?!0)/.test(text.getAttribute('transform') || ''))
    .map(text => text.textContent)"""
MAIN = "document.querySelector('[data-testid=stMain]')"
PAGES = [view.path for view in discover()]
every_page = pytest.mark.parametrize("path", PAGES, ids=[path or "overview" for path in PAGES])


def drawn(page: Page) -> Page:
    """The page with its chart."""
    settled(page)
    page.locator(".js-plotly-plot .heatmaplayer image").wait_for(state="attached")
    return page


def hexadecimal(colour: str) -> str:
    parts = colour.removeprefix("rgb(").removesuffix(")").split(",")
    return "#" + "".join(f"{int(part):02X}" for part in parts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_overview_fits_the_screen(server, reader: Witness, language):
    page = drawn(reader.turn_to(f"{server}/?lang={language}"))
    assert page.evaluate(f"{MAIN}.scrollHeight") <= 900
    assert page.evaluate(f"{MAIN}.scrollWidth") <= 1440
    cards = [card.bounding_box() for card in page.get_by_test_id("stMetric").all()]
    assert len({round(card["x"]) for card in cards}) == 6
    assert len({round(card["y"]) for card in cards}) == 1


RUN_TOGETHER = """[...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const written = [...plot.querySelectorAll('.xtick text')].filter(tick => tick.textContent.trim());
    const ticks = written.map(tick => [tick, tick.getBoundingClientRect()]);
    ticks.sort(([, one], [, other]) => one.left - other.left);
    return ticks.slice(1).filter(([, box], place) => box.left < ticks[place][1].right + 2)
        .map(([tick]) => tick.textContent);
})"""
"""The words along the charts' axes that touch the ones before."""


@every_page
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_one_column_and_never_scrolls_sideways(server, reader: Witness, path, language):
    page = settled(reader.turn_to(f"{server}/{path}?lang={language}", viewport=PHONE))
    assert page.evaluate(f"{MAIN}.scrollWidth") <= PHONE["width"]
    assert_readable(page)
    cards = [card.bounding_box() for card in page.get_by_test_id("stMetric").all()]
    assert len({round(card["x"]) for card in cards}) <= 1
    assert page.evaluate(RUN_TOGETHER) == []


PAINT = """(() => {
    const plot = document.querySelector('.js-plotly-plot');
    return {
        scale: plot._fullData[2].colorscale.filter((_, place) => place % 2 == 0).map(([, colour]) => colour),
        text: plot._fullLayout.annotations[0].font.color,
        surface: plot._fullLayout.paper_bgcolor,
        marks: [0, 1].map(place => plot._fullData[place].marker.color),
    };
})()"""


def assert_painted(page: Page, scheme: str) -> None:
    """The chart has the colours of the theme, and its text can be read on all of them."""
    theme, paint = THEME[scheme], page.evaluate(PAINT)
    assert [_six(colour) for colour in paint["scale"]] == theme["chartDivergingColors"]
    assert [_six(colour) for colour in paint["marks"]] == theme["chartCategoricalColors"][2:4]
    assert _six(paint["surface"]) == theme["backgroundColor"]
    for surface in (*theme["chartDivergingColors"], theme["backgroundColor"]):
        assert contrast(_six(paint["text"]), surface) >= READABLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_has_the_colours_of_the_theme(server, reader: Witness, scheme):
    assert_painted(drawn(reader.turn_to(server, color_scheme=scheme)), scheme)


def test_after_a_switch_the_chart_stays_readable_and_follows_with_the_next_run(server, witness: Witness):
    page = drawn(witness.open(server))
    page.get_by_test_id("stMainMenu").locator("button").click()
    page.get_by_test_id("stMainMenuItem-theme-Dark").click()
    page.wait_for_timeout(500)
    assert_painted(page, "light")
    page.keyboard.press("Escape")
    choose(page, "compare", "Year before")
    assert_painted(drawn(page), "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_light_and_dark(server, reader: Witness, scheme):
    page = settled(reader.turn_to(server, color_scheme=scheme))
    background = page.locator('[data-testid="stApp"]').evaluate(
        "app => getComputedStyle(app).backgroundColor"
    )
    assert hexadecimal(background) == THEME[scheme]["backgroundColor"]


def test_the_font_is_our_own_and_chinese_has_a_font_of_its_own(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?lang=zh"))
    assert page.evaluate("document.fonts.check('16px Inter')")
    assert "Noto Sans SC" in page.locator("h1").evaluate("title => getComputedStyle(title).fontFamily")


A4 = {"width": 794, "height": 1123}
BEYOND_PAPER = """[...document.querySelectorAll('h1, [data-testid=stMetric], .js-plotly-plot')]
    .filter(part => part.getBoundingClientRect().right > innerWidth + 1).map(part => part.textContent)"""


def test_the_overview_prints_whole_on_one_sheet_with_its_days_and_nothing_on_top(server, witness: Witness):
    page = drawn(witness.open(server))
    for is_landscape in (True, False):
        sheets = page.pdf(format="A4", landscape=is_landscape)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    assert page.get_by_test_id("stHeader").is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size(A4)
    assert page.evaluate(BEYOND_PAPER) == []
    assert page.get_by_test_id("stHeader").is_hidden()
    assert page.get_by_text("Data through").is_visible()
    assert page.get_by_test_id("stMetric").count() == 6
    assert all(card.is_visible() for card in page.get_by_test_id("stMetric").all())
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_by_test_id("stHeader").is_visible()


def unfold(page: Page) -> None:
    """Open what is folded up, where there is something."""
    fold = widget(page, KEY)
    if fold.count():
        fold.locator("summary").click()
        fold.get_by_test_id("stMetric").first.wait_for()
        settled(page)


def assert_readable(page: Page) -> None:
    """No label of a card is cut, and no text of a chart lies beyond its edge or stands on its head."""
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(TURNED) == []


@every_page
@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "zh")])
def test_every_page_can_be_read_and_breaks_no_rule_of_accessibility(
    server, reader: Witness, path, scheme, language
):
    page = settled(reader.turn_to(f"{server}/{path}?lang={language}", color_scheme=scheme))
    unfold(page)
    assert_readable(page)
    page.add_script_tag(path=AXE)
    broken = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    ours = [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for rule in broken["violations"]
        for node in rule["nodes"]
        if rule["id"] not in OF_STREAMLIT
    ]
    assert not ours


def test_the_chart_has_a_name_for_those_who_cannot_see_it(server, reader: Witness):
    page = drawn(reader.turn_to(server))
    named = page.get_by_role("figure", name="by channel against their targets")
    assert "Marketplace Return rate" in (named.get_attribute("aria-label") or "")


def _six(colour: str) -> str:
    return hexadecimal(colour) if colour.startswith("rgb") else colour.upper()
