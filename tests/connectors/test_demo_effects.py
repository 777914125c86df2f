"""Each planted effect can be found in the demo's rows by plain counting, and is absent when switched off."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from connectors.demo.calendar import FIRST_DAY, LAST_DAY
from connectors.demo.effects import (
    PLANTED,
    CarrierStrike,
    DearerPrices,
    Effect,
    LoyalCrossers,
    PaymentFailures,
    SlowRefunds,
    UnhappyPickUp,
    planted,
)
from connectors.demo.simulate import Simulated
from tests.connectors.demo_world import HOUR, standing, within, world

ROOT = Path(__file__).parents[2]


def gap(rows: pl.DataFrame, hit: pl.Expr, value: pl.Expr) -> float:
    """The mean of `value` over the rows that are hit, less that over the others."""
    means = rows.group_by(hit.alias("hit")).agg(value.cast(pl.Float64).mean().alias("mean")).sort("hit")
    assert means["hit"].to_list() == [False, True]
    return float(means["mean"][1] - means["mean"][0])


def payment_failures(retailer: Simulated) -> float:
    """Share of attempts that failed: in the channel's week, less in all other weeks and channels."""
    effect = PaymentFailures()
    orders = retailer.shop["sales_order"].select("order_id", "channel")
    attempts = retailer.shop["payment_attempt"].join(orders, on="order_id")
    hit = (pl.col("channel") == effect.channel) & within("attempted_at", effect.first, effect.last)
    return gap(attempts, hit, ~pl.col("succeeded"))


def slow_refunds(retailer: Simulated) -> float:
    """Hours to a refund of online orders: handed in at a shop, less sent by post, while the effect lasts."""
    effect = SlowRefunds()
    returned = retailer.shop["return_line"].filter(pl.col("channel") != effect.channel)
    refunds = retailer.shop["refund"].filter(within("requested_at", effect.first, effect.last))
    both = refunds.join(returned.select("handed_in", return_id="id"), on="return_id").drop_nulls(
        "refunded_at"
    )
    hours = (pl.col("refunded_at") - pl.col("requested_at")) / HOUR
    return gap(both, pl.col("handed_in") == effect.channel, hours)


def carrier_strike(retailer: Simulated) -> float:
    """Share of late parcels of those promised on the days of the strike: the carrier's, less the others'."""
    effect = CarrierStrike()
    due = retailer.shop["shipment"].filter("tracked", within("promised_at", effect.first, effect.last))
    late = (pl.col("delivered_at") > pl.col("promised_at")).fill_null(value=True)
    return gap(due, pl.col("carrier") == effect.carrier, late)


def dearer_prices(retailer: Simulated) -> float:
    """Price relative to the shops' on the last day: the category in the channel, less all others."""
    effect = DearerPrices()
    latest = retailer.shop["price"].filter(pl.col("to_day").is_null())
    wide = latest.pivot("channel", index="sku", values="sell_fen").join(retailer.shop["product"], on="sku")
    return gap(wide, pl.col("category") == effect.category, pl.col(effect.channel) / pl.col("pos"))


def unhappy_pick_up(retailer: Simulated) -> float:
    """Net promoter score of pick-up: in the region, less in the others; in points."""
    effect = UnhappyPickUp()
    stores = retailer.shop["store"].select("region", store_id="id")
    asked = retailer.shop["survey"].filter(
        (pl.col("question") == "recommend") & (pl.col("touchpoint") == "pick-up")
    )
    answers = asked.drop_nulls("score").join(stores, on="store_id")
    points = 100 * ((pl.col("score") >= 9).cast(pl.Float64) - (pl.col("score") <= 6).cast(pl.Float64))
    return gap(answers, pl.col("region") == effect.region, points)


def loyal_crossers(retailer: Simulated) -> float:
    """Share back within 90 days of the first order: people with records online and in the shops, less others.

    People are told apart by their phone number.
    """
    records = retailer.shop["customer"].with_columns(pl.col("mobile").str.replace_all(" ", "").str.tail(11))
    kinds = (
        records.drop_nulls("mobile")
        .group_by("mobile")
        .agg((pl.col("channel") == "pos").n_unique().alias("kinds"))
    )
    known = records.join(kinds, on="mobile").select(
        "mobile", "kinds", customer_id=pl.col("id").cast(pl.Int64)
    )
    bought = (
        standing(retailer)
        .join(known, on="customer_id")
        .group_by("mobile", "kinds")
        .agg(pl.col("day").unique().sort())
    )
    first, second = pl.col("day").list.first(), pl.col("day").list.get(1, null_on_oob=True)
    over = bought.filter(first + 90 <= (LAST_DAY - FIRST_DAY).days)
    return gap(over, pl.col("kinds") > 1, (second - first <= 90).fill_null(value=False))


MEASURED: dict[type[Effect], tuple[Callable[[Simulated], float], float, float]] = {
    PaymentFailures: (payment_failures, 0.30, 0.05),
    SlowRefunds: (slow_refunds, 72.0, 15.0),
    CarrierStrike: (carrier_strike, 0.55, 0.12),
    DearerPrices: (dearer_prices, 0.09, 0.02),
    UnhappyPickUp: (unhappy_pick_up, -36.0, 14.0),
    LoyalCrossers: (loyal_crossers, 0.14, 0.03),
}


def test_every_planted_effect_is_measured_here() -> None:
    assert {type(effect) for effect in PLANTED} == set(MEASURED)


@pytest.mark.parametrize("kind", MEASURED)
def test_a_planted_effect_can_be_found(kind: type[Effect]) -> None:
    measure, expected, tolerance = MEASURED[kind]
    assert measure(world()) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("kind", MEASURED)
def test_an_effect_switched_off_is_not_there(kind: type[Effect]) -> None:
    measure, expected, tolerance = MEASURED[kind]
    usual = measure(world(planted=False))
    nothing = {SlowRefunds: -20.0}.get(kind, 0.0)
    assert usual == pytest.approx(nothing, abs=tolerance)
    assert abs(usual - nothing) < abs(expected) - tolerance


def test_effects_lie_within_the_demo() -> None:
    for effect in PLANTED:
        assert FIRST_DAY <= effect.first <= effect.last <= LAST_DAY


def test_the_strike_is_recent_but_its_outcome_is_final() -> None:
    strike = planted(PLANTED, CarrierStrike)
    assert strike is not None
    assert 14 < (LAST_DAY - strike.last).days < (LAST_DAY - strike.first).days < 13 * 7


def test_only_the_simulator_knows_the_effects() -> None:
    knowing = {
        str(path.relative_to(ROOT))
        for folder in ("connectors", "kpis", "dashboard")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "connectors.demo.effects"
    }
    assert knowing
    assert all(path.startswith("connectors/demo/") for path in knowing), knowing
