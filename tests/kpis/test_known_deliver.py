"""Fulfil and deliver on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.kpis.told import january, says, tell

FEBRUARY = dt.date(2025, 2, 1)
PARCEL: dict[str, Any] = {"counted": True, "kind": "parcel", "shipped_day": january(5)}
PICKUP: dict[str, Any] = {"counted": True, "kind": "pickup", "ready_day": january(5)}


def test_scanned_in_48h_leaves_out_carriers_that_never_report() -> None:
    due = PARCEL | {"scan_due_day": january(7)}
    parcels = [
        *(due | {"scanned_48h": told} for told in (True, True, True, False, None)),
        due | {"scanned_48h": False, "counted": False},
        due | {"scanned_48h": False, "scan_due_day": None},
        due | {"scanned_48h": False, "scan_due_day": FEBRUARY},
    ]
    told = tell("scanned_in_48h", parcel_facts=parcels)
    says(told, 3, 4, 0.75, 1)
    assert told["coverage"] == 0.8


def test_without_any_scan_scanned_in_48h_names_what_is_missing() -> None:
    parcels = [PARCEL | {"scan_due_day": january(7), "scanned_48h": None}]
    told = tell("scanned_in_48h", parcel_facts=parcels)
    assert (told["value"], told["status"]) == (None, "missing: shipments.first_scan_at")


def test_late_shipment_rate_is_dated_by_the_promise() -> None:
    order: dict[str, Any] = {"counted": True, "promised_ship_day": january(5)}
    orders = [
        *(order | {"shipped_late": late} for late in (True, False, False, False, None)),
        order | {"shipped_late": True, "counted": False},
        order | {"shipped_late": True, "promised_ship_day": None},
        order | {"shipped_late": True, "promised_ship_day": FEBRUARY},
    ]
    says(tell("late_shipment_rate", order_facts=orders), 1, 4, 0.25, 1)


def test_seller_cancel_rate_counts_cancelled_orders_on_both_sides() -> None:
    kept = {"sold": True, "sold_day": january(5), "paid": True, "seller_cancelled": False}
    orders = [
        *[kept] * 7,
        kept | {"paid": False, "seller_cancelled": True},
        kept | {"paid": False, "seller_cancelled": None},
        {"sold": False, "sold_day": None, "seller_cancelled": True},
    ]
    says(tell("seller_cancel_rate", order_facts=orders), 1, 8, 0.125, 1)


def test_valid_tracking_rate() -> None:
    parcels = [
        *(PARCEL | {"scanned": scanned} for scanned in (True, True, True, False, None)),
        PICKUP | {"scanned": False, "shipped_day": january(5)},
        PARCEL | {"scanned": False, "shipped_day": None},
    ]
    says(tell("valid_tracking_rate", parcel_facts=parcels), 3, 4, 0.75, 1)


def test_exception_rate() -> None:
    parcels = [PARCEL | {"exception": had} for had in (True, False, False, False, False, None)]
    says(tell("exception_rate", parcel_facts=parcels), 1, 5, 0.2, 1)


def test_damage_rate_is_of_parcels_that_are_known_to_have_arrived() -> None:
    parcels = [
        PARCEL | {"delivered": True, "damaged": True},
        *[PARCEL | {"delivered": True, "damaged": False}] * 3,
        PARCEL | {"delivered": True, "damaged": None},
        PARCEL | {"delivered": None, "damaged": True},
        PARCEL | {"delivered": False, "damaged": False},
    ]
    says(tell("damage_rate", parcel_facts=parcels), 1, 4, 0.25, 2)


def test_pickup_ready_minutes_is_the_median() -> None:
    pickups = [PICKUP | {"ready_seconds": 60 * minutes} for minutes in (10, 20, 90)]
    unready = PICKUP | {"ready_day": None, "collected_day": january(6)}
    says(tell("pickup_ready_minutes", parcel_facts=[*pickups, unready, PARCEL]), 3, 3, 20, 1)


def test_pickup_success() -> None:
    pickups = [PICKUP | {"collected_in_time": told} for told in (True, True, True, False, None)]
    says(tell("pickup_success", parcel_facts=pickups), 3, 4, 0.75, 1)


def _delivered(days: int | None, **columns: Any) -> dict[str, Any]:
    seconds = None if days is None else days * 86400
    order = {"counted": True, "paid": True, "paid_day": january(5), "undelivered": days is None}
    return order | {"delivery_seconds": seconds, "days_to_deliver": days} | columns


def test_next_day_share_counts_calendar_days() -> None:
    orders = [_delivered(0), _delivered(1), _delivered(2), _delivered(9), _delivered(None)]
    says(tell("next_day_share", order_facts=orders), 2, 4, 0.5, 1)


def test_early_share_is_of_orders_that_arrived() -> None:
    known = {"promised_day": january(8), "outcome_known": True}
    orders = [
        *(_delivered(2, days_late=late, **known) for late in (-2, -1, 0, 1)),
        _delivered(None, days_late=3, **known),
        _delivered(2, **known | {"outcome_known": False}),
        _delivered(2, outcome_known=False),
    ]
    says(tell("early_share", order_facts=orders), 2, 4, 0.5, 1)


def test_split_rate_is_of_orders_that_left_in_parcels() -> None:
    orders = [_delivered(2, parcels=parcels) for parcels in (0, 1, 1, 1, 2, 3)]
    says(tell("split_rate", order_facts=[*orders, _delivered(2, parcels=2, paid=False)]), 2, 5, 0.4, 0)


PERFECT = _delivered(
    2,
    promised_day=january(8),
    promised_15d=True,
    outcome_known=True,
    days_late=0,
    in_full=True,
    damaged=False,
    complaint_15d=False,
    quality_returned_15d=False,
)
FAULTS: list[dict[str, Any]] = [
    {"days_late": 1},
    {"days_late": 12, "delivery_seconds": None},
    {"in_full": False},
    {"damaged": True},
    {"complaint_15d": True},
    {"quality_returned_15d": True},
]
UNKNOWN = ["in_full", "damaged", "complaint_15d", "quality_returned_15d"]


def test_an_order_is_perfect_or_not() -> None:
    orders = [
        *[PERFECT] * 4,
        *(PERFECT | fault for fault in FAULTS),
        PERFECT | {"days_late": 1, "damaged": True, "complaint_15d": True},
        *(PERFECT | {name: None} for name in UNKNOWN),
        PERFECT | {"outcome_known": False, "days_late": None},
        PERFECT | {"promised_15d": False},
        PERFECT | {"promised_day": None},
        PERFECT | {"paid": False},
    ]
    told = tell("perfect_order_rate", order_facts=orders)
    says(told, 4, 11, 4 / 11, 6)
    assert told["coverage"] == pytest.approx(11 / 17)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_one_fault_is_enough(fault: dict[str, Any]) -> None:
    says(tell("perfect_order_rate", order_facts=[PERFECT | fault]), 0, 1, 0, 0)


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_order_of_which_a_part_is_not_known_is_left_out_even_if_another_failed(name: str) -> None:
    told = tell("perfect_order_rate", order_facts=[PERFECT | {"days_late": 1, name: None}])
    assert (told["value"], told["denominator"], told["excluded"]) == (None, 0, 1)
