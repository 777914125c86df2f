"""Types commands of `python -m kpis` on a small shop of CSV files, and keeps what they said."""

from __future__ import annotations

import csv
import io

import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.commands import main
from tests.connectors.shopfolder import BUSINESS, ShopFolder

TARGET = """
[[targets]]
kpi = "on_time_delivery"
where = { channel = "web" }
at_least = 0.95
"""


class Typed:
    """Types a command and keeps what it said."""

    def __init__(self, folder: ShopFolder, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capture = capture

    def __call__(self, *words: str, code: int = 0) -> tuple[str, str]:
        places = (
            []
            if words[0] == "catalogue"
            else ["--config", str(self.folder.config), "--data", str(self.folder.data)]
        )
        assert main([*words, *places]) == code
        said = self.capture.readouterr()
        return said.out, said.err

    def rows(self, *words: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self(*words)[0])))


@pytest.fixture(scope="session")
def typed_folder(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    made = ShopFolder(tmp_path_factory.mktemp("command line") / "shop")
    made.settle(business=BUSINESS + TARGET)
    refresh(load_settings(made.config, made.data))
    return made


@pytest.fixture
def typed(
    typed_folder: ShopFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Typed:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Typed(typed_folder, capsys)
