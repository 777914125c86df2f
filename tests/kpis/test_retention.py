"""What a version was summed up to leaves with the version, when the commands are run as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.commands import main
from connectors.snapshot import open_snapshot, versions
from tests.connectors.shopfolder import BUSINESS, ShopFolder


def test_rollups_stay_as_long_as_their_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ShopFolder(tmp_path / "shop")
    shop.settle(business=BUSINESS + "[snapshots]\nkeep = 2\n")
    where = ["--config", str(shop.config), "--data", str(shop.data)]

    def rolled_up() -> list[str]:
        assert main(["refresh", *where]) == 0
        return sorted(path.name.partition("-")[0] for path in (shop.data / "rollups").iterdir())

    assert rolled_up() == ["000001"]
    with open_snapshot(shop.data):
        rolled_up()
        assert rolled_up() == versions(shop.data) == ["000001", "000002", "000003"]
    assert rolled_up() == versions(shop.data) == ["000003", "000004"]
    assert "000004" in capsys.readouterr().out
