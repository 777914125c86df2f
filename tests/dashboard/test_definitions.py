"""The Definitions page: every KPI of the catalogue, found by its words, with what its declaration says."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from dashboard import definition_tables
from dashboard.safe import safe
from dashboard.wording import Say
from kpis.catalogue import catalogue
from kpis.profiles import profiles_of
from tests.dashboard.opened import VIEWS, open_page, spoken

EVERY = list(catalogue().values())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kpi", EVERY, ids=lambda kpi: kpi.id)
def test_every_definition_has_its_formula_and_a_row_per_platform(kpi, language):
    told = dict(definition_tables.lines(kpi, Say(language, "CNY")))
    for words, counted in zip(kpi.in_words().values(), (kpi.above, kpi.below), strict=True):
        plain = [counted.in_language(language)] if counted else []
        assert words is None or "  \n".join([*plain, f"`{words}`"]) in told.values()
    assert safe(kpi.follows.in_language(language), 200) in told.values()
    for left_out in kpi.excluded:
        why = f"{left_out.words.in_language(language)}  \n`{left_out.measure.words}`"
        assert why in told[{"en": "Left out", "zh": "排除"}[language]]
    platforms = definition_tables.platforms(kpi, Say(language, "CNY"))
    assert (0 if platforms is None else platforms.height - 1) == len(profiles_of(kpi.id))


def test_a_search_finds_all_of_its_words_in_either_language():
    assert definition_tables.found(EVERY, "") == EVERY
    assert "return_rate" in [kpi.id for kpi in definition_tables.found(EVERY, "退货率")]
    assert catalogue()["nps"] in definition_tables.found(EVERY, "promoter SCORE")
    assert catalogue()["nps"] in definition_tables.found(EVERY, "9 至 10 分的回答")
    assert catalogue()["nps"] in definition_tables.found(EVERY, "reichheld 哈佛")
    assert definition_tables.found(EVERY, "promoter zebra") == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("at_home")
def test_a_link_opens_the_definition_it_names(language):
    page = open_page(VIEWS["definitions"], language, kpi="quality_return_rate")
    assert not page.exception
    assert catalogue()["quality_return_rate"].title.in_language(language) in spoken(page)
    assert not page.warning


@pytest.mark.usefixtures("at_home")
def test_words_that_no_definition_holds_are_said():
    page = open_page(VIEWS["definitions"], find="zebra")
    assert not page.exception
    assert any("zebra" in caption.value for caption in page.caption)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", ["overview", "voice", "delivery", "loyalty"])
@pytest.mark.usefixtures("at_home")
def test_every_card_leads_to_its_definition_with_language_and_filters(path, language):
    page = open_page(VIEWS[path], language, period="90d", channel="web", find="zzz")
    links = [link.proto for link in page.get("page_link") if link.proto.page == "definitions"]
    codes = [parse_qs(link.query_string.lstrip("?")) for link in links]
    named = [Say(language)(catalogue()[code["kpi"][0]].label) for code in codes]
    shown = [metric.label for metric in page.metric]
    assert named == shown[: len(named)]
    assert len(shown) - len(named) == (path == "overview"), "the index has a page of its own"
    for code in codes:
        assert (code["lang"], code["period"], code["channel"]) == ([language], ["90d"], ["web"])
        assert "find" not in code
