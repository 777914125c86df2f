"""Risk on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.kpis.told import january, says, tell

FLAGS = ("bad_review_60d", "dispute_lost_60d", "chargeback_60d")
GOOD = dict.fromkeys(FLAGS, False)


def paid(**columns: Any) -> dict[str, Any]:
    return {"paid_day": january(9), "counted": True, "paid": True} | GOOD | columns


ORDERS = [
    paid(bad_review_60d=True),
    paid(bad_review_60d=True, dispute_lost_60d=True),
    paid(chargeback_60d=True),
    *[paid()] * 6,
    paid(bad_review_60d=None),
    paid(dispute_lost_60d=None, chargeback_60d=None, bad_review_60d=True),
    paid(bad_review_60d=True, paid=False, paid_day=None),
]


def test_an_order_is_defective_once_and_only_where_all_kinds_are_told() -> None:
    says(tell("order_defect_rate", order_facts=ORDERS), 3, 9, 1 / 3, 2)


def test_dispute_rate_counts_those_lost() -> None:
    says(tell("dispute_rate", order_facts=ORDERS), 1, 10, 0.1, 1)


def test_chargeback_rate_counts_those_taken_back() -> None:
    says(tell("chargeback_rate", order_facts=ORDERS), 1, 10, 0.1, 1)


@pytest.mark.parametrize(
    ("kpi", "left_out"), [("order_defect_rate", 3), ("dispute_rate", 1), ("chargeback_rate", 2)]
)
def test_cases_of_no_known_order_are_left_out_and_counted(kpi: str, left_out: int) -> None:
    alone = {"opened_day": january(9), "linked": False}
    cases = [
        alone | {"kind": "dispute", "lost": True},
        alone | {"kind": "dispute"},
        *[alone | {"kind": "chargeback"}] * 2,
        alone | {"kind": "chargeback", "linked": True},
    ]
    says(tell(kpi, order_facts=[paid()] * 5, case_facts=cases), 0, 5, 0, left_out)


def test_bad_reviews_of_no_known_order_are_left_out_of_defects_and_counted() -> None:
    written = {"created_day": january(9)}
    reviews = [
        *(written | {"stars": stars, "linked": False} for stars in (1, 2, 3, 5)),
        written | {"stars": 1, "linked": True},
    ]
    says(tell("order_defect_rate", order_facts=[paid()] * 5, review_facts=reviews), 0, 5, 0, 2)


SENT_ONLY = (
    "order_defect_rate",
    "dispute_rate",
    "escalation_rate",
    "seller_cancel_rate",
    "stockout_cancel_rate",
)
ALL_PAID = ("chargeback_rate", "complaint_rate", "return_rate")
WRONG = GOOD | dict.fromkeys(("escalated_30d", "complaint_30d", "seller_cancelled", "stock_cancelled"), False)
WRONG |= {"returned_30d": False, "returns_known": True, "sold": True, "sold_day": january(9)}


@pytest.mark.parametrize("kpi", [*SENT_ONLY, *ALL_PAID])
def test_what_is_carried_out_of_a_shop_counts_where_it_can_go_wrong(kpi: str) -> None:
    """Nobody cancels it for want of stock, and no platform decides about it; a customer may complain."""
    fails = {name: True for name, value in WRONG.items() if value is False}
    carried = paid(handed_over=True, **WRONG | fails)
    sent = paid(**WRONG)
    is_of_all = kpi in ALL_PAID
    told = tell(kpi, order_facts=[sent, sent, carried])
    says(told, int(is_of_all), 2 + is_of_all, is_of_all / 3, 0)
    assert tell(kpi, order_facts=[carried])["value"] == (1 if is_of_all else None)


PENALTIES = [
    {"day": january(3), "points": 2.0, "amount": None},
    {"day": january(20), "points": 0.5, "amount": Decimal("100.10")},
    {"day": january(21), "points": None, "amount": Decimal("0.20")},
    {"day": january(22), "points": None, "unpriced": True},
    {"day": dt.date(2025, 2, 1), "points": 12.0, "amount": Decimal(900)},
]


def test_penalty_points() -> None:
    says(tell("penalty_points", penalty_facts=PENALTIES), 2.5, None, 2.5, 0)


def test_penalty_amount_leaves_out_money_without_a_rate() -> None:
    told = tell("penalty_amount", penalty_facts=PENALTIES)
    says(told, 100.3, None, 100.3, 1)
    assert told["value"] == 100.3
    assert told["coverage"] == pytest.approx(2 / 3)


def test_without_a_penalty_there_are_none_rather_than_an_unknown_number() -> None:
    says(tell("penalty_points", penalty_facts=[]), 0, None, 0, 0)
