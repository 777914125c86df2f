"""Design effects: worked out by hand, recounted row by row, and put to the test on drawn customers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.facts import OrderFacts
from kpis import clusters
from kpis.catalogue import catalogue
from kpis.clusters import COLUMNS, FEWEST_CLUSTERS, RECENT_DAYS
from kpis.describe import as_object
from kpis.evaluate import Query, evaluate
from kpis.intervals import Z95, wilson
from kpis.of_sums import Mean, Ratio
from kpis.profiles import varied
from kpis.rollup import open_rollups
from kpis.shop import Shop
from kpis.stored import clustered
from tests.kpis.frames import LAST, facts, manifest, shop_of

RETURN_RATE = catalogue()["return_rate"]
EVERY = [*catalogue().values(), *(kpi.event for kpi in catalogue().values() if kpi.event), *varied()]
DUE = {"paid": True, "paid_day": LAST, "returns_known": True, "channel": "web", "channel_kind": "online"}


def orders(customers: int, each: int, returning: int, **others: Any) -> list[dict[str, Any]]:
    """Orders of customers who each have so many; the first `returning` of them return every one."""
    return [
        DUE | {"order_id": f"{others}{customer}/{place}", "customer_id": f"{others}{customer}"}
        | {"returned_30d": customer < returning} | others
        for customer in range(customers)
        for place in range(each)
    ]  # fmt: skip


def effect(shop: Shop, **place: str) -> float:
    return shop.effects.of(RETURN_RATE, **place).value


def test_customers_who_always_do_the_same_count_once_each() -> None:
    """40 customers of 5 orders, 10 return all: of orders 200/199 x 200 x 1/4 x 3/4, of customers
    40/39 x (10 x (5 - 5/4)^2 + 30 x (5/4)^2), both by 200^2."""
    shop = shop_of(order_facts=orders(40, 5, 10))
    of_orders, of_customers = 200 / 199 * 200 * 3 / 16, 40 / 39 * (10 * 3.75**2 + 30 * 1.25**2)
    assert effect(shop) == pytest.approx(of_customers / of_orders)
    assert effect(shop) == pytest.approx(5 * 199 / 195)


def test_the_interval_is_that_of_as_many_orders_as_they_are_worth() -> None:
    shop = shop_of(order_facts=orders(40, 5, 10))
    row = evaluate(shop, Query(("return_rate",))).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["value"]) == (50, 200, 0.25)
    low, high = wilson(pl.lit(50 / effect(shop)), pl.lit(200 / effect(shop)))
    assert (row["low"], row["high"]) == pytest.approx(pl.select(low.alias("low"), high.alias("high")).row(0))
    assert row["high"] - row["low"] > 2 * (0.3142 - 0.1951), "Wilson's own ends, 50 of 200"


def test_one_order_each_is_as_good_as_independent() -> None:
    assert effect(shop_of(order_facts=orders(40, 1, 10))) == 1


def test_an_anonymous_order_stands_for_itself() -> None:
    assert effect(shop_of(order_facts=[row | {"customer_id": None} for row in orders(40, 5, 10)])) == 1


def test_customers_who_differ_less_than_chance_do_not_narrow_an_interval() -> None:
    """Each returns one of four."""
    rows = [row | {"returned_30d": row["order_id"].endswith("/0")} for row in orders(40, 4, 0)]
    assert effect(shop_of(order_facts=rows)) == 1


@pytest.mark.parametrize("returning", [0, 40])
def test_where_everything_or_nothing_counts_there_is_nothing_to_widen(returning: int) -> None:
    assert effect(shop_of(order_facts=orders(40, 5, returning))) == 1


def test_older_orders_do_not_tell() -> None:
    first = LAST - dt.timedelta(days=RECENT_DAYS - 1)
    assert effect(shop_of(order_facts=orders(40, 5, 10, paid_day=first))) > 5
    assert effect(shop_of(order_facts=orders(40, 5, 10, paid_day=first - dt.timedelta(days=1)))) == 1


def test_too_few_customers_borrow_the_effect_of_all() -> None:
    few = orders(FEWEST_CLUSTERS - 1, 2, 3, channel="app")
    shop = shop_of(order_facts=[*orders(40, 5, 10), *few])
    assert effect(shop, channel="app") == effect(shop) != effect(shop, channel="web")
    assert shop.effects.of(RETURN_RATE, channel="web").clusters == 40
    assert effect(shop_of(order_facts=few)) == 1, "too few altogether"


def test_orders_of_an_unknown_channel_tell_only_of_all() -> None:
    unknown = orders(60, 4, 30, channel=None)
    nowhere = orders(50, 3, 5, channel=None, channel_kind=None)
    known = orders(40, 5, 10)
    shop, without = shop_of(order_facts=[*known, *unknown, *nowhere]), shop_of(order_facts=known)
    assert effect(shop, channel="web") == effect(without, channel="web")
    of_kind = shop_of(order_facts=[*known, *(row | {"channel": "app"} for row in unknown)])
    assert effect(shop, channel_kind="online") == effect(of_kind, channel_kind="online") != effect(shop)
    row = evaluate(shop, Query(("return_rate",), by=("channel",))).filter(pl.col("channel").is_null())
    low, _ = wilson(*(pl.lit(row[side].item() / effect(shop)) for side in ("numerator", "denominator")))
    assert row["low"].item() == pytest.approx(pl.select(low).item())


def test_a_slice_has_the_effect_of_its_channel_or_kind() -> None:
    web, app = orders(40, 5, 10), orders(60, 2, 20, channel="app")
    tills = orders(50, 3, 5, channel="till", channel_kind="offline", region="North")
    shop = shop_of(order_facts=[*web, *app, *tills])
    of_web, of_online = effect(shop, channel="web"), effect(shop, channel_kind="online")
    cases: list[tuple[tuple[str, ...], dict[str, tuple[str, ...]], list[float]]] = [
        ((), {}, [effect(shop)]),
        (("channel",), {}, [effect(shop, channel=name) for name in ("app", "till", "web")]),
        (("channel_kind",), {}, [effect(shop, channel_kind="offline"), of_online]),
        (("region",), {"channel": ("web",)}, [of_web]),
        (("channel_kind",), {"channel": ("web",)}, [of_web]),
        (("region",), {"channel_kind": ("online",)}, [of_online]),
        (("category",), {"channel": ("web", "app")}, [effect(shop)]),
        (("category",), {"channel": ("web", "app"), "channel_kind": ("online",)}, [of_online]),
    ]
    assert len({alike for _, _, effects in cases for alike in effects}) == 5
    for by, where, effects in cases:
        rows = evaluate(shop, Query(("return_rate",), by=by, where=tuple(where.items())))
        for row, alike in zip(rows.iter_rows(named=True), effects, strict=True):
            low, _ = wilson(pl.lit(row["numerator"] / alike), pl.lit(row["denominator"] / alike))
            assert pl.select(low).item() == pytest.approx(row["low"]), (by, where)


def test_a_channel_of_too_few_has_the_effect_of_its_kind_where_that_is_kept() -> None:
    web, kiosk = orders(40, 5, 10), orders(8, 2, 4, channel="kiosk")
    tills = orders(50, 3, 5, channel="till", channel_kind="offline")
    shop = shop_of(order_facts=[*web, *kiosk, *tills])
    alike = effect(shop, channel_kind="online")
    assert alike == effect(shop, channel="kiosk", channel_kind="online") != effect(shop)
    online, alone = ("channel_kind", ("online",)), ("channel", ("kiosk",))
    for by, where in (((), (alone, online)), (("channel",), (online,))):
        rows = evaluate(shop, Query(("return_rate",), by=by, where=where))
        row = (rows.filter(pl.col("channel") == "kiosk") if by else rows).row(0, named=True)
        low, _ = wilson(pl.lit(row["numerator"] / alike), pl.lit(row["denominator"] / alike))
        assert pl.select(low).item() == pytest.approx(row["low"]), (by, where)


@given(st.lists(st.tuples(st.integers(0, 45), st.booleans(), st.booleans()), min_size=80, max_size=150))
@settings(max_examples=20)
def test_effects_are_those_recounted_customer_by_customer(drawn: list[tuple[int, bool, bool]]) -> None:
    """Number 0 stands for anonymous orders; of some orders returns are not known."""
    rows = [
        DUE
        | {"order_id": f"{place}", "customer_id": f"c{customer}" if customer else None}
        | {"returned_30d": returned, "returns_known": known}
        for place, (customer, returned, known) in enumerate(drawn)
    ]
    pairs = [
        (customer or -place, returned) for place, (customer, returned, known) in enumerate(drawn) if known
    ]
    customers = {customer: [r for c, r in pairs if c == customer] for customer, _ in pairs}
    n, m, share = len(pairs), len(customers), sum(r for _, r in pairs) / max(len(pairs), 1)
    residuals = sum((sum(returns) - share * len(returns)) ** 2 for returns in customers.values())
    binomial = n * n * share * (1 - share) / (n - 1) if n > 1 else 0
    expected = m / (m - 1) * residuals / binomial if m >= FEWEST_CLUSTERS and binomial else 1
    assert effect(shop_of(order_facts=rows)) == pytest.approx(max(expected, 1))


def test_lines_of_one_order_are_alike() -> None:
    """Each order has two rows, one per category; in 10 of 40 all lines are not as described."""
    rows = [
        {"order_id": f"{order}", "paid_day": LAST, "delivered": True, "lines": 1, "lines_told": 1}
        | {"lines_mismatched": int(order < 10), "category": category}
        for order in range(40)
        for category in ("shoes", "bags")
    ]
    shop, name = shop_of(line_facts=rows), "description_mismatch"
    assert shop.effects.of(catalogue()[name]).value == pytest.approx(2 * 79 / 78)
    row = evaluate(shop, Query((name,))).row(0, named=True)
    error = ((10 * 1.5**2 + 30 * 0.5**2) * 40 / 39) ** 0.5 / 80
    assert row["value"] == 0.25
    assert row["high"] - row["value"] == pytest.approx(Z95 * error), "that of 40 orders of two lines"


def test_of_very_many_orders_some_customers_tell_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    many = shop_of(order_facts=[*orders(1500, 5, 400), *orders(1500, 3, 600, channel="app")])
    whole = many.effects.of(RETURN_RATE)
    monkeypatch.setattr(clusters, "ENOUGH_ROWS", 3000)
    some = Shop(many.tables, many.business).effects.of(RETURN_RATE)
    assert whole.clusters == 3000
    assert 450 < some.clusters < 750, "a fifth of the customers, with all of their orders"
    assert some.value == pytest.approx(whole.value, rel=0.05)


def test_stored_effects_are_those_of_the_rows(tmp_path: Path) -> None:
    rows = shop_of(order_facts=[*orders(40, 5, 10), *orders(50, 3, 5, channel="app")])
    stored = Shop(rows.tables, rows.business, open_rollups(tmp_path, "000001", rows.tables, ["000001"]))
    for channel in (None, "web", "app", "unheard of"):
        assert stored.effects.of(RETURN_RATE, channel) == rows.effects.of(RETURN_RATE, channel)
    assert stored.effects.of(RETURN_RATE, "app").value > 1


def test_without_any_day_nothing_is_widened() -> None:
    assert effect(shop_of(about=manifest(first_day=None, last_day=None))) == 1


def test_clusters_are_declared_where_rows_are_alike() -> None:
    """A share of orders is clustered by customer, a share or mean of parts of orders by order."""
    for kpi in EVERY:
        tables = {measure.facts for measure in kpi.parts().values()}
        has_interval = isinstance(kpi, Mean) or (isinstance(kpi, Ratio) and kpi.interval)
        if not has_interval or kpi.id == "identified_share":
            assert kpi.cluster == "independent", kpi.id
        elif tables == {OrderFacts}:
            assert kpi.cluster == ("order" if isinstance(kpi, Mean) else "customer"), kpi.id
        elif all("order_id" in table.columns() and not table.primary_key() for table in tables):
            assert kpi.cluster == "order", kpi.id
        else:
            assert kpi.cluster == "independent", kpi.id


def test_clusters_can_be_told_apart_in_the_rows() -> None:
    for kpi in EVERY:
        column = COLUMNS.get(kpi.cluster)
        assert column is None or all(column in part.facts.columns() for part in kpi.parts().values()), kpi.id
    assert len(clustered()) > 20


def test_the_catalogue_says_what_is_taken_as_alike() -> None:
    said = {name: as_object(kpi)["clustering"] for name, kpi in catalogue().items()}
    assert said["return_rate"] == "customer"
    assert said["damage_rate"] == said["average_order_value"] == "order"
    assert said["nps"] == said["bounce_rate"] == said["repurchase_rate"] == "independent"


class Drawn:
    """Many shops at once, each a channel: customers with rates of their own, a few with very many orders.

    Customers order 1 to 12 times and return 30 % of their orders on average, from hardly any to nearly all.
    """

    SHOPS, CUSTOMERS, RATE = 600, 120, 0.3

    def __init__(self) -> None:
        chance = np.random.default_rng(8)
        size = (self.SHOPS, self.CUSTOMERS)
        counts = chance.integers(1, 13, size)
        rates = chance.beta(0.6, 1.4, size)
        place = np.repeat(np.arange(counts.size), counts.ravel())
        returned = chance.random(place.size) < np.repeat(rates.ravel(), counts.ravel())
        told = pl.DataFrame({"customer_id": place, "returned_30d": returned}).with_columns(
            pl.col("customer_id").cast(pl.String),
            channel=(pl.col("customer_id") // self.CUSTOMERS).cast(pl.String),
            order_id=pl.int_range(pl.len()).cast(pl.String),
        )
        template = facts("order_facts", [DUE])
        same = template.drop(told.columns).join(told, how="cross")
        self.orders = same.select(template.columns)

    def covered(self, *, clustered: bool) -> float:
        """The share of shops whose interval holds the rate that all were drawn with."""
        table = self.orders if clustered else self.orders.with_columns(customer_id=pl.lit(None, pl.String))
        rows = evaluate(shop_of(order_facts=table), Query(("return_rate",), by=("channel",)))
        held: float = rows.select(pl.lit(self.RATE).is_between("low", "high").mean()).item()
        return held


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    drawn = Drawn()
    assert 0.925 <= drawn.covered(clustered=True) <= 0.975
    assert drawn.covered(clustered=False) < 0.8, "as if every order told something of its own"
