"""Every page, in both languages."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
import pytest
from plotly.io import from_json

from dashboard.overview_figures import headline_kpis
from kpis.catalogue import catalogue
from tests.dashboard import small_shop, worlds
from tests.dashboard.opened import HAN, VIEWS, every_language, every_view, open_page, spoken


@every_language
@pytest.mark.usefixtures("at_home")
def test_figures_that_a_filter_does_not_apply_to_are_named_and_the_others_shown(language):
    region = small_shop.REGIONS[0]
    page = open_page(VIEWS["extracts"], language, kpi=list(catalogue()), region=region)
    assert not page.exception
    assert not page.error
    (told,) = (text.value for text in page.caption if re.match("Left out|以下指标不适用", text.value))
    unable = [
        kpi.title.in_language(language) for kpi in catalogue().values() if "region" not in kpi.dimensions
    ]
    assert unable
    assert all(title.replace(" ", "") in told.replace(" ", "") for title in unable)
    assert page.dataframe


@every_view
@every_language
@pytest.mark.usefixtures("at_home")
def test_a_page_runs_and_speaks_one_language(view, language):
    page = open_page(view, language)
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert len(page.title) == 1
    for chart in page.get("plotly_chart"):
        # Plotly refuses here what it does not know; on pages it does not look.
        from_json(chart.proto.spec)
    if language == "en":
        assert not [text for text in spoken(page) if HAN.search(text)]
    else:
        assert HAN.search(page.title[0].value)


@every_view
@pytest.mark.usefixtures("at_home")
def test_a_page_keeps_the_filters_of_the_address(view):
    slices = {"channel": ["app", "store"], "region": ["East"], "store": ["S1"], "category": ["Tea"]}
    page = open_page(view, period="90d", compare="year", **slices, customer_type="new")
    assert not page.exception
    assert page.selectbox(key="period").value == "90d"
    assert page.selectbox(key="compare").value == "year"
    for dimension, values in slices.items():
        assert page.session_state[dimension] == values
    assert page.session_state["customer_type"] == ["new"]
    assert page.multiselect(key="category").value == ["Tea"]


@every_language
@pytest.mark.usefixtures("at_home")
def test_a_figure_that_a_filter_does_not_apply_to_says_so_on_its_card(language):
    page = open_page(VIEWS["overview"], language, category="Tea")
    assert not page.exception
    assert not page.error
    category = "not split by: Category" if language == "en" else "不区分品类"
    for metric, kpi in zip(page.metric[:-1], headline_kpis(), strict=True):
        assert (metric.value == "–") == ("category" not in kpi.dimensions)
    notes = [note.value for note in page.caption if category in note.value]
    assert len(notes) == sum("category" not in kpi.dimensions for kpi in headline_kpis()) > 0


@pytest.mark.usefixtures("at_home")
def test_filters_that_no_stored_sums_cross_are_answered_from_rows():
    page = open_page(VIEWS["overview"], category="Tea", region="East", period="90d")
    assert not page.exception
    assert page.metric[2].value == f"{100 * _return_rate('2026-04-11', '2026-07-09', 'Tea', 'East'):.1f}%"


@every_view
@every_language
@pytest.mark.usefixtures("at_home")
def test_what_the_address_gets_wrong_is_said_and_the_page_is_shown(view, language):
    page = open_page(view, language, period="29d", channel="wbe", region="![x](http://evil.example)")
    assert not page.exception
    assert len(page.warning) == 1
    assert all(given in page.warning[0].value for given in ("29d", "wbe", "evil"))
    assert len(page.title) == 1
    assert not [text for text in spoken(page) if "](" in text.replace("\\", "\\ ")]


@pytest.mark.usefixtures("at_home")
def test_an_extract_that_does_not_exist_is_said_and_another_is_shown():
    page = open_page(VIEWS["extracts"], kpi=["nps", "npz"], by=["device", "channel"], grain="decade")
    assert not page.exception
    assert all(given in page.warning[0].value for given in ("npz", "device", "decade"))
    assert set(page.dataframe[-1].value["KPI"]) == {"nps"}
    page = open_page(VIEWS["extracts"], what="rows", table="ordres")
    assert "ordres" in page.warning[0].value
    assert "order_id" in page.dataframe[-1].value.columns


@pytest.mark.usefixtures("at_home")
def test_the_overview_has_a_card_per_headline_kpi_in_their_order():
    page = open_page(VIEWS["overview"])
    headlines = sorted((kpi for kpi in catalogue().values() if kpi.headline), key=lambda kpi: kpi.headline)
    assert [metric.label for metric in page.metric] == [
        *(kpi.label.en for kpi in headlines),
        "Consistency index",
    ]
    now, before = _return_rate("2026-06-12", "2026-07-09"), _return_rate("2026-05-15", "2026-06-11")
    assert page.metric[2].value == f"{100 * now:.1f}%"
    assert page.title[0].value == (f"Return rate rose {100 * (now - before):.1f} pp, mainly Marketplace")


def _return_rate(first: str, last: str, category: str | None = None, region: str | None = None) -> float:
    """Computed afresh from the files: every return of the small shop comes six days after its order."""
    tables = small_shop.tables()
    day = pl.col("placed_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
    bounds = [dt.date.fromisoformat(bound) for bound in (first, last)]
    orders = tables["orders"].filter(day.is_between(*bounds))
    orders = orders.join(tables["order_lines"].select("order_id", "category"), on="order_id")
    for name, value in {"category": category, "region": region}.items():
        if value:
            orders = orders.filter(pl.col(name) == value)
    return (
        orders.filter(pl.col("order_id").is_in(tables["returns"]["order_id"].implode())).height
        / orders.height
    )


@pytest.mark.usefixtures("at_home")
def test_where_nothing_was_counted_a_year_before_no_festival_is_named():
    june = {"period": "custom", "from": "2026-06-10", "to": "2026-06-20", "compare": "festival"}
    page = open_page(VIEWS["overview"], **june)
    assert not page.exception
    assert not [text for text in spoken(page) if "Compared around" in text], "a year before there is no data"


def test_the_festival_is_named_where_the_data_reach_back(visit):
    visit(worlds.since_last_year)
    june = {"period": "custom", "from": "2026-06-10", "to": "2026-06-20", "compare": "festival"}
    told = "Compared around 618: 18 Jun 2026 with 18 Jun 2025."
    for view in ("overview", "extracts"):
        page = open_page(VIEWS[view], **june)
        assert not page.exception
        assert told in [caption.value for caption in page.caption]
    page = open_page(VIEWS["overview"], **(june | {"compare": "year"}))
    assert not [text for text in spoken(page) if "Compared around" in text]
