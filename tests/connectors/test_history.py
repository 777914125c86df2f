"""Prices and listings of systems that only know today's: what was true before is kept, with its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from connectors.accept import accept
from connectors.history import keep_history
from connectors.identity_hash import IdentityKey
from connectors.parts import ROWS, counted, files_in, write_chunk
from connectors.tables import Listings, Prices, Table

KEY = IdentityKey(b"0123456789abcdef", None)
TODAY = dt.date(2026, 5, 20)


def _pulled(folder: Path, table: type[Table], rows: list[dict[str, object]]) -> Path:
    chunk = pl.DataFrame(rows, infer_schema_length=None)
    accepted = accept(chunk, table, "UTC", KEY)
    assert accepted.quarantine.is_empty()
    write_chunk(folder, 0, accepted, pl.Series(["all"] * chunk.height))
    return folder


def _price(sku: str, day: str, price: str) -> dict[str, object]:
    return {"sku": sku, "channel": "web", "from_day": f"2026-{day}", "sell_price": price, "currency": "EUR"}


def _prices(folder: Path) -> list[tuple[object, ...]]:
    rows = pl.read_parquet(files_in(folder / ROWS)).sort("sku", "from_day")
    return rows.select(
        "sku", pl.col("from_day").dt.strftime("%m-%d"), pl.col("to_day").dt.strftime("%m-%d")
    ).rows()


def test_a_price_ends_the_day_before_the_next(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Prices, [_price("cap", "05-01", "10"), _price("hat", "05-01", "5")])
    new = _pulled(tmp_path / "2", Prices, [_price("cap", "05-12", "12"), _price("hat", "05-01", "5")])
    keep_history(new, last, Prices, TODAY)
    assert _prices(new) == [("cap", "05-01", "05-11"), ("cap", "05-12", None), ("hat", "05-01", None)]


def test_the_price_of_an_article_no_longer_sold_ended_yesterday(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Prices, [_price("cap", "05-01", "10"), _price("hat", "05-20", "5")])
    new = _pulled(tmp_path / "2", Prices, [_price("bag", "05-01", "5")])
    keep_history(new, last, Prices, TODAY)
    assert _prices(new) == [("bag", "05-01", None), ("cap", "05-01", "05-19"), ("hat", "05-20", "05-20")]


def test_history_grows_over_several_pulls_and_its_ends_stay(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(4)]
    for number, (day, price) in enumerate(
        [("05-01", "10"), ("05-05", "11"), ("05-09", "12"), ("05-09", "13")]
    ):
        _pulled(folders[number], Prices, [_price("cap", day, price)])
        if number:
            keep_history(folders[number], folders[number - 1], Prices, TODAY)
    assert _prices(folders[3]) == [
        ("cap", "05-01", "05-04"),
        ("cap", "05-05", "05-08"),
        ("cap", "05-09", None),
    ]
    report = counted(folders[3], (), read=1, seconds=0)
    assert (report.pulled, report.accepted, report.quarantined, report.read) == (3, 3, 0, 1)


def test_without_a_change_nothing_is_added(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Prices, [_price("cap", "05-01", "10")])
    new = _pulled(tmp_path / "2", Prices, [_price("cap", "05-01", "10")])
    keep_history(new, last, Prices, TODAY)
    assert _prices(new) == [("cap", "05-01", None)]


def test_an_article_that_vanishes_is_no_longer_listed_from_today_on(tmp_path: Path) -> None:
    def listing(sku: str) -> dict[str, object]:
        return {"sku": sku, "channel": "web", "from_day": "2026-05-01", "listed": True, "has_image": True}

    last = _pulled(tmp_path / "1", Listings, [listing("cap"), listing("hat")])
    new = _pulled(tmp_path / "2", Listings, [listing("hat")])
    keep_history(new, last, Listings, TODAY)
    later = _pulled(tmp_path / "3", Listings, [listing("hat")])
    keep_history(later, new, Listings, TODAY + dt.timedelta(days=3))
    rows = pl.read_parquet(files_in(later / ROWS)).sort("sku", "from_day")
    assert rows.select("sku", pl.col("from_day").cast(pl.String), "listed", "has_image").rows() == [
        ("cap", "2026-05-01", True, True),
        ("cap", "2026-05-20", False, None),
        ("hat", "2026-05-01", True, True),
    ]


def _listing(sku: str, day: str, *, stocked: bool) -> dict[str, object]:
    row = {"sku": sku, "channel": "web", "from_day": f"2026-{day}", "listed": True, "has_image": True}
    return {**row, "in_stock": stocked}


def _listings(folder: Path) -> list[tuple[object, ...]]:
    rows = pl.read_parquet(files_in(folder / ROWS)).sort("sku", "from_day")
    return rows.select("sku", pl.col("from_day").dt.strftime("%m-%d"), "listed", "in_stock").rows()


@pytest.mark.parametrize("back", [TODAY, TODAY + dt.timedelta(days=2)])
def test_an_article_that_comes_back_unchanged_is_listed_from_then_on(tmp_path: Path, back: dt.date) -> None:
    cap, hat = _listing("cap", "05-01", stocked=True), _listing("hat", "05-01", stocked=True)
    delivered = [(TODAY, [cap, hat]), (TODAY, [hat]), (back, [cap, hat]), (back, [cap, hat])]
    folders = [tmp_path / str(number) for number in range(len(delivered))]
    for number, (today, rows) in enumerate(delivered):
        _pulled(folders[number], Listings, rows)
        if number:
            keep_history(folders[number], folders[number - 1], Listings, today)
    gone = [("cap", "05-20", False, None)] if back > TODAY else []
    assert _listings(folders[-1]) == [
        ("cap", "05-01", True, True),
        *gone,
        ("cap", f"{back:%m-%d}", True, True),
        ("hat", "05-01", True, True),
    ]


def test_a_state_that_takes_the_place_of_a_younger_one_holds_from_today_on(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Listings, [_listing("cap", "05-10", stocked=False)])
    new = _pulled(tmp_path / "2", Listings, [_listing("cap", "05-01", stocked=True)])
    keep_history(new, last, Listings, TODAY)
    assert _listings(new) == [
        ("cap", "05-01", True, True),
        ("cap", "05-10", True, False),
        ("cap", "05-20", True, True),
    ]


def test_history_outlives_a_release_with_other_columns(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Prices, [_price("cap", "05-01", "10")])
    for file in files_in(last / ROWS):
        pl.read_parquet(file).drop("list_price").with_columns(former=pl.lit(1)).write_parquet(file)
    new = _pulled(tmp_path / "2", Prices, [_price("cap", "05-12", "12")])
    keep_history(new, last, Prices, TODAY)
    assert _prices(new) == [("cap", "05-01", "05-11"), ("cap", "05-12", None)]


def test_a_price_that_was_only_written_anew_keeps_its_first_day(tmp_path: Path) -> None:
    last = _pulled(tmp_path / "1", Prices, [_price("cap", "05-01", "10"), _price("hat", "05-01", "5")])
    new = _pulled(tmp_path / "2", Prices, [_price("cap", "05-12", "10"), _price("hat", "05-12", "6")])
    keep_history(new, last, Prices, TODAY)
    assert _prices(new) == [("cap", "05-01", None), ("hat", "05-01", "05-11"), ("hat", "05-12", None)]
