"""What a result is compared with: exactly the figure of the other days, asked on its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from kpis.catalogue import catalogue
from kpis.evaluate import Query, evaluate
from kpis.periods import COMPARISONS, DAY, GRAINS, Comparison, Grain, Period
from kpis.shop import Shop
from tests.kpis.frames import FIRST, LAST, shop_of

CUT = Period(dt.date(2025, 1, 20), dt.date(2025, 5, 9))
KINDS = {kpi.kind: name for name, kpi in catalogue().items() if kpi.lag_days < 30}
LOOKS_BACK = next(name for name, kpi in catalogue().items() if kpi.lookback_days)
ENDING = ("visits", "average_order_value", "return_rate")
COMPARED = [name for name in COMPARISONS if name != "none"]


def _value(shop: Shop, kpi: str, period: Period) -> float | None:
    value: float | None = evaluate(shop, Query((kpi,), period.start, period.end))["value"].item()
    return value


@pytest.mark.parametrize("comparison", COMPARED)
@pytest.mark.parametrize("grain", [grain for grain in GRAINS if grain != "day"])
def test_previous_is_the_figure_of_those_days(shop: Shop, grain: Grain, comparison: Comparison) -> None:
    """Buckets at the edges are cut to the asked days, and so is what they are compared with."""
    kpis = (*KINDS.values(), LOOKS_BACK)
    rows = evaluate(shop, Query(kpis, CUT.start, CUT.end, (grain,), compare=comparison))
    compared = 0
    for row in rows.iter_rows(named=True):
        former = Period(row["from"], row["to"]).compared(comparison)
        assert former is not None
        reach = shop.reach(catalogue()[row["kpi"]])
        assert reach is not None
        if former.start < reach.start:
            assert row["previous"] is None
            continue
        expected = _value(shop, row["kpi"], former)
        assert row["previous"] == (None if expected is None else pytest.approx(expected)), row
        if row["value"] is not None and expected is not None:
            assert row["change"] == pytest.approx(row["value"] - expected)
            compared += 1
    assert compared > 3


def test_the_whole_period_can_be_compared_with_other_days(shop: Shop) -> None:
    asked = Period(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    other = Period(dt.date(2025, 2, 1), dt.date(2025, 2, 28))
    question = Query(tuple(KINDS.values()), asked.start, asked.end, compare="previous", against=other)
    for row in evaluate(shop, question).iter_rows(named=True):
        assert row["previous"] == _value(shop, row["kpi"], other)


def test_parts_of_the_period_are_compared_as_ever(shop: Shop) -> None:
    asked = Period(dt.date(2025, 3, 1), dt.date(2025, 4, 30))
    plain = Query(("visits",), asked.start, asked.end, ("month",), compare="previous")
    other = replace(plain, against=Period(FIRST, FIRST + DAY))
    assert evaluate(shop, other).equals(evaluate(shop, plain))


@pytest.mark.parametrize("comparison", COMPARED)
def test_a_running_period_is_compared_with_as_many_days_as_have_passed(
    shop: Shop, comparison: Comparison
) -> None:
    """The data end on the last day; of the asked days eleven lie before it, and ten after."""
    asked = Period(LAST - 10 * DAY, LAST + 10 * DAY)
    former = asked.compared(comparison)
    assert former is not None
    passed = Period(former.start, former.start + 10 * DAY)
    for row in evaluate(shop, Query(ENDING, asked.start, asked.end, compare=comparison)).iter_rows(
        named=True
    ):
        assert (row["from"], row["to"], row["final"]) == (asked.start, asked.end, False)
        expected = _value(shop, row["kpi"], passed)
        assert row["previous"] == (None if expected is None else pytest.approx(expected)), row


def test_days_that_have_not_come_are_compared_with_nothing(shop: Shop) -> None:
    months = evaluate(shop, Query(("visits",), LAST, LAST + 40 * DAY, ("month",), compare="previous"))
    told = [row["previous"] is None for row in months.iter_rows(named=True)]
    assert told == [False] + [True] * (months.height - 1)
    assert months.height > 1


def test_a_slice_that_only_the_earlier_days_have_is_told() -> None:
    """In December 2024 a shop sold twice for 40 on average; in January 2025 it was closed."""
    december, january = dt.date(2024, 12, 31), dt.date(2025, 1, 1)
    sold = {"counted": True, "paid": True}
    orders = [
        sold | {"channel": "web", "paid_day": january, "net_amount": Decimal(10)},
        *(
            sold | {"channel": "store", "paid_day": december, "net_amount": Decimal(amount)}
            for amount in (30, 50)
        ),
    ]
    asked = Query(("average_order_value",), january, january, ("channel",), compare="previous")
    web, store = sorted(
        evaluate(shop_of(order_facts=orders), asked).iter_rows(named=True),
        key=lambda row: row["channel"],
        reverse=True,
    )
    columns = ("numerator", "denominator", "value", "excluded", "previous", "change", "status")
    assert [web[name] for name in columns] == [10, 1, 10, 0, None, None, "none"]
    assert [store[name] for name in columns] == [0, 0, None, 0, 40, None, "none"]
    assert (store["from"], store["to"], store["final"]) == (january, january, True)


def test_a_count_of_a_slice_that_is_gone_has_no_denominator() -> None:
    visits = [{"day": dt.date(2024, 12, 31), "channel": "web", "visits": 7}]
    asked = Query(("visits",), dt.date(2025, 1, 1), dt.date(2025, 1, 1), ("channel",), compare="previous")
    (row,) = evaluate(shop_of(visit_facts=visits), asked).iter_rows(named=True)
    columns = ("channel", "numerator", "denominator", "value", "previous")
    assert [row[name] for name in columns] == ["web", 0, None, None, 7]
