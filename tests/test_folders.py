"""Where settings and snapshots are looked for: options before the environment, that before the usual."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors import folders
from connectors.arguments import LINE as CONNECTORS
from connectors.commands import main
from dashboard import place
from kpis.command_line import LINE as KPIS
from tests.connectors.shopfolder import ShopFolder

both = pytest.mark.parametrize(("line", "command"), [(CONNECTORS, "refresh"), (KPIS, "table")])


@both
def test_an_option_wins_over_the_environment_and_that_over_the_usual_folder(line, command, monkeypatch):
    monkeypatch.delenv(folders.CONFIG, raising=False)
    monkeypatch.delenv(folders.DATA, raising=False)
    given = line.read([command], "en")
    assert (given.config, given.data) == (Path(".streamlit"), Path("data"))
    monkeypatch.setenv(folders.CONFIG, "/elsewhere/settings")
    monkeypatch.setenv(folders.DATA, "/elsewhere/data")
    given = line.read([command], "en")
    assert (given.config, given.data) == (place.config_folder(), place.data_folder())
    assert (given.config, given.data) == (Path("/elsewhere/settings"), Path("/elsewhere/data"))
    given = line.read([command, "--data", "here"], "en")
    assert (given.config, given.data) == (Path("/elsewhere/settings"), Path("here"))


def test_an_empty_word_of_the_environment_is_none(monkeypatch):
    monkeypatch.setenv(folders.DATA, "")
    assert folders.data_folder() == Path("data")
    assert place.data_folder() == place.ROOT / "data"


def test_a_refresh_told_by_the_environment_alone_fills_its_folder(tmp_path, monkeypatch, capsys):
    shop = ShopFolder(tmp_path / "shop")
    monkeypatch.setenv(folders.CONFIG, str(shop.config))
    monkeypatch.setenv(folders.DATA, str(tmp_path / "snapshots"))
    assert main(["refresh", "--json"]) == 0
    assert (tmp_path / "snapshots" / "CURRENT").exists()
    monkeypatch.setenv(folders.CONFIG, str(tmp_path / "nowhere"))
    assert main(["check"]) == 2
    assert "nowhere" in capsys.readouterr().err
