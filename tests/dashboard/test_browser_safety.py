"""In a real browser: hostile names do nothing, the first start is watched, a failed connection is seen."""

from __future__ import annotations

import http.client
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import Page
from streamlit import config

from connectors.refresh import refresh
from connectors.settings import load_settings
from tests.dashboard import small_shop
from tests.dashboard.browser import serving, settled, widget
from tests.dashboard.witness import HERE, Witness

SETTINGS = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))
EVIL = [
    "<img src=http://evil.example/a.png onerror=alert(1)>",
    "![x](http://evil.example/p.png) [y](javascript:alert(1)) :red[z]",
    '=HYPERLINK("http://evil.example")',
    "\u202egnp.exe \u200f$x^2$ `code` :material/warning: http://evil.example www.evil.example",
    "长" * 10_000,
]
# Resolved as a click would; a link to a page of our own may carry a name as a code.
ADDRESSES = """[...document.querySelectorAll("a, img")]
    .map(made => ["href", "xlink:href", "src"].map(name => made.getAttribute(name)).find(Boolean))
    .filter(Boolean).map(given => new URL(given, document.baseURI).href)"""
RULE_8 = {
    ("server", "address"): "localhost",
    ("server", "enableCORS"): True,
    ("server", "enableXsrfProtection"): True,
    ("server", "enableAgentApi"): False,
    ("client", "showErrorDetails"): "none",
    ("client", "toolbarMode"): "viewer",
    ("browser", "gatherUsageStats"): False,
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a shop whose channels, regions and categories are named to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    small_shop.write_tables(folder / "files")
    small_shop.write_settings(folder / "config", folder / "files")
    orders = folder / "files" / "orders.csv"
    names = dict(zip(small_shop.REGIONS, EVIL, strict=False))
    channels = {"app": EVIL[0], "market": EVIL[1], "store": EVIL[3]}
    pl.read_csv(orders, infer_schema=False).with_columns(
        pl.col("region").replace(names), pl.col("channel").replace(channels)
    ).write_csv(orders)
    visits = folder / "files" / "visits.csv"
    pl.read_csv(visits, infer_schema=False).with_columns(
        pl.col("channel").replace({"app": EVIL[4], "store": EVIL[2]})
    ).write_csv(visits)
    assert not refresh(load_settings(folder / "config", folder / "data")).failed
    with serving(folder / "config", folder / "data") as address:
        yield address


def offered(page: Page, key: str) -> list[str]:
    """The names in an opened list of several, which is closed again."""
    widget(page, key).locator("input").click()
    names = page.get_by_role("option")
    names.first.wait_for()
    texts = [name for name in names.all_inner_texts() if name != "Select all"]
    page.keyboard.press("Escape")
    names.first.wait_for(state="hidden")
    return texts


@pytest.mark.parametrize("path", ["", "extracts", "extracts?what=rows&table=orders"])
def test_hostile_names_call_nobody_run_nothing_and_are_shown(hostile, witness: Witness, path):
    page = witness.open(f"{hostile}/{path}")
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    settled(page)
    page.wait_for_timeout(1_000)
    assert all(urlsplit(address).hostname in HERE for address in page.evaluate(ADDRESSES))
    channels = offered(page, "channel")
    assert len(channels) == 4 + len(EVIL)
    assert any("![x](http" in name for name in channels)
    assert len(offered(page, "region")) == len(small_shop.REGIONS)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 1440


def test_the_first_start_is_watched_and_ends_on_the_overview(tmp_path, witness: Witness):
    small_shop.write_tables(tmp_path / "files")
    small_shop.write_settings(tmp_path / "config", tmp_path / "files")
    with serving(tmp_path / "config", tmp_path / "data") as address:
        page = witness.open(address)
        page.get_by_text("Reading your shop for the first time").wait_for()
        page.get_by_role("progressbar").wait_for()
        page.get_by_test_id("stMetric").first.wait_for(timeout=60_000)
        settled(page)
        assert page.locator("h1").inner_text().startswith("Return rate rose")
        witness.leave()


def test_a_refresh_that_fails_is_told_and_the_page_stays(tmp_path, witness: Witness):
    small_shop.write_tables(tmp_path / "files")
    small_shop.write_settings(tmp_path / "config", tmp_path / "files")
    refresh(load_settings(tmp_path / "config", tmp_path / "data"))
    with serving(tmp_path / "config", tmp_path / "data") as address:
        page = settled(witness.open(address))
        (tmp_path / "files").rename(tmp_path / "gone")
        page.get_by_role("button", name="Data through").click()
        page.get_by_role("button", name="Refresh now").click()
        page.get_by_text("The refresh failed").wait_for(timeout=60_000)
        page.keyboard.press("Escape")
        assert settled(page).get_by_test_id("stMetric").count() == 6
        witness.leave()


@pytest.mark.parametrize(("option", "value"), RULE_8.items(), ids=[".".join(option) for option in RULE_8])
def test_the_server_starts_safely(option, value):
    section, name = option
    assert SETTINGS[section][name] == value


def test_only_this_machines_names_are_answered_and_uploads_are_small(server):
    assert set(SETTINGS["server"]["allowedHosts"]) == {"localhost", "127.0.0.1"}
    assert SETTINGS["server"]["maxUploadSize"] <= 5
    assert _handshake(server, "localhost") == 101
    assert _handshake(server, "evil.example") == 403


def test_every_setting_exists():
    known = set(config.get_config_options())
    given = {
        f"{section}.{name}"
        for section, options in SETTINGS.items()
        for name, value in options.items()
        if not isinstance(value, dict | list) or section != "theme"
    }
    assert given <= known


def _handshake(server: str, host: str) -> int:
    """The answer to a WebSocket that claims to be for `host`."""
    port = urlsplit(server).port
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    headers = {
        "Host": f"{host}:{port}",
        "Origin": f"http://{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    try:
        connection.request("GET", "/_stcore/stream", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
