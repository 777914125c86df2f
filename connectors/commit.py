"""How a version gets onto the disk: everything written and flushed first, then one pointer swapped."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from connectors.errors import SnapshotError
from connectors.manifest import FileEntry, Manifest, to_json
from connectors.snapshot import MANIFEST, POINTER, REMOVED, VERSIONS, file_hash, versions
from connectors.text import Text

BUILDING = ".building"


@contextmanager
def refresh_lock(data: Path) -> Iterator[None]:
    """Hold the only right to write versions; a lock whose process died is free by itself.

    Raises:
        SnapshotError: another refresh is under way.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    handle = os.open(data / "refresh.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode() or "?"
            raise SnapshotError(
                Text(
                    f"another refresh (process {holder}) is writing to {data}; wait for it to end.",
                    f"另一个刷新任务（进程 {holder}）正在写入 {data}；请等待其结束。",
                )
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def new_folder(data: Path) -> Path:
    """An empty folder for the next version; what an interrupted refresh left is removed."""
    folder = data / VERSIONS / BUILDING
    for left in (folder, data / VERSIONS / REMOVED):
        shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def next_version(data: Path) -> str:
    """The number of the next version."""
    return f"{max((int(number) for number in versions(data)), default=0) + 1:06}"


def commit(data: Path, folder: Path, manifest: Manifest) -> Manifest:
    """Make the files in `folder` the current version: all of it, or none.

    Returns:
        The manifest with the hash and row count of every file.
    """
    complete = replace(manifest, files=_entries(folder))
    _write(folder / MANIFEST, to_json(complete))
    for path in sorted(folder.rglob("*"), reverse=True):
        _flush(path)
    _flush(folder)
    final = data / VERSIONS / manifest.version
    folder.rename(final)
    _flush(final.parent)
    _write(data / f"{POINTER}.new", f"{manifest.version} {file_hash(final / MANIFEST)}\n")
    _flush(data / f"{POINTER}.new")
    (data / f"{POINTER}.new").replace(data / POINTER)
    _flush(data)
    return complete


def _entries(folder: Path) -> dict[str, FileEntry]:
    files = sorted(path for path in folder.rglob("*.parquet"))
    return {
        str(path.relative_to(folder)): FileEntry(
            sha256=file_hash(path), rows=pl.scan_parquet(path).select(pl.len()).collect().item()
        )
        for path in files
    }


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
