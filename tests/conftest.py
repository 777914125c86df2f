"""Fixtures that several rooms' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.connectors.shopfolder import ShopFolder

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return ShopFolder(tmp_path / "shop")
