"""How the demo's goods reach customers: parcels with their carriers, and pick-ups in shops."""

from __future__ import annotations

import numpy as np
import polars as pl

from connectors.demo.calendar import DAY, END, HOUR, column, day_number, day_of, in_hours, is_slow, known
from connectors.demo.chance import Flags, Floats, Whole, happens, pick, places, stream, words
from connectors.demo.effects import CarrierStrike, Effect, planted
from connectors.demo.places import MALL

CARRIERS = ("Crane Express", "Harbour Post", "Swift Wheel")
CARRIER_WEIGHTS = (42, 31, 27)
SPLIT_SHARE = 0.15
PREPARING_HOURS, SECOND_PARCEL_HOURS = 6.0, 9.0
TRAVEL_HOURS = (25.0, 38.0, 35.0, 52.0)
SLOW_HOURS = 26.0
TROUBLE_SHARE, LOST_SHARE, DAMAGED_SHARE = 0.044, 0.002, 0.006
UNTRACKED_SHARE, UNSCANNED_SHARE = 0.03, 0.012
ASSUMED_AFTER = 10 * DAY
READY_HOURS = 1.6
NOT_COLLECTED_SHARE = 0.035
COLLECTED_WITHIN = 7 * DAY


def parcels(orders: pl.DataFrame, effects: tuple[Effect, ...], subject: str = "parcels") -> pl.DataFrame:
    """Send what is to be shipped.

    Args:
        orders: one row per order to ship: `order_id`, `channel`, `region`, `clock_at` (when packing can
            begin), `promised_at`, `lines`.
        effects: the planted effects.
        subject: the stream of chance to use.

    Returns:
        One row per parcel handed to a carrier by the last day: `order_id`, `kind`, `carrier`, `shipped_at`,
        `first_scan_at`, `promised_at`, `delivered_at`, `signed_by`, `tracked`, `exception`, `damaged`.
    """
    rng = stream(subject)
    splits = happens(rng, SPLIT_SHARE, orders.height) & (orders["lines"] > 1).to_numpy()
    rows = orders.gather(pl.Series(np.repeat(np.arange(orders.height), 1 + splits)))
    second = ~rows["order_id"].is_first_distinct().to_numpy()
    count = rows.height
    carrier = pick(rng, CARRIER_WEIGHTS, count)
    shipped = _shipped(rng, rows, second)
    arrived, trouble = _arrived(rng, rows, shipped)
    arrived = _delayed(rng, arrived, carrier, planted(effects, CarrierStrike))
    lost = happens(rng, LOST_SHARE, count)
    tracked = ~(happens(rng, UNTRACKED_SHARE, count) & (places(rows["channel"]) != MALL))
    scanned = tracked & ~happens(rng, UNSCANNED_SHARE, count)
    delivered = known(np.where(tracked, np.where(lost, np.nan, arrived), shipped + ASSUMED_AFTER))
    signed = np.where(np.isnan(delivered), -1, np.where(tracked, 0, 1))
    scan = known(np.where(scanned, np.minimum(shipped + rng.uniform(0.7, 9, count) * HOUR, arrived), np.nan))
    return (
        rows.select("order_id", "promised_at")
        .with_columns(
            words(("parcel", "pickup"), np.zeros(count, dtype=np.int64)).alias("kind"),
            words(CARRIERS, carrier).alias("carrier"),
            column(known(shipped)).alias("shipped_at"),
            column(scan).alias("first_scan_at"),
            column(delivered).alias("delivered_at"),
            words(("carrier", "assumed", "shop"), signed).alias("signed_by"),
            pl.Series("tracked", tracked),
            pl.Series("exception", (trouble | lost) & happens(rng, 0.6, count)),
            pl.Series("damaged", happens(rng, DAMAGED_SHARE, count) & ~np.isnan(delivered)),
        )
        .filter(pl.col("shipped_at").is_not_null())
    )


def _shipped(rng: np.random.Generator, rows: pl.DataFrame, second: Flags) -> Floats:
    """When each parcel is handed over, in the warehouse's working hours."""
    clock = rows["clock_at"].to_numpy()
    hours = rng.gamma(2.2, PREPARING_HOURS, rows.height)
    later = rng.gamma(2.0, SECOND_PARCEL_HOURS, rows.height) * second
    return in_hours(rng, clock + (hours + later) * HOUR, 8, 20)


def _arrived(rng: np.random.Generator, rows: pl.DataFrame, shipped: Floats) -> tuple[Floats, Flags]:
    """When each parcel would be delivered, and whether it runs into trouble on its way."""
    count = rows.height
    mean = np.asarray(TRAVEL_HOURS)[places(rows["region"])]
    slow = is_slow(np.clip(day_of(shipped), 0, day_of(np.array([END]))[0]))
    hours = mean * rng.gamma(9.0, 1 / 9, count) + SLOW_HOURS * slow
    trouble = happens(rng, TROUBLE_SHARE, count)
    hours = hours + trouble * rng.uniform(24, 130, count)
    return in_hours(rng, shipped + hours * HOUR, 9, 20), trouble


def _delayed(
    rng: np.random.Generator, arrived: Floats, carrier: Whole, effect: CarrierStrike | None
) -> Floats:
    """Deliveries as they are under the planted strike."""
    chance, days = rng.random(len(arrived)), rng.integers(2, 8, len(arrived))
    if effect is None:
        return arrived
    due = day_of(arrived)
    struck = (due >= day_number(effect.first)) & (due <= day_number(effect.last)) & (chance < effect.size)
    return np.where(struck & (carrier == CARRIERS.index(effect.carrier)), arrived + days * DAY, arrived)


def pick_ups(orders: pl.DataFrame, subject: str = "pick-ups") -> pl.DataFrame:
    """Lay ready what is to be collected.

    Args:
        orders: one row per order to be collected: `order_id`, `clock_at`.
        subject: the stream of chance to use.

    Returns:
        One row per pick-up that was ready by the last day, as `parcels`, with `ready_at` and `expires_at`.
    """
    rng, count = stream(subject), orders.height
    begun = in_hours(rng, orders["clock_at"].to_numpy(), 10, 21)
    ready = in_hours(rng, begun + rng.gamma(2.0, READY_HOURS / 2, count) * HOUR, 10, 21.5)
    hours = np.minimum(rng.exponential(30.0, count) + 0.5, 150.0)
    collected = in_hours(rng, ready + hours * HOUR, 10, 21.5)
    missed = happens(rng, NOT_COLLECTED_SHARE, count)
    delivered = known(np.where(missed, np.nan, collected))
    return (
        orders.select("order_id")
        .with_columns(
            words(("parcel", "pickup"), np.ones(count, dtype=np.int64)).alias("kind"),
            column(known(ready)).alias("ready_at"),
            column(delivered).alias("delivered_at"),
            words(("carrier", "assumed", "shop"), np.where(np.isnan(delivered), -1, 2)).alias("signed_by"),
            column(np.floor(ready + COLLECTED_WITHIN)).alias("expires_at"),
            pl.lit(value=False).alias("tracked"),
            pl.lit(value=False).alias("damaged"),
        )
        .filter(pl.col("ready_at").is_not_null())
    )
