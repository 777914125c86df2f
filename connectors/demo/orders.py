"""The demo's orders: who ordered when and where, and how the goods are to reach them."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import HOUR, column, end_of, is_slow
from connectors.demo.chance import Floats, Whole, happens, pick, pick_by, places, stream, words
from connectors.demo.people import TIERS, People
from connectors.demo.places import (
    MALL,
    REGIONS,
    SHOP_WEIGHTS,
    SHOPS,
    SHOPS_OF_REGION,
    STORE,
)
from connectors.demo.records import member_number

FULFILMENTS = ("ship", "pickup", "instore")
SHIP, PICK_UP, IN_STORE = range(3)
PICK_UP_SHARES = (0.11, 0.13, 0.09, 0.0, 0.0)
PROMISED_DAYS = (3, 4, 4, 5)
SLOW_DAYS = 2
SHIP_WITHIN = 48 * HOUR
DRAFT_SHARE, TEST_SHARE, GIFT_SHARE = 0.006, 0.001, 0.03


def order_heads(people: People, bought: pl.DataFrame) -> pl.DataFrame:
    """The orders behind the purchases.

    Args:
        people: who buys.
        bought: the purchases with their customer record (see `records.customer_records`).

    Returns:
        One row per order: `order_id`, `person`, `customer_id`, `channel`, `day`, `placed_at`, `region` (of
        the delivery address; null at the till), `shop` (place in `SHOPS`; -1 for none) and its `store_id`,
        `fulfilment`, `tier`, `member_no` (only at the till), `is_draft`, `is_test`, `gift`,
        `promised_ship_at`, `promised_at`.
    """
    rng, count = stream("orders"), bought.height
    channel, person = places(bought["channel"]), bought["person"].to_numpy()
    online = channel != STORE
    region = people.region[person]
    pick_up = happens(rng, np.asarray(PICK_UP_SHARES)[channel], count)
    fulfilment = np.where(online, np.where(pick_up, PICK_UP, SHIP), IN_STORE)
    shop = _shops(rng, person, region, fulfilment)
    tier = np.where((person < 0) | (channel == MALL), -1, people.tier[person])
    ships = fulfilment == SHIP
    day = bought["day"].to_numpy()
    promised = promised_by(region, day)
    return bought.select("person", "customer_id", "channel", "day", "placed_at").with_columns(
        pl.Series("order_id", np.arange(1, count + 1)),
        words(REGIONS, np.where(online, region, -1)).alias("region"),
        pl.Series("shop", shop),
        shop_number(shop).alias("store_id"),
        member_number(person, fulfilment == IN_STORE).alias("member_no"),
        words(FULFILMENTS, fulfilment).alias("fulfilment"),
        words(TIERS, tier).alias("tier"),
        pl.Series("is_draft", happens(rng, DRAFT_SHARE, count) & online),
        pl.Series("is_test", happens(rng, TEST_SHARE, count) & online),
        pl.Series("gift", happens(rng, GIFT_SHARE, count) & online),
        column(np.where(ships, bought["placed_at"].to_numpy() + SHIP_WITHIN, np.nan)).alias(
            "promised_ship_at"
        ),
        column(np.where(ships, promised, np.nan)).alias("promised_at"),
    )


def _shops(rng: np.random.Generator, person: Whole, region: Whole, fulfilment: Whole) -> Whole:
    """The shop of each receipt and pick-up: one near home, any for nobody in particular; -1 for parcels."""
    near = pick_by(rng, SHOPS_OF_REGION, region)
    anywhere = pick(rng, SHOP_WEIGHTS, len(person))
    return np.where(fulfilment == SHIP, -1, np.where(person < 0, anywhere, near))


def promised_by(region: Whole, day: Whole) -> Floats:
    """The moment by which a parcel ordered on a day is promised to a region."""
    return end_of(day + np.asarray(PROMISED_DAYS)[region] + SLOW_DAYS * is_slow(day))


def shop_number(shop: Whole) -> pl.Series:
    """The shop system's number of each shop, by its place in `SHOPS`; null where that is below 0."""
    numbers = np.asarray([place.store_id for place in SHOPS])
    return pl.Series(numbers[shop]).set(pl.Series(shop < 0), None)
