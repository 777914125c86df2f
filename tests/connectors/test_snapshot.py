"""The snapshot on disk: whole or not there, one version after the other, never removed while read."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.business import KEPT_VERSIONS
from connectors.commit import refresh_lock
from connectors.errors import SnapshotError
from connectors.manifest import from_json, to_json
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import MANIFEST, POINTER, REMOVED, Snapshot, current_version, open_snapshot, versions
from tests.connectors.shopfolder import BUSINESS, ShopFolder
from tests.connectors.test_unify import two_connections

Refreshed = Callable[[ShopFolder], Snapshot]


def test_before_the_first_refresh_the_error_names_the_command(tmp_path: Path) -> None:
    assert current_version(tmp_path) is None
    with pytest.raises(SnapshotError, match="python -m connectors refresh"):
        open_snapshot(tmp_path)


def test_versions_are_counted_and_the_pointer_names_the_last(shop: ShopFolder, refreshed: Refreshed) -> None:
    assert refreshed(shop).version == "000001"
    assert refreshed(shop).version == "000002"
    assert current_version(shop.data) == "000002"
    assert versions(shop.data) == ["000001", "000002"]


def test_a_manifest_is_read_as_it_was_written(shop: ShopFolder, refreshed: Refreshed) -> None:
    manifest = refreshed(shop).manifest
    assert from_json(to_json(manifest)) == manifest


@pytest.mark.parametrize("damage", ["manifest.json", "tables/orders.parquet", "facts/order_facts.parquet"])
@pytest.mark.parametrize("how", ["cut", "flip", "remove"])
def test_a_damaged_version_falls_back_to_the_one_before_and_says_so(
    shop: ShopFolder, refreshed: Refreshed, damage: str, how: str
) -> None:
    refreshed(shop)
    path = refreshed(shop).folder / damage
    content = path.read_bytes()
    path.unlink()
    if how != "remove":
        middle = len(content) // 2
        path.write_bytes(
            content[:middle] if how == "cut" else content[:middle] + b"#" + content[middle + 1 :]
        )
    opened = open_snapshot(shop.data)
    assert opened.version == "000001"
    assert opened.manifest.fell_back is not None
    assert "000002" in opened.manifest.fell_back.en


@pytest.mark.parametrize("garbage", ["", "000009", "what is this"])
def test_a_pointer_that_says_nothing_is_not_the_end(
    shop: ShopFolder, refreshed: Refreshed, garbage: str
) -> None:
    refreshed(shop)
    (shop.data / POINTER).write_text(garbage)
    assert open_snapshot(shop.data).version == "000001"


def test_a_manifest_that_was_edited_is_not_believed(shop: ShopFolder, refreshed: Refreshed) -> None:
    refreshed(shop)
    path = refreshed(shop).folder / "manifest.json"
    path.write_text(path.read_text().replace("Asia/Shanghai", "Europe/Berlin"))
    assert open_snapshot(shop.data).version == "000001"


def test_with_every_version_damaged_the_error_names_the_command(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    (refreshed(shop).folder / "tables" / "orders.parquet").write_bytes(b"")
    with pytest.raises(SnapshotError, match="damaged"):
        open_snapshot(shop.data)


def test_old_versions_go_but_not_while_they_are_read(shop: ShopFolder, refreshed: Refreshed) -> None:
    first = refreshed(shop)
    for _ in range(KEPT_VERSIONS + 1):
        refreshed(shop).close()
    assert "000001" in versions(shop.data)
    assert first.scan("orders").collect().height == 6
    first.close()
    refreshed(shop).close()
    assert len(versions(shop.data)) == KEPT_VERSIONS


def test_settings_say_how_many_versions_stay(shop: ShopFolder, refreshed: Refreshed) -> None:
    shop.settle(business=BUSINESS + "[snapshots]\nkeep = 5\n")
    for _ in range(7):
        refreshed(shop).close()
    assert versions(shop.data) == ["000003", "000004", "000005", "000006", "000007"]
    shop.settle(business=BUSINESS + "[snapshots]\nkeep = 2\n")
    refreshed(shop).close()
    assert versions(shop.data) == ["000007", "000008"]


def test_a_version_half_removed_by_a_process_that_died_is_cleared_away(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    first = refreshed(shop)
    first.close()
    first.folder.rename(first.folder.with_name(REMOVED))
    refreshed(shop).close()
    assert [path.name for path in (shop.data / "versions").iterdir()] == ["000001"]


def test_a_version_that_goes_while_it_is_being_opened_is_not_opened(
    shop: ShopFolder, refreshed: Refreshed, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = refreshed(shop)
    first.close()
    lock = fcntl.flock

    def outrun(handle: int, how: int) -> None:
        (first.folder / MANIFEST).unlink(missing_ok=True)
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", outrun)
    with pytest.raises(FileNotFoundError):
        Snapshot(first.folder, first.manifest)


def test_what_a_connection_left_out_delivered_lies_on_the_disk_once(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    two_connections(shop, "survey_id,kind,channel,answered_at,score\nq1,nps,x,2026-01-05,10\n")
    first = refreshed(shop)
    for _ in range(2):
        refresh(load_settings(shop.config, shop.data), only={"talk"})
    shared = [path for path in (first.folder / "parts" / "shop").rglob("*") if path.is_file()]
    assert shared
    assert {path.stat().st_nlink for path in shared} == {3}
    first.close()
    refresh(load_settings(shop.config, shop.data), only={"talk"})
    with open_snapshot(shop.data) as last:
        assert versions(shop.data) == ["000002", "000003", "000004"]
        kept = [path for path in (last.folder / "parts" / "shop").rglob("*") if path.is_file()]
        assert {path.stat().st_nlink for path in kept} == {3}
        assert last.scan("orders").collect().height == 6


def test_only_the_owner_may_look_into_the_data_folder(shop: ShopFolder, refreshed: Refreshed) -> None:
    refreshed(shop)
    assert shop.data.stat().st_mode & 0o077 == 0


def test_two_refreshes_at_once_are_refused_and_a_dead_one_is_not_waited_for(shop: ShopFolder) -> None:
    settings = load_settings(shop.config, shop.data)
    hold = (
        "import sys, time; from pathlib import Path; from connectors.commit import refresh_lock\n"
        "with refresh_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(shop.data)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(SnapshotError, match=f"process {holder.pid}"):
            refresh(settings)
        holder.kill()
    assert refresh(settings).version == "000001"


def test_a_refresh_killed_at_any_moment_leaves_a_whole_snapshot(
    shop: ShopFolder, refreshed: Refreshed
) -> None:
    refreshed(shop).close()
    command = [sys.executable, "-c", KILLED, str(shop.config), str(shop.data)]
    for moment in range(6):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 * moment)
            os.kill(process.pid, signal.SIGKILL)
        with open_snapshot(shop.data) as opened:
            assert opened.manifest.fell_back is None
            assert opened.scan("orders").collect().height == 6
    assert int(refreshed(shop).version) >= 2
    with refresh_lock(shop.data):
        assert not list(shop.data.glob("versions/.*"))
    assert (shop.data / POINTER).read_text().split()[0] == current_version(shop.data)


KILLED = """
import sys
from pathlib import Path
from connectors.refresh import refresh
from connectors.settings import load_settings
settings = load_settings(Path(sys.argv[1]), Path(sys.argv[2]))
print("ready", flush=True)
while True:
    refresh(settings)
"""
