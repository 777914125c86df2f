"""In a real browser: the address is the filter state, through reload, back and the other language."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.dashboard.browser import choose, chosen, settled, widget
from tests.dashboard.witness import Witness

FIGURES = "period=90d&compare=year&channel=web&channel=app&region=North"
RARE = "store=S1&category=Tea&customer_type=returning"


def codes(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def written(page: Page, chosen: dict[str, list[str]]) -> Page:
    """The page once its address holds these codes, and it has drawn what they mean."""
    page.wait_for_url(lambda address: parse_qs(urlsplit(address).query) == chosen, wait_until="commit")
    return settled(page)


def pressed(page: Page) -> list[str]:
    return [pill.inner_text() for pill in widget(page, "channel").locator('[data-selected="true"]').all()]


def picked(page: Page, key: str) -> list[str]:
    """What a list of several shows as chosen."""
    chips = widget(page, key).locator(".react-aria-ComboBox [data-tag]")
    return [str(chip.get_attribute("aria-label")) for chip in chips.all()]


def click_channel(page: Page, title: str) -> None:
    widget(page, "channel").get_by_text(title, exact=True).click()
    settled(page)


def speak(page: Page, language: str) -> None:
    widget(page, "lang").get_by_text(language, exact=True).click()
    settled(page)


def test_every_choice_is_written_as_a_code_and_survives_a_reload(server, reader: Witness):
    page = settled(reader.turn_to(server))
    assert codes(page) == {}
    expected = {"period": ["90d"]}
    choose(page, "period", "Last 90 days")
    written(page, expected)
    expected["compare"] = ["year"]
    choose(page, "compare", "Year before")
    written(page, expected)
    expected["region"] = ["North"]
    choose(page, "region", "North")
    written(page, expected)
    expected["channel"] = ["web"]
    click_channel(page, "Web store")
    written(page, expected)
    expected["channel"] = ["web", "app"]
    click_channel(page, "App")
    written(page, expected)
    heading = page.locator("h1").inner_text()
    page.reload()
    settled(page)
    assert codes(page) == expected
    assert page.locator("h1").inner_text() == heading
    assert chosen(page, "period") == "Last 90 days"
    assert picked(page, "region") == ["North"]
    assert pressed(page) == ["Web store", "App"]


def test_the_rarer_filters_are_counted_and_kept(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?{FIGURES}&{RARE}"))
    page.get_by_role("button", name="More filters · 3").click()
    assert [picked(page, key) for key in ("store", "category", "customer_type")] == [
        ["S1"], ["Tea"], ["Returning"],
    ]  # fmt: skip
    choose(page, "category", "Cups & pots")
    assert sorted(codes(page)["category"]) == ["Cups & pots", "Tea"]
    page.go_back()
    settled(page)
    assert codes(page) == parse_qs(f"{FIGURES}&{RARE}")


def test_a_link_means_the_same_in_the_other_language(server, witness: Witness):
    english = settled(witness.open(f"{server}/?{FIGURES}&lang=en"))
    chinese = settled(witness.open(f"{server}/?{FIGURES}&lang=zh"))
    values = [page.locator('[data-testid="stMetricValue"]') for page in (english, chinese)]
    for cards in values:
        cards.nth(5).wait_for()
    assert values[0].all_inner_texts()[:3] == values[1].all_inner_texts()[:3]
    assert chosen(english, "period") == "Last 90 days"
    assert chosen(chinese, "period") == "近 90 天"
    assert pressed(chinese) == ["官网商城", "App"]
    assert english.evaluate("document.documentElement.lang") == "en"
    assert chinese.evaluate("document.documentElement.lang") == "zh-CN"


def test_without_a_language_in_the_address_the_browsers_is_spoken(server, reader: Witness):
    assert chosen(settled(reader.turn_to(server, locale="zh-CN")), "period") == "近 28 天"
    assert chosen(settled(reader.turn_to(server, locale="fr-FR")), "period") == "Last 28 days"


def test_switching_the_language_keeps_every_filter_for_good(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?{FIGURES}"))
    speak(page, "中文")
    assert chosen(page, "period") == "近 90 天"
    choose(page, "compare", "上一周期")
    assert chosen(page, "period") == "近 90 天"
    assert picked(page, "region") == ["North"]
    assert pressed(page) == ["官网商城", "App"]
    speak(page, "EN")
    click_channel(page, "App")
    assert chosen(page, "period") == "Last 90 days"
    assert chosen(page, "compare") == "Days before"
    assert codes(page) == {"period": ["90d"], "region": ["North"], "channel": ["web"], "lang": ["en"]}


def test_back_and_forward_walk_through_the_choices(server, reader: Witness):
    page = settled(reader.turn_to(server))
    choose(page, "period", "Last 7 days")
    choose(page, "region", "East")
    page.go_back()
    settled(page)
    assert (chosen(page, "period"), picked(page, "region")) == ("Last 7 days", [])
    page.go_back()
    settled(page)
    assert (chosen(page, "period"), picked(page, "region")) == ("Last 28 days", [])
    page.go_forward()
    settled(page)
    page.go_forward()
    settled(page)
    assert (chosen(page, "period"), picked(page, "region")) == ("Last 7 days", ["East"])


def test_the_other_page_keeps_the_filters(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?{FIGURES}"))
    page.get_by_role("link", name="Extracts").click()
    page.get_by_role("heading", name="Data extracts").wait_for()
    settled(page)
    assert urlsplit(page.url).path == "/extracts"
    assert chosen(page, "period") == "Last 90 days"
    assert pressed(page) == ["Web store", "App"]
    assert codes(page) == parse_qs(FIGURES)
    page.go_back()
    page.get_by_test_id("stMetric").first.wait_for()
    settled(page)
    assert urlsplit(page.url).path == "/"
    assert codes(page) == parse_qs(FIGURES)
    assert chosen(page, "period") == "Last 90 days"


def test_a_bare_page_one_goes_back_to_shows_the_defaults(server, reader: Witness):
    page = settled(reader.turn_to(server))
    page.get_by_role("link", name="Extracts").click()
    page.get_by_role("heading", name="Data extracts").wait_for()
    choose(page, "period", "Last 7 days")
    page.go_back()
    settled(page)
    page.go_back()
    page.get_by_test_id("stMetric").first.wait_for()
    settled(page)
    assert codes(page) == {}
    assert chosen(page, "period") == "Last 28 days"


def test_own_days_are_chosen_in_the_calendar_and_written_as_days(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?period=custom&from=2026-05-01&to=2026-06-30"))
    days = page.get_by_test_id("stMain").get_by_role("button", name="1 May – 30 Jun")
    days.nth(3).wait_for()
    choose(page, "period", "Last 7 days")
    assert codes(page) == {"period": ["7d"]}
    choose(page, "period", "From – to …")
    assert codes(page)["period"] == ["custom"]
    assert widget(page, "days").is_visible()


def test_a_click_on_a_cell_opens_its_channel_and_back_returns(server, reader: Witness):
    page = settled(reader.turn_to(f"{server}/?period=90d"))
    points = page.locator(".js-plotly-plot .scatterlayer .trace").last.locator(".point")
    box = points.nth(5 * 2 + 2).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/channels?*")
    assert codes(settled(page)) == {"period": ["90d"], "channel": ["market"]}
    assert pressed(page) == ["Marketplace"]
    page.go_back()
    page.wait_for_function("location.pathname + location.search == '/?period=90d'")
    page.get_by_test_id("stMetric").first.wait_for()
    assert pressed(settled(page)) == []


def test_an_address_of_no_page_is_said_in_the_readers_language_until_something_is_chosen(
    server, reader: Witness
):
    page = settled(reader.turn_to(f"{server}/%3Cb%3Enopage?lang=zh"))
    page.keyboard.press("Escape")
    said = page.get_by_text("没有名为")
    assert said.inner_text().replace("\u2060", "") == "没有名为“<b>nopage”的页面，当前显示的是总览。"
    speak(page, "EN")
    assert page.get_by_text("There is no page").count() == 0
    (logged,) = reader.errors
    assert "does not seem to exist" in logged, "Streamlit says it, too, in English"
    reader.errors.clear()
