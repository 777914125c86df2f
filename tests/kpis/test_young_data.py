"""Young data: a shop where nothing changes must not make news because more of its past is known each day."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors.business import Business, Channel
from connectors.facts import FACTS
from connectors.text import Text
from kpis.alarms import alarms
from kpis.burn_in import burnt_in, history_needed
from kpis.catalogue import catalogue
from kpis.change_rows import unlisted
from kpis.changes import Change, Review, changes
from kpis.charts import Watch, charts, young
from kpis.evaluate import Query, evaluate
from kpis.periods import DAY, Period
from kpis.shop import Shop
from tests.kpis.frames import manifest, shop_of

LAST = dt.date(2025, 8, 31)
SHARES = ("returning_customer_share", "cross_channel_share")
# A customer buys for up to 900 days; before the longest history as many had come for as long.
LONGEST = 1800
CUSTOMERS = 3 * LONGEST
CHANNELS = (
    Channel("till", "offline", Text("Till", "收银")),
    Channel("web", "online", Text("Web", "官网")),
)


def steady_shop(months: int) -> Shop:
    """As many customers come each day; all buy four times, every 100 to 300 days, online and in shops.

    Known are so many months of it.
    """
    first = LAST - dt.timedelta(days=months * 30)
    rows = [row for number in range(CUSTOMERS) for row in _days(number, first)]
    table = FACTS["customer_days"].columns()
    frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.lit(None, table[name].dtype).alias(name) for name in table.keys() - rows[0].keys()
    )
    return shop_of(
        Business(channels=CHANNELS),
        about=manifest(first_day=first, last_day=LAST, channels=CHANNELS),
        customer_days=frame.select(pl.col(name).cast(kind.dtype) for name, kind in table.items()),
    )


def _days(number: int, first: dt.date) -> list[dict[str, object]]:
    every = 100 + number * 7 % 201
    came = LAST - (number % LONGEST) * DAY
    bought = [came + place * every * DAY for place in range(4)]
    known = [(place, day) for place, day in enumerate(bought) if first <= day <= LAST]
    days = [day for _, day in known]
    is_online = [place % 2 == 0 for place, _ in known]
    return [
        {
            "customer_id": f"c{number}",
            "channel": "web" if is_online[place] else "till",
            "channel_kind": "online" if is_online[place] else "offline",
            "day": day,
            "previous_day": days[place - 1] if place else None,
            "next_day": days[place + 1] if place + 1 < len(days) else None,
            "history_from": first,
            "next_online_day": next(iter(days[place + (not is_online[place]) :]), None),
            "next_offline_day": next(iter(days[place + is_online[place] :]), None),
            "days_observed": (LAST - day).days,
            "days_to_next": (days[place + 1] - day).days if place + 1 < len(days) else None,
            "customer_type": "returning" if place else "new",
            "orders": 1,
            "orders_priced": 0,
            "orders_unpriced": 1,
        }
        for place, day in enumerate(days)
    ]


@pytest.fixture(scope="module")
def young_shop() -> Shop:
    return steady_shop(8)


@pytest.fixture(scope="module")
def old_shop() -> Shop:
    return steady_shop(30)


def reviewed(shop: Shop, compare: str = "previous") -> dict[str, Change]:
    found = changes(shop, Review(SHARES, "28d", compare))
    return {change.kpi.id: change for change in found}


def test_what_rises_only_with_known_history_is_no_news(young_shop: Shop) -> None:
    """By their intervals alone both would have risen."""
    found = reviewed(young_shop)
    assert {name: change.row["change_low"] > 0 for name, change in found.items()} == dict.fromkeys(
        SHARES, True
    )
    assert {change.judgement for change in found.values()} == {"needs history"}
    assert not any(change.is_real or change.driver for change in found.values())
    (said,) = (note.en for note in unlisted(list(found.values())) if SHARES[0] in note.en)
    assert said == f"not judged where fewer than 365 days of orders lie before: {', '.join(SHARES)}."


def test_figures_of_young_data_are_told_all_the_same(young_shop: Shop) -> None:
    start = LAST - 27 * DAY
    rows = evaluate(young_shop, Query(SHARES, start, LAST, compare="previous"))
    assert rows.select("value", "previous", "change").null_count().sum_horizontal().item() == 0


def test_with_a_year_of_history_nothing_moves_and_all_is_judged(old_shop: Shop) -> None:
    assert {change.judgement for change in reviewed(old_shop).values()} == {"no real change"}
    assert young(old_shop, Watch(SHARES)) == []


def test_the_days_compared_with_need_their_history_too(old_shop: Shop) -> None:
    """Of 900 days a year before leaves 535 less 28 before it: enough; of 640 it leaves too few."""
    assert {change.judgement for change in reviewed(old_shop, "year").values()} == {"no real change"}
    found = reviewed(steady_shop(22), "year")
    assert {change.judgement for change in found.values()} == {"needs history"}


def test_weeks_without_history_are_not_watched(young_shop: Shop, old_shop: Shop) -> None:
    watch = Watch(SHARES[:1])
    assert alarms(young_shop, watch) == []
    assert charts(young_shop, watch).is_empty()
    assert young(young_shop, watch) == [catalogue()[SHARES[0]]]
    since_start = charts(old_shop, Watch(SHARES[:1], start=old_shop.first_day))
    assert old_shop.first_day is not None
    assert since_start["week"].min() >= old_shop.first_day + 365 * DAY


def test_history_is_asked_for_where_customers_are_told_by_their_past() -> None:
    """Whoever counts first orders, or looks back for both channels, must say how much past that takes."""
    told = {kpi.id: kpi.burn_in_days for kpi in catalogue().values() if kpi.burn_in_days is not None}
    assert told == {
        "repurchase_rate_30d": 30, "repurchase_rate_90d": 90, "repurchase_rate_180d": 180,
        "repurchase_rate_365d": 365, "returning_customer_share": 365, "second_order_days": 365,
        "cross_channel_share": 0,
    }  # fmt: skip
    whole = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert not burnt_in(catalogue()["cross_channel_share"], whole.start, whole, None)
    assert burnt_in(catalogue()["cross_channel_share"], whole.start + DAY, whole)
    lines = history_needed(catalogue()[name] for name in told)
    assert [line.en.split(" days")[0].split()[-1] for line in lines] == ["30", "90", "180", "365"]
