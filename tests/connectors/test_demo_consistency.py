"""The demo's tables agree with each other: links, order in time, sums, the last day."""

from __future__ import annotations

import re
from itertools import pairwise

import polars as pl
import pytest

from connectors.demo.calendar import END, LAST_DAY, START
from connectors.demo.schema import SHOP
from connectors.demo.voice import COMPLAINTS
from tests.connectors.demo_world import standing, traffic, world

KEYS = {
    "sales_order": ["order_id"], "order_line": ["order_id", "line_no"], "product": ["sku"],
    "price": ["sku", "channel", "from_day"], "listing": ["sku", "channel", "from_day"],
}  # fmt: skip
LINKS = [
    (table, column, parent)
    for table, columns in SHOP.items()
    for column, parent in re.findall(r"(\w+) \w+(?: NOT NULL)? REFERENCES (\w+)", columns)
]
IN_TURN = [
    ("sales_order", "placed_at", "paid_at"), ("sales_order", "placed_at", "cancelled_at"),
    ("sales_order", "paid_at", "promised_at"), ("shipment", "shipped_at", "first_scan_at"),
    ("shipment", "first_scan_at", "delivered_at"), ("shipment", "ready_at", "delivered_at"),
    ("shipment", "delivered_at", "expires_at"), ("return_line", "requested_at", "received_at"),
    ("refund", "requested_at", "refunded_at"), ("conversation", "asked_at", "first_reply_at"),
    ("conversation", "first_reply_at", "solved_at"), ("service_case", "opened_at", "closed_at"),
    ("survey", "invited_at", "answered_at"),
]  # fmt: skip
FOLLOWS = [
    ("payment_attempt", "attempted_at", "placed_at"), ("shipment", "shipped_at", "paid_at"),
    ("shipment", "ready_at", "paid_at"), ("return_line", "requested_at", "paid_at"),
    ("refund", "requested_at", "paid_at"), ("survey", "invited_at", "paid_at"),
    ("review", "created_at", "paid_at"), ("service_case", "opened_at", "placed_at"),
]  # fmt: skip
AHEAD = {"promised_at", "promised_ship_at", "expires_at"}


@pytest.mark.parametrize("table", SHOP)
def test_keys_are_unique(table: str) -> None:
    keys = world().shop[table].select(KEYS.get(table, ["id"]))
    assert keys.is_duplicated().sum() == 0
    assert keys.null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize(("table", "column", "parent"), LINKS)
def test_links_lead_somewhere(table: str, column: str, parent: str) -> None:
    key = KEYS.get(parent, ["id"])[0]
    links = world().shop[table].select(pl.col(column).drop_nulls().cast(pl.String))
    known = world().shop[parent].select(pl.col(key).cast(pl.String).alias(column))
    assert not links.is_empty()
    assert links.join(known, on=column, how="anti").is_empty()


@pytest.mark.parametrize(("table", "earlier", "later"), IN_TURN)
def test_steps_of_a_row_come_in_turn(table: str, earlier: str, later: str) -> None:
    rows = world().shop[table].drop_nulls([earlier, later])
    assert rows.height > 0
    assert rows.filter(pl.col(later) < pl.col(earlier)).is_empty()


@pytest.mark.parametrize(("table", "step", "start"), FOLLOWS)
def test_steps_of_an_order_follow_its_start(table: str, step: str, start: str) -> None:
    orders = world().shop["sales_order"].select("order_id", pl.col(start).alias("start"))
    rows = world().shop[table].select("order_id", step).join(orders, on="order_id").drop_nulls()
    assert rows.height > 0
    assert rows.filter(pl.col(step) < pl.col("start")).is_empty()


def test_goods_come_back_only_after_they_arrived() -> None:
    arrived = world().shop["shipment"].group_by("order_id").agg(pl.col("delivered_at").max())
    rows = world().shop["return_line"].join(arrived, on="order_id")
    assert rows.height > 0
    assert rows.filter(pl.col("requested_at") < pl.col("delivered_at")).is_empty()


@pytest.mark.parametrize("table", SHOP)
def test_nothing_but_promises_lies_after_the_last_day(table: str) -> None:
    rows = world().shop[table]
    moments = [name for name in rows.columns if name.endswith("_at") and name not in AHEAD]
    days = [name for name in ("from_day", "to_day") if name in rows.columns]
    for name in moments:
        assert rows[name].max() is None or rows[name].max() <= END, name
    for name in days:
        assert rows[name].max() <= LAST_DAY, name


def test_the_last_day_has_orders_and_parcels_under_way() -> None:
    orders, shipments = world().shop["sales_order"], world().shop["shipment"]
    assert orders["placed_at"].min() < START + 86_400
    assert orders["placed_at"].max() > END - 86_400
    under_way = shipments.filter(pl.col("shipped_at").is_not_null() & pl.col("delivered_at").is_null())
    assert under_way.height > 50
    assert shipments.filter(pl.col("ready_at").is_not_null() & pl.col("delivered_at").is_null()).height > 5


def test_orders_are_the_sum_of_their_lines() -> None:
    goods = (pl.col("list_fen") * pl.col("quantity")).sum()
    lines = (
        world().shop["order_line"].group_by("order_id").agg(pl.col("net_fen", "tax_fen").sum(), goods=goods)
    )
    orders = world().shop["sales_order"].filter(pl.col("replaces").is_null())
    both = orders.join(lines, on="order_id", suffix="_lines")
    assert both.height == orders.height
    total = pl.col("net_fen") + pl.col("tax_fen") + pl.col("shipping_fen")
    assert both.filter(pl.col("net_fen") != pl.col("net_fen_lines")).is_empty()
    assert both.filter(pl.col("tax_fen") != pl.col("tax_fen_lines")).is_empty()
    assert both.filter(pl.col("goods_list_fen") != pl.col("goods")).is_empty()
    assert both.filter(pl.col("total_fen") != total).is_empty()
    assert both.filter((pl.col("net_fen") <= 0) | (pl.col("net_fen") > pl.col("goods"))).is_empty()


def test_lines_cost_what_the_price_list_says() -> None:
    """Orders without any discount pay exactly the channel's price of the day."""
    orders = (
        world()
        .shop["sales_order"]
        .filter(
            pl.col("coupon").is_null()
            & (pl.col("tier").is_null() | (pl.col("tier") == "standard"))
            & pl.col("replaces").is_null()
        )
        .select(
            "order_id",
            pl.col("channel").cast(pl.String),
            date=pl.date(2024, 11, 21) + pl.duration(days="day"),
        )
    )
    lines = world().shop["order_line"].join(orders, on="order_id").sort("date")
    prices = world().shop["price"].sort("from_day").select("sku", "channel", "from_day", "sell_fen")
    priced = lines.join_asof(
        prices, left_on="date", right_on="from_day", by=["sku", "channel"], check_sortedness=False
    )
    assert priced.height > 10_000
    paid = pl.col("net_fen") + pl.col("tax_fen")
    assert priced.filter(paid != pl.col("sell_fen") * pl.col("quantity")).is_empty()


def test_only_what_is_in_stock_is_sold() -> None:
    listed = world().shop["listing"].filter("in_stock").select("sku", "channel")
    channels = world().shop["sales_order"].select("order_id", pl.col("channel").cast(pl.String))
    sold = world().shop["order_line"].join(channels, on="order_id").select("sku", "channel").unique()
    assert sold.join(listed, on=["sku", "channel"], how="anti").is_empty()


def test_a_paid_order_has_one_successful_attempt_and_others_none() -> None:
    successes = world().shop["payment_attempt"].group_by("order_id").agg(pl.col("succeeded").sum())
    orders = world().shop["sales_order"].join(successes, on="order_id", how="left")
    expected = pl.col("paid_at").is_not_null().cast(pl.UInt32)
    assert orders.filter(pl.col("succeeded").fill_null(0) != expected).is_empty()


def test_only_standing_orders_have_shipments_and_tills_have_none() -> None:
    replacements = world().shop["sales_order"].filter(pl.col("replaces").is_not_null())
    uncollected = world().shop["sales_order"].filter(pl.col("cancel_reason") == "not_collected")
    sent = pl.concat([standing(world()), replacements, uncollected], how="diagonal")
    shipped = world().shop["shipment"].join(sent, on="order_id", how="left").select("fulfilment", "kind")
    pairs = set(shipped.cast(pl.String).unique().rows())
    assert pairs == {("ship", "parcel"), ("pickup", "pickup")}


def test_prices_of_an_article_follow_each_other_without_gap() -> None:
    periods = world().shop["price"].sort("sku", "channel", "from_day")
    following = pl.col("from_day").shift(-1).over("sku", "channel")
    assert periods.filter(pl.col("to_day") + pl.duration(days=1) != following).is_empty()
    assert periods.filter(pl.col("to_day").is_null() != following.is_null()).is_empty()


def test_refunds_never_exceed_what_was_paid() -> None:
    given = (
        world()
        .shop["refund"]
        .filter(pl.col("state") != "rejected_by_bank")
        .group_by("order_id")
        .agg(pl.col("amount_fen").sum())
    )
    both = given.join(world().shop["sales_order"], on="order_id")
    assert both.height == given.height
    assert both.filter(pl.col("amount_fen") > pl.col("total_fen")).is_empty()


def test_visits_that_ordered_lead_to_their_order() -> None:
    orders = world().shop["sales_order"].select(pl.col("order_id").cast(pl.String), "placed_at", "channel")
    led = traffic().filter(pl.col("order_id").is_not_null())
    joined = led.join(orders, on="order_id")
    assert led["order_id"].is_unique().all()
    assert joined.height == led.height
    assert joined.filter(pl.col("started_at").dt.timestamp("us") > pl.col("placed_at") * 1e6).is_empty()
    assert traffic().filter((pl.col("ordered") == 1) != pl.col("order_id").is_not_null()).is_empty()
    native = {"mini": "wxapp"}
    assert joined.filter(
        pl.col("channel").replace(native) != pl.col("channel_right").cast(pl.String)
    ).is_empty()


def test_a_visit_goes_one_step_after_the_other() -> None:
    single = traffic().filter(pl.col("channel") != "door")
    steps = ["visits", "product_viewed", "added_to_cart", "reached_checkout", "ordered"]
    for earlier, later in pairwise(steps):
        assert single.filter(pl.col(later) > pl.col(earlier)).is_empty(), later
    assert single.filter((pl.col("page_views") == 1) != (pl.col("bounced") == 1)).is_empty()


def test_every_buyer_was_counted_at_the_door() -> None:
    counted = traffic().filter(pl.col("channel") == "door")["visits"].sum()
    assert counted > world().receipts.height
    assert traffic().filter(pl.col("visits") < 0).is_empty()


def test_a_row_of_one_visit_has_an_id_and_none_is_there_twice() -> None:
    alone = traffic().filter((pl.col("visits") == 1) & pl.col("store_id").is_null())
    assert alone["visit_id"].null_count() == 0
    assert traffic()["visit_id"].drop_nulls().is_unique().all()


def test_who_would_not_recommend_says_what_was_wrong_and_who_would_does_not() -> None:
    answers = world().shop["survey"].filter(pl.col("question") == "recommend").drop_nulls("comment")
    complaints = answers.filter(pl.col("comment").is_in(COMPLAINTS))
    assert complaints["score"].max() == 6
    assert answers.filter(~pl.col("comment").is_in(COMPLAINTS))["score"].min() == 7
