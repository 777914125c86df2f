"""Reading on that is broken off anywhere: what was there before stays, and the next time sets it right."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.exceptions import PolarsError
from polars.testing import assert_frame_equal

from connectors import postgres_copy
from connectors.parts import read_parts
from connectors.refresh import RefreshReport, refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from tests.benchmarks.kills import is_whole
from tests.connectors.cut_line import Line
from tests.connectors.followed import ORDERS, Followed
from tests.connectors.postgres_server import Database
from tests.connectors.sqlite_shop import SALES, SqliteShop
from tests.connectors.test_full_disk import STEP, small_disk

__all__ = ["small_disk"]

WRITES: tuple[tuple[type, str], ...] = (
    (Path, "rename"),
    (Path, "unlink"),
    (Path, "mkdir"),
    (Path, "write_text"),
    (pl.LazyFrame, "sink_parquet"),
    (pl.DataFrame, "write_parquet"),
)
"""All that a pull does to a disk, links and removed folders apart."""


class Shop:
    """Sales of three months in an SQLite file, of which some then change, move, go or are put aside."""

    def __init__(self, folder: Path, parts: Path, sales: int) -> None:
        self.file = sqlite3.connect(folder / "shop.sqlite", isolation_level=None)
        self.file.execute("CREATE TABLE sale (id INTEGER, at TEXT, net TEXT, moved TEXT)")
        self.followed = Followed(f"sqlite:///{folder}/shop.sqlite", parts)
        rows = [(number, f"2026-0{number % 3 + 1}-{number % 28 + 1:02} 10:00:00") for number in range(sales)]
        self.file.executemany("INSERT INTO sale VALUES (?1, ?2, ?1 % 7 - 1, ?2)", rows)
        self.followed.check()
        later = "moved = '2026-04-01 10:00:00'"
        self.file.execute(f"UPDATE sale SET net = net + 1, {later} WHERE id % 5 = 1")
        self.file.execute(f"UPDATE sale SET at = '2026-04-01', {later} WHERE id % 7 = 1")
        self.file.execute("DELETE FROM sale WHERE id % 11 = 1")


@contextmanager
def failing(at: int) -> Iterator[list[str]]:
    """Let the nth write to disk fail; the names of the writes so far."""
    done: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        for kind, name in WRITES:
            patched.setattr(kind, name, _counting(getattr(kind, name), done, at))
        yield done


def _counting(do: Callable[..., Any], done: list[str], at: int) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        done.append(do.__name__)
        if len(done) == at:
            raise OSError(5, "Input/output error")
        return do(*given, **named)

    return counted


def test_a_write_that_fails_costs_what_is_being_made_and_nothing_else(tmp_path: Path) -> None:
    shop = Shop(tmp_path, tmp_path / "parts", 60)
    before = shop.followed.files()
    tried = set()
    for at in count(1):
        with failing(at) as done, suppress(OSError):
            shop.followed.attempt(tmp_path / "attempt")
        shutil.rmtree(tmp_path / "attempt", ignore_errors=True)
        assert shop.followed.files() == before
        tried.update(done)
        if len(done) < at:
            break
    assert tried == {name for _, name in WRITES}
    shop.followed.check()


def test_a_disk_that_fills_up_costs_what_is_being_made_and_nothing_else(
    tmp_path: Path, small_disk: Path
) -> None:
    shop = Shop(tmp_path, small_disk / "parts", 3000)
    shop.followed.attempt(tmp_path / "whole")
    whole = read_parts(tmp_path / "whole")["orders"].rows.collect()
    before = shop.followed.files()
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    outcomes = set()
    for left in (*range(0, 5 * STEP, STEP // 2), free):
        (small_disk / "ballast").write_bytes(b"0" * (free - left))
        try:
            shop.followed.attempt(small_disk / "attempt")
            assert_frame_equal(read_parts(small_disk / "attempt")["orders"].rows.collect(), whole)
            outcomes.add("pulled")
        except (OSError, PolarsError):
            outcomes.add("full")
        shutil.rmtree(small_disk / "attempt", ignore_errors=True)
        (small_disk / "ballast").unlink()
        assert shop.followed.files() == before
    assert outcomes == {"pulled", "full"}
    shop.followed.check()


SETTINGS = """
identity_secret = "0123456789abcdef"
[connections.shop]
system = "sql"
url = "{url}"
[connections.shop.tables]
orders = '''{select}'''
"""


@pytest.mark.parametrize("carries", [3_000, 40_000, 150_000])
def test_a_line_cut_amid_what_changed_leaves_the_rows_of_before_until_it_is_mended(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, carries: int
) -> None:
    monkeypatch.setattr(postgres_copy, "BLOCK", 20_000)
    database.run("CREATE TABLE sale (id int, at timestamptz, net numeric, moved timestamptz)")
    database.run(
        "INSERT INTO sale SELECT n, '2026-01-01'::date + n % 90, n, '2026-04-01' "
        "FROM generate_series(1, 3000) AS n"
    )
    (tmp_path / "config").mkdir()

    def refreshed(name: str) -> tuple[RefreshReport, pl.DataFrame]:
        report = refresh(load_settings(tmp_path / "config", tmp_path / name))
        with open_snapshot(tmp_path / name) as snapshot:
            return report, snapshot.scan("orders").sort("order_id").collect()

    with Line(database.socket) as line:
        secrets = tmp_path / "config" / "secrets.toml"
        secrets.write_text(SETTINGS.format(url=database.url(port=line.port), select=ORDERS))
        secrets.chmod(0o600)
        _, before = refreshed("on")
        database.run("UPDATE sale SET net = net + 1, at = at + interval '1 month', moved = '2026-04-02'")
        line.carries = carries
        report, kept = refreshed("on")
        error = report.connections["shop"].error
        assert report.failed
        assert error is not None
        assert "orders" in error.en
        assert error.en != error.zh
        assert_frame_equal(kept, before)
        line.carries = None
        report, now = refreshed("on")
        assert not report.failed
        _, anew = refreshed("anew")
    assert_frame_equal(now, anew)
    assert not now.equals(before)


def test_a_refresh_that_is_killed_leaves_every_version_whole(tmp_path: Path) -> None:
    shop = SqliteShop(tmp_path)
    settings = load_settings(shop.config, shop.data)
    refresh(settings)
    command = [sys.executable, "-m", "tests.benchmarks.kills", "new file", str(shop.config), str(shop.data)]
    for moment in range(5):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.1 * moment)
            child.kill()
        assert is_whole(shop.data)
    report = refresh(settings)
    assert report.connections["shop"].tables["orders"].read < SALES / 2
    refresh(load_settings(shop.config, tmp_path / "anew"))
    with open_snapshot(shop.data) as on, open_snapshot(tmp_path / "anew") as anew:
        orders = on.scan("orders").sort("order_id").collect()
        assert_frame_equal(orders, anew.scan("orders").sort("order_id").collect())
