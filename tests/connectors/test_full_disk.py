"""A disk that fills up at any stage of a refresh costs the refresh, never the snapshot."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from connectors.errors import SnapshotError
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from tests.connectors.shopfolder import ShopFolder

ROOM = 1_200_000
STEP = 40_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of little more than one megabyte; only root can mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not mounted and not os.environ.get("SEAMLINE_NO_SKIP"):
        pytest.skip("a small disk can only be mounted by root")
    assert mounted
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_at_any_stage_leaves_the_last_snapshot_and_nothing_else(
    shop: ShopFolder, small_disk: Path
) -> None:
    settings = load_settings(shop.config, small_disk / "data")
    refresh(settings)
    ballast = small_disk / "ballast"
    refreshed = 0
    with open_snapshot(settings.data) as before:
        orders = before.scan("orders").collect()
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    for left in range(0, free, STEP):
        ballast.write_bytes(b"0" * (free - left))
        with suppress(SnapshotError):
            refresh(settings)
            refreshed += 1
        ballast.unlink()
        with open_snapshot(settings.data) as opened:
            assert opened.manifest.fell_back is None
            assert opened.scan("orders").collect().equals(orders)
        assert not list((settings.data / "versions").glob(".*"))
    assert 0 < refreshed < free // STEP


def test_a_full_disk_is_called_so(shop: ShopFolder, small_disk: Path) -> None:
    settings = load_settings(shop.config, small_disk / "data")
    refresh(settings)
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "ballast").write_bytes(b"0" * (free - STEP))
    with pytest.raises(SnapshotError, match="the disk is full"):
        refresh(settings)
