"""Every page, in both languages, in every state the data can be in."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from plotly.io import from_json
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.overview_figures import headline_kpis
from dashboard.view import View, discover
from dashboard.wording import names
from kpis.catalogue import catalogue
from tests.dashboard import small_shop, worlds

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
VIEWS = {view.path or "overview": view for view in discover()}
HAN = re.compile(r"[\u3400-\u9fff]")
MARKDOWN = ("title", "subheader", "markdown", "caption", "warning", "error")
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
every_language = pytest.mark.parametrize("language", ["en", "zh"])


def open_page(view: View, language: str = "en", **codes: str | list[str]) -> AppTest:
    """The page after one run."""
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params["lang"] = language
    for name, value in codes.items():
        page.query_params[name] = value
    page._page_hash = calc_hash(view.path)
    return page.run()


def spoken(page: AppTest) -> list[str]:
    """Every text that Markdown reads, as it is sent to the browser."""
    texts = [element.value for kind in MARKDOWN for element in page.get(kind)]
    texts += [part for metric in page.metric for part in (metric.label, metric.value, metric.delta)]
    texts += [option for pills in page.get("pills") for option in pills.options]
    return [text for text in texts if text]


def look_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the shop in `folder`."""
    monkeypatch.setenv("SEAMLINE_CONFIG", str(folder / "config"))
    monkeypatch.setenv("SEAMLINE_DATA", str(folder / "data"))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Path], None]], Path]:
    """Shops with a change; each is built and read once."""
    built: dict[str, Path] = {}

    def world_with(change: Callable[[Path], None]) -> Path:
        if change.__name__ not in built:
            folder = built[change.__name__] = tmp_path_factory.mktemp(change.__name__)
            worlds.build(folder)
            change(folder)
            worlds.read(folder)
        return built[change.__name__]

    return world_with


@pytest.fixture
def visit(world, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], None]], None]:
    """Makes the pages read a changed shop."""
    return lambda change: look_at(world(change), monkeypatch)


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
        *(kpi.title.en for kpi in headlines),
        "Consistency index",
    ]
    now, before = _return_rate("2026-06-12", "2026-07-09"), _return_rate("2026-05-15", "2026-06-11")
    assert page.metric[2].value == f"{100 * now:.1f}%"
    assert page.title[0].value == (
        f"Return rate, orders rose {100 * (now - before):.1f} pp, mainly Marketplace"
    )


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


OF_FIGURES = ("overview", "channels", "visit", "delivery", "returns", "voice", "loyalty", "consistency")


@pytest.mark.parametrize("path", OF_FIGURES)
@pytest.mark.usefixtures("at_home")
def test_days_without_data_explain_themselves_and_offer_a_way_back(path):
    """The pages take turns with the languages, as all of them say it in one way."""
    language, days = (
        ("en", "1 Jan – 31 Jan 2020") if VIEWS[path].place % 2 else ("zh", "2020 年 1 月 1 日–1 月 31 日")
    )
    page = open_page(VIEWS[path], language, period="custom", **{"from": "2020-01-01", "to": "2020-01-31"})
    assert not page.exception
    assert not page.metric
    assert days in page.subheader[0].value
    assert [text for text in spoken(page) if "2026" in text], "how far the data reach"
    reset = next(button for button in page.button if button.label in {"Reset filters", "重置筛选"})
    reset.click().run()
    assert not page.exception
    assert not [text for text in spoken(page) if "2020" in text]


@pytest.mark.parametrize("path", ["extracts", "data_health", "definitions"])
@pytest.mark.usefixtures("at_home")
def test_pages_of_tables_show_them_whatever_the_days_or_say_why_not_and_offer_a_way_back(path):
    page = open_page(VIEWS[path], period="custom", **{"from": "2020-01-01", "to": "2020-01-31"})
    assert not page.exception
    if not page.dataframe:
        assert "the data run from 2026" in page.error[0].value.replace("\\", "")
        next(button for button in page.button if button.label == "Reset filters").click().run()
        assert not page.exception
        assert not page.error
    assert page.dataframe


@pytest.mark.usefixtures("at_home")
def test_delivery_of_stores_alone_says_why_there_is_none():
    page = open_page(VIEWS["delivery"], channel="store")
    assert not page.metric
    assert [text for text in spoken(page) if "has nothing for this page under Channel: " in text]
    assert [text for text in spoken(page) if "carried home" in text]


@pytest.mark.parametrize("path", ["overview", "delivery", "returns", "voice", "loyalty"])
@pytest.mark.usefixtures("at_home")
def test_a_heading_without_a_comparison_still_says_something_counted(path):
    page = open_page(VIEWS[path], compare="none")
    assert re.search(r"\d", page.title[0].value) or "target" in page.title[0].value


@pytest.mark.usefixtures("at_home")
def test_a_custom_period_is_shown_as_asked_and_marked_provisional():
    page = open_page(VIEWS["overview"], period="custom", **{"from": "2026-07-20", "to": "2026-08-05"})
    notes = [caption.value for caption in page.caption]
    assert page.button(key="evidence-return_rate").label == ":small[20 Jul – 5 Aug]"
    assert "provisional until 4 Sep" in notes


@every_view
@every_language
def test_a_failed_connection_is_named_and_the_last_figures_stay(view, language, visit):
    visit(worlds.broken)
    page = open_page(view, language)
    assert not page.exception
    assert len(page.warning) == 1
    assert "**shop**" in page.warning[0].value
    assert re.search(r"202\d", page.warning[0].value)
    assert len(page.title) == 1
    if view.path == "":
        assert len(page.metric) == 6


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that was read by a release whose tables lacked a column."""
    folder = tmp_path_factory.mktemp("upgraded")
    worlds.build(folder)
    worlds.read(folder)
    (facts,) = folder.glob("data/versions/*/facts/order_facts.parquet")
    pl.read_parquet(facts).drop("units").write_parquet(facts)
    return folder


@every_view
@every_language
def test_every_page_says_that_another_release_made_the_snapshot_and_what_to_do(
    view, language, upgraded, monkeypatch
):
    monkeypatch.setattr("connectors.snapshot._is_whole", lambda *_: True)
    look_at(upgraded, monkeypatch)
    page = open_page(view, language)
    assert not page.exception
    told = page.error[0].value.replace("\\", "")
    assert ("another release" if language == "en" else "其他版本") in told
    assert "python -m connectors refresh" in told
    assert page.button(key="refresh_unreadable").label == ("Refresh now" if language == "en" else "立即刷新")


def test_a_snapshot_of_another_release_is_one_press_away_from_a_new_one(upgraded, monkeypatch):
    monkeypatch.setattr("connectors.snapshot._is_whole", lambda *_: True)
    look_at(upgraded, monkeypatch)
    page = open_page(VIEWS["overview"])
    assert not page.exception
    assert "order_facts" in page.error[0].value.replace("\\", "")
    page.button(key="refresh_unreadable").click().run(timeout=120)
    assert not page.exception
    assert not page.error
    assert len(page.metric) == 6


@every_view
@every_language
def test_a_missing_table_is_named_on_its_card(view, language, visit):
    visit(worlds.without_surveys)
    page = open_page(view, language)
    assert not page.exception
    if view.path == "":
        nps = next(caption.value for caption in page.caption if "surveys" in caption.value)
        assert ("survey tool" if language == "en" else "问卷工具") in nps


@every_view
@every_language
def test_a_shop_of_articles_alone_says_so_and_what_was_read_can_be_seen(view, language, visit):
    visit(worlds.without_days)
    page = open_page(view, language)
    assert not page.exception
    if view.needs_days:
        assert len(page.error) == 1
        assert "python -m connectors check" in page.error[0].value.replace("\\", "").replace("\u2060", "")
        assert [link.proto.page for link in page.get("page_link")] == ["data_health"]
        return
    assert not page.error
    assert len(page.title) == 1
    if view.path == "data_health":
        assert page.title[0].value in {"All 1 rows were read and kept", "共读取 1 行，全部接受"}


@every_view
@pytest.mark.parametrize("table", ["visits", "surveys"])
def test_every_page_opens_for_a_shop_without_orders(view, table, visit):
    visit({"visits": worlds.only_visits, "surveys": worlds.only_surveys}[table])
    page = open_page(view)
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1
    if view.path == "data_health":
        assert page.dataframe[-1].value["Table"].to_list() == [names.TABLES[table].en]


@every_view
@every_language
def test_settings_that_cannot_be_read_are_explained(view, language, at_home, tmp_path, monkeypatch):
    small_shop.write_settings(tmp_path, at_home / "files", business='timezon = "Asia/Shanghai"')
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    page = open_page(view, language)
    assert not page.exception
    assert "timezon" in page.error[0].value


@every_view
def test_the_first_start_reads_the_shop_and_then_shows_it(view, tmp_path, monkeypatch):
    worlds.build(tmp_path)
    look_at(tmp_path, monkeypatch)
    page = open_page(view)
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1


@every_language
def test_a_first_start_that_fails_says_why_and_offers_another_try(language, tmp_path, monkeypatch):
    small_shop.write_settings(tmp_path / "config", tmp_path / "nowhere")
    look_at(tmp_path, monkeypatch)
    page = open_page(VIEWS["overview"], language)
    assert not page.exception
    assert "nowhere" in page.error[0].value
    assert page.subheader[0].value in {"Nothing could be read yet", "尚未读到任何数据"}
    assert str(tmp_path.name) in page.caption[0].value.replace("\\", "")
    page = page.button[0].click().run(timeout=120)
    assert not page.exception
    assert len(page.error) == len(page.button) == 1, "tried again, and failed again"
    small_shop.write_tables(tmp_path / "nowhere")
    page.button[0].click().run(timeout=120)
    assert not page.error
    assert len(page.title) == 1


def test_a_new_snapshot_is_picked_up_by_the_next_run(tmp_path, monkeypatch):
    worlds.build(tmp_path)
    worlds.read(tmp_path)
    look_at(tmp_path, monkeypatch)
    page = open_page(VIEWS["overview"])
    assert page.metric[3].value != "–"
    worlds.without_surveys(tmp_path)
    worlds.read(tmp_path)
    assert page.run().metric[3].value == "–"


@pytest.mark.usefixtures("at_home")
def test_pages_need_neither_driver_nor_refresh_job(tmp_path):
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(APP)!r}, default_timeout=60).run()\n"
        "assert len(page.metric) == 6, page.exception\n"
        "print([name for name in ('psycopg', 'duckdb', 'connectors.refresh') if name in sys.modules])\n"
    )
    here = {**os.environ, "PYTHONPATH": str(APP.parents[1])}
    ended = subprocess.run([sys.executable, probe], capture_output=True, text=True, check=False, env=here)
    assert ended.stdout.splitlines()[-1:] == ["[]"], ended.stderr
