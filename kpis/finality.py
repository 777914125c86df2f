"""Which figures of a result may still change, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from kpis.needs import MISSING


@dataclass(frozen=True, slots=True)
class NotFinal:
    """The rows of a result that later events may still change.

    Attributes:
        rows: how many there are.
        until: the day on which the last of them is final; null where there are none.
    """

    rows: int
    until: dt.date | None

    def told(self) -> dict[str, int | str | None]:
        """As a manifest says it."""
        return {"rows": self.rows, "until": self.until.isoformat() if self.until else None}


def not_final(results: pl.DataFrame) -> NotFinal:
    """Count the rows whose days may still change; figures that nothing delivers cannot.

    Args:
        results: rows with `status`, `final` and `final_on`, as `kpis.evaluate` gives them.
    """
    delivered = ~pl.col("status").str.starts_with(MISSING).fill_null(value=False)
    changing = results.filter(delivered, ~pl.col("final").cast(pl.Boolean))
    until = changing["final_on"].cast(pl.Date).max() if changing.height else None
    return NotFinal(changing.height, until if isinstance(until, dt.date) else None)
