"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from connectors.refresh import refresh
from connectors.settings import DEMO_BUSINESS, load_settings
from tests.connectors.shopfolder import ShopFolder

DEMO_ALONE = """
[connections.demo]
system = "demo"
path = "{path}"
"""

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return ShopFolder(tmp_path / "shop")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the settings (`config`) and a snapshot (`data`) of the whole demo shop without visits."""
    root = tmp_path_factory.mktemp("demo")
    (root / "config").mkdir()
    secrets = root / "config" / "secrets.toml"
    secrets.write_text(DEMO_ALONE.format(path=(root / "data" / "demo").as_posix()), encoding="utf-8")
    secrets.chmod(0o600)
    shutil.copy(DEMO_BUSINESS, root / "config" / "business.toml")
    report = refresh(load_settings(root / "config", root / "data"))
    assert not report.failed
    return root
