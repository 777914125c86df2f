"""Visits of the demo's online channels, as an analytics tool exports them, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl

from connectors.demo.calendar import DAYS, FIRST_DAY, WARM_UP, busyness, day_number, is_sale, moments_on
from connectors.demo.chance import Flags, Floats, Whole, happens, pick_by, places, stream, words
from connectors.demo.places import REGION_SHARES, REGIONS

SITES = ("web", "app", "mini", "mall")
CONVERSIONS = (0.030, 0.050, 0.040, 0.047)
PAID_AND_SEEN = 0.92
SEEN_SHARE = 0.95
CALMER = 0.85
VISITS_PER_VISITOR = 2.6
DEVICES = ("phone", "desktop", "tablet")
DEVICE_WEIGHTS = ((48, 44, 8), (93, 0, 7), (100, 0, 0), (84, 14, 2))
SOURCES = ("direct", "search", "ad", "social", "referral", "email", "push")
SOURCE_WEIGHTS = (
    (22, 34, 18, 10, 7, 9, 0),
    (52, 4, 10, 10, 2, 2, 20),
    (30, 6, 12, 42, 8, 0, 2),
    (22, 46, 26, 4, 2, 0, 0),
)
CAMPAIGN_SOURCES = ("ad", "email", "push")
BOUNCES = (0.42, 0.22, 0.33, 0.36)
SLOWNESS = (1_850.0, 1_050.0, 1_350.0, 1_600.0)
SCHEMA: dict[str, pl.DataType] = {
    "visit_id": pl.String(),
    "started_at": pl.Datetime("us", "UTC"),
    "channel": pl.String(),
    "visits": pl.Int32(),
    "visitor_id": pl.String(),
    "store_id": pl.String(),
    "device": pl.String(),
    "region": pl.String(),
    "source": pl.String(),
    "campaign": pl.String(),
    "page_views": pl.Int32(),
    "bounced": pl.Int32(),
    "product_viewed": pl.Int32(),
    "added_to_cart": pl.Int32(),
    "reached_checkout": pl.Int32(),
    "ordered": pl.Int32(),
    "searched": pl.Int32(),
    "lcp_ms": pl.Int32(),
    "order_id": pl.String(),
}


def visits(orders: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Month by month, the month's name and one row per visit of the columns of `SCHEMA`.

    Args:
        orders: one row per online order: `order_id`, `person`, `channel`, `day`, `placed_at`.
    """
    bought = np.bincount(places(orders["channel"]), minlength=len(SITES))[: len(SITES)]
    totals = bought * PAID_AND_SEEN / np.asarray(CONVERSIONS)
    pools = np.maximum(totals / VISITS_PER_VISITOR, 1).astype(np.int64)
    rhythm = busyness(offline=False)[WARM_UP:] ** CALMER
    daily = np.outer(rhythm / rhythm.sum(), totals - bought * SEEN_SHARE)
    number = 0
    for first, last in _months():
        here = orders.filter(pl.col("day").is_between(first, last))
        month = FIRST_DAY + dt.timedelta(days=first)
        frame = _month(f"{month:%Y-%m}", here, daily[first : last + 1], first, pools)
        yield (
            f"{month:%Y-%m}",
            frame.with_columns(_numbered("v", number + np.arange(frame.height)).alias("visit_id")),
        )
        number += frame.height


def _months() -> list[tuple[int, int]]:
    """The first and last day of each calendar month, as far as it lies in the demo's days."""
    starts = [
        day_number(dt.date(year, month, 1))
        for year in range(FIRST_DAY.year, FIRST_DAY.year + 3)
        for month in range(1, 13)
    ]
    edges = [0, *(day for day in starts if 0 < day < DAYS), DAYS]
    return [(first, after - 1) for first, after in pairwise(edges)]


def _month(name: str, orders: pl.DataFrame, daily: Floats, first: int, pools: Whole) -> pl.DataFrame:
    """One month's visits in order of time; columns hold the idle ones first, then those that bought."""
    rng = stream(f"visits {name}")
    counts = rng.poisson(daily)
    days, sites = np.meshgrid(np.arange(len(daily)) + first, np.arange(len(SITES)), indexing="ij")
    idle_day, idle_site = (np.repeat(grid.ravel(), counts.ravel()) for grid in (days, sites))
    seen = orders.filter(pl.Series(happens(rng, SEEN_SHARE, orders.height)))
    site = np.append(idle_site, places(seen["channel"]))
    buying = np.arange(len(site)) >= len(idle_site)
    strolled = moments_on(rng, idle_day, np.zeros(len(idle_day), dtype=np.bool_))
    came = seen["placed_at"].to_numpy() - np.floor(rng.uniform(60, 1_800, seen.height))
    day = np.append(idle_day, seen["day"].to_numpy())
    stranger = rng.integers(0, pools[idle_site])
    visitor = np.append(stranger, seen["person"].to_numpy() * 7_919 % pools[places(seen["channel"])])
    frame = pl.DataFrame(
        {
            "started_at": times(np.append(strolled, came)),
            "channel": words(SITES, site),
            "visits": np.ones(len(site), dtype=np.int32),
            "visitor_id": _numbered("b", visitor * len(SITES) + site),
            "device": words(DEVICES, pick_by(rng, DEVICE_WEIGHTS, site)),
            "region": words(REGIONS, pick_by(rng, [REGION_SHARES], np.zeros(len(site), dtype=np.int64))),
            **_source(rng, site, day, name),
            **_steps(rng, site, buying),
            "order_id": pl.concat([pl.Series([None] * len(idle_site), dtype=pl.Int64), seen["order_id"]]),
        }
    )
    return shaped(frame.sort("started_at", maintain_order=True))


def _steps(rng: np.random.Generator, site: Whole, buying: Flags) -> dict[str, np.ndarray]:
    """How far each visit went; buyers went all the way."""
    count = len(site)
    bounced = happens(rng, np.asarray(BOUNCES)[site], count) & ~buying
    viewed = happens(rng, np.where(bounced, 0.30, 0.80), count) | buying
    added = (happens(rng, 0.16, count) & viewed & ~bounced) | buying
    checkout = (happens(rng, 0.36, count) & added) | buying
    pages = np.where(bounced, 1, np.where(buying, 4, 2) + rng.poisson(2.6, count))
    slow = (
        np.asarray(SLOWNESS)[site] * np.exp(0.42 * rng.standard_normal(count)) * np.where(bounced, 1.12, 1.0)
    )
    return {
        "page_views": pages,
        "bounced": bounced,
        "product_viewed": viewed,
        "added_to_cart": added,
        "reached_checkout": checkout,
        "ordered": buying,
        "searched": happens(rng, np.where(buying, 0.42, 0.26), count) & ~bounced,
        "lcp_ms": slow.astype(np.int64),
    }


def _source(rng: np.random.Generator, site: Whole, day: Whole, month: str) -> dict[str, pl.Series]:
    """Where each visit came from, and the campaign behind it where there is one."""
    source = pick_by(rng, SOURCE_WEIGHTS, site)
    led = np.isin(source, [SOURCES.index(name) for name in CAMPAIGN_SOURCES])
    campaign = np.where(led, is_sale(day).astype(np.int64), -1)
    return {"source": words(SOURCES, source), "campaign": words(("always-on", f"sale-{month}"), campaign)}


def shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of `SCHEMA`, empty where `frame` lacks them."""
    present = [pl.col(name).cast(kind) for name, kind in SCHEMA.items() if name in frame.columns]
    absent = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns
    ]
    return frame.select(*present, *absent).select(*SCHEMA)


def times(moments: Floats) -> pl.Series:
    """Moments as times."""
    return pl.Series((moments * 1e6).astype(np.int64)).cast(pl.Datetime("us", "UTC"))


def _numbered(letter: str, numbers: Whole) -> pl.Series:
    return letter + pl.Series(numbers).cast(pl.String)
