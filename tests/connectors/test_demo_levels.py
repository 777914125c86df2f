"""The demo's levels are those of a real retailer."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from connectors.demo.calendar import END, START
from tests.connectors.demo_world import DAY, day, standing, traffic, within, world

MATURE = END - 40 * DAY


def test_size_is_that_of_the_brochure() -> None:
    assert world().shop["sales_order"].height == pytest.approx(60_000, rel=0.05)
    assert traffic().height == pytest.approx(1_000_000, rel=0.10)
    assert world().shop["sales_order"]["placed_at"].max() - START == pytest.approx(730 * DAY, rel=0.001)


@pytest.mark.parametrize(
    ("site", "expected"), [("web", 0.03), ("app", 0.05), ("mini", 0.04), ("mall", 0.046)]
)
def test_a_few_visits_in_a_hundred_end_in_a_paid_order(site: str, expected: float) -> None:
    paid = standing(world()).select(pl.col("order_id").cast(pl.String), paid=pl.lit(value=True))
    seen = traffic().filter(pl.col("channel") == site).join(paid, on="order_id", how="left")
    assert seen["paid"].fill_null(value=False).mean() == pytest.approx(expected, rel=0.07)


def test_every_fourth_or_fifth_person_at_the_door_buys() -> None:
    people = traffic().filter(pl.col("channel") == "door")["visits"].sum()
    assert 0.20 <= world().receipts.height / people <= 0.25


@pytest.mark.parametrize(
    ("channel", "expected"), [("web", 0.08), ("app", 0.08), ("mall", 0.12), ("pos", 0.04)]
)
def test_return_rates_differ_by_channel(channel: str, expected: float) -> None:
    asked = world().shop["return_line"].group_by("order_id").agg(pl.col("requested_at").min())
    orders = standing(world()).filter((pl.col("channel") == channel) & (pl.col("paid_at") < MATURE))
    joined = orders.join(asked, on="order_id", how="left")
    back = (pl.col("requested_at") - pl.col("paid_at") <= 30 * DAY).fill_null(value=False)
    assert joined.select(back.mean()).item() == pytest.approx(expected, abs=0.012)


def test_most_parcels_keep_their_promise() -> None:
    kept = (pl.col("delivered_at") <= pl.col("promised_at")).fill_null(value=False)
    due = world().shop["shipment"].filter("tracked", pl.col("promised_at") <= END)
    assert due.group_by("order_id").agg(kept.all())["delivered_at"].mean() == pytest.approx(0.94, abs=0.012)


def test_net_promoter_score_is_about_45() -> None:
    answers = world().shop["survey"].filter(pl.col("question") == "recommend")["score"].drop_nulls()
    assert 100 * ((answers >= 9).mean() - (answers <= 6).mean()) == pytest.approx(45, abs=4)


def test_most_invitations_are_never_answered() -> None:
    surveys = world().shop["survey"]
    assert surveys["answered_at"].is_not_null().mean() == pytest.approx(0.27, abs=0.04)
    assert (surveys["answered_at"].is_null() == surveys["score"].is_null()).all()


def test_more_than_a_quarter_of_new_customers_is_back_within_90_days() -> None:
    days = (
        standing(world()).filter(pl.col("person") >= 0).group_by("person").agg(pl.col("day").unique().sort())
    )
    first, second = pl.col("day").list.first(), pl.col("day").list.get(1, null_on_oob=True)
    over = days.filter(first + 90 <= 729)
    assert 0.25 <= over.select((second - first <= 90).fill_null(value=False).mean()).item() <= 0.30


def test_half_of_the_receipts_are_anonymous() -> None:
    assert world().receipts["customer_id"].is_null().mean() == pytest.approx(0.55, abs=0.03)


def test_double_eleven_beats_the_weeks_before_and_spring_festival_is_quiet() -> None:
    orders = world().shop["sales_order"]

    def per_day(first: dt.date, last: dt.date) -> float:
        return orders.filter(within("placed_at", first, last)).height / ((last - first).days + 1)

    usual = per_day(dt.date(2025, 9, 1), dt.date(2025, 9, 28))
    assert per_day(dt.date(2025, 11, 10), dt.date(2025, 11, 11)) > 2 * usual
    assert per_day(dt.date(2025, 6, 16), dt.date(2025, 6, 18)) > 1.4 * usual
    assert per_day(dt.date(2026, 2, 15), dt.date(2026, 2, 23)) < 0.7 * usual


def test_shops_are_busiest_at_the_weekend() -> None:
    weekday = day("placed_at").dt.weekday()
    counts = world().receipts.group_by(weekday.alias("weekday")).len().sort("weekday")["len"].to_list()
    assert min(counts[5:]) > 1.3 * max(counts[:4])


def test_people_have_records_in_several_channels_and_guests_one_for_every_order() -> None:
    customers = world().shop["customer"]
    contacts = customers.select(
        pl.col("mobile").str.replace_all(" ", "").str.tail(11), "channel"
    ).drop_nulls()
    per_person = contacts.group_by("mobile").agg(pl.col("channel").n_unique())
    assert (per_person["channel"] > 1).mean() > 0.25
    guests = customers.filter("is_guest")
    assert guests["email"].is_not_null().all()
    assert guests["email"].str.to_lowercase().n_unique() < guests.height
    orders = world().shop["sales_order"].filter(pl.col("replaces").is_null())
    assert (
        orders.filter(pl.col("customer_id").is_in(guests["id"].cast(pl.Int64).implode()))["customer_id"]
        .is_unique()
        .all()
    )


def test_there_is_one_of_everything_a_real_shop_has() -> None:
    orders, shop = world().shop["sales_order"], world().shop
    assert set(orders["state"].unique()) == {"pending", "processing", "shipped", "completed", "cancelled"}
    assert set(orders["cancelled_by"].drop_nulls().unique()) == {"customer", "seller", "system"}
    assert orders["is_test"].sum() > 10
    assert orders["replaces"].is_not_null().sum() > 100
    assert shop["shipment"].filter(pl.col("kind") == "parcel")["order_id"].is_duplicated().sum() > 1_000
    assert set(shop["shipment"]["signed_by"].drop_nulls().unique()) == {"carrier", "assumed", "shop"}
    assert shop["shipment"]["damaged"].sum() > 100
    assert shop["shipment"]["exception"].sum() > 500
    assert set(shop["refund"]["state"].unique()) == {"paid_out", "open", "rejected_by_bank"}
    assert set(shop["return_line"]["wants"].unique()) == {"refund", "exchange"}
    assert shop["return_line"]["reason"].n_unique() == 6
    assert shop["service_case"]["kind"].n_unique() == 5


def test_most_articles_cost_the_same_everywhere() -> None:
    now = (
        world()
        .shop["price"]
        .filter(pl.col("to_day").is_null())
        .pivot("channel", index="sku", values="sell_fen")
    )
    assert 0.88 <= (now["web"] == now["pos"]).mean() <= 0.97
    assert (now["web"] == now["app"]).mean() > 0.94
