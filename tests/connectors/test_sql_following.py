"""Reading on from databases other than PostgreSQL: by a column `updated_at`, whatever way it is written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from connectors.refresh import RefreshReport, refresh
from connectors.settings import load_settings
from connectors.snapshot import open_snapshot

SELECT = """SELECT id AS order_id, at AS placed_at, 'web' AS channel, 'confirmed' AS status, 'sale' AS kind,
    net AS net_amount, 'EUR' AS currency, moved AS updated_at FROM sale"""


class Shop:
    """An SQLite shop whose stamps are text of one shape."""

    def __init__(self, folder: Path, between: str) -> None:
        self.config, self.data = folder / "config", folder / "data"
        self.config.mkdir()
        self.between = between
        self.file = sqlite3.connect(folder / "shop.sqlite", isolation_level=None)
        self.file.execute("CREATE TABLE sale (id INTEGER, at TEXT, net TEXT, moved TEXT)")
        (self.config / "secrets.toml").write_text(
            f'[connections.shop]\nsystem = "sql"\nurl = "sqlite:///{folder}/shop.sqlite"\n'
            f"[connections.shop.tables]\norders = '''{SELECT}'''\n"
        )

    def sell(self, number: int, day: str) -> None:
        moment = f"{day}{self.between}10:00:00"
        self.file.execute("INSERT INTO sale VALUES (?, ?, '10.50', ?)", (number, moment, moment))

    def refresh(self) -> RefreshReport:
        report = refresh(load_settings(self.config, self.data))
        assert not report.failed, report.connections
        return report

    def orders(self) -> list[str]:
        with open_snapshot(self.data) as snapshot:
            return sorted(snapshot.scan("orders").collect()["order_id"].str.strip_prefix("shop:"))


@pytest.fixture(params=["T", " "])
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Shop:
    made = Shop(tmp_path, request.param)
    for number, day in enumerate(("2026-01-05", "2026-01-20", "2026-03-01"), start=1):
        made.sell(number, day)
    made.refresh()
    return made


def test_only_rows_of_the_last_days_are_read(shop: Shop) -> None:
    shop.sell(4, "2026-03-03")
    table = shop.refresh().connections["shop"].tables["orders"]
    assert (table.read, table.pulled) == (2, 4)
    assert shop.orders() == ["1", "2", "3", "4"]


def test_rows_that_are_gone_leave(shop: Shop) -> None:
    shop.file.execute("DELETE FROM sale WHERE id = 2")
    assert shop.refresh().connections["shop"].tables["orders"].read == 1
    assert shop.orders() == ["1", "3"]


def test_a_row_that_was_missed_is_found_by_its_month(shop: Shop) -> None:
    shop.sell(9, "2026-01-02")
    shop.refresh()
    assert shop.orders() == ["1", "2", "3", "9"]


def test_a_row_moves_to_another_month(shop: Shop) -> None:
    shop.file.execute(
        "UPDATE sale SET at = '2026-02-02', moved = '2026-03-02' || ? || '09:00:00' WHERE id = 1",
        [shop.between],
    )
    shop.refresh()
    assert shop.orders() == ["1", "2", "3"]


def test_without_a_stamp_everything_is_read(shop: Shop) -> None:
    path = shop.config / "secrets.toml"
    path.write_text(path.read_text().replace(", moved AS updated_at", ""))
    shop.refresh()
    assert shop.refresh().connections["shop"].tables["orders"].read == 3
