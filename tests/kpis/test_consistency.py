"""Online against offline on a few rows that can be worked out by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pytest

from connectors.business import Business, IntendedDifference
from connectors.manifest import ChannelEntry
from connectors.text import Text
from kpis.consistency import consistency
from kpis.intervals import Z90, Z95
from kpis.periods import Period
from tests.kpis.both_sides import CHANNELS, JANUARY, TILL, WEB, paid, row_of, wilson
from tests.kpis.frames import manifest, shop_of
from tests.kpis.told import january

TO_THE_PENNY = 1e-9


def due(where: Mapping[str, str], late: int, punctual: int, **columns: Any) -> list[dict[str, Any]]:
    order = {**where, "counted": True, "promised_day": january(10), "outcome_known": True, **columns}
    return [order | {"days_late": 1}] * late + [order | {"days_late": 0}] * punctual


def answered(where: Mapping[str, str], *scores: int) -> list[dict[str, Any]]:
    survey = {**where, "kind": "nps", "answered_day": january(10)}
    return [survey | {"score": score, "scale_min": 0, "scale_max": 10} for score in scores]


def newcombe(first: tuple[int, int], second: tuple[int, int], z: float) -> tuple[float, float]:
    p, q = (events / number for events, number in (first, second))
    (low_p, high_p), (low_q, high_q) = wilson(*first, z), wilson(*second, z)
    return (
        p - q - math.hypot(p - low_p, high_q - q),
        p - q + math.hypot(high_p - p, q - low_q),
    )


def test_a_share_is_compared_with_newcombes_interval() -> None:
    """270 of 300 parcels on time online, 160 of 200 offline; the margin is 2 points."""
    told = consistency(shop_of(order_facts=due(WEB, 30, 270) + due(TILL, 40, 160)), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["online"], row["offline"], row["online_n"], row["offline_n"]) == (0.9, 0.8, 300, 200)
    assert row["gap"] == pytest.approx(0.1)
    assert (row["low90"], row["high90"]) == pytest.approx(newcombe((270, 300), (160, 200), Z90))
    assert (row["low95"], row["high95"]) == pytest.approx(newcombe((270, 300), (160, 200), Z95))
    assert row["low95"] > row["margin"] == 0.02
    assert (row["verdict"], row["differs_from_zero"]) == ("inconsistent", True)
    assert row["score"] is None, "an error of 3.3 points says little about a margin of 2"
    assert "more answers needed" in told.not_scored["on_time_delivery"].en


def test_a_score_is_compared_with_variances_that_add() -> None:
    """Net promoters are 40 of 100 online and 10 of 50 offline."""
    online, offline = [10] * 60 + [7] * 20 + [2] * 20, [9] * 20 + [8] * 15 + [0] * 15
    told = consistency(shop_of(survey_facts=answered(WEB, *online) + answered(TILL, *offline)), JANUARY)
    row = row_of(told, "nps")
    error = 100 * math.sqrt((0.6 + 0.2 - 0.4**2) / 100 + (0.4 + 0.3 - 0.1**2) / 50)
    assert (row["online"], row["offline"]) == pytest.approx((40, 10))
    assert (row["low95"], row["high95"]) == pytest.approx((30 - Z95 * error, 30 + Z95 * error))
    assert (row["low90"], row["high90"]) == pytest.approx((30 - Z90 * error, 30 + Z90 * error))
    assert row["verdict"] == "inconclusive", "the margin is 10 points"
    assert row["answers_needed"] > 0


def test_money_is_compared_as_a_ratio() -> None:
    """100 online and 80 offline on average: ln 1.25, with each side's relative error."""
    told = consistency(shop_of(order_facts=paid(WEB, *[90, 110] * 50) + paid(TILL, *[60, 100] * 50)), JANUARY)
    row = row_of(told, "average_order_value")
    errors = [spread / math.sqrt(99) for spread in (10, 20)]
    error = math.hypot(errors[0] / 100, errors[1] / 80)
    assert row["gap"] == pytest.approx(math.log(1.25))
    assert row["margin"] == pytest.approx(math.log(1.1)), "10 %"
    assert (row["low95"], row["high95"]) == pytest.approx(
        (math.log(1.25) - Z95 * error, math.log(1.25) + Z95 * error)
    )
    assert row["error"] == pytest.approx(error)
    assert row["verdict"] == "inconsistent"


def test_a_gap_of_medians_is_put_together_from_both_intervals() -> None:
    refunds = [
        {**where, "requested_day": january(10), "status": "settled", "refund_seconds": 3600 * hours}
        for where, first in ((WEB, 1), (TILL, 21))
        for hours in range(first, first + 50)
    ]
    row = row_of(consistency(shop_of(refund_facts=refunds), JANUARY), "refund_hours")
    assert (row["online"], row["offline"], row["gap"]) == (25.5, 45.5, -20)
    # The 18th and the 33rd of 50 enclose the median with 95 %.
    assert row["low95"] == pytest.approx(-20 - math.hypot(25.5 - 18, 53 - 45.5))
    assert row["high95"] == pytest.approx(-20 + math.hypot(33 - 25.5, 45.5 - 38))


def test_a_customer_counts_where_the_first_order_of_the_period_was() -> None:
    """Ann bought online, then in a shop: she is back, and she is online's; Bob is the shop's."""
    days = [
        {**WEB, "customer_id": "ann", "day": january(3), "next_day": january(9)},
        {**TILL, "customer_id": "ann", "day": january(9), "previous_day": january(3)},
        {**TILL, "customer_id": "bob", "day": january(5)},
    ]
    row = row_of(consistency(shop_of(customer_days=days), JANUARY), "repurchase_rate")
    assert (row["online"], row["online_n"]) == (1, 1)
    assert (row["offline"], row["offline_n"]) == (0, 1)


def test_two_answers_alike_are_not_consistent() -> None:
    told = consistency(shop_of(survey_facts=answered(WEB, 10, 10) + answered(TILL, 9)), JANUARY)
    row = row_of(told, "nps")
    assert (row["gap"], row["low90"], row["verdict"], row["score"]) == (0, None, "inconclusive", None)
    assert told.not_scored["nps"].en == "there are too few answers to tell its gap"


def test_days_that_may_still_change_are_not_compared() -> None:
    """Returns take 30 days to be final: of a period up to the last day, only the days before are compared."""
    last = dt.date(2025, 6, 30)
    told = consistency(shop_of(order_facts=paid(WEB, 1) + paid(TILL, 1)), Period(january(1), last))
    assert row_of(told, "return_rate")["to"] == last - dt.timedelta(days=30)
    young = consistency(
        shop_of(order_facts=paid(WEB, 1, paid_day=last) + paid(TILL, 1, paid_day=last)), Period(last, last)
    )
    assert row_of(young, "return_rate")["verdict"] == "not comparable"
    assert young.reasons["return_rate"].en == "none of the days is final yet"


def test_reasons_say_what_is_missing() -> None:
    orders = due(WEB, 1, 9) + paid(TILL, 5)
    about = manifest(channels=CHANNELS, delivered={"orders": ("order_id",)})
    told = consistency(shop_of(None, about, order_facts=orders), JANUARY)
    assert told.reasons["nps"].en == "no connection delivers surveys"
    assert told.reasons["average_order_value"].en == "there is nothing to count online"
    young = consistency(
        shop_of(None, about, order_facts=orders), Period(dt.date(2025, 6, 30), dt.date(2025, 6, 30))
    )
    assert young.reasons["return_rate"].en == "no connection delivers returns", "no day will ever be final"


def test_a_shop_without_shops_has_nothing_to_compare() -> None:
    about = manifest(channels=CHANNELS[:1])
    told = consistency(shop_of(None, about, order_facts=due(WEB, 10, 90)), JANUARY)
    assert set(told.rows["verdict"]) == {"not comparable"}
    assert told.reasons["on_time_delivery"].en == "the shop has no offline channel"
    assert row_of(told, "on_time_delivery")["online"] == 0.9
    assert (told.index.value, told.index.coverage, told.index.weakest) == (None, 0, None)


def test_channels_that_nobody_classified_are_named() -> None:
    about = manifest(channels=(ChannelEntry("x", "unknown", Text("x", "x")),))
    orders = due({"channel": "x", "channel_kind": "unknown"}, 1, 9)
    told = consistency(shop_of(None, about, order_facts=orders), JANUARY)
    assert told.unclassified == ("x",)
    assert "business.toml does not say" in told.reasons["on_time_delivery"].en


def test_unknown_of_one_arm_is_no_zero() -> None:
    orders = due(WEB, 1, 9) + due(TILL, 1, 9, outcome_known=False)
    told = consistency(shop_of(None, manifest(channels=CHANNELS), order_facts=orders), JANUARY)
    assert told.reasons["on_time_delivery"].en == "what is asked is not known of any of the 10 offline"


def test_margins_and_weights_of_the_settings_count() -> None:
    orders = due(WEB, 100, 2900) + due(TILL, 100, 2900)
    business = Business(
        margins={"on_time_delivery": 0.05, "average_order_value": 0.2},
        weights={"deliver": 30.0, "after": 0.0},
    )
    told = consistency(shop_of(business, order_facts=orders), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["margin"], row["verdict"]) == (0.05, "consistent")
    assert row_of(told, "average_order_value")["margin"] == pytest.approx(math.log(1.2))
    # Of 100 points of weight 15 more are delivery's and returns' 15 are gone.
    assert row["weight"] == pytest.approx(30 / 100)
    assert told.index.coverage == pytest.approx(30 / 100)


def test_intended_differences_leave_the_figures_and_stay_listed() -> None:
    shoes, sale = {"category": "Shoes"}, {"category": "Clearance"}
    orders = [*due(WEB, 0, 10, **shoes), *due(WEB, 10, 0, **sale), *due(TILL, 0, 10, **shoes)]
    business = Business(intended_differences=(IntendedDifference("category", "Clearance"),))
    told = consistency(shop_of(business, order_facts=orders), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert (row["online"], row["online_n"]) == (1, 10)
    (listed,) = told.intended
    assert (listed.what, listed.value) == ("category", "Clearance")
    assert "on_time_delivery" in listed.kpis
    assert "nps" not in listed.kpis, "answers carry no category"
    only = consistency(shop_of(business, order_facts=orders), JANUARY, {"category": ("Clearance",)})
    assert only.reasons["on_time_delivery"].en == "all of it is an intended difference"


def test_a_gap_that_is_all_mix_is_adjusted_away() -> None:
    """Shoes are late in 1 of 5 orders everywhere and hats never; online sells more shoes."""
    orders = [
        *due(WEB, 16, 64, category="shoes"), *due(WEB, 0, 20, category="hats"),
        *due(TILL, 4, 16, category="shoes"), *due(TILL, 0, 80, category="hats"),
    ]  # fmt: skip
    row = row_of(consistency(shop_of(order_facts=orders), JANUARY), "on_time_delivery")
    assert row["gap"] == pytest.approx(0.84 - 0.96)
    assert row["adjusted_gap"] == pytest.approx(0, abs=TO_THE_PENNY)
    assert (row["rate_effect"], row["mix_effect"]) == (pytest.approx(0), pytest.approx(-0.12))
    assert row["coverage"] == 1


def firsts(where: Mapping[str, str], day: dt.date, back: int, gone: int) -> list[dict[str, Any]]:
    names = [f"{where['channel']}-{day}-{number}" for number in range(back + gone)]
    customer = {**where, "day": day, "days_observed": 200, "orders": 1, "history_from": january(1)}
    return [
        customer | {"customer_id": name, "days_to_next": 30 if number < back else None}
        for number, name in enumerate(names)
    ]


def test_repurchase_is_adjusted_for_the_month_of_the_first_order() -> None:
    """Of January's customers 1 of 5 comes back everywhere, of February's none; online won more in January."""
    february = dt.date(2025, 2, 10)
    customers = [
        *firsts(WEB, january(10), 16, 64), *firsts(WEB, february, 0, 20),
        *firsts(TILL, january(10), 4, 16), *firsts(TILL, february, 0, 80),
    ]  # fmt: skip
    both = Period(january(1), dt.date(2025, 2, 28))
    row = row_of(consistency(shop_of(customer_days=customers), both), "repurchase_rate_90d")
    assert row["gap"] == pytest.approx(0.16 - 0.04)
    assert row["adjusted_gap"] == pytest.approx(0, abs=TO_THE_PENNY)
    assert (row["rate_effect"], row["mix_effect"]) == (pytest.approx(0), pytest.approx(0.12))


def test_no_gap_is_adjusted_over_what_only_one_arm_has() -> None:
    orders = due(WEB, 10, 70, category="shoes") + due(WEB, 0, 20, category="web only")
    told = consistency(shop_of(order_facts=orders + due(TILL, 10, 70, category="shoes")), JANUARY)
    row = row_of(told, "on_time_delivery")
    assert row["coverage"] == pytest.approx(160 / 180)
    assert row["adjusted_gap"] is None


def test_means_of_pieces_rest_on_orders_not_on_pieces() -> None:
    sold = {"returns_known": True, "lines_known": True, "units": 100}
    orders = paid(WEB, 1, 1, **sold) + paid(TILL, 1, 1, 1, **sold)
    row = row_of(consistency(shop_of(order_facts=orders), JANUARY), "return_rate_units")
    assert (row["online_n"], row["offline_n"], row["answers"]) == (200, 300, 5)
