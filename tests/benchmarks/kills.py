"""Kills refreshes at random moments and looks at what is left: `python -m tests.benchmarks.kills [TIMES]`.

Three ways to commit are compared: writing into the current version's folder, renaming file by file, and the
one in use (a new folder, then one pointer swapped). So are two ways to renew a month of rows that is shared
with older versions: writing over it, and the one in use (a new file in its place). Prints how often the
snapshot, or a version before it, was not whole afterwards.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from connectors import refresh as job
from connectors import renew
from connectors.commit import commit
from connectors.errors import SnapshotError
from connectors.manifest import Manifest
from connectors.refresh import refresh
from connectors.settings import load_settings
from connectors.snapshot import VERSIONS, current_version, open_snapshot, versions
from tests.connectors.shopfolder import ShopFolder
from tests.connectors.sqlite_shop import SqliteShop

TIMES = 500
LONGEST = 2.0
Commit = Callable[[Path, Path, Manifest], Manifest]
Renewal = Callable[[Path, Sequence[Path], pl.LazyFrame], None]


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


def over_it(_: Path, files: Sequence[Path], rows: pl.LazyFrame) -> None:
    """Broken on purpose: the rows of a month are written into its first file, which others share."""
    first, *others = files
    kept = rows.collect()
    kept.write_parquet(first)
    for file in others:
        file.unlink()


COMMITS: dict[str, Commit] = {"in place": in_place, "file by file": file_by_file, "pointer swap": commit}
RENEWALS: dict[str, Renewal] = {"over it": over_it, "new file": renew._replace}
BROKEN = ("in place", "file by file", "over it")


def main(times: int) -> None:
    """Print one line per way; the broken ones are tried a tenth as often."""
    for name in (*COMMITS, *RENEWALS):
        tries = max(times // 10, 1) if name in BROKEN else times
        with tempfile.TemporaryDirectory() as root:
            shop = ShopFolder(Path(root) / "shop") if name in COMMITS else SqliteShop(Path(root))
            refresh(load_settings(shop.config, shop.data))
            damaged = sum(_killed(shop, name) for _ in range(tries))
        print(f"{name}: {damaged} of {tries} kills left a snapshot that was not whole", flush=True)  # noqa: T201


def _killed(shop: ShopFolder | SqliteShop, way: str) -> bool:
    """Kill one refresh; whether the snapshot is not whole afterwards. It is mended for the next one."""
    command = [sys.executable, "-m", __spec__.name, way, str(shop.config), str(shop.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.uniform(0, LONGEST))  # noqa: S311
        child.kill()
    whole = is_whole(shop.data)
    if not whole:
        shutil.rmtree(shop.data)
        refresh(load_settings(shop.config, shop.data))
    return not whole


def is_whole(data: Path) -> bool:
    """Whether the current version can be opened, and every one before it."""
    try:
        for version in (None, *versions(data)):
            with open_snapshot(data, version) as opened:
                if opened.manifest.fell_back or opened.scan("orders").collect().is_empty():
                    return False
    except SnapshotError:
        return False
    return True


def refresh_for_ever(way: str, config: Path, data: Path) -> None:
    """Refresh again and again in one of the ways, what there is to change having changed, until killed."""
    if way in COMMITS:
        job.__dict__["commit"] = COMMITS[way]
    else:
        renew.__dict__["_replace"] = RENEWALS[way]
    settings = load_settings(config, data)
    print("ready", flush=True)  # noqa: T201
    while True:
        if way in RENEWALS:
            SqliteShop.change(config.parent)
        refresh(settings)


if __name__ == "__main__":
    if len(sys.argv) > len(["program", "times"]):
        refresh_for_ever(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
