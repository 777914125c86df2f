"""Reading values: times with and without zones, flags, numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.parse import clean, parsed

MOMENT = pl.Datetime("us", "UTC")


def read(values: list[Any], wanted: pl.DataType, zone: str = "UTC", dtype: Any = None) -> list[Any]:
    frame = clean(pl.DataFrame({"value": pl.Series(values, dtype=dtype)}))
    return frame.select(parsed("value", frame.schema["value"], wanted, zone)[0]).to_series().to_list()


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01", utc(2026, 2, 28, 16)),
        ("2026-03-01 08:30", utc(2026, 3, 1, 0, 30)),
        ("2026-03-01T08:30:15", utc(2026, 3, 1, 0, 30, 15)),
        ("2026-03-01T08:30:15.123456", utc(2026, 3, 1, 0, 30, 15, 123456)),
        ("2026-03-01T08:30:15Z", utc(2026, 3, 1, 8, 30, 15)),
        ("2026-03-01 08:30:15+05:30", utc(2026, 3, 1, 3, 0, 15)),
        ("2026-03-01 08:30:15 -0500", utc(2026, 3, 1, 13, 30, 15)),
        ("2026-03-01 08:30+08", utc(2026, 3, 1, 0, 30)),
        ("  2026-03-01 08:30  ", utc(2026, 3, 1, 0, 30)),
        ("01.03.2026", None),
        ("2026-13-01", None),
        ("2026-03-01 25:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_read_in_the_zone_of_the_connection(written: str, moment: dt.datetime | None) -> None:
    assert read([written], MOMENT, "Asia/Shanghai") == [moment]


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_was_moves_on() -> None:
    assert read(["2026-10-25 02:30", "2026-03-29 02:30"], MOMENT, "Europe/Berlin") == [
        utc(2026, 10, 25, 0, 30),
        utc(2026, 3, 29, 1, 30),
    ]


@pytest.mark.parametrize("odd", ["2026-1-5 08:00", "2026-13-01", "08:00", "2026-03-01T08:30:15+08:00"])
@pytest.mark.parametrize("form", ["2026-03-01", "2026-03-01 08:30:15", "2026-03-01T08:30:15Z"])
def test_a_column_of_one_form_is_read_like_each_of_its_values(form: str, odd: str) -> None:
    alone = read([form], MOMENT, "Asia/Shanghai") + read([odd], MOMENT, "Asia/Shanghai")
    assert alone[0] is not None
    assert read([form, form, None], MOMENT, "Asia/Shanghai") == [alone[0], alone[0], None]
    assert read([form, odd], MOMENT, "Asia/Shanghai") == alone


def test_native_times_and_days_are_read_like_written_ones() -> None:
    assert read([dt.date(2026, 3, 1)], MOMENT, "Asia/Shanghai") == [utc(2026, 2, 28, 16)]
    assert read([dt.datetime(2026, 3, 1, 8)], MOMENT, "Asia/Shanghai") == [utc(2026, 3, 1)]  # noqa: DTZ001
    assert read([utc(2026, 3, 1)], MOMENT, "Asia/Shanghai") == [utc(2026, 3, 1)]


@given(st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001
def test_what_is_written_in_iso_is_read_again(moment: dt.datetime) -> None:
    assert read([moment.isoformat()], MOMENT, "Asia/Shanghai") == [moment]


def test_flags_know_three_ways_to_say_yes() -> None:
    assert read(["TRUE", "yes", "1", "False", "no", "0", "maybe", None], pl.Boolean()) == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip
    assert read([1, 0], pl.Boolean()) == [True, False]


def test_money_is_read_exactly_to_four_decimals() -> None:
    assert read(["0.1", "12.34567", "1e3", "1,000", "x"], pl.Decimal(18, 4)) == [
        Decimal("0.1"), Decimal("12.3457"), Decimal(1000), None, None,
    ]  # fmt: skip


@given(st.decimals(0, 10**9, places=4))
def test_a_written_amount_is_never_rounded(amount: Decimal) -> None:
    assert read([str(amount)], pl.Decimal(18, 4)) == [amount]


def test_whole_numbers_are_not_rounded_from_fractions() -> None:
    assert read(["3", "3.0", "3.5", "three"], pl.Int64()) == [3, 3, None, None]


def test_numbers_as_ids_lose_their_decimal_point() -> None:
    assert read([1001.0, 2.5], pl.String()) == ["1001", "2.5"]


def test_what_is_no_number_is_no_number() -> None:
    assert read([float("nan"), float("inf"), 1.5], pl.Float64()) == [None, None, 1.5]
