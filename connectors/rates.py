"""Exchange rates into the reporting currency, from `[rates]` or from rates.csv beside it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from connectors.errors import SettingsError
from connectors.text import Text
from connectors.toml_section import Section

COLUMNS = ("day", "currency", "rate")
YEARS = range(1990, 2200)
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in the reporting currency.

    Attributes:
        day: first day on which it holds; null where it holds whenever no dated rate does.
        currency: ISO 4217 code of the foreign currency.
        rate: reporting currency per unit of `currency`.
    """

    day: dt.date | None
    currency: str
    rate: Decimal


def undated_rates(section: Section) -> tuple[Rate, ...]:
    """The rates of `[rates]`, which name no day."""
    rates = []
    for currency in section.names:
        if not CURRENCY.fullmatch(currency):
            raise section.error(
                f"'{currency}' must be a currency's three capital letters, such as USD.",
                f"“{currency}”应为三个大写字母的币种代码，例如 USD。",
            )
        rate = section.number(currency, Decimal(0))
        if rate <= 0:
            raise section.error(f"'{currency}' must be above 0.", f"“{currency}”必须大于 0。")
        rates.append(Rate(None, currency, rate))
    return tuple(rates)


def read_rates(path: Path) -> tuple[Rate, ...]:
    """The daily rates of rates.csv (day, currency, rate); none where there is no such file.

    Raises:
        SettingsError: the file cannot be read as such; names the line.
    """
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = [[cell.strip() for cell in line] for line in csv.reader(file)] or [[]]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SettingsError(
            Text(
                f"{path.name} cannot be read as a CSV file in UTF-8.",
                f"无法把 {path.name} 作为 UTF-8 的 CSV 文件读取。",
            )
        ) from None
    if sorted(header) != sorted(COLUMNS):
        given = ", ".join(header) or "-"
        raise SettingsError(
            Text(
                f"{path.name} must have the columns day, currency, rate; it has: {given}.",
                f"{path.name} 的列应为 day、currency、rate；现有：{given}。",
            )
        )
    rates = [
        _rate_of(path.name, number, dict(zip(header, line, strict=False)))
        for number, line in enumerate(lines, 2)
        if any(line)
    ]
    _refuse_repeated(path.name, rates)
    return tuple(sorted(rates, key=lambda rate: (rate.currency, rate.day or dt.date.min)))


def _rate_of(file: str, line: int, cells: dict[str, str]) -> Rate:
    try:
        day = dt.date.fromisoformat(cells["day"])
        currency = cells["currency"]
        rate = Decimal(cells["rate"])
    except (KeyError, ValueError, InvalidOperation):
        day, currency, rate = dt.date.min, "", Decimal(0)
    if not (CURRENCY.fullmatch(currency) and rate.is_finite() and rate > 0 and day.year in YEARS):
        raise SettingsError(
            Text(
                f"{file}, line {line}: a line is a day of {YEARS[0]} to {YEARS[-1]}, a currency and a rate "
                "above 0: 2026-01-31,USD,7.1",
                f"{file} 第 {line} 行：每行应为日期（{YEARS[0]} 至 {YEARS[-1]} 年）、币种和大于 0 的汇率："
                "2026-01-31,USD,7.1",
            )
        )
    return Rate(day, currency, rate)


def _refuse_repeated(file: str, rates: Sequence[Rate]) -> None:
    seen = set()
    for rate in rates:
        if (rate.day, rate.currency) in seen:
            raise SettingsError(
                Text(
                    f"{file} has two rates for {rate.currency} on {rate.day}; keep one.",
                    f"{file} 中 {rate.currency} 在 {rate.day} 有两个汇率；请只保留一个。",
                )
            )
        seen.add((rate.day, rate.currency))
