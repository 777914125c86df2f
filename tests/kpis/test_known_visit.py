"""Visit and discover on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.kpis.told import january, says, tell

ONE: dict[str, Any] = {"visits": 1, "single": True, "outcome_known": True}
VISITS = [
    ONE
    | {"day": january(2), "bounced": 0, "product_viewed": 1, "searched": 1, "converted": 1, "lcp_ms": 900},
    ONE | {"day": january(3), "bounced": 1, "product_viewed": 0, "searched": 1, "lcp_ms": 1500},
    ONE | {"day": january(3), "bounced": 0, "product_viewed": 1, "searched": 0, "lcp_ms": 2100},
    ONE | {"day": january(3), "bounced": 0, "searched": 1, "outcome_known": False, "lcp_ms": 5000},
    ONE | {"day": january(4)},
    {"day": january(4), "visits": 6, "bounced": 2, "product_viewed": 3, "searched": 4, "outcome_known": True},
    {"day": dt.date(2025, 2, 1), "visits": 100, "bounced": 100, "searched": 100, "lcp_ms": 9},
]


def test_bounce_rate_leaves_out_visits_of_which_it_is_not_told() -> None:
    told = tell("bounce_rate", visit_facts=VISITS)
    says(told, 3, 10, 0.3, 1)
    assert told["coverage"] == pytest.approx(10 / 11)


def test_page_speed_p75_is_in_milliseconds() -> None:
    told = tell("page_speed_p75", visit_facts=VISITS)
    says(told, 4, 4, 2100 + 0.25 * 2900, 7)


def test_search_rate() -> None:
    says(tell("search_rate", visit_facts=VISITS), 7, 10, 0.7, 1)


def test_search_conversion_is_of_single_visits_whose_outcome_is_known() -> None:
    told = tell("search_conversion", visit_facts=VISITS)
    says(told, 1, 2, 0.5, 8)
    assert told["coverage"] == pytest.approx(3 / 11)


def test_product_view_rate() -> None:
    says(tell("product_view_rate", visit_facts=VISITS), 5, 9, 5 / 9, 2)


def test_referral_share_is_of_visits_whose_source_is_known() -> None:
    sources = ("referral", "social", "search", "direct", None)
    visits = [ONE | {"day": january(2), "source": source} for source in sources]
    says(tell("referral_share", visit_facts=visits), 2, 4, 0.5, 1)


def test_what_no_visit_tells_is_named() -> None:
    told = tell("search_rate", visit_facts=[ONE | {"day": january(2)}])
    assert (told["value"], told["excluded"], told["status"]) == (None, 1, "missing: visits.searched")
