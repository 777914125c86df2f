"""Where the pages read from: the folders of settings and snapshots, and what one page run is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from connectors import folders
from dashboard.scope import EVERYTHING, Scope

ROOT = Path(__file__).parent.parent
SETTINGS_FILES = ("secrets.toml", "business.toml", "rates.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop is opened from: folders, version, and a stamp that changes with the settings files."""

    config: str
    data: str
    version: str
    settings: str


@dataclass(frozen=True, slots=True)
class Pin:
    """What one page run reads: one version at one place, within a scope."""

    place: Place
    scope: Scope = EVERYTHING


def config_folder() -> Path:
    """The folder of the settings."""
    return folders.config_folder(ROOT)


def data_folder() -> Path:
    """The folder of the snapshots."""
    return folders.data_folder(ROOT)


def place_of(version: str) -> Place:
    """The place of a version as the settings stand at this moment."""
    config = config_folder()
    paths = [config / name for name in SETTINGS_FILES]
    stamp = "-".join(str(path.stat().st_mtime_ns) if path.exists() else "0" for path in paths)
    return Place(str(config), str(data_folder()), version, stamp)
