"""One small shop for all tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from connectors.refresh import refresh
from connectors.settings import load_settings
from dashboard import data
from dashboard.filters import Options
from dashboard.place import Pin
from tests.dashboard import small_shop, worlds
from tests.dashboard.browser import launch, serving
from tests.dashboard.opened import look_at
from tests.dashboard.witness import Witness


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the settings (`config`), the files and a snapshot (`data`) of the small shop."""
    folder = tmp_path_factory.mktemp("shop")
    small_shop.write_tables(folder / "files")
    small_shop.write_settings(folder / "config", folder / "files")
    report = refresh(load_settings(folder / "config", folder / "data"))
    assert not report.failed
    return folder


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages read the small shop."""
    monkeypatch.setenv("SEAMLINE_CONFIG", str(home / "config"))
    monkeypatch.setenv("SEAMLINE_DATA", str(home / "data"))
    return home


@pytest.fixture
def pinned(at_home: Path) -> Pin:
    """The small shop's only version."""
    found = data.pin()
    assert found is not None
    assert found.place.data == str(at_home / "data")
    return found


@pytest.fixture
def options(pinned: Pin) -> Options:
    """What can be chosen in the small shop."""
    found = data.options(pinned)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Path], None]], Path]:
    """Shops with a change; each is built and read once."""
    built: dict[str, Path] = {}

    def world_with(change: Callable[[Path], None]) -> Path:
        if change.__name__ not in built:
            folder = built[change.__name__] = tmp_path_factory.mktemp(change.__name__)
            worlds.build(folder)
            change(folder)
            worlds.read(folder)
        return built[change.__name__]

    return world_with


@pytest.fixture
def visit(world, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], None]], None]:
    """Makes the pages read a changed shop."""
    return lambda change: look_at(world(change), monkeypatch)


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The address of a dashboard on the small shop."""
    with serving(home / "config", home / "data") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def witness(chromium: Browser) -> Iterator[Witness]:
    """Opens pages, and at the end of the test tells of every error and every call to a foreign host."""
    seen = Witness(chromium)
    yield seen
    seen.testify()


@pytest.fixture(scope="session")
def kept(chromium: Browser) -> Iterator[Witness]:
    """A witness whose pages stay open from test to test."""
    seen = Witness(chromium)
    yield seen
    seen.testify()


@pytest.fixture
def reader(server: str, kept: Witness) -> Iterator[Witness]:
    """Turns pages that are open already; at the end of the test tells of every error and foreign call."""
    yield kept
    kept.rest(f"{server}/app/static/icon.png")
