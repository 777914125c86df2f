"""Every page says when its snapshot is not what it would be if read now, with a button that reads it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard import small_shop, worlds
from tests.dashboard.opened import VIEWS, every_language, every_view, look_at, open_page, spoken


@pytest.fixture(scope="session")
def old(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shop, last read three days ago."""
    folder = tmp_path_factory.mktemp("old") / "shop"
    shutil.copytree(home, folder)
    worlds.aged(folder, days=3)
    return folder


def told_above(page: AppTest) -> str:
    """The one notice above the page, beside a button that reads the shop again."""
    assert not page.exception
    assert page.button(key="refresh_old")
    assert len(page.title) == 1
    (told,) = [info.value for info in page.info]
    return told


@every_view
def test_a_snapshot_older_than_two_days_is_called_old(view, old, monkeypatch):
    """The pages take turns with the languages, as all of them have one frame."""
    look_at(old, monkeypatch)
    language, days = ("en", "3 days ago") if view.place % 2 else ("zh", "已过3天")
    assert days in told_above(open_page(view, language)).replace(" ", "" if language == "zh" else " ")


@every_view
def test_channels_changed_since_are_said_with_a_button_that_reads_them(view, at_home, tmp_path, monkeypatch):
    changed = small_shop.BUSINESS.replace('title = { en = "App"', 'title = { en = "Phone"')
    small_shop.write_settings(tmp_path, at_home / "files", changed)
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    language, said = ("zh", "已有变更") if view.place % 2 else ("en", "have been changed in the settings")
    assert said in told_above(open_page(view, language))


@pytest.mark.usefixtures("at_home")
def test_targets_changed_since_hold_at_once_and_nothing_is_said(at_home, tmp_path, monkeypatch):
    changed = small_shop.BUSINESS.replace("at_most = 0.10", "at_most = 0.20")
    small_shop.write_settings(tmp_path, at_home / "files", changed)
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    page = open_page(VIEWS["overview"])
    assert not page.info
    assert any("≤ 20.0%" in text for text in spoken(page))


@every_view
@every_language
def test_connections_changed_since_are_said_with_a_button_that_reads_them(
    view, language, at_home, tmp_path, monkeypatch
):
    small_shop.write_settings(tmp_path, at_home / "files")
    secrets = tmp_path / "secrets.toml"
    written = secrets.read_text(encoding="utf-8")
    secrets.write_text(written.replace("[connections.shop]", "[connections.new]"), encoding="utf-8")
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    page = open_page(view, language)
    assert not page.exception
    (told,) = [info.value for info in page.info]
    assert ("have been changed" if language == "en" else "已有变更") in told
    assert page.button(key="refresh_old")
    assert len(page.title) == 1


@every_view
def test_a_target_of_no_kpi_is_told_on_the_page_and_the_others_hold(view, at_home, tmp_path, monkeypatch):
    slip = '[[targets]]\nkpi = "return_rat"\nat_most = 0.2\n'
    small_shop.write_settings(tmp_path, at_home / "files", small_shop.BUSINESS + slip)
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    language, said = (
        ("zh", "是否想写“return_rate”") if view.place % 2 else ("en", "Did you mean 'return_rate'")
    )
    page = open_page(view, language)
    assert not page.exception
    assert not page.error
    (told,) = [warning.value for warning in page.warning]
    assert said in told.replace("\\", "").replace("\u2060", "")
    assert len(page.title) == 1
    if view.path == "":
        assert any("≤ 10.0%" in text for text in spoken(page))


def test_settings_that_cannot_be_read_any_more_hold_as_they_last_were(at_home, tmp_path, monkeypatch):
    monkeypatch.setenv("SEAMLINE_CONFIG", str(tmp_path))
    small_shop.write_settings(tmp_path, at_home / "files")
    assert not open_page(VIEWS["overview"]).warning
    business = tmp_path / "business.toml"
    business.write_text(small_shop.BUSINESS + "[[target]]\n", encoding="utf-8")
    os.utime(business, (1, 1))
    page = open_page(VIEWS["overview"])
    assert not page.error
    assert "Did you mean 'targets'" in page.warning[0].value.replace("\\", "")
    assert any("≤ 10.0%" in text for text in spoken(page))
    assert "A setting needs correcting" in str(page.warning[0].proto)
    small_shop.write_settings(tmp_path, at_home / "files")
    assert not open_page(VIEWS["overview"]).warning
