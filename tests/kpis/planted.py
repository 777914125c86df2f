"""Where each effect planted in the demo must show: the figure, slice and days one would look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest

from connectors.demo.effects import (
    CarrierStrike,
    DearerPrices,
    Effect,
    LoyalCrossers,
    PaymentFailures,
    SlowRefunds,
    UnhappyPickUp,
)
from kpis.article_lists import price_list
from kpis.crossing import SECOND, crossing
from kpis.evaluate import Query, evaluate
from kpis.periods import DAY, Period, bucket_name
from kpis.shop import Shop

MANY = 30


@dataclass(frozen=True)
class Retailers:
    """The demo as everybody sees it, and a smaller one into which nothing was planted."""

    demo: Shop
    usual: Shop


def ranked(shop: Shop, kpi: str, *by: str, **asked: Any) -> pl.DataFrame:
    """The slices that are more than a few cases, from the lowest value up."""
    rows = evaluate(shop, Query((kpi,), by=by, **asked))
    return rows.filter(pl.col("denominator") >= MANY).sort("value")


def slices_by(shop: Shop, kpi: str, dimension: str, **asked: Any) -> dict[str, dict[str, Any]]:
    return {row[dimension]: row for row in ranked(shop, kpi, dimension, **asked).iter_rows(named=True)}


def week_of(day: dt.date) -> dt.date:
    return dt.date.fromisoformat(bucket_name(day, "week"))


def payments_fail_in_one_week_of_one_channel(retailers: Retailers) -> None:
    effect = PaymentFailures()
    for kpi in ("payment_attempt_success", "payment_success"):
        worst, second = ranked(retailers.demo, kpi, "week", "channel").head(2).iter_rows(named=True)
        assert (worst["week"], worst["channel"]) == (week_of(effect.first), effect.channel)
        assert worst["high"] < second["value"]


def refunds_of_online_orders_take_longer(retailers: Retailers) -> None:
    """What was handed back in a shop is a quarter of what comes back; receipts are paid back as ever."""
    effect = SlowRefunds()
    before, since = (
        slices_by(retailers.demo, "refund_hours_mean", "channel", **days)
        for days in ({"end": effect.first - DAY}, {"start": effect.first, "end": effect.last})
    )
    assert len(before) == len(since) == 5
    for channel, row in before.items():
        longer = since[channel]["value"] - row["value"]
        assert (longer > 10) if channel != "store" else (abs(longer) < 1), channel
        assert (since[channel]["low"] > row["high"]) == (channel != "store")


def parcels_of_one_carrier_are_late_in_two_weeks(retailers: Retailers) -> None:
    effect = CarrierStrike()
    weeks = ranked(retailers.demo, "on_time_delivery", "week")["week"].to_list()
    assert set(weeks[:2]) == {week_of(effect.first), week_of(effect.last)}
    days = {"start": effect.last, "end": effect.last, "profile": "amazon"}
    worst, *others = ranked(retailers.demo, "on_time_delivery", "carrier", **days).iter_rows(named=True)
    assert worst["carrier"] == effect.carrier
    assert len(others) == 2
    assert all(worst["high"] + 0.1 < other["low"] for other in others)


def pick_up_is_recommended_less_in_one_region(retailers: Retailers) -> None:
    effect = UnhappyPickUp()
    worst, second = ranked(retailers.demo, "nps", "region", "touchpoint").head(2).iter_rows(named=True)
    assert (worst["region"], worst["touchpoint"]) == (effect.region, "pick-up")
    assert worst["value"] < second["value"] - 15
    told = slices_by(retailers.demo, "nps", "region", where=(("touchpoint", ("pick-up",)),))
    assert told[effect.region]["high"] < told["East"]["low"]


def more_customers_come_back(retailers: Retailers) -> None:
    question = Query(("repurchase_rate_90d", "cross_channel_share"))
    told, usual = (evaluate(shop, question) for shop in (retailers.demo, retailers.usual))
    assert (told["low"] > usual["high"]).all()
    assert (told["value"] - usual["value"]).to_list() == pytest.approx([0.04, 0.04], abs=0.02)
    customers_who_crossed_come_back_again(retailers)


def after_second_order(shop: Shop) -> dict[str, dict[str, Any]]:
    """Who of those whose second order was where had a third within 90 days."""
    rows = crossing(shop).filter(pl.col("comparison") == SECOND)
    return {row["group"]: row for row in rows.iter_rows(named=True)}


def customers_who_crossed_come_back_again(retailers: Retailers) -> None:
    """Crossing with the second order is followed by a third more often: not so where nothing was planted."""
    told, usual = after_second_order(retailers.demo), after_second_order(retailers.usual)
    assert told["cross"]["low"] > told["online"]["high"] + 0.05
    assert told["cross"]["value"] > told["offline"]["value"]
    assert usual["cross"]["low"] < usual["online"]["high"]


def one_category_is_dearer_in_one_channel(retailers: Retailers) -> None:
    """Three other online channels hide it in the median of all, so that each is compared by itself."""
    effect = DearerPrices()
    of_channel = {"channel": ["marketplace"]}
    for day, is_dearer in ((effect.first - DAY, False), (effect.first, True)):
        told = price_list(retailers.demo, Period(day, day), of_channel)
        shares = told.group_by("category").agg((pl.col("direction") == "online_higher").mean())
        found = dict(shares.iter_rows())
        assert max(found[name] for name in found if name != effect.category) < 0.5
        assert (found[effect.category] > 0.9) == is_dearer
    gaps = told.filter(pl.col("category") == effect.category)["gap"]
    assert gaps.median() == pytest.approx(effect.size, abs=0.02)
    others = price_list(retailers.demo, Period(day, day), {"channel": ["web"], "category": [effect.category]})
    assert (others["direction"] == "online_higher").mean() < 0.5


SHOWN: dict[type[Effect], Callable[[Retailers], None]] = {
    PaymentFailures: payments_fail_in_one_week_of_one_channel,
    SlowRefunds: refunds_of_online_orders_take_longer,
    CarrierStrike: parcels_of_one_carrier_are_late_in_two_weeks,
    UnhappyPickUp: pick_up_is_recommended_less_in_one_region,
    LoyalCrossers: more_customers_come_back,
    DearerPrices: one_category_is_dearer_in_one_channel,
}
