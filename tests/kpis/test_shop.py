"""A shop on disk: opened whole, or refused in plain words."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from connectors.errors import SnapshotError
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from kpis.shop import open_shop
from tests.connectors.shopfolder import ShopFolder


@pytest.fixture
def made(tmp_path: Path) -> ShopFolder:
    shop = ShopFolder(tmp_path / "shop")
    assert not refresh(load_settings(shop.config, shop.data)).failed
    return shop


def test_a_snapshot_is_opened(made: ShopFolder) -> None:
    with open_shop(made.config, made.data) as shop:
        assert shop.version == "000001"


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_snapshot_of_another_release_asks_for_a_refresh(
    made: ShopFolder, monkeypatch: pytest.MonkeyPatch, *, is_gone: bool
) -> None:
    path = _facts(made, "order_facts")
    if is_gone:
        path.unlink()
    else:
        pl.read_parquet(path).drop("units").write_parquet(path)
    monkeypatch.setattr("connectors.snapshot._is_whole", lambda *_: True)
    with pytest.raises(SnapshotError, match=r"another release of Seamline \(its order_facts differs"):
        open_shop(made.config, made.data)


def _facts(shop: ShopFolder, name: str) -> Path:
    with open_snapshot(shop.data) as snapshot:
        return snapshot.folder / "facts" / f"{name}.parquet"
