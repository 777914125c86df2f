"""Values of a database driver become columns with nothing rounded and nothing guessed."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import SourceError
from connectors.sql_values import exact_series

BERLIN = dt.timezone(dt.timedelta(hours=2))
ZONED = dt.datetime(2026, 11, 20, 1, tzinfo=BERLIN)
NAIVE = ZONED.replace(tzinfo=None)
YES, NO = bool(1), bool(0)


def series(*values: object) -> pl.Series:
    return exact_series("column", values, pl.String(), "shop: orders")


def test_decimals_beyond_the_first_rows_are_not_rounded() -> None:
    values = [Decimal("1.5")] * 200 + [Decimal("1.255")] * 100
    column = series(*values).cast(pl.Decimal(18, 4))
    assert column.sum() == Decimal("425.5")


@given(
    st.lists(
        st.none()
        | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**13), max_value=10**13),
        min_size=1,
    )
)
def test_a_decimal_reads_back_as_itself(values: list[Decimal | None]) -> None:
    texts = series(*values).cast(pl.String).to_list()
    assert [None if text is None else Decimal(text) for text in texts] == values


@given(st.lists(st.none() | st.integers(-(2**80), 2**80), min_size=1))
def test_a_whole_number_reads_back_as_itself_however_large(values: list[int | None]) -> None:
    read = series(*values).to_list()
    assert [None if value is None else int(value) for value in read] == values


def test_powers_of_ten_are_written_out() -> None:
    assert series(Decimal("1E+3"), Decimal("1E-4")).to_list() == ["1000", "0.0001"]


def test_values_of_one_kind_keep_it() -> None:
    day = dt.date(2026, 11, 20)
    assert series(1, None).dtype == pl.Int64
    assert series(1.5, None).dtype == pl.Float64
    assert series(YES, None).dtype == pl.Boolean
    assert series(day, None).to_list() == [day, None]
    assert series("龙井", None).to_list() == ["龙井", None]


def test_flags_among_texts_are_words() -> None:
    assert series(YES, NO, "yes", None).to_list() == ["true", "false", "yes", None]


def test_no_value_at_all_has_the_given_type() -> None:
    empty = exact_series("paid_at", (None, None), pl.Datetime("us", "UTC"), "shop: orders")
    assert empty.dtype == pl.Datetime("us", "UTC")
    assert exact_series("paid_at", (), pl.Date(), "shop: orders").dtype == pl.Date


def test_times_with_a_zone_are_the_same_moment_in_utc() -> None:
    column = series(ZONED, NAIVE.replace(tzinfo=dt.UTC))
    assert column.dtype == pl.Datetime("us", "UTC")
    assert [value.hour for value in column] == [23, 1]


def test_times_without_a_zone_stay_without() -> None:
    assert series(NAIVE).dtype == pl.Datetime("us")


def test_times_of_which_only_some_have_a_zone_come_as_text_that_tells_them_apart() -> None:
    column = series(NAIVE, ZONED)
    assert column.to_list() == ["2026-11-20T01:00:00", "2026-11-20T01:00:00+02:00"]


def test_a_day_among_times_keeps_both() -> None:
    column = series(NAIVE.date(), NAIVE)
    assert column.to_list() == ["2026-11-20", "2026-11-20T01:00:00"]


def test_identifiers_and_bytes_are_text() -> None:
    identifier = uuid.UUID(int=5)
    assert series(identifier, None).to_list() == [str(identifier), None]
    assert series(b"\x01\xff", memoryview(b"\x02")).to_list() == ["01ff", "02"]


@pytest.mark.parametrize("value", [{"en_US": "Tea"}, ["a"], ("a",)])
def test_a_compound_value_is_refused_with_its_column(value: object) -> None:
    with pytest.raises(SourceError, match="shop: orders: column 'column' holds a") as caught:
        series("a", value)
    assert "“column”" in caught.value.text.zh
