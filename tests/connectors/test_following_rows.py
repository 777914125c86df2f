"""Rows that make reading on hard: repeated, unnamed, spelled variously, moving, put aside, not due yet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from connectors import catch_up
from connectors.accept import RULE, accept
from connectors.months import UNDATED
from connectors.parts import ASIDE, ROWS, files_in, write_chunk
from connectors.postgres_following import followed
from connectors.renew import come_of_age, heights
from connectors.tables import Orders, Prices
from connectors.touched import Statement
from tests.connectors.followed import KEY, ORDERS, Followed
from tests.connectors.postgres_server import Database, open_session

COLUMNS = "id text, at timestamptz, net numeric, moved timestamptz"
PRICES = """SELECT 'cap' AS sku, 'web' AS channel, first AS from_day, net AS sell_price, 'EUR' AS currency,
    moved AS updated_at FROM price"""


class Sales:
    """A table of sales and what is pulled of it."""

    def __init__(self, database: Database, folder: Path, columns: str = COLUMNS) -> None:
        self.run = database.run
        self.followed = Followed(database.url(), folder)
        self.run(f"CREATE TABLE sale ({columns})")

    def sell(self, number: str, day: str, moved: str, net: int = 5) -> None:
        self.run(f"INSERT INTO sale VALUES ('{number}', '2026-{day}', {net}, '2026-{moved}')")

    def check(self) -> int:
        return self.followed.check()["orders"]

    def rows(self) -> list[tuple[str, str]]:
        """Every row's order and month."""
        assert self.followed.parts is not None
        rows = pl.read_parquet(files_in(self.followed.parts / "orders" / ROWS))
        return sorted(rows.select("order_id", pl.col("placed_at").dt.strftime("%m")).iter_rows())


@pytest.fixture
def sales(database: Database, tmp_path: Path) -> Sales:
    made = Sales(database, tmp_path)
    for number, day in enumerate(("01-05", "01-31 23:30", "02-01 00:30", "03-29 02:30"), start=1):
        made.sell(str(number), day, f"04-0{number}")
    made.check()
    return made


def test_a_second_row_of_a_key_is_seen_though_another_row_went(sales: Sales) -> None:
    sales.sell("2", "01-20", "04-05")
    sales.run("DELETE FROM sale WHERE id = '1'")
    sales.check()
    assert sales.rows() == [("2", "01"), ("2", "01"), ("3", "02"), ("4", "03")]


def test_of_repeated_keys_in_two_months_only_one_moves(sales: Sales) -> None:
    sales.sell("2", "03-01", "04-05")
    sales.check()
    sales.run("UPDATE sale SET at = '2026-02-10', moved = '2026-04-06' WHERE id = '2' AND at > '2026-02-01'")
    sales.run("DELETE FROM sale WHERE id = '1'")
    sales.check()
    assert sales.rows() == [("2", "01"), ("2", "02"), ("3", "02"), ("4", "03")]


@pytest.mark.parametrize("key", ["", " 2 ", "ann@x.org", "ANN@x.org ", "13800138000", "'' OR true"])
def test_keys_are_found_however_they_are_spelled(sales: Sales, key: str) -> None:
    sales.sell(key, "02-10", "04-05")
    sales.check()
    sales.run("UPDATE sale SET net = 6, at = '2026-03-10', moved = '2026-04-06' WHERE id NOT IN ('1', '3')")
    sales.check()
    sales.run("UPDATE sale SET net = -1, moved = '2026-04-07' WHERE id NOT IN ('1', '3')")
    sales.check()


@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz", "text"])
def test_rows_are_filed_in_one_month_whatever_the_type_of_their_date(
    database: Database, tmp_path: Path, kind: str
) -> None:
    sales = Sales(database, tmp_path, COLUMNS.replace("at timestamptz", f"at {kind}"))
    for number, day in enumerate(("01-31 23:30", "02-01 00:30", "03-29 02:30", "10-25 02:30"), start=1):
        sales.sell(str(number), day, f"04-0{number}")
    sales.run("INSERT INTO sale VALUES ('5', NULL, 5, '2026-04-05')")
    if kind != "text":
        sales.run("INSERT INTO sale VALUES ('6', 'infinity', 5, '2026-04-05'), ('7', '0001-01-01', 5, NULL)")
        sales.run("INSERT INTO sale VALUES ('8', '9999-12-30 12:00', 5, '2026-04-05')")
    sales.check()
    sales.run("UPDATE sale SET net = 6, moved = '2026-04-06' WHERE id IN ('1', '5', '6')")
    sales.check()
    sales.run("UPDATE sale SET at = '2026-02-02', moved = '2026-04-07' WHERE id IN ('3', '5', '8')")
    assert sales.check() <= 6, "what changed lately, and what has no stamp"


def test_numbers_are_keys_too(database: Database, tmp_path: Path) -> None:
    sales = Sales(database, tmp_path, COLUMNS.replace("id text", "id bigint"))
    for number in ("1", "2", "9007199254740993"):
        sales.sell(number, "01-05", "04-01")
    sales.check()
    sales.run("UPDATE sale SET at = '2026-02-05', moved = '2026-04-09' WHERE id > 2")
    sales.check()
    assert sales.check() == 1


def test_a_month_of_which_no_row_is_accepted_has_none(sales: Sales) -> None:
    sales.run("DELETE FROM sale WHERE id <> '1'")
    sales.check()
    sales.run("UPDATE sale SET net = -1, moved = '2026-04-09'")
    sales.run("INSERT INTO sale VALUES ('9', '2026-01-09', -1, '2026-01-09')")
    sales.check()
    assert sales.rows() == []
    sales.run("UPDATE sale SET net = 1, moved = '2026-04-10'")
    sales.check()


def test_a_column_that_a_view_shows_from_now_on_is_read_of_all_rows(sales: Sales) -> None:
    view = "CREATE OR REPLACE VIEW shown AS " + ORDERS.split(" --")[0]
    sales.run(view)
    sales.followed.selects = {"orders": "SELECT * FROM shown"}
    sales.check()
    sales.run(view.replace(" FROM sale", ", 'gold' AS tier FROM sale"))
    assert sales.check() == 4


def test_after_an_upgrade_all_rows_are_read(sales: Sales, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sales.check() == 1
    monkeypatch.setattr("connectors.watermark._validation", lambda: "another release")
    assert sales.check() == 4


def test_a_row_that_lies_far_ahead_costs_nothing_until_then(sales: Sales) -> None:
    sales.run(
        "INSERT INTO sale SELECT 'n' || n, '2026-03-01', 5, '2026-03-01' FROM generate_series(1, 20) AS n"
    )
    sales.followed.selects = {"orders": ORDERS.replace("moved AS", "paid AS paid_at, moved AS")}
    sales.run("ALTER TABLE sale ADD paid timestamptz; UPDATE sale SET paid = '2099-01-01' WHERE id = 'n7'")
    sales.check()
    assert sales.check() < 5
    assert sales.followed.parts is not None
    folder = sales.followed.parts / "orders"
    assert list(come_of_age(folder, dt.date(2098, 12, 1))) == []
    assert list(come_of_age(folder, dt.date(2098, 12, 31))) == ["2026-03"]


@pytest.mark.parametrize("kind", ["timestamptz", "text"])
def test_of_a_large_table_old_months_are_counted_once_a_week(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(catch_up, "COUNTED_EVERY_TIME", 0)
    sales = Sales(database, tmp_path, COLUMNS.replace("at timestamptz", f"at {kind}"))
    for number, day in enumerate(("01-05", "01-06", "05-01", "05-02"), start=1):
        sales.sell(str(number), day, "05-03")
    sales.check()
    sales.run("DELETE FROM sale WHERE id IN ('1', '3')")
    sales.followed.pull()
    assert sales.rows() == [("1", "01"), ("2", "01"), ("4", "05")]
    sales.followed.today += dt.timedelta(days=7)
    sales.check()
    sales.run("DELETE FROM sale WHERE id = '2'")
    sales.followed.today -= dt.timedelta(days=70)
    sales.check()


@pytest.mark.parametrize("kind", ["timestamptz", "text"])
def test_only_the_months_asked_for_are_counted(database: Database, tmp_path: Path, kind: str) -> None:
    sales = Sales(database, tmp_path, COLUMNS.replace("at timestamptz", f"at {kind}"))
    sales.sell("1", "01-05", "04-01")
    sales.sell("2", "03-05", "04-01")
    with open_session(database.url()) as session:
        following = followed(session, Orders, Statement(ORDERS))
        assert following is not None
        assert following.months("2026-02") == {"2026-03": 1}
        assert following.months() == {"2026-01": 1, "2026-03": 1}


def test_days_in_a_key_are_days_of_the_connection(database: Database, tmp_path: Path) -> None:
    shop = Followed(database.url(), tmp_path, {"prices": PRICES})
    database.run("CREATE TABLE price (first timestamptz, net numeric, moved timestamptz)")
    for day in ("01", "02", "03"):
        database.run(f"INSERT INTO price VALUES ('2026-05-{day} 23:30Z', {day}, '2026-05-{day}')")
    shop.check()
    database.run("DELETE FROM price WHERE net = 2")
    assert shop.check() == {"prices": 2}, "all of what changed lately; of the others only keys"


def test_prices_that_are_kept_are_not_followed(database: Database) -> None:
    database.run("CREATE TABLE price (first timestamptz, net numeric, moved timestamptz)")
    with open_session(database.url()) as session:
        assert followed(session, Prices, Statement(PRICES)) is not None
        assert followed(session, Prices, Statement(PRICES, keeps_history=True)) is None


def test_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (99_999, 100_000, 9):
        row = {"order_id": number, "placed_at": "2026-01-05", "channel": "web", "status": "confirmed"}
        chunk = pl.DataFrame([{**row, "kind": "sale", "net_amount": 5, "currency": "EUR"}])
        write_chunk(tmp_path, number, accept(chunk, Orders, "UTC", KEY), pl.Series(["all"]))
    assert pl.read_parquet(files_in(tmp_path / ROWS))["order_id"].to_list() == ["9", "99999", "100000"]


def test_rows_of_very_many_files_are_counted_without_complaint(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(600):
        place = tmp_path / ROWS / f"2026-{number % 12 + 1:02}"
        place.mkdir(parents=True, exist_ok=True)
        pl.DataFrame({"order_id": ["1", "2"]}).write_parquet(place / f"{number:05}.parquet")
    (tmp_path / ASIDE / UNDATED).mkdir(parents=True)
    for number, column in enumerate(("order_id", "region")):
        aside = pl.DataFrame(
            {RULE: ["order_id:missing"], column: [None]}, schema_overrides={column: pl.String}
        )
        aside.write_parquet(tmp_path / ASIDE / UNDATED / f"{number:05}.parquet")
    assert heights(tmp_path) == {None: 2, **{f"2026-{month:02}": 100 for month in range(1, 13)}}
    assert heights(tmp_path, "2026-12") == {"2026-12": 100}
    assert capfd.readouterr().err == ""
