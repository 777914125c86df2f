"""Visit and discover on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from kpis.evaluate import Query, evaluate
from tests.kpis.frames import shop_of
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


def test_description_mismatch_is_by_line_with_lines_of_an_order_as_one_cluster() -> None:
    arrived: dict[str, Any] = {"paid_day": january(8), "delivered": True}
    lines = [
        arrived | {"lines": 3, "lines_told": 3, "lines_mismatched": 2},
        arrived | {"lines": 2, "lines_told": 1, "lines_untold": 1},
        arrived | {"lines": 4, "lines_told": 4},
        {"paid_day": january(8), "unknown": True, "lines": 5, "lines_told": 5},
        {"paid_day": january(8), "lines": 7, "lines_told": 7},
    ]
    told = tell("description_mismatch", line_facts=lines)
    says(told, 2, 8, 0.25, 6)
    assert told["coverage"] == pytest.approx(8 / 14)
    squares = sum((y - 0.25 * x) ** 2 for y, x in ((2, 3), (0, 1), (0, 4)))
    error = (3 / 2 * squares) ** 0.5 / 8
    assert told["high"] == pytest.approx(0.25 + 1.959964 * error)


def test_listing_complete_is_of_the_last_day() -> None:
    days = [
        {"day": january(30), "told": 100, "complete": 1},
        {"day": january(31), "channel": "web", "told": 10, "complete": 9},
        {"day": january(31), "channel": "store", "told": 6, "untold": 2, "complete": 3},
        {"day": dt.date(2025, 2, 1), "told": 50},
    ]
    says(tell("listing_complete", listing_days=days), 12, 16, 0.75, 2)


def test_what_is_told_of_the_last_day_is_that_of_the_last_day_with_data() -> None:
    """The data end on 30 June; July has not come, and June is not over for a period that runs on."""
    june, july = dt.date(2025, 6, 30), dt.date(2025, 7, 31)
    shop = shop_of(listing_days=[{"day": june, "told": 10, "complete": 9}])
    told = evaluate(shop, Query(("listing_complete",), january(1), july)).row(0, named=True)
    assert (told["numerator"], told["denominator"], told["final"]) == (9, 10, False)
    months = evaluate(shop, Query(("listing_complete",), january(1), july, by=("month",)))
    assert months["numerator"].to_list() == [0, 0, 0, 0, 0, 9, 0]
    weeks = evaluate(shop, Query(("listing_complete",), january(1), july, by=("week",), compare="previous"))
    assert weeks.filter(pl.col("week") == june)["value"].item() == 0.9, "a week that runs on"
