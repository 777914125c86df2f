"""On every page a figure opens its whole evidence, and the link to copy says what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from connectors.text import Text
from dashboard.view import View
from dashboard.views import consistency, delivery, loyalty, returns, voice
from dashboard.wording import evidence as words
from dashboard.wording import names
from dashboard.written import NOTHING
from kpis.catalogue import catalogue
from kpis.kpi import Kpi
from tests.dashboard import small_shop
from tests.dashboard.opened import VIEWS, every_language, every_view, open_page

CODES = {"period": "90d", "channel": "web"}
WITHOUT_FIGURES = {"extracts", "data_health", "definitions"}
"""Pages of tables alone: files, readings and the definitions themselves."""
WITHOUT_A_KPI = {"cohorts", "curves", "second_orders", "flows", "value", "orders_each", "revenue_each"}
WITHOUT_A_KPI |= {"range-articles", "range-revenue"}
"""Charts of first customers and of ranges, which no KPI of the catalogue counts."""
CELLS = {"channels_against_target", "gaps"}
"""Charts with a mark for each figure: its card, or a click on the mark, opens the evidence."""
PARTS = {
    "delivery": ("delivery", delivery.PANELS),
    "returns": (returns.SECTION, returns.PANELS),
    "loyalty": (loyalty.PART, ("cohorts", "pace", "where", "cross")),
    "voice": (voice.PART, ("score", "asked", "reviews")),
    "consistency": (consistency.PART, ("same", "shared", "together")),
}
every_part = pytest.mark.parametrize(
    ("path", "codes"),
    [(path, {name: part}) for path, (name, parts) in PARTS.items() for part in parts]
    + [(path, {}) for path in VIEWS if path not in {*PARTS, *WITHOUT_FIGURES}],
)
TWO_COUNTS = re.compile(r"\*\*[\d,.]+\*\*.*\*\*[\d,.]+\*\*")


def speaking(view: View) -> str:
    """The pages take turns with the languages."""
    return "zh" if view.place % 2 else "en"


def of(key: str) -> Kpi:
    """The KPI of a button by its key."""
    rest = key.removeprefix("evidence-")
    return catalogue()[max((name for name in catalogue() if f"{rest}-".startswith(f"{name}-")), key=len)]


def panels(block: Block) -> Iterator[Block]:
    """The bordered blocks that hold a chart and no other such block."""
    blocks = [child for child in block.children.values() if isinstance(child, Block)]
    inner = [panel for child in blocks for panel in panels(child)]
    yield from inner
    if not inner and getattr(block.proto, "flex_container", None) and block.proto.flex_container.border:
        yield from [block] if charts(block) else []


def charts(block: Block) -> list[str]:
    """The names of the charts within a block."""
    return [chart.key for chart in block.get("plotly_chart")]


def evident(block: Block) -> bool:
    """Whether a button within a block opens the evidence of a figure."""
    return any((button.key or "").startswith("evidence-") for button in block.get("button"))


def assert_whole(drawer: Block, kpi: Kpi, language: str) -> None:
    """Both counts, interval, definition, what was left out, freshness, and links to rows and definition."""
    told = dict(_split(line.value) for line in drawer.markdown)

    def said(label: Text) -> str:
        return told[label.in_language(language)]

    definition = said(words.DEFINITION)
    for text in filter(None, (kpi.question, kpi.above, kpi.below)):
        assert text.in_language(language) in definition
    assert "000001" in said(words.DATA)
    assert re.search(r"202\d", said(words.DATA))
    if drawer.metric[0].value != NOTHING:
        assert TWO_COUNTS.search(said(words.COUNTS)) or kpi.kind in {"count", "quantile"}
        assert said(words.EXCLUDED)
        code = "[A-Za-z_`]" if language == "zh" else "[_`]"
        assert not re.search(code, said(words.EXCLUDED)), "why rows are left out is told in words"
        has_interval = kpi.kind != "count" and getattr(kpi, "interval", True)
        assert (words.INTERVAL.in_language(language) in told) == has_interval
    links = {link.proto.label: parse_qs(link.proto.query_string) for link in drawer.get("page_link")}
    delivered = set(kpi.tables) & set(small_shop.tables())
    for table in delivered:
        codes = links[
            words.ROWS.in_language(language).format(table=names.TABLES[table].in_language(language))
        ]
        assert codes["table"] == [table]
        assert codes["behind"] == [kpi.id]
        assert codes["period"] == ["custom"]
        assert codes["from"] <= codes["to"]
    assert links[words.DEFINITIONS.in_language(language)]["kpi"] == [kpi.id]
    assert len(links) == len(delivered) + 1


def _split(line: str) -> tuple[str, str]:
    label, _, text = line.partition("  \n")
    return label.removeprefix(":small[:gray[").removesuffix("]]"), text


@every_view
@pytest.mark.usefixtures("at_home")
def test_every_figure_of_a_page_opens_its_whole_evidence(view):
    language = speaking(view)
    page = open_page(view, language, **CODES)
    keys = [button.key for button in page.button if (button.key or "").startswith("evidence-")]
    assert bool(keys) == (view.path not in WITHOUT_FIGURES)
    for key in keys:
        opened = page.button(key=key).click().run()
        assert not opened.exception
        (drawer,) = opened.get("dialog")
        assert_whole(drawer, of(key), language)


@every_view
@pytest.mark.usefixtures("at_home")
def test_the_link_of_every_page_opens_it_as_it_is(view):
    page = open_page(view, speaking(view), **CODES)
    page.session_state["share"] = True
    page.run()
    assert not page.exception
    (link,) = page.get("code")
    assert urlsplit(link.value).path == f"/{view.path}"
    asked = {name: [value] for name, value in CODES.items()}
    assert parse_qs(urlsplit(link.value).query) == asked


@every_language
@pytest.mark.usefixtures("at_home")
def test_a_link_of_the_page_takes_along_only_a_language_that_was_chosen(language):
    page = open_page(VIEWS["overview"], language)
    assert {tuple(codes.get("lang", [])) for codes in _links(page)} == {(language,)}
    del page.query_params["lang"]
    assert {tuple(codes.get("lang", [])) for codes in _links(page.run())} == {()}


def _links(page: AppTest) -> list[dict[str, list[str]]]:
    """The codes of every link of a page and of the evidence of its first figure."""
    opened = (
        next(button for button in page.button if (button.key or "").startswith("evidence-")).click().run()
    )
    assert not opened.exception
    found = [parse_qs(link.proto.query_string) for link in opened.get("page_link")]
    return [codes for codes in found if codes]


@every_part
@pytest.mark.usefixtures("at_home")
def test_beside_every_chart_stands_its_evidence(path, codes):
    page = open_page(VIEWS[path], speaking(VIEWS[path]), **codes)
    assert not page.exception
    bare = [key for panel in panels(page.main) if not evident(panel) for key in charts(panel)]
    assert set(bare) <= WITHOUT_A_KPI | CELLS
