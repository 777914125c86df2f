"""Every page in every state the data can be in: none, old, broken, of another release."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from dashboard.wording import frame, names
from tests.dashboard import small_shop, worlds
from tests.dashboard.opened import APP, VIEWS, every_language, every_view, look_at, open_page, spoken

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


@every_language
def test_what_nobody_delivers_is_no_matter_of_filters_unless_some_are_set(language, visit):
    visit(worlds.only_surveys)
    reset, chosen = frame.RESET.in_language(language), {"en": "what is chosen", "zh": "所选范围"}[language]
    page = open_page(VIEWS["visit"], language)
    told = spoken(page)
    assert {"en": "Conversion cannot be counted", "zh": "访问转化率：无法统计"}[language] in told
    lines = [text for text in told if "visits" in text]
    assert any({"en": "It usually comes from", "zh": "通常来自"}[language] in line for line in lines)
    assert not [line for line in lines if chosen in line]
    assert reset not in [button.label for button in page.button]
    page = open_page(VIEWS["visit"], language, channel="web")
    assert [text for text in spoken(page) if "visits" in text and chosen in text]
    assert reset in [button.label for button in page.button]


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
        assert page.title[0].value in {"The one row was read and kept", "共读取 1 行，全部接受"}


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
def test_pages_need_neither_driver_nor_refresh_job_nor_pandas(tmp_path):
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(APP)!r}, default_timeout=60).run()\n"
        "assert len(page.metric) == 6, page.exception\n"
        "needless = {'psycopg', 'duckdb', 'pandas', 'connectors.refresh'}\n"
        "print(sorted(needless & set(sys.modules)))\n"
    )
    here = {**os.environ, "PYTHONPATH": str(APP.parents[1])}
    ended = subprocess.run([sys.executable, probe], capture_output=True, text=True, check=False, env=here)
    assert ended.stdout.splitlines()[-1:] == ["[]"], ended.stderr
