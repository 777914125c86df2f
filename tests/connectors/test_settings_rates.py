"""Exchange rates from rates.csv."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from connectors.errors import SettingsError
from connectors.rates import Rate, read_rates
from connectors.settings import load_settings


def rates(folder: Path, content: str | bytes) -> tuple[Rate, ...]:
    path = folder / "rates.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_rates(path)


def test_daily_rates_are_read_exactly_and_in_order(tmp_path: Path) -> None:
    content = (
        "\ufeffday, currency,rate\r\n2026-01-02,USD,7.15\r\n\r\n2026-01-01,USD,7.1\r\n2026-01-01,EUR,8\r\n"
    )
    assert rates(tmp_path, content) == (
        Rate(dt.date(2026, 1, 1), "EUR", Decimal(8)),
        Rate(dt.date(2026, 1, 1), "USD", Decimal("7.1")),
        Rate(dt.date(2026, 1, 2), "USD", Decimal("7.15")),
    )


def test_daily_rates_stand_beside_undated_ones(tmp_path: Path) -> None:
    rates(tmp_path, "day,currency,rate\n2026-01-01,USD,7.2\n")
    (tmp_path / "business.toml").write_text("[rates]\nUSD = 7.1\n")
    assert load_settings(tmp_path, tmp_path).business.rates == (
        Rate(None, "USD", Decimal("7.1")),
        Rate(dt.date(2026, 1, 1), "USD", Decimal("7.2")),
    )


def test_no_file_is_no_rate(tmp_path: Path) -> None:
    assert read_rates(tmp_path / "rates.csv") == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("day,currency,value\n", "must have the columns day, currency, rate; it has: day, currency, value."),
        ("", "must have the columns day, currency, rate; it has: -."),
        ("day,currency,rate\n2026-01-01,USD,7\n01.02.2026,USD,7\n", "rates.csv, line 3: a line is a day"),
        ("day,currency,rate\n2026-01-01,USD,-7\n", "rates.csv, line 2"),
        ("day,currency,rate\n2026-01-01,USD,nan\n", "rates.csv, line 2"),
        ("day,currency,rate\n2026-01-01,usd,7\n", "rates.csv, line 2"),
        ("day,currency,rate\n0026-01-01,USD,7\n", "rates.csv, line 2: a line is a day of 1990 to 2199"),
        ("day,currency,rate\n9999-12-31,USD,7\n", "rates.csv, line 2"),
        ("day,currency,rate\n2026-01-01,USD\n", "rates.csv, line 2"),
        ("day,currency,rate\n2026-01-01,USD,7\n2026-01-01,USD,8\n", "two rates for USD on 2026-01-01"),
        ("day,currency,rate\n".encode("utf-16"), "cannot be read as a CSV file in UTF-8"),
    ],
)
def test_a_wrong_file_is_refused_by_line(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        rates(tmp_path, content)
    assert words in str(caught.value)
