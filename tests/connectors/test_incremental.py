"""Incremental refresh: whatever happens in a database, reading on gives what reading anew would."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from connectors.refresh import RefreshReport, refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot
from tests.connectors.postgres_server import Database

TABLES = """
CREATE TABLE sale (id int PRIMARY KEY, at timestamptz, net numeric, mail text, gone boolean DEFAULT false,
    moved timestamptz);
CREATE TABLE line (sale int, number int, sku text, pieces int, moved timestamptz, PRIMARY KEY (sale, number));
CREATE INDEX ON sale (moved);
"""
SELECTS = {
    "orders": """SELECT id AS order_id, at AS placed_at, 'web' AS channel, 'confirmed' AS status,
        'sale' AS kind, net AS net_amount, 'EUR' AS currency, mail AS email, moved AS updated_at
        FROM sale WHERE NOT gone""",
    "order_lines": """SELECT sale AS order_id, number AS line_id, sku, pieces AS quantity, 1 AS net_amount,
        greatest(line.moved, sale.moved) AS updated_at, sale.at AS filed_at
        FROM line JOIN sale ON sale.id = line.sale WHERE NOT gone""",
}
MONTHS = [dt.datetime(2026, month, day, 23, 30, tzinfo=dt.UTC) for month in (1, 2, 3) for day in (1, 28)]
EXEMPT = {"seconds", "read"}


@dataclass
class World:
    """A database that changes, and two data folders: one read on from, one read anew every time."""

    database: Database
    folder: Path
    clock: dt.datetime = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    config: Path = field(init=False)

    def __post_init__(self) -> None:
        self.config = self.folder / "config"
        self.config.mkdir(parents=True)
        selects = "\n".join(f"{name} = '''{select}'''" for name, select in SELECTS.items())
        (self.config / "secrets.toml").write_text(
            f'identity_secret = "0123456789abcdef"\n[connections.shop]\nsystem = "sql"\n'
            f'url = "{self.database.url()}"\n[connections.shop.tables]\n{selects}\n'
        )
        (self.config / "secrets.toml").chmod(0o600)
        (self.config / "business.toml").write_text('timezone = "Asia/Shanghai"\ncurrency = "EUR"\n')

    def run(self, statement: str, *, late_by: int = 0) -> None:
        """Change something; `{now}` is when, perhaps some minutes before what was seen already."""
        self.clock += dt.timedelta(minutes=10)
        stamp = self.clock - dt.timedelta(minutes=late_by)
        self.database.run(statement.format(now=f"'{stamp.isoformat()}'"))

    def refresh(self, name: str = "on", *, full: bool = False) -> RefreshReport:
        report = refresh(load_settings(self.config, self.folder / name), full=full)
        assert not report.failed, report.connections
        return report

    def tables(self, name: str) -> dict[str, pl.DataFrame]:
        with open_snapshot(self.folder / name) as snapshot:
            files = sorted(path for path in snapshot.folder.rglob("*.parquet") if "parts" not in path.parts)
            frames = {str(path.relative_to(snapshot.folder)): pl.read_parquet(path) for path in files}
        return {name: frame.sort(frame.columns) for name, frame in frames.items()}

    def check(self) -> None:
        """What was read on is what a first refresh reads."""
        anew = f"anew {self.clock:%d %H%M}"
        on, fresh = self.refresh(), self.refresh(anew)
        for table, report in on.connections["shop"].tables.items():
            other = fresh.connections["shop"].tables[table]
            assert report.pulled == report.accepted + report.quarantined
            counts = {key: getattr(report, key) for key in ("pulled", "accepted", "repairs", "quarantine")}
            assert counts == {key: getattr(other, key) for key in counts}, table
        one, two = self.tables("on"), self.tables(anew)
        assert set(one) == set(two)
        for table, frame in one.items():
            assert_frame_equal(frame, two[table])


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    database.run(TABLES)
    made = World(database, tmp_path)
    for number in range(1, 7):
        _insert(made, number, MONTHS[number - 1])
    made.check()
    return made


def _insert(world: World, number: int, at: dt.datetime, *, late_by: int = 0) -> None:
    world.run(
        f"INSERT INTO sale VALUES ({number}, '{at.isoformat()}', {number}.5, 'c{number % 3}@x.example', "
        f"false, {{now}}) ON CONFLICT (id) DO UPDATE SET net = sale.net + 1, gone = false, moved = {{now}};"
        f"INSERT INTO line SELECT {number}, n, 'sku' || n, n, {{now}} FROM generate_series(1, 2) AS n "
        f"ON CONFLICT DO NOTHING",
        late_by=late_by,
    )


def _days_later(world: World) -> None:
    """So long after that of all changes only one is among the last two hours."""
    world.clock += dt.timedelta(days=2)
    world.run("UPDATE sale SET net = 11, moved = {now} WHERE id = 1")
    world.refresh()


def test_a_second_refresh_reads_only_what_changed(world: World) -> None:
    _days_later(world)
    world.run("UPDATE sale SET net = 99, moved = {now} WHERE id = 3")
    read = {name: report.read for name, report in world.refresh().connections["shop"].tables.items()}
    assert read == {"orders": 2, "order_lines": 4}, "what changed, and the last two hours once more"
    world.check()


def test_a_row_that_moves_leaves_its_old_month(world: World) -> None:
    world.run("UPDATE sale SET at = '2026-03-15', moved = {now} WHERE id = 1")
    world.check()
    assert world.tables("on")["tables/orders.parquet"].height == 6


def test_rows_that_are_deleted_are_missed_by_their_month(world: World) -> None:
    _days_later(world)
    world.run("DELETE FROM line WHERE sale = 4; DELETE FROM sale WHERE id = 4")
    report = world.refresh().connections["shop"].tables["orders"]
    assert (report.pulled, report.read) == (5, 1), "one of the last two hours; of its month only keys"
    world.check()


def test_a_row_the_select_no_longer_delivers_goes(world: World) -> None:
    world.run("UPDATE sale SET gone = true, moved = {now} WHERE id = 5")
    world.check()


def test_a_row_that_was_put_aside_comes_in_once_it_is_right(world: World) -> None:
    world.run("UPDATE sale SET net = -5, moved = {now} WHERE id = 2")
    world.check()
    world.run("UPDATE sale SET net = 5, moved = {now} WHERE id = 2")
    world.check()
    assert world.tables("on")["tables/orders.parquet"].height == 6


def test_a_stamp_far_ahead_hides_nothing(world: World) -> None:
    world.database.run("UPDATE sale SET moved = '2999-01-01' WHERE id = 2")
    world.check()
    _insert(world, 9, MONTHS[0])
    world.database.run("UPDATE sale SET moved = now() WHERE id = 9")
    world.check()


def test_rows_without_a_stamp_are_read_every_time(world: World) -> None:
    world.database.run("UPDATE sale SET moved = NULL, net = 7 WHERE id = 2")
    world.check()
    world.database.run("UPDATE sale SET net = 8 WHERE id = 2")
    world.check()


def test_another_database_behind_the_same_name_is_read_whole(world: World) -> None:
    world.clock -= dt.timedelta(days=30)
    world.database.run("TRUNCATE sale, line")
    for number in (1, 2):
        _insert(world, number, MONTHS[1])
    world.check()


def test_an_emptied_database_is_empty(world: World) -> None:
    world.database.run("TRUNCATE sale, line")
    world.check()
    _insert(world, 1, MONTHS[1])
    world.check()


def test_a_changed_select_is_read_whole(world: World) -> None:
    path = world.config / "secrets.toml"
    path.write_text(path.read_text().replace("net AS net_amount", "net + 1 AS net_amount"))
    assert world.refresh().connections["shop"].tables["orders"].read == 6
    world.check()


def test_full_reads_everything_again(world: World) -> None:
    assert world.refresh(full=True).connections["shop"].tables["orders"].read == 6
    world.check()


def test_the_files_of_an_older_version_stay_as_they_were(world: World) -> None:
    with open_snapshot(world.folder / "on") as before:
        files = {path: path.read_bytes() for path in before.folder.rglob("*") if path.is_file()}
        world.run("UPDATE sale SET at = '2026-02-15', net = -1, moved = {now} WHERE id = 1")
        world.check()
        assert {path: path.read_bytes() for path in files} == files


def test_small_files_of_a_month_are_put_together(world: World) -> None:
    for number in range(20, 32):
        _insert(world, number, MONTHS[0])
        world.refresh()
    world.check()
    with open_snapshot(world.folder / "on") as snapshot:
        month = snapshot.folder / "parts" / "shop" / "orders" / "rows" / "2026-01"
        assert len(list(month.iterdir())) <= 8


Step = tuple[str, int, dt.datetime]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(1, 9), st.sampled_from(MONTHS)),
        st.tuples(st.just("late"), st.integers(10, 15), st.sampled_from(MONTHS)),
        st.tuples(st.just("move"), st.integers(1, 9), st.sampled_from(MONTHS)),
        st.tuples(st.just("spoil"), st.integers(1, 9), st.just(None)),
        st.tuples(st.just("hide"), st.integers(1, 9), st.just(None)),
        st.tuples(st.just("delete"), st.integers(1, 9), st.just(None)),
        st.tuples(st.just("line"), st.integers(1, 9), st.just(None)),
        st.tuples(st.just("refresh"), st.just(0), st.just(None)),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_incremental_equals_full_whatever_happens(
    world: World, steps: list[tuple[str, int, dt.datetime]]
) -> None:
    for what, number, at in steps:
        if what in ("insert", "late"):
            _insert(world, number, at, late_by=100 if what == "late" else 0)
        elif what == "move":
            world.run(f"UPDATE sale SET at = '{at.isoformat()}', moved = {{now}} WHERE id = {number}")
        elif what == "spoil":
            world.run(f"UPDATE sale SET net = -net, moved = {{now}} WHERE id = {number}")
        elif what == "hide":
            world.run(f"UPDATE sale SET gone = NOT gone, moved = {{now}} WHERE id = {number}")
        elif what == "delete":
            world.run(f"DELETE FROM line WHERE sale = {number}; DELETE FROM sale WHERE id = {number}")
        elif what == "line":
            world.run(f"DELETE FROM line WHERE sale = {number} AND number = 2")
        else:
            world.refresh()
    world.check()
