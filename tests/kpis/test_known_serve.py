"""Customer service on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.kpis.told import january, says, tell

FEBRUARY = dt.date(2025, 2, 1)
HOUR = 3600


def asked(day: int, seconds: int | None = None, **columns: Any) -> dict[str, Any]:
    known = {"in_service_hours": True, "replies_known": True, "solving_known": True}
    return known | {"asked_day": january(day), "reply_seconds": seconds} | columns


CONVERSATIONS = [
    asked(2, 20),
    asked(2, 180),
    asked(3, 181),
    asked(3),
    asked(4, 9 * HOUR, in_service_hours=False),
    asked(4, replies_known=False),
    asked(4, in_service_hours=False, replies_known=False),
    asked(2, 1) | {"asked_day": FEBRUARY},
]


def test_replies_are_in_time_up_to_180_seconds_and_nobody_replied_is_not() -> None:
    told = tell("reply_in_3_minutes", conversation_facts=CONVERSATIONS)
    says(told, 2, 4, 0.5, 1)
    assert told["coverage"] == pytest.approx(4 / 5)


def test_where_replies_are_not_delivered_the_column_is_named() -> None:
    told = tell("reply_in_3_minutes", conversation_facts=[asked(4, replies_known=False)])
    assert (told["value"], told["status"]) == (None, "missing: conversations.first_human_reply_at")


def test_reply_seconds_leave_the_unanswered_beside() -> None:
    says(tell("reply_seconds", conversation_facts=CONVERSATIONS), 4, 4, 180.5, 3)


def test_reply_seconds_are_told_to_the_second() -> None:
    rows = [asked(day, seconds) for day, seconds in enumerate((41, 7, 58, 44, 59), start=1)]
    says(tell("reply_seconds", conversation_facts=rows), 5, 5, 44, 0)


def test_reply_seconds_mean() -> None:
    seconds = 20 + 180 + 181 + 9 * HOUR
    says(tell("reply_seconds_mean", conversation_facts=CONVERSATIONS), seconds, 4, seconds / 4, 3)


SOLVED = [
    asked(5, resolution_seconds=HOUR),
    asked(5, resolution_seconds=2 * HOUR, reopened=True),
    asked(6, resolution_seconds=10 * HOUR, solving_known=False),
    asked(6),
    asked(6),
]


def test_resolution_hours_leave_what_is_open_beside() -> None:
    says(tell("resolution_hours", conversation_facts=SOLVED), 3, 3, 2, 2)


def test_first_contact_resolution_counts_what_stays_open_as_not_solved() -> None:
    says(tell("first_contact_resolution", conversation_facts=SOLVED), 1, 4, 0.25, 1)


def test_dissatisfied_share_is_of_the_rated() -> None:
    rows = [asked(7, rating=rating) for rating in (1.0, 2.0, 3.0, 5.0, 5.0, None, None)]
    says(tell("dissatisfied_share", conversation_facts=rows), 2, 5, 0.4, 0)


def paid(**columns: Any) -> dict[str, Any]:
    return {"paid_day": january(9), "counted": True, "paid": True} | columns


def test_complaint_rate_leaves_out_orders_nobody_tells_of() -> None:
    orders = [
        paid(complaint_30d=True),
        *[paid(complaint_30d=False)] * 3,
        paid(complaint_30d=None),
        paid(complaint_30d=True, paid=False, paid_day=None),
        paid(complaint_30d=True, paid_day=FEBRUARY),
    ]
    told = tell("complaint_rate", order_facts=orders)
    says(told, 1, 4, 0.25, 1)
    assert told["coverage"] == pytest.approx(4 / 5)


def _case(kind: str, **columns: Any) -> dict[str, Any]:
    return {"opened_day": january(9), "kind": kind, "linked": False} | columns


@pytest.mark.parametrize(
    ("kpi", "flag", "left_out"),
    [
        ("complaint_rate", "complaint_30d", 2),
        ("escalation_rate", "escalated_30d", 1),
        ("where_is_my_order_rate", "where_is_my_order_7d", 3),
    ],
)
def test_cases_of_no_known_order_are_left_out_and_counted(kpi: str, flag: str, left_out: int) -> None:
    """Otherwise a helpdesk that knows no orders would make a shop without complaints."""
    cases = [
        *[_case("complaint")] * 2,
        _case("question", escalated=True),
        *[_case("where_is_my_order")] * 3,
        _case("complaint", linked=True),
        _case("complaint", opened_day=FEBRUARY),
    ]
    orders = [paid(**{"parcels": 1, flag: False})] * 6
    told = tell(kpi, order_facts=orders, case_facts=cases)
    says(told, 0, 6, 0, left_out)
    assert told["coverage"] == pytest.approx(6 / (6 + left_out))


def test_escalation_rate() -> None:
    orders = [paid(escalated_30d=flag) for flag in (True, True, False, False, False, None)]
    says(tell("escalation_rate", order_facts=orders), 2, 5, 0.4, 1)


def test_where_is_my_order_rate_is_of_orders_with_a_parcel_under_way() -> None:
    orders = [
        paid(parcels=1, where_is_my_order_7d=True),
        paid(parcels=2, where_is_my_order_7d=False),
        paid(parcels=1, where_is_my_order_7d=None),
        paid(parcels=0, where_is_my_order_7d=True),
        paid(parcels=0, where_is_my_order_7d=None),
    ]
    says(tell("where_is_my_order_rate", order_facts=orders), 1, 2, 0.5, 1)
