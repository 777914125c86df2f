"""`refresh --every` as it is typed: rounds until a signal, whatever happens in one of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from connectors.commands import main
from connectors.commit import refresh_lock
from connectors.interruption import STOPS
from connectors.snapshot import open_snapshot, versions
from tests.connectors.shopfolder import ShopFolder

ROOT = Path(__file__).parents[2]


class Keeper:
    """A running `refresh --every`, line by line."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child

    def line(self) -> dict[str, Any]:
        assert self.child.stdout is not None
        told: dict[str, Any] = json.loads(self.child.stdout.readline())
        return told

    def line_with(self, key: str, value: str | None) -> dict[str, Any]:
        """The first of the next lines that says so."""
        return next(told for told in (self.line() for _ in range(20)) if told[key] == value)

    def ended_by(self, number: int, *, is_typed: bool = False) -> tuple[int, str]:
        """Exit code and complaints after a signal; one that is typed reaches every process in front."""
        (os.killpg if is_typed else os.kill)(self.child.pid, number)
        _, err = self.child.communicate(timeout=60)
        return self.child.returncode, err


@contextmanager
def keeping(shop: ShopFolder) -> Iterator[Keeper]:
    command = [sys.executable, "-m", "connectors", "refresh", "--every", "1s", "--json"]
    command += ["--config", str(shop.config), "--data", str(shop.data)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    # A process started in the background is born deaf to SIGINT, and so are its children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        try:
            yield Keeper(child)
        finally:
            child.kill()


def test_rounds_go_on_through_a_broken_edit_and_another_refresh_until_they_are_ended(
    shop: ShopFolder,
) -> None:
    whole = (shop.config / "secrets.toml").read_text()
    with keeping(shop) as keeper:
        assert keeper.line()["version"] == "000001"
        shop.settle("[connections.shop\n")
        broken = next(told for told in (keeper.line() for _ in range(20)) if told["error"])
        assert broken["error"].startswith("secrets.toml, line 1")
        with refresh_lock(shop.data):
            shop.settle(whole)
            locked = next(
                told for told in (keeper.line() for _ in range(20)) if "secrets.toml" not in told["error"]
            )
            assert locked["error"].startswith("another refresh")
        assert keeper.line_with("error", None)["connections"]["shop"]["ok"]
        code, err = keeper.ended_by(signal.SIGTERM)
    assert (code, err) == (143, "")
    with open_snapshot(shop.data) as snapshot:
        assert snapshot.scan("orders").collect().height == 6


@pytest.mark.parametrize("is_typed", [True, False])
@pytest.mark.parametrize("number", STOPS)
def test_a_signal_in_the_middle_of_a_round_ends_it_and_leaves_nothing_half_done(
    shop: ShopFolder, number: signal.Signals, *, is_typed: bool
) -> None:
    os.mkfifo(shop.exports / "carts.csv")
    with keeping(shop) as keeper, (shop.exports / "carts.csv").open("w"):
        code, err = keeper.ended_by(number, is_typed=is_typed)
    assert (code, err) == (128 + number, "")
    assert versions(shop.data) == []
    assert not list(shop.data.glob("versions/.*"))
    with refresh_lock(shop.data):
        pass


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--every", "often"], "it must be a number and s, m, h or d, such as 30s, 15m, 2h or 1d"),
        (["--every"], "--every: expected one argument"),
        (["--every", "15m", "--connection", "shp"], "Did you mean 'shop'?"),
    ],
)
def test_wrong_usage_ends_before_the_first_round(
    shop: ShopFolder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    answer: str,
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    where = ["--config", str(shop.config), "--data", str(shop.data)]
    assert main(["refresh", *where, *words]) == 2
    said = capsys.readouterr()
    assert answer in said.err
    assert (said.out, len(said.err.splitlines())) == ("", 1)
