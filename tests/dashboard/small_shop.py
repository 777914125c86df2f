"""A small seeded shop as CSV files with settings: four channels, seven months, every headline KPI."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

FIRST, DAYS = dt.date(2026, 1, 1), 220
ORDERS_A_DAY = 40
CHANNELS = {"web": 0.4, "app": 0.25, "market": 0.2, "store": 0.15}
REGIONS = ("East", "North", "South")
RETURNS = {"web": 0.08, "app": 0.07, "market": 0.08, "store": 0.03}
WORSE_RETURNS = {"market": 0.34}
WORSE_FROM = 162
MOMENT = "%Y-%m-%dT%H:%M:%SZ"

BUSINESS = """
timezone = "Asia/Shanghai"
currency = "CNY"
[channels.web]
kind = "online"
title = { en = "Web store", zh = "官网商城" }
match = ["shop:web"]
[channels.app]
kind = "online"
title = { en = "App", zh = "App" }
match = ["shop:app"]
[channels.market]
kind = "online"
title = { en = "Marketplace", zh = "电商平台" }
match = ["shop:market"]
[channels.store]
kind = "offline"
title = { en = "Stores", zh = "线下门店" }
match = ["shop:store"]
[[targets]]
kpi = "return_rate"
at_most = 0.10
near = 0.01
[[targets]]
kpi = "on_time_delivery"
at_least = 0.92
near = 0.02
[[targets]]
kpi = "nps"
at_least = 30
near = 5
[[targets]]
kpi = "refund_hours"
at_most = 60
near = 12
"""
SECRETS = """
identity_secret = "only-for-tests-0123456789"
[connections.shop]
system = "files"
path = "{path}"
"""


def write_settings(config: Path, files: Path, business: str = BUSINESS) -> None:
    """The settings of a shop whose tables lie in `files`."""
    config.mkdir(parents=True, exist_ok=True)
    secrets = config / "secrets.toml"
    secrets.write_text(SECRETS.format(path=files.as_posix()), encoding="utf-8")
    secrets.chmod(0o600)
    (config / "business.toml").write_text(business, encoding="utf-8")


def write_tables(folder: Path) -> None:
    """Every table as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables().items():
        table.write_csv(folder / f"{name}.csv", datetime_format=MOMENT)


def tables() -> dict[str, pl.DataFrame]:
    """The canonical tables of the shop, the same every time."""
    chance = np.random.default_rng(20260101)
    orders = _orders(chance)
    delivered = orders.filter(pl.col("channel") != "store")
    returned = _returned(orders, chance)
    return {
        "orders": orders.drop("day_number"),
        "order_lines": orders.select(
            "order_id",
            pl.lit("1").alias("line_id"),
            pl.lit("A-1").alias("sku"),
            pl.Series("quantity", chance.integers(1, 4, orders.height)),
            "net_amount",
            pl.when(_is_every(3)).then(pl.lit("Tea")).otherwise(pl.lit("Cups & pots")).alias("category"),
        ),
        "shipments": _shipments(delivered, chance),
        "returns": returned.select(
            pl.concat_str(pl.lit("R"), "order_id").alias("return_id"),
            "order_id",
            (pl.col("placed_at") + pl.duration(days=6)).alias("requested_at"),
        ),
        "refunds": returned.select(
            pl.concat_str(pl.lit("M"), "order_id").alias("refund_id"),
            "order_id",
            pl.lit("settled").alias("status"),
            pl.col("net_amount").alias("amount"),
            "currency",
            (pl.col("placed_at") + pl.duration(days=6)).alias("requested_at"),
            (pl.col("placed_at") + pl.duration(days=6, hours=_hours(chance, returned.height))).alias(
                "refunded_at"
            ),
        ),
        "surveys": _surveys(orders, chance),
        "visits": _visits(chance),
    }


def _orders(chance: np.random.Generator) -> pl.DataFrame:
    count = DAYS * ORDERS_A_DAY
    day = np.repeat(np.arange(DAYS), ORDERS_A_DAY)
    second = chance.integers(9 * 3600, 21 * 3600, count)
    start = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
    return pl.DataFrame(
        {
            "order_id": [f"{number:05d}" for number in range(count)],
            "day_number": day,
            "placed_at": pl.Series(day * 86_400 + second - 8 * 3600).cast(pl.Int64),
            "channel": chance.choice(list(CHANNELS), count, p=list(CHANNELS.values())),
            "status": ["confirmed"] * count,
            "kind": ["sale"] * count,
            "net_amount": np.round(chance.gamma(4, 45, count), 2),
            "currency": ["CNY"] * count,
            "region": chance.choice(REGIONS, count),
            "customer_ref": [
                f"C{number}" if number >= 0 else None for number in chance.integers(-1200, 6000, count)
            ],
        }
    ).with_columns(
        (pl.lit(start) + pl.duration(seconds="placed_at")).alias("placed_at"),
        pl.when(pl.col("channel") == "store")
        .then(pl.when(_is_every(2)).then(pl.lit("S1")).otherwise(pl.lit("S2")))
        .alias("store_id"),
    )


def _is_every(number: int) -> pl.Expr:
    """Whether an order is one of every so many."""
    return pl.col("order_id").cast(pl.Int64) % number == 0


def _returned(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    worse = pl.col("channel").replace_strict(WORSE_RETURNS, default=None, return_dtype=pl.Float64)
    usual = pl.col("channel").replace_strict(RETURNS, return_dtype=pl.Float64)
    rate = pl.when(pl.col("day_number") >= WORSE_FROM).then(pl.coalesce(worse, usual)).otherwise(usual)
    return orders.filter(pl.Series(chance.random(orders.height)) < rate)


def _shipments(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    placed = pl.col("placed_at")
    return orders.select(
        pl.concat_str(pl.lit("S"), "order_id").alias("shipment_id"),
        "order_id",
        pl.lit("parcel").alias("kind"),
        (placed + pl.duration(hours=8)).alias("shipped_at"),
        (placed + pl.duration(days=3)).alias("promised_at"),
        (placed + pl.duration(hours=_hours(chance, orders.height))).alias("delivered_at"),
        pl.lit("carrier").alias("delivered_source"),
        pl.lit(value=True).alias("tracked"),
    )


def _surveys(orders: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    asked = orders.filter(pl.Series(chance.random(orders.height)) < 0.25)
    return asked.select(
        pl.concat_str(pl.lit("Q"), "order_id").alias("survey_id"),
        pl.lit("nps").alias("kind"),
        "channel",
        (pl.col("placed_at") + pl.duration(days=2)).alias("answered_at"),
        pl.Series(
            "score", chance.choice([10, 9, 8, 7, 5, 2], asked.height, p=[0.3, 0.25, 0.15, 0.1, 0.12, 0.08])
        ),
        pl.lit(0).alias("scale_min"),
        pl.lit(10).alias("scale_max"),
        "order_id",
    )


def _visits(chance: np.random.Generator) -> pl.DataFrame:
    days = np.arange(DAYS)
    start = dt.datetime.combine(FIRST, dt.time(2), dt.UTC)
    parts = []
    for channel, share in CHANNELS.items():
        visits = chance.poisson(ORDERS_A_DAY * share * 22, DAYS)
        parts.append(
            pl.DataFrame(
                {
                    "started_at": pl.Series([start + dt.timedelta(days=int(day)) for day in days]),
                    "channel": channel,
                    "visits": visits,
                    "ordered": np.minimum(chance.poisson(ORDERS_A_DAY * share, DAYS), visits),
                }
            )
        )
    return pl.concat(parts)


def _hours(chance: np.random.Generator, count: int) -> pl.Series:
    return pl.Series(np.round(chance.gamma(6, 8, count))).cast(pl.Int64)
