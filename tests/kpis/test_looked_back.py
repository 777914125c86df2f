"""Figures of other days than their rows say: one line tells which."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from kpis.evaluate import Query, evaluate
from kpis.looked_back import looked_back
from kpis.profiles import asked_kpi, kpis_of, platforms
from kpis.shop import Shop
from tests.kpis.typed import Typed

MONTH = ("2025-03-01", "2025-03-31")
APRIL = ("2025-04-01", "2025-04-30")
NOTE = "not of the days that from and to say: {}."


def _rows(kpi: str, *periods: tuple[str, str]) -> pl.DataFrame:
    days = [(kpi, dt.date.fromisoformat(start), dt.date.fromisoformat(end), 0.5) for start, end in periods]
    return pl.DataFrame(days, schema=["kpi", "from", "to", "value"], orient="row")


@pytest.mark.parametrize(
    ("kpi", "profile", "periods", "told"),
    [
        ("visits", None, [MONTH], None),
        ("cross_channel_share", None, [MONTH], "2024-04-01 to 2025-03-31"),
        ("price_parity", None, [MONTH], "2025-03-31"),
        ("price_parity", None, [("2025-03-31", "2025-03-31")], None),
        ("price_parity", None, [MONTH, APRIL], "1 day to each to"),
        ("quality_return_rate", "douyin", [MONTH], "2025-03-02 to 2025-03-31"),
        ("reply_seconds_mean", "jd", [MONTH], "2025-02-24 to 2025-03-25"),
        ("reply_seconds_mean", "jd", [MONTH, APRIL], "30 days to 6 days before each to"),
    ],
)
def test_days_that_no_row_names_are_told(
    shop: Shop, kpi: str, profile: str | None, periods: list[tuple[str, str]], told: str | None
) -> None:
    notes = looked_back(shop, [asked_kpi(kpi, "cohort", profile)], _rows(kpi, *periods))
    assert [note.en for note in notes] == ([NOTE.format(f"{kpi}: {told}")] if told else [])


@pytest.mark.parametrize("profile", platforms())
def test_every_figure_of_a_platforms_own_days_is_named(shop: Shop, profile: str) -> None:
    kpis = [asked_kpi(name, "cohort", profile) for name in kpis_of(profile)]
    rows = evaluate(shop, Query(tuple(kpi.id for kpi in kpis), profile=profile))
    counted = set(rows.filter(pl.col("value").is_not_null())["kpi"])
    notes = " ".join(note.en for note in looked_back(shop, kpis, rows))
    assert all((kpi.id in notes) == (kpi.id in counted) for kpi in kpis if kpi.lookback_days is not None)


def test_the_command_line_says_it_in_one_line(typed: Typed) -> None:
    out, err = typed("table", "--kpi", "cross_channel_share,average_order_value")
    assert "cross_channel_share,2026-01-01,2026-01-20" in out
    assert NOTE.format("cross_channel_share: 2025-01-21 to 2026-01-20") in err.splitlines()
