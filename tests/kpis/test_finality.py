"""How many rows of a result may still change, and until when, counted by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl

from kpis.finality import NotFinal, not_final

DAY = dt.date(2026, 8, 8)
SCHEMA = {"status": pl.String, "final": pl.Boolean, "final_on": pl.Date}


def _rows(*rows: tuple[str | None, bool, dt.date]) -> pl.DataFrame:
    return pl.DataFrame(rows, SCHEMA, orient="row")


def test_rows_that_may_change_are_counted_until_the_last_of_them_is_final() -> None:
    later = DAY + dt.timedelta(days=30)
    found = not_final(
        _rows(("good", True, DAY), ("bad", False, later), (None, False, DAY + dt.timedelta(days=2)))
    )
    assert found == NotFinal(2, later)
    assert found.told() == {"rows": 2, "until": "2026-09-07"}


def test_what_nothing_delivers_cannot_change_and_no_rows_have_no_day() -> None:
    assert not_final(_rows(("missing: surveys", False, DAY))) == NotFinal(0, None)
    assert not_final(_rows()).told() == {"rows": 0, "until": None}
