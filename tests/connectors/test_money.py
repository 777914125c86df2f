"""Conversion: the last rate known on the day, exact products, and sums that convert like their rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.columns import MONEY
from connectors.money import CURRENCY, DAY, converted, daily
from connectors.rates import Rate

FRIDAY = dt.date(2026, 1, 2)
HALF = Decimal("0.00005")
Row = tuple[str | None, dt.date | None, Decimal | None]


def day(number: int) -> dt.date:
    return FRIDAY + dt.timedelta(days=number)


def convert(rows: list[Row], rates: list[Rate]) -> list[Decimal | None]:
    frame = pl.DataFrame(
        rows, schema={CURRENCY: pl.String, DAY: pl.Date, "amount": pl.Decimal(*MONEY)}, orient="row"
    )
    done = converted(frame.lazy(), ["amount"], daily(rates), "CNY").collect()
    assert done["amount_native"].to_list() == frame["amount"].to_list()
    assert done.columns == ["amount", "amount_native"]
    amounts: list[Decimal | None] = done["amount"].to_list()
    return amounts


def test_a_weekend_has_the_rate_of_the_friday_before_and_never_the_mondays() -> None:
    rates = [Rate(FRIDAY, "USD", Decimal(7)), Rate(day(3), "USD", Decimal(8))]
    ten = Decimal(10)
    rows = [("USD", day(number), ten) for number in (-1, 0, 1, 2, 3, 400)]
    assert convert(rows, rates) == [None, 70, 70, 70, 80, 80]


def test_before_the_first_dated_rate_the_undated_one_holds_and_a_dated_one_beats_it_from_then_on() -> None:
    rates = [Rate(None, "USD", Decimal(6)), Rate(FRIDAY, "USD", Decimal(7))]
    rows = [("USD", day(number), Decimal(1)) for number in (-5000, -1, 0, 5000)]
    assert convert(rows, rates) == [6, 6, 7, 7]


def test_an_undated_rate_alone_holds_on_every_day() -> None:
    rows = [("USD", when, Decimal(1)) for when in (dt.date(1990, 1, 1), FRIDAY, dt.date(2199, 1, 1))]
    assert convert(rows, [Rate(None, "USD", Decimal(6))]) == [6, 6, 6]


def test_each_currency_has_its_own_days() -> None:
    rates = [Rate(FRIDAY, "USD", Decimal(7)), Rate(day(10), "EUR", Decimal(8)), Rate(None, "GBP", Decimal(9))]
    rows = [(currency, day(5), Decimal(1)) for currency in ("USD", "EUR", "GBP", "JPY", None)]
    assert convert(rows, rates) == [7, None, 9, None, None]


def test_the_reporting_currency_stays_as_it_is_whatever_the_rates_say() -> None:
    assert convert([("CNY", FRIDAY, Decimal("1.2345"))], [Rate(FRIDAY, "CNY", Decimal(3))]) == [
        Decimal("1.2345")
    ]
    assert convert([("CNY", None, Decimal(1))], []) == [1]


def test_products_are_exact_and_rounded_once() -> None:
    rate = [Rate(FRIDAY, "USD", Decimal("7.123456789012"))]
    amounts = [Decimal("10.005"), Decimal("99999999999.9999"), Decimal("0.0001"), Decimal(0), None]
    assert convert([("USD", FRIDAY, amount) for amount in amounts], rate) == [
        Decimal("71.2702"),
        Decimal("712345678901.1993"),
        Decimal("0.0007"),
        0,
        None,
    ]


def test_an_amount_too_large_for_the_column_is_without_a_value_and_stops_nothing() -> None:
    rows = [("IRR", FRIDAY, Decimal("99999999999999.9999")), ("IRR", FRIDAY, Decimal(1))]
    assert convert(rows, [Rate(FRIDAY, "IRR", Decimal(1000))]) == [None, 1000]


amounts = st.decimals(0, 10**9, places=4)
rates = st.lists(
    st.builds(
        Rate,
        st.none() | st.integers(-5, 5).map(day),
        st.sampled_from(["USD", "EUR"]),
        st.decimals(Decimal("0.0001"), 10_000, places=6),
    ),
    max_size=8,
    unique_by=lambda rate: (rate.day, rate.currency),
)
currencies = st.sampled_from(["CNY", "USD", "EUR", "JPY"])
rows = st.lists(st.tuples(currencies, st.integers(-8, 8).map(day), amounts), min_size=1, max_size=20)


@settings(max_examples=50, deadline=None)
@given(rows, rates)
def test_a_sum_converts_like_the_sum_of_its_rows_per_day_and_currency(
    rows: list[Row], rates: list[Rate]
) -> None:
    done = convert(rows, rates)
    for currency, when in {(row[0], row[1]) for row in rows}:
        mine = [place for place, row in enumerate(rows) if row[:2] == (currency, when)]
        (whole,) = convert(
            [(currency, when, sum((rows[place][2] or Decimal(0) for place in mine), Decimal(0)))], rates
        )
        parts = [done[place] for place in mine]
        assert (whole is None) == all(part is None for part in parts) == any(part is None for part in parts)
        if whole is not None:
            assert abs(whole - sum(part or Decimal(0) for part in parts)) <= HALF * (len(parts) + 1)


@settings(max_examples=50, deadline=None)
@given(rows, rates)
def test_a_rate_is_never_that_of_a_later_day(rows: list[Row], rates: list[Rate]) -> None:
    for currency, when, amount in rows:
        before = [
            rate
            for rate in rates
            if rate.currency == currency and (rate.day is None or (when and rate.day <= when))
        ]
        (done,) = convert([(currency, when, amount)], rates)
        assert done == convert([(currency, when, amount)], before)[0]
        assert (done is None) == (currency != "CNY" and not before)
