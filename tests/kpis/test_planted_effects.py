"""What was planted into the demo shows in the KPI, the channel and the weeks where a merchant would look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from connectors.demo.build import build
from connectors.demo.calendar import LAST_DAY
from connectors.demo.effects import (
    PLANTED,
    CarrierStrike,
    DearerPrices,
    Effect,
    PaymentFailures,
    SlowRefunds,
    UnhappyPickUp,
)
from connectors.facts import FACTS
from connectors.refresh import refresh
from connectors.settings import load_settings
from kpis.alarms import alarms
from kpis.changes import Review, changes
from kpis.charts import Watch, charts
from kpis.consistency import consistency
from kpis.known_events import known_events
from kpis.periods import DAY, Period
from kpis.shop import Shop, open_shop
from tests.kpis.frames import Frames
from tests.kpis.planted import MANY, SHOWN, Retailers, ranked, week_of

USUAL_SCALE = 0.3


@pytest.fixture(scope="module")
def retailers(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retailers]:
    usual = _read(tmp_path_factory.mktemp("usual"))
    with open_shop(demo_home / "config", demo_home / "data") as demo, usual as shop:
        yield Retailers(demo, shop)


def _read(root: Path) -> AbstractContextManager[Shop]:
    """A smaller shop without its visits and without effects, refreshed once."""
    (root / "config").mkdir()
    asked = load_settings(root / "config", root / "data")
    (demo,) = (connection for connection in asked.connections if connection.system == "demo")
    demo = replace(demo, options=dict(demo.options) | {"scale": USUAL_SCALE})
    build(Path(str(demo.options["path"])), scale=USUAL_SCALE, effects=())
    assert not refresh(replace(asked, connections=(demo,))).failed
    return open_shop(root / "config", root / "data")


@pytest.mark.parametrize("kind", SHOWN)
def test_a_planted_effect_shows_where_one_would_look(kind: type[Effect], retailers: Retailers) -> None:
    SHOWN[kind](retailers)


def test_every_planted_effect_is_looked_for() -> None:
    assert {type(effect) for effect in PLANTED} == set(SHOWN)
    assert all(effect.last <= LAST_DAY for effect in PLANTED)


def test_nothing_stands_out_where_nothing_was_planted(retailers: Retailers) -> None:
    """The same questions of a retailer without effects: no week of payments or deliveries is far below."""
    for kpi, by in (("payment_attempt_success", ("week", "channel")), ("on_time_delivery", ("week",))):
        rows = ranked(retailers.usual, kpi, *by)
        assert rows["value"][0] > 0.75
    regions = ranked(retailers.usual, "nps", "region")
    assert regions["high"].min() > regions["low"].max()


def _compared(
    shop: Shop, kpi: str, start: dt.date | None = None, days: int = 7, **where: tuple[str, ...]
) -> dict[str, Any]:
    """Online against offline, over all days or so many from one on."""
    period = Period(start, start + (days - 1) * DAY) if start else None
    (row,) = consistency(shop, period, where).rows.filter(pl.col("kpi") == kpi).iter_rows(named=True)
    return row


def test_payments_are_inconsistent_in_the_week_they_fail_online(retailers: Retailers) -> None:
    """In that of the others too the web fails a little more often than tills, by about the margin."""
    first = PaymentFailures().first
    for weeks in (-2, -1, 0, 1):
        start = first + 7 * weeks * DAY
        told, usual = (
            _compared(shop, "payment_success", start) for shop in (retailers.demo, retailers.usual)
        )
        assert (told["verdict"] == "inconsistent") == (weeks == 0)
        assert usual["verdict"] != "inconsistent"


def test_recommendation_is_inconsistent_where_pick_up_is_unhappy(retailers: Retailers) -> None:
    for region in ("South", "North", "West"):
        where = {"region": (region,), "touchpoint": ("pick-up", "purchase")}
        told, usual = (_compared(shop, "nps", **where) for shop in (retailers.demo, retailers.usual))
        assert (told["verdict"] == "inconsistent") == (region == UnhappyPickUp().region)
        assert usual["verdict"] != "inconsistent"


def test_prices_of_one_category_are_nowhere_the_same(retailers: Retailers) -> None:
    where = {"channel": ("marketplace", "store"), "category": (DearerPrices().category,)}
    told, usual = (_compared(shop, "price_parity", **where) for shop in (retailers.demo, retailers.usual))
    assert (told["verdict"], told["score"]) == ("inconsistent", 0)
    assert usual["score"] > 80


def test_refunds_that_take_longer_widen_the_gap(retailers: Retailers) -> None:
    """Tills pay back at once, so that refund times are inconsistent with and without the effect."""
    first = SlowRefunds().first
    before, since = (
        _compared(retailers.demo, "refund_hours", start, days=250) for start in (first - 250 * DAY, first)
    )
    assert before["verdict"] == since["verdict"] == "inconsistent"
    assert before["high95"] < since["low95"]


def test_shops_send_no_parcels_to_be_late(retailers: Retailers) -> None:
    told = consistency(retailers.demo)
    assert told.reasons["on_time_delivery"].en == "there is nothing to count offline"
    assert "on_time_delivery" in told.not_scored


@pytest.mark.parametrize("seed", range(3))
def test_arms_made_by_chance_differ_no_more_often_than_said(retailers: Retailers, seed: int) -> None:
    """Customers are called online or offline at random: no gap is real, and no verdict may say so."""
    rows = consistency(_by_chance(retailers.usual, seed)).rows.filter(pl.col("gap").is_not_null())
    told = rows.filter(pl.col("verdict") != "not comparable", pl.col("online").is_not_null())
    assert told.height >= MANY
    assert told.filter(pl.col("verdict") == "inconsistent")["kpi"].to_list() == []
    # Many KPIs are of the same orders, so that what is 5 % on average comes in bunches.
    assert told["differs_from_zero"].sum() <= told.height * 0.2
    assert told.filter(pl.col("verdict") == "consistent").height > 0


def _by_chance(shop: Shop, seed: int) -> Shop:
    """The shop with every customer, order or answer in an arm of its own by a throw of a coin."""
    frames = {}
    for name, facts in FACTS.items():
        if not shop.tables.has(name):
            continue
        rows = shop.tables.scan(name).collect()
        if "channel_kind" in rows.columns:
            known = dict.fromkeys(("customer_id", "order_id", *facts.primary_key()))
            names = [pl.col(column).cast(pl.String) for column in known if column in rows.columns]
            # Rows without a name of their own are named by what they say: they come in any order.
            key = pl.coalesce(names) if names else pl.concat_str(pl.all(), separator="|", ignore_nulls=True)
            arm = pl.when(key.hash(seed) % 2 == 0).then(pl.lit("online")).otherwise(pl.lit("offline"))
            rows = rows.with_columns(channel_kind=arm)
        frames[name] = rows
    return Shop(Frames(frames, shop.manifest), shop.business)


def test_alarms_find_the_week_and_channel_of_failed_payments(retailers: Retailers) -> None:
    effect = PaymentFailures()
    first, *_ = alarms(retailers.demo, Watch(("payment_attempt_success",)))
    assert (first.channel, first.week, first.rule, first.direction) == (
        effect.channel, week_of(effect.first), "beyond", "worse",
    )  # fmt: skip


def test_alarms_find_the_strike_and_name_it(retailers: Retailers) -> None:
    effect = CarrierStrike()
    found = [alarm for alarm in alarms(retailers.demo, Watch(("on_time_delivery",))) if alarm.channel is None]
    assert {alarm.week for alarm in found[:2]} == {week_of(effect.first), week_of(effect.last)}
    named = {event.title.en for alarm in found[:2] for event in alarm.events}
    assert named == {"Strike at Swift Wheel"}


def test_changes_find_slow_refunds_and_where_they_are(retailers: Retailers) -> None:
    spring = Period(SlowRefunds().first, dt.date(2026, 5, 31))
    worst, *_ = changes(retailers.demo, Review(period=spring))
    assert (worst.kpi.id, worst.judgement) == ("refund_hours_mean", "worse")
    assert worst.driver is not None
    assert (worst.driver.dimension, worst.driver.slice) == ("channel_kind", "online")


def test_changes_find_the_channel_of_failed_payments(retailers: Retailers) -> None:
    effect = PaymentFailures()
    worst, *_ = changes(retailers.demo, Review(period=Period(effect.first, effect.last)))
    assert (worst.kpi.id, worst.judgement) == ("payment_attempt_success", "worse")
    assert worst.driver is not None
    assert (worst.driver.dimension, worst.driver.slice) == ("channel", effect.channel)


def test_few_weeks_are_odd_where_nothing_was_planted(retailers: Retailers) -> None:
    """Of the weeks in which nothing is known to have happened, no more than one in a hundred."""
    points = charts(retailers.usual, Watch())
    quiet = [
        row["is_beyond"]
        for row in points.iter_rows(named=True)
        if not known_events(retailers.usual.business, Period(row["week"], row["week"] + 6 * DAY))
    ]
    assert len(quiet) > 1000
    assert sum(quiet) / len(quiet) < 0.01


def test_little_really_changed_where_nothing_was_planted(retailers: Retailers) -> None:
    """Two months without any known event: of some eighty figures at most the 5 % that may be chance."""
    summer = Period(dt.date(2026, 7, 20), dt.date(2026, 8, 16))
    found = changes(retailers.usual, Review(period=summer))
    assert sum(change.is_real for change in found) <= 0.05 * len(found)
