"""A shop in an SQLite file whose changes are followed, to change and to refresh."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

SELECT = """SELECT id AS order_id, at AS placed_at, 'web' AS channel, 'confirmed' AS status, 'sale' AS kind,
    net AS net_amount, 'EUR' AS currency, moved AS updated_at FROM sale"""
SALES, MONTHS = 400, 8


class SqliteShop:
    """Sales of some months, in a folder with the settings that lead to them."""

    def __init__(self, root: Path) -> None:
        self.config, self.data = root / "config", root / "data"
        self.config.mkdir(parents=True)
        (self.config / "secrets.toml").write_text(
            f'[connections.shop]\nsystem = "sql"\nurl = "sqlite:///{root}/shop.sqlite"\n'
            f"[connections.shop.tables]\norders = '''{SELECT}'''\n"
        )
        (self.config / "secrets.toml").chmod(0o600)
        rows = [(n, f"2026-0{n % MONTHS + 1}-{n % 28 + 1:02} 10:00:00") for n in range(SALES)]
        with closing(sqlite3.connect(root / "shop.sqlite", isolation_level=None)) as file:
            file.execute("CREATE TABLE sale (id INTEGER PRIMARY KEY, at TEXT, net INTEGER, moved TEXT)")
            file.executemany("INSERT INTO sale VALUES (?1, ?2, 5, ?2)", rows)

    @staticmethod
    def change(root: Path) -> None:
        """Let some sales change, move to another month, be put aside, or go."""
        later = "moved = '2026-09-01 10:00:00'"
        rest = random.randrange(20)  # noqa: S311
        with closing(sqlite3.connect(root / "shop.sqlite", isolation_level=None)) as file:
            file.execute(f"UPDATE sale SET net = 4 - net, {later} WHERE id % 20 = {rest}")
            file.execute(
                f"UPDATE sale SET at = '2026-0{rest % MONTHS + 1}-01', {later} WHERE id % 21 = {rest}"
            )
            file.execute(f"DELETE FROM sale WHERE id % 22 = {rest} AND id > 20")
            file.execute(f"INSERT OR IGNORE INTO sale VALUES ({rest + 400}, '2026-09-01', 5, '2026-09-01')")
