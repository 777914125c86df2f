"""Change stamps as databases really have them: missing, ahead, of other types, gone back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.connectors.followed import Followed
from tests.connectors.postgres_server import Database

Run = Callable[[str], object]
SALES = ", ".join(
    f"('{number}', '2026-04-0{number} 10:00', 5, '2026-04-0{number} 12:00')" for number in (1, 2, 3)
)


@pytest.fixture(params=["postgres", "sqlite"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Run, Followed]:
    if request.param == "postgres":
        database: Database = request.getfixturevalue("database")
        run: Run = database.run
        made = Followed(database.url(), tmp_path / "parts")
    else:
        run = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None).execute
        made = Followed(f"sqlite:///{tmp_path}/shop.sqlite", tmp_path / "parts")
    kind = "timestamp" if request.param == "postgres" else "text"
    run(f"CREATE TABLE sale (id text, at {kind}, net numeric, moved {kind})")
    run(f"INSERT INTO sale VALUES {SALES}")
    return run, made


@pytest.mark.parametrize("stamp", ["NULL", "'2999-01-01 00:00'"])
def test_a_stamp_that_tells_nothing_hides_no_change(shop: tuple[Run, Followed], stamp: str) -> None:
    run, followed = shop
    run(f"UPDATE sale SET moved = {stamp} WHERE id = '1'")
    followed.check()
    run("UPDATE sale SET net = 6, moved = '2026-04-03 14:00' WHERE id = '2'")
    assert followed.check() == {"orders": 3}
    run("UPDATE sale SET net = 7, moved = '2026-04-09 14:00' WHERE id = '3'")
    assert followed.check() == {"orders": 3}
    run("UPDATE sale SET net = 8, moved = '2026-04-12 10:00' WHERE id = '2'")
    assert followed.check() == {"orders": 3}


def test_without_any_stamp_everything_is_read(shop: tuple[Run, Followed]) -> None:
    run, followed = shop
    run("UPDATE sale SET moved = NULL")
    followed.check()
    run("UPDATE sale SET net = 6 WHERE id = '2'")
    assert followed.check() == {"orders": 3}


def test_a_database_restored_from_a_copy_is_read_whole(shop: tuple[Run, Followed]) -> None:
    run, followed = shop
    followed.check()
    run("CREATE TABLE copy AS SELECT * FROM sale")
    run("UPDATE sale SET net = 6, moved = '2026-05-01 10:00'")
    followed.check()
    run("DELETE FROM sale")
    run("INSERT INTO sale SELECT * FROM copy")
    run("INSERT INTO sale VALUES ('4', '2026-05-01 11:00', 5, '2026-05-01 11:00')")
    assert followed.check() == {"orders": 4}


@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz", "text"])
def test_a_stamp_of_any_type_finds_what_changed_late_on_its_day(
    database: Database, tmp_path: Path, kind: str
) -> None:
    followed = Followed(database.url(), tmp_path)
    database.run(f"CREATE TABLE sale (id uuid, at timestamptz, net numeric, moved {kind})")
    for number in range(1, 5):
        database.run(
            f"INSERT INTO sale VALUES ('00000000-0000-0000-0000-00000000000{number}', '2026-04-01', 5, "
            f"'2026-04-0{number} 23:00')"
        )
    followed.check()
    database.run("UPDATE sale SET net = 6, moved = '2026-04-04 23:30' WHERE moved::text LIKE '2026-04-03%'")
    read = followed.check()["orders"]
    assert read == (4 if kind == "text" else 2)
    database.run("UPDATE sale SET net = 7, moved = '2026-04-05 00:30' WHERE moved::text LIKE '2026-04-04%'")
    followed.check()
    database.run("UPDATE sale SET net = 8, moved = '2026-04-04 23:59' WHERE moved::text LIKE '2026-04-01%'")
    followed.check()


@pytest.mark.parametrize(
    "stamps",
    [(1775037600, 1775124000), ("04/30/2026", "05/01/2026"), ("", "n/a"), ("2026-02-30", "2026-13-01")],
)
def test_stamps_that_cannot_be_read_leave_the_table_read_whole(
    tmp_path: Path, stamps: tuple[object, object]
) -> None:
    file = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    file.execute("CREATE TABLE sale (id INTEGER, at TEXT, net TEXT, moved)")
    followed = Followed(f"sqlite:///{tmp_path}/shop.sqlite", tmp_path / "parts")
    for number, stamp in enumerate(stamps):
        file.execute("INSERT INTO sale VALUES (?, '2026-04-01', '5', ?)", (number, stamp))
    followed.check()
    file.execute("UPDATE sale SET net = '6'")
    assert followed.check() == {"orders": 2}


def test_a_select_that_cannot_stand_in_another_is_read_whole(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "shop.sqlite", isolation_level=None)
    file.execute("CREATE TABLE sale (id INTEGER, at TEXT, net TEXT, moved TEXT)")
    file.execute("INSERT INTO sale VALUES (1, '2026-04-01', '5', '2026-04-01')")
    followed = Followed(f"sqlite:///{tmp_path}/shop.sqlite", tmp_path / "parts")
    followed.selects = {"orders": followed.selects["orders"].replace("--", "/*")}
    followed.check()
    assert followed.check() == {"orders": 1}
