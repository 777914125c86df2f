"""Stored sums: which questions they answer, and how they come and go."""

from __future__ import annotations

import datetime as dt
import os
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.facts import FACTS, OrderFacts, dimensions_of
from kpis import factors, rollup, rollup_build, stored
from kpis.evaluate import Query, evaluate
from kpis.measure import col, count
from kpis.shop import Shop
from kpis.sums import Dated
from tests.kpis.frames import Frames, manifest, shop_of


@pytest.mark.parametrize("table", FACTS)
def test_every_dimension_of_every_table_is_stored(table: str) -> None:
    carried = dimensions_of(FACTS[table])
    for dimension in carried:
        places = [name for name in ("channel", "channel_kind") if name in carried]
        assert factors.covering(table, [dimension, *places]), dimension


def test_a_crossing_question_goes_to_the_rows(rolled_up_shop: Shop) -> None:
    assert factors.covering("order_facts", ["region", "category"]) is None
    assert rolled_up_shop.rollups
    assert rolled_up_shop.rollups.cells("order_facts", "paid_day", ["region", "category"]) is None


def test_the_smallest_factor_answers() -> None:
    assert factors.covering("order_facts", []) == "channel"
    assert factors.covering("order_facts", ["channel_kind"]) == "channel"
    assert factors.covering("order_facts", ["store", "channel"]) == "place"


def test_money_is_stored_exactly(tmp_path: Path) -> None:
    day = dt.date(2024, 5, 1)
    cents = [Decimal("0.10")] * 30 + [Decimal("99999999999999.9999")]
    rows = [{"paid": True, "paid_day": day, "net_amount": amount} for amount in cents]
    tables = shop_of(order_facts=rows).tables
    rollup_build.build(tables, tmp_path / "rolled")
    cells = rollup.Rollups(tmp_path / "rolled").cells("order_facts", "paid_day", [])
    assert cells is not None
    sums = cells.select(pl.col(pl.Decimal)).collect().row(0)
    assert Decimal("100000000000002.9999") in sums


def test_declarations_decide_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored.fingerprint()
    another = Dated(count(OrderFacts, when=col("net_amount") > 5), "paid_day")
    declared = stored.measured() | {another}
    monkeypatch.setattr(stored, "measured", lambda: declared)
    stored.fingerprint.cache_clear()
    assert stored.fingerprint() != before
    monkeypatch.undo()
    stored.fingerprint.cache_clear()
    assert stored.fingerprint() == before


def test_many_builders_leave_one_whole_folder(shop: Shop, tmp_path: Path) -> None:
    def build(_: int) -> Path:
        return rollup.open_rollups(tmp_path, "000001", shop.tables, ["000001"]).folder

    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(build, range(4)))
    assert [path.name for path in (tmp_path / "rollups").iterdir()] == [folders.pop().name]


def test_a_builder_that_fails_leaves_nothing(shop: Shop, tmp_path: Path) -> None:
    tables = shop_of(**{name: shop.tables.scan(name).collect() for name in FACTS}).tables
    tables.tables["visit_facts"] = pl.DataFrame({"day": [dt.date(2024, 1, 1)]})
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        rollup.open_rollups(tmp_path, "000001", tables, ["000001"])
    assert list((tmp_path / "rollups").iterdir()) == []


def test_rollups_appear_whole(shop: Shop, tmp_path: Path) -> None:
    class Watched(Frames):
        def scan(self, name: str) -> pl.LazyFrame:
            assert not list((tmp_path / "rollups").glob("0*")), "readers would take a part for the whole"
            return super().scan(name)

    tables = {name: shop.tables.scan(name).collect() for name in FACTS}
    folder = rollup.open_rollups(tmp_path, "000001", Watched(tables, manifest()), ["000001"]).folder
    written = {path.name.split(".")[0] for path in folder.iterdir()}
    declared = stored.measured() | stored.of_period()
    assert written == {dated.table for dated in declared} | {rollup_build.EFFECTS}


def test_what_a_killed_builder_left_is_swept_away(shop: Shop, tmp_path: Path) -> None:
    left, fresh = (tmp_path / "rollups" / f"{rollup_build.WORKSHOP}{name}" for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir(parents=True)
    long_ago = time.time() - 2 * rollup.LONGEST_BUILD
    os.utime(left, (long_ago, long_ago))
    rollup.open_rollups(tmp_path, "000001", shop.tables, ["000001"])
    assert (left.exists(), fresh.exists()) == (False, True)


def test_rollups_of_vanished_versions_go(shop: Shop, tmp_path: Path) -> None:
    first = rollup.open_rollups(tmp_path, "000001", shop.tables, ["000001"]).folder
    second = rollup.open_rollups(tmp_path, "000002", shop.tables, ["000001", "000002"]).folder
    assert first.exists()
    third = rollup.open_rollups(tmp_path, "000003", shop.tables, ["000002", "000003"]).folder
    assert (first.exists(), second.exists(), third.exists()) == (False, True, True)


def test_a_measure_that_is_not_stored_is_summed_from_rows(shop: Shop, tmp_path: Path) -> None:
    """A folder of an older declaration answers what it knows; the rest comes from rows."""
    rollup_build.build(shop.tables, tmp_path / "rolled")
    for path in (tmp_path / "rolled").glob("order_facts.paid_day.*.parquet"):
        cells = pl.read_parquet(path)
        sums = [name for name in cells.columns if name not in ("day", *dimensions_of(OrderFacts))]
        cells.drop(sums[::2]).write_parquet(path)
    partly = Shop(shop.tables, shop.business, rollup.Rollups(tmp_path / "rolled"))
    query = Query(("average_order_value", "return_rate", "units_per_order"), by=("channel",))
    assert_frame_equal(evaluate(partly, query), evaluate(shop, query))


def test_a_number_given_again_has_rollups_of_its_own(tmp_path: Path) -> None:
    def answered(visits: int, created: dt.datetime) -> float:
        day = dt.date(2024, 5, 1)
        about = manifest(created_at=created, first_day=day, last_day=day)
        shop = shop_of(about=about, visit_facts=[{"day": day, "visits": visits}])
        shop.rollups = rollup.open_rollups(tmp_path, shop.version, shop.tables, [shop.version])
        value: float = evaluate(shop, Query(("visits",)))["value"].item()
        return value

    assert answered(3, dt.datetime(2025, 7, 1, tzinfo=dt.UTC)) == 3
    assert answered(5, dt.datetime(2025, 7, 2, tzinfo=dt.UTC)) == 5
    assert len(list((tmp_path / "rollups").iterdir())) == 1, "those of the vanished one are removed"


def test_a_file_that_cannot_be_read_is_written_anew(shop: Shop, tmp_path: Path) -> None:
    query = Query(("average_order_value", "nps", "visits"), by=("channel",))
    asked = evaluate(shop, query)
    for damage in (lambda path: path.write_bytes(path.read_bytes()[:40]), Path.unlink):
        stored = rollup.open_rollups(tmp_path, shop.version, shop.tables, [shop.version])
        for path in stored.folder.glob("*.channel.parquet"):
            damage(path)
        assert_frame_equal(evaluate(Shop(shop.tables, shop.business, stored), query), asked, abs_tol=1e-6)


def test_a_file_is_written_anew_only_once(shop: Shop, tmp_path: Path) -> None:
    rollup_build.build(shop.tables, tmp_path / "rolled")
    lost = tmp_path / "rolled" / "order_facts.paid_day.channel.parquet"
    lost.unlink()
    built = []
    stored = rollup.Rollups(tmp_path / "rolled", lambda: built.append(lost))
    with pytest.raises(FileNotFoundError):
        stored.cells("order_facts", "paid_day", [])
    assert built == [lost]
