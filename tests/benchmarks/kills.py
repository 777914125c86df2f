"""Kills refreshes at random moments and looks at what is left: `python -m tests.benchmarks.kills [TIMES]`.

Three ways to commit are compared: writing into the current version's folder, renaming file by file, and the
one in use (a new folder, then one pointer swapped). Prints how often the snapshot was not whole afterwards.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from connectors import refresh as job
from connectors.commit import commit
from connectors.errors import SnapshotError
from connectors.manifest import Manifest
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import VERSIONS, current_version, open_snapshot
from tests.connectors.shopfolder import ShopFolder

TIMES = 500
LONGEST = 0.6
Commit = Callable[[Path, Path, Manifest], Manifest]


def file_by_file(data: Path, folder: Path, manifest: Manifest) -> Manifest:
    """Broken on purpose: each new file takes the place of the old one, the manifest last."""
    version = current_version(data)
    if version is None:
        return commit(data, folder, manifest)
    current = data / VERSIONS / version
    for path in sorted(path for path in folder.rglob("*.parquet")):
        (current / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
        path.replace(current / path.relative_to(folder))
    return manifest


def in_place(data: Path, folder: Path, manifest: Manifest) -> Manifest:
    """Broken on purpose: the old version is removed before the new one is moved to where it was."""
    version = current_version(data)
    if version is None:
        return commit(data, folder, manifest)
    shutil.rmtree(data / VERSIONS / version)
    shutil.copytree(folder, data / VERSIONS / version)
    return manifest


WAYS: dict[str, Commit] = {"in place": in_place, "file by file": file_by_file, "pointer swap": commit}


def main(times: int) -> None:
    """Print one line per way to commit; the broken ones are tried a tenth as often."""
    for name, way in WAYS.items():
        tries = times if way is commit else max(times // 10, 1)
        with tempfile.TemporaryDirectory() as root:
            shop = ShopFolder(Path(root) / "shop")
            refresh(load_settings(shop.config, shop.data))
            damaged = sum(_killed(shop, name) for _ in range(tries))
        print(f"{name}: {damaged} of {tries} kills left a snapshot that was not whole", flush=True)  # noqa: T201


def _killed(shop: ShopFolder, way: str) -> bool:
    """Kill one refresh; whether the snapshot is not whole afterwards. It is mended for the next one."""
    command = [sys.executable, "-m", __spec__.name, way, str(shop.config), str(shop.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.uniform(0, LONGEST))  # noqa: S311
        child.kill()
    try:
        with open_snapshot(shop.data) as opened:
            whole = opened.manifest.fell_back is None and opened.scan("orders").collect().height > 0
    except SnapshotError:
        whole = False
    if not whole:
        shutil.rmtree(shop.data)
        refresh(load_settings(shop.config, shop.data))
    return not whole


def refresh_for_ever(way: str, config: Path, data: Path) -> None:
    """Refresh again and again, committing in one way, until killed."""
    job.__dict__["commit"] = WAYS[way]
    settings = load_settings(config, data)
    print("ready", flush=True)  # noqa: T201
    while True:
        refresh(settings)


if __name__ == "__main__":
    if len(sys.argv) > len(["program", "times"]):
        refresh_for_ever(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
