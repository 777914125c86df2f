"""The versions of the snapshot that are kept: when each was made, how large it is, what it holds."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from connectors.manifest import Manifest, from_json
from connectors.snapshot import MANIFEST, VERSIONS, current_version, versions


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version on disk.

    Attributes:
        version: its number.
        created_at: when the refresh that made it ended, UTC; null where its manifest cannot be read.
        data_time: its newest order, UTC; null without orders.
        rows: rows of its canonical tables.
        size: bytes of its files; a file that two versions share counts in both.
        failed: the connections that could not be read for it.
        is_current: whether pages that open now read it.
    """

    version: str
    created_at: dt.datetime | None
    data_time: dt.datetime | None
    rows: int
    size: int
    failed: tuple[str, ...]
    is_current: bool


def stored_versions(data: Path) -> list[StoredVersion]:
    """Every version on disk, newest first; one that a refresh removes meanwhile is left out."""
    current, found = current_version(data), []
    for number in reversed(versions(data)):
        with suppress(OSError):
            found.append(_described(data / VERSIONS / number, number, is_current=number == current))
    return found


def _described(folder: Path, number: str, *, is_current: bool) -> StoredVersion:
    told = _manifest(folder)
    reports = told.connections if told else {}
    return StoredVersion(
        version=number,
        created_at=told.created_at if told else None,
        data_time=told.data_time if told else None,
        rows=sum(table.accepted for report in reports.values() for table in report.tables.values()),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        failed=tuple(name for name, report in reports.items() if not report.ok),
        is_current=is_current,
    )


def _manifest(folder: Path) -> Manifest | None:
    with suppress(ValueError, KeyError, TypeError):
        return from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    return None
