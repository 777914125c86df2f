"""Every KPI on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from statistics import stdev
from typing import Any

import pytest

from kpis.catalogue import catalogue
from tests.kpis.frames.orders import order_cells
from tests.kpis.told import january, says, tell

HOUR = 3600
VISITS = [
    {"day": january(2), "visits": 1, "outcome_known": True, "converted": 1, "orders_known": True},
    {"day": january(3), "visits": 1, "outcome_known": True, "converted": 0, "orders_known": True},
    {"day": january(3), "visits": 6, "outcome_known": True, "converted": 2, "orders_known": True},
    {"day": january(4), "visits": 5, "outcome_known": False, "converted": 0, "orders_known": False},
    {"day": dt.date(2025, 2, 1), "visits": 100, "outcome_known": True, "orders_known": True},
]


def _paid(day: int, **columns: Any) -> dict[str, Any]:
    known = {"visits_known": True, "lines_known": True, "returns_known": True, "units": 1}
    return known | {"paid_day": january(day), "counted": True, "paid": True} | columns


ORDERS = [
    _paid(2, net_amount=Decimal("10.10"), units=3, customer_id="a"),
    _paid(3, net_amount=Decimal("20.20"), units=1, customer_id="b", returned_30d=True, units_returned_30d=1),
    _paid(3, net_amount=None, units=2, returned_30d=True, units_returned_30d=2, customer_id="a"),
    _paid(9, net_amount=Decimal("40.00"), units=0, visits_known=False, lines_known=False),
    _paid(9, net_amount=Decimal("60.00"), units=5, returns_known=False),
    {"paid_day": None, "net_amount": Decimal(999), "units": 9, "visits_known": True},
]


def test_visits() -> None:
    says(tell("visits", visit_facts=VISITS), 13, None, 13, 0)


def test_conversion_per_visit_leaves_out_visits_without_outcome() -> None:
    told = tell("conversion_per_visit", visit_facts=VISITS)
    says(told, 3, 8, 3 / 8, 5)
    assert told["coverage"] == pytest.approx(8 / 13)
    assert told["low"] == pytest.approx(0.1368, abs=1e-4)
    assert told["high"] == pytest.approx(0.6943, abs=1e-4)


def test_a_counted_door_may_have_more_receipts_than_visits() -> None:
    door = [
        {"day": january(5), "visits": 2, "outcome_known": True},
        {"day": january(5), "outcome_known": True, "converted": 3},
    ]
    told = tell("conversion_per_visit", visit_facts=door)
    says(told, 3, 2, 1.5, 0)
    assert (told["low"], told["high"]) == (None, None)


def test_orders_per_visit_dates_each_side_by_its_own_day() -> None:
    told = tell("orders_per_visit", visit_facts=VISITS, order_cells=order_cells(ORDERS))
    says(told, 4, 8, 0.5, 1)
    assert told["coverage"] == pytest.approx(4 / 5)


def test_value_per_visit() -> None:
    told = tell("value_per_visit", visit_facts=VISITS, order_cells=order_cells(ORDERS))
    says(told, 90.30, 8, 90.30 / 8, 2)
    assert told["coverage"] == pytest.approx(3 / 5)


def test_average_order_value_is_exact_and_leaves_out_orders_without_a_rate() -> None:
    told = tell("average_order_value", order_facts=ORDERS)
    says(told, 130.30, 4, 32.575, 1)
    assert told["numerator"] == 130.30
    error = stdev([10.10, 20.20, 40, 60]) / 4**0.5
    assert told["high"] - told["value"] == pytest.approx(1.959964 * error)


def test_units_per_order() -> None:
    says(tell("units_per_order", order_facts=ORDERS), 11, 4, 2.75, 1)


def test_on_time_delivery_counts_by_the_promised_day() -> None:
    due: dict[str, Any] = {"counted": True, "promised_day": january(10), "outcome_known": True}
    orders = [
        due | {"days_late": 0},
        due | {"days_late": -2},
        due | {"days_late": 1},
        due | {"outcome_known": False},
        due | {"days_late": 0, "promised_day": dt.date(2025, 2, 1)},
        due | {"days_late": 0, "counted": False},
        due | {"days_late": 0, "promised_day": None},
    ]
    told = tell("on_time_delivery", order_facts=orders)
    says(told, 2, 3, 2 / 3, 1)
    assert told["coverage"] == pytest.approx(3 / 4)


DELIVERIES = [
    _paid(5, delivery_seconds=hours * HOUR, shipped=True)
    for hours in (10, 20, 30, 40, 50, 60, 70, 80, 90, 200)
] + [_paid(6, undelivered=True), _paid(6)]


def test_delivery_hours() -> None:
    told = tell("delivery_hours", order_facts=DELIVERIES)
    says(told, 10, 10, 55, 1)
    assert (told["low"], told["high"]) == (20, 90)


def test_delivery_hours_mean() -> None:
    told = tell("delivery_hours_mean", order_facts=DELIVERIES)
    says(told, 650, 10, 65, 1)
    error = stdev([10, 20, 30, 40, 50, 60, 70, 80, 90, 200]) / 10**0.5
    assert told["value"] - told["low"] == pytest.approx(1.959964 * error)


def test_delivery_hours_p90() -> None:
    told = tell("delivery_hours_p90", order_facts=DELIVERIES)
    says(told, 10, 10, 90 + 0.1 * 110, 1)
    assert told["high"] is None


def test_return_rate_follows_each_order() -> None:
    says(tell("return_rate", order_facts=ORDERS), 2, 4, 0.5, 1)


def test_return_rate_by_event_counts_an_order_once_a_period() -> None:
    returns = [
        {"order_id": "x", "day": january(5), "previous_day": None, "units": 1, "lines_known": True},
        {"order_id": "x", "day": january(8), "previous_day": january(5), "units": 2, "lines_known": True},
        {
            "order_id": "y",
            "day": january(9),
            "previous_day": dt.date(2024, 12, 1),
            "units": 4,
            "lines_known": True,
        },
        {"order_id": "z", "day": dt.date(2025, 2, 9), "previous_day": None, "units": 8, "lines_known": True},
    ]
    told = tell("return_rate", basis="event", order_facts=ORDERS, return_days=returns)
    says(told, 2, 4, 0.5, 1)
    assert told["low"] is None
    told = tell("return_rate_units", basis="event", order_facts=ORDERS, return_days=returns)
    says(told, 7, 6, 7 / 6, 2)


def test_return_rate_units() -> None:
    told = tell("return_rate_units", order_facts=ORDERS)
    says(told, 3, 6, 0.5, 2)
    assert told["coverage"] == pytest.approx(3 / 5)
    assert (told["low"], told["high"]) == (0, 1), "three orders are too few to say anything"


REFUNDS = [
    *({"requested_day": january(4), "status": "settled", "refund_seconds": h * HOUR} for h in (1, 2, 6)),
    {"requested_day": january(4), "status": "pending"},
    {"requested_day": None, "refunded_day": january(6), "status": "settled"},
    {"requested_day": january(4), "status": "failed"},
    {"requested_day": dt.date(2025, 2, 4), "status": "settled", "refund_seconds": HOUR},
]


def test_refund_hours_leave_pending_and_undated_ones_beside() -> None:
    says(tell("refund_hours", refund_facts=REFUNDS), 3, 3, 2, 2)


def test_refund_hours_mean() -> None:
    says(tell("refund_hours_mean", refund_facts=REFUNDS), 9, 3, 3, 2)


def test_nps_is_promoters_less_detractors() -> None:
    scores = [10, 9, 9, 8, 7, 6, 0]
    surveys: list[dict[str, Any]] = [
        *({"answered_day": january(7), "kind": "nps", "score": float(score)} for score in scores),
        {"answered_day": january(7), "kind": "nps", "off_scale": True},
        {"answered_day": january(7), "kind": "csat", "score": 5.0},
        {"answered_day": None, "kind": "nps"},
    ]
    told = tell("nps", survey_facts=surveys)
    says(told, 1, 7, 100 / 7, 1)
    error = 100 * ((5 / 7 - 1 / 49) / 7) ** 0.5
    assert told["high"] == pytest.approx(100 / 7 + 1.959964 * error)


def test_unanimous_scores_stay_within_the_scale() -> None:
    surveys = [{"answered_day": january(7), "kind": "nps", "score": s} for s in (10.0, 10.0, 10.0, 8.0)]
    assert tell("nps", survey_facts=surveys)["high"] == 100


def test_identified_share() -> None:
    says(tell("identified_share", order_facts=ORDERS), 3, 5, 0.6, 0)


@pytest.mark.parametrize("name", catalogue())
def test_every_kpi_is_worked_out_by_hand(name: str) -> None:
    here = Path(__file__).parent
    cases = [*here.glob("test_known_*.py"), here / "test_articles.py"]
    assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in cases)
