"""Views that readers have saved by name: a small file in the data folder, the same for all readers.

A view is a page and its codes, nothing else: whoever opens one is shown what the codes mean to them.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from dashboard.safe import plain

FILE = "saved_views.json"
LONGEST_NAME, MOST_VIEWS, MOST_CODES, LONGEST_CODE = 40, 50, 100, 200
_writing = Lock()

Codes = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page's path with its codes under a name of the reader's own."""

    name: str
    path: str
    codes: Codes


def load(folder: Path) -> list[SavedView]:
    """Every saved view in the order of names; what is none of ours is passed over."""
    found = [view for entry in _entries(folder) or [] if (view := _read(entry))]
    return sorted(found, key=lambda view: view.name)


def save(folder: Path, name: str, path: str, codes: Codes) -> SavedView | None:
    """Keep a view; one of the same name is replaced. Null without a name, or when there are too many."""
    named = plain(name, LONGEST_NAME)
    view = _read({"name": named, "path": path, "codes": dict(codes)}) if named else None
    if view is None:
        return None
    with _writing:
        others = [kept for kept in load(folder) if kept.name != named]
        if len(others) >= MOST_VIEWS:
            return None
        _write(folder, [*others, view])
    return view


def rename(folder: Path, name: str, new: str) -> bool:
    """Give a view another name; not one that is taken."""
    named = plain(new, LONGEST_NAME)
    with _writing:
        views = load(folder)
        known = {view.name for view in views}
        if not named or named in known or name not in known:
            return False
        kept = [SavedView(named, view.path, view.codes) if view.name == name else view for view in views]
        _write(folder, kept)
    return True


def delete(folder: Path, name: str) -> None:
    """Forget a view."""
    with _writing:
        _write(folder, [view for view in load(folder) if view.name != name])


def _read(entry: Any) -> SavedView | None:
    """A view as it was written, cut to what an address can hold; null where it is none."""
    told = entry if isinstance(entry, dict) else {}
    name, path, codes = told.get("name"), told.get("path"), told.get("codes")
    if not isinstance(name, str) or not isinstance(path, str) or not isinstance(codes, dict):
        return None
    name = plain(name, LONGEST_NAME)
    if not name:
        return None
    kept = {
        str(code)[:LONGEST_CODE]: [str(value)[:LONGEST_CODE] for value in values[:MOST_CODES]]
        for code, values in list(codes.items())[:MOST_CODES]
        if isinstance(values, list)
    }
    return SavedView(name, path, kept)


def _entries(folder: Path) -> list[Any] | None:
    """What the file lists, nothing where it is missing; null where it is no list."""
    try:
        written = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except OSError:
        return []
    except ValueError:
        return None
    return written if isinstance(written, list) else None


def _write(folder: Path, views: list[SavedView]) -> None:
    """Whole or not at all; what somebody else wrote into the file stays, a file of another sort beside it."""
    before = _entries(folder)
    if before is None:
        (folder / FILE).replace(folder / f"{FILE}.unread")
    entries = [entry for entry in before or [] if _read(entry) is None]
    entries += [{"name": view.name, "path": view.path, "codes": dict(view.codes)} for view in views]
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(entries, file, ensure_ascii=False, indent=1)
    Path(temporary).replace(folder / FILE)
