"""The backlog of refunds against rows that one can count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from connectors.facts import FACTS
from kpis.backlog import backlog
from kpis.errors import SliceError
from kpis.shop import Shop
from tests.kpis.frames import LAST, manifest, shop_of

PENDING: dict[str, Any] = {"status": "pending", "linked": True, "channel": "web"}


def _asked(days_ago: int, **other: Any) -> dict[str, Any]:
    return PENDING | {"requested_day": LAST - dt.timedelta(days=days_ago)} | other


def _counts(shop: Shop, **asked: Any) -> list[int]:
    told = backlog(shop, **asked)
    assert told is not None
    return told["count"].to_list()


def test_what_waits_is_counted_by_the_days_it_has_waited() -> None:
    ages = [0, 2, 3, 7, 7, 8, 14, 15, 30, 31, 400, 500]
    refunds = [
        *(_asked(age) for age in ages),
        _asked(5, status="settled"),
        _asked(5, status="failed"),
        _asked(-1, channel="app"),
        PENDING | {"requested_day": None},
    ]
    shop = shop_of(refund_facts=refunds)
    told = backlog(shop)
    assert told is not None
    assert told.rows() == [(0, 2, 3), (3, 7, 3), (8, 14, 2), (15, 30, 2), (31, None, 3), (None, None, 1)]
    assert _counts(shop, where={"channel": ("app",)}) == [1, 0, 0, 0, 0, 0]


def test_nothing_that_waits_is_lost(shop: Shop, rolled_up_shop: Shop) -> None:
    refunds = shop.tables.scan("refund_facts").collect()
    waiting = refunds.filter(refunds["status"] == "pending").height
    assert sum(_counts(shop)) == sum(_counts(rolled_up_shop)) == waiting > 0
    assert _counts(shop) == _counts(rolled_up_shop)


def test_without_refunds_there_is_no_backlog() -> None:
    assert backlog(shop_of(about=manifest(delivered={"orders": ["order_id"]}), refund_facts=[])) is None
    assert "carrier" not in FACTS["refund_facts"].columns()
    with pytest.raises(SliceError, match="carrier"):
        backlog(shop_of(refund_facts=[_asked(0)]), where={"carrier": ("Crane",)})
