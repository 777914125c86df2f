"""A connection that is pulled again and again, each time beside a pull that knows of none before."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from polars.testing import assert_frame_equal

from connectors.connector import Connection
from connectors.identity_hash import IdentityKey
from connectors.parts import Part, read_parts
from connectors.pull import Ground, pull

KEY = IdentityKey(b"0123456789abcdef", "CN")
ORDERS = """SELECT id AS order_id, at AS placed_at, 'web' AS channel, 'confirmed' AS status, 'sale' AS kind,
    net AS net_amount, 'EUR' AS currency, moved AS updated_at FROM sale -- all of them"""


@dataclass
class Followed:
    """The parts of a connection, pulled on from the last ones.

    Attributes:
        url: the database.
        folder: where parts are kept.
        selects: the SELECT of each table.
        today: the business day.
        parts: the last ones; null before the first pull.
    """

    url: str
    folder: Path
    selects: Mapping[str, str] = field(default_factory=lambda: {"orders": ORDERS})
    today: dt.date = dt.date(2026, 5, 20)
    parts: Path | None = None
    _pulls: int = 0

    def pull(self) -> dict[str, Part]:
        """Read on from the last pull."""
        self._pulls += 1
        folder = self.folder / str(self._pulls)
        self.attempt(folder)
        self.parts = folder
        return read_parts(folder)

    def check(self) -> dict[str, int]:
        """Read on, and compare with what is there; how many rows of each table were read for it."""
        former = self.files()
        on = self.pull()
        assert self.files().items() >= former.items(), "files of the last pull were changed in place"
        anew = self.folder / "anew"
        self._pull(anew, None)
        for name, part in read_parts(anew).items():
            _compare(on[name], part)
        shutil.rmtree(anew)
        return {name: part.report.read for name, part in on.items()}

    def attempt(self, folder: Path) -> None:
        """Read on into some folder, and from where one was before the next time."""
        self._pull(folder, self.parts)

    def files(self) -> dict[Path, bytes]:
        """All files of all pulls."""
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def _pull(self, folder: Path, last: Path | None) -> None:
        connection = Connection("shop", "sql", "Europe/Berlin", {"url": self.url, "tables": self.selects})
        ground = Ground(last, full=last is None, today=self.today)
        pull(connection, KEY, folder, lambda _: None, (0, 1), ground=ground)


def _compare(on: Part, anew: Part) -> None:
    assert on.report.pulled == on.report.accepted + on.report.quarantined
    assert replace(on.report, seconds=0, read=0) == replace(anew.report, seconds=0, read=0)
    rows, others = on.rows.collect(), anew.rows.collect()
    assert_frame_equal(rows.sort(rows.columns), others.sort(rows.columns))
    aside, others = on.aside, anew.aside
    if others.height or aside.height:
        columns = sorted(others.columns)
        assert_frame_equal(aside.select(columns).sort(columns), others.select(columns).sort(columns))
