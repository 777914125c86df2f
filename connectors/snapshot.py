"""The snapshot: versions on disk, opened one at a time, verified, pinned while they are read."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import polars as pl

from connectors.errors import SnapshotError
from connectors.facts import FACTS
from connectors.manifest import Manifest, from_json
from connectors.text import Text

POINTER = "CURRENT"
MANIFEST = "manifest.json"
VERSIONS = "versions"
REMOVED = ".removed"


class Snapshot:
    """One version of the canonical and derived tables, pinned until it is closed."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Pin the version in `folder`, so that no refresh removes it."""
        self.folder = folder
        self.manifest = manifest
        self.version = manifest.version
        self._pin = os.open(folder / MANIFEST, os.O_RDONLY)
        fcntl.flock(self._pin, fcntl.LOCK_SH)
        if not (folder / MANIFEST).exists():
            # It was removed between being opened and being pinned.
            self.close()
            raise FileNotFoundError(folder)

    def has(self, name: str) -> bool:
        """Whether the snapshot holds a canonical or derived table."""
        return self._path(name).exists()

    def scan(self, name: str) -> pl.LazyFrame:
        """A canonical table (with `connection`, `day` and native money beside) or a derived table."""
        return pl.scan_parquet(self._path(name))

    def quarantine(self, connection: str, table: str) -> pl.DataFrame:
        """One row per row put aside: the rule it broke and its delivered columns as text."""
        path = self.folder / "quarantine" / connection / f"{table}.parquet"
        return (
            pl.read_parquet(path) if path.exists() else pl.DataFrame({"rule": []}, schema={"rule": pl.String})
        )

    def close(self) -> None:
        """Let the version go."""
        if self._pin >= 0:
            os.close(self._pin)
            self._pin = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _path(self, name: str) -> Path:
        return self.folder / ("facts" if name in FACTS else "tables") / f"{name}.parquet"


def current_version(data: Path) -> str | None:
    """The number of the last committed version, without opening it; null when there is none."""
    return _pointer(data)[0]


def _pointer(data: Path) -> tuple[str | None, str | None]:
    """The current version and the hash of its manifest; the last version where the pointer is unreadable."""
    try:
        version, manifest_hash = (data / POINTER).read_text().split()
    except FileNotFoundError:
        return None, None
    except ValueError:
        return next(reversed(versions(data)), None), None
    return version, manifest_hash


def open_snapshot(data: Path, version: str | None = None) -> Snapshot:
    """Open a version, by default the last committed one; where that is damaged, the one before it.

    Another one that is asked for is that or none.

    Raises:
        SnapshotError: there is no version that can be opened.
    """
    current, manifest_hash = _pointer(data)
    wanted = version or current
    if wanted is None:
        raise SnapshotError(
            Text(
                f"there is no snapshot in {data} yet: run `python -m connectors refresh` first.",
                f"{data} 中还没有数据快照：请先运行 `python -m connectors refresh`。",
            )
        )
    older = [number for number in reversed(versions(data)) if number < wanted]
    candidates = [wanted, *(older if wanted == current else ())]
    for number in candidates:
        folder = data / VERSIONS / number
        with suppress(OSError, ValueError, KeyError, TypeError):
            manifest = from_json((folder / MANIFEST).read_text(encoding="utf-8"))
            expected = manifest_hash if number == current else None
            if _is_whole(folder, _stamp(folder), expected):
                return Snapshot(folder, manifest if number == wanted else _fallen_back(manifest, wanted))
    raise SnapshotError(
        Text(
            f"snapshot {wanted} in {data} is damaged and no older one is whole: "
            "run `python -m connectors refresh`.",
            f"{data} 中的数据快照 {wanted} 已损坏，且没有更早的完整版本："
            "请运行 `python -m connectors refresh`。",
        )
    )


def versions(data: Path) -> list[str]:
    """The numbers of all versions on disk, oldest first."""
    folder = data / VERSIONS
    return sorted(path.name for path in folder.iterdir() if path.name.isdigit()) if folder.exists() else []


def remove_old(data: Path, kept: int) -> None:
    """Remove all but the last `kept` versions, except those that are being read."""
    for number in versions(data)[:-kept]:
        folder = data / VERSIONS / number
        with suppress(OSError), (folder / MANIFEST).open() as manifest:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Renamed at once and removed at leisure: a version is there or not, never half of it.
            folder.rename(folder.with_name(REMOVED))
        shutil.rmtree(folder.with_name(REMOVED), ignore_errors=True)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of every file of a version."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)


@lru_cache(maxsize=16)
def _is_whole(folder: Path, _stamp: tuple[tuple[str, int, int], ...], manifest_hash: str | None) -> bool:
    """Whether every file is there with its hash; looked at again only when a file has changed."""
    if manifest_hash and file_hash(folder / MANIFEST) != manifest_hash:
        return False
    files = from_json((folder / MANIFEST).read_text(encoding="utf-8")).files
    return all(file_hash(folder / path) == entry.sha256 for path, entry in files.items())


def _fallen_back(manifest: Manifest, wanted: str) -> Manifest:
    words = Text(
        f"snapshot {wanted} is damaged; these figures are from snapshot {manifest.version}.",
        f"数据快照 {wanted} 已损坏；当前数字来自快照 {manifest.version}。",
    )
    return replace(manifest, fell_back=words)
