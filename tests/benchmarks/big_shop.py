"""A made-up shop of any size: joined canonical tables written by expressions over row numbers.

Two years, three channels, forty shops; every draw is a hash of the row's number, so that tables agree with
each other without being joined, and are the same in every run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from connectors.derived import Material
from connectors.identity import People
from connectors.manifest import ChannelEntry, IdentityReport
from connectors.tables import TABLES
from connectors.text import Text
from tests.benchmarks.joined import ZONE, stored

START, DAYS = dt.datetime(2024, 11, 1, tzinfo=dt.UTC), 730
KINDS = {"web": "online", "app": "online", "store": "offline"}
CHANNELS = tuple(ChannelEntry(name, kind, Text(name, name)) for name, kind in KINDS.items())
CATEGORIES = ("Coats", "Shoes", "Bags", "Shirts", "Home", "Sport", "Kids", "Beauty")
REGIONS = ("East", "North", "South", "West", "Centre", "Abroad")
STORES = tuple(f"shop {number}" for number in range(40))
METHODS, CARRIERS, TIERS = ("alipay", "wechat", "card"), ("SF", "YTO", "JD"), ("silver", "gold", None)
SOURCES, DEVICES = ("search", "ad", "social", "direct", "email"), ("phone", "desktop", "tablet")
KEPT_CASES = ("complaint", "question", "where_is_my_order", "dispute", "chargeback")
Columns = Mapping[str, pl.Expr]


def drawn(seed: int, many: int) -> pl.Expr:
    """A whole number below `many` for each row number."""
    return (pl.col("n").hash(seed) % many).cast(pl.Int64)


def happens(seed: int, share: float) -> pl.Expr:
    """True for about such a share of the row numbers."""
    return drawn(seed, 10_000) < round(share * 10_000)


def one_of(seed: int, values: tuple[str | None, ...]) -> pl.Expr:
    """One of the values for each row number."""
    return drawn(seed, len(values)).replace_strict(list(range(len(values))), values, return_dtype=pl.String)


def named(what: str, number: pl.Expr | None = None) -> pl.Expr:
    """An id as it is stored: of the connection, by number."""
    return pl.format("shop:{}{}", pl.lit(what), pl.col("n") if number is None else number)


def money(seed: int, most: int) -> pl.Expr:
    """An amount in the reporting currency."""
    return ((drawn(seed, most * 100) + 500) / 100).cast(pl.Decimal(18, 4))


@dataclass(frozen=True)
class BigShop:
    """The shop in a folder.

    Attributes:
        folder: where its tables are.
        orders: how many it has; other tables follow.
    """

    folder: Path
    orders: int

    def write(self) -> None:
        """Write every canonical table."""
        (self.folder / "tables").mkdir(parents=True, exist_ok=True)
        for name, (rows, columns) in self._tables.items():
            numbered = pl.select(n=pl.int_range(rows, dtype=pl.UInt64)).lazy()
            stored(name, numbered.select(**columns())).sink_parquet(
                self.folder / "tables" / f"{name}.parquet", engine="streaming"
            )

    def scan(self, name: str) -> pl.LazyFrame:
        """A joined canonical table."""
        path = self.folder / "tables" / f"{name}.parquet"
        return pl.scan_parquet(path) if path.exists() else stored(name, pl.LazyFrame()).clear()

    @cached_property
    def material(self) -> Material:
        """What its derived tables are made from."""
        delivered = {name: frozenset(columns()) for name, (_, columns) in self._tables.items()}
        records = self.scan("customers").select("customer_ref", customer_id="customer_ref").collect()
        sold = self.scan("orders").select("order_id", customer_id="customer_ref").drop_nulls().collect()
        return Material(
            scan=self.scan,
            aside=lambda name: pl.LazyFrame(
                schema=dict.fromkeys(("connection", *TABLES[name].column_names()), pl.String)
            ),
            delivered={"shop": delivered},
            people=People(sold, records, IdentityReport()),
            zone=ZONE,
            kinds=KINDS,
            last_day=self.last_day,
        )

    @property
    def first_day(self) -> dt.date:
        """The day of the first order."""
        return START.date()

    @property
    def last_day(self) -> dt.date:
        """The day of the last order."""
        days: dt.date = self.scan("orders").select(pl.col("day").max()).collect().item()
        return days

    @cached_property
    def _tables(self) -> dict[str, tuple[int, Callable[[], Columns]]]:
        """Rows and columns of every table."""
        share = {"carts": 1.3, "order_lines": 1.5, "shipments": 1.0, "returns": 0.08, "refunds": 0.08}
        share |= {"surveys": 0.3, "reviews": 0.08, "cases": 0.06, "conversations": 0.12, "customers": 1 / 3}
        share |= {"visits": 1.0, "orders": 1.0, "payments": 1.05}
        fixed = {"stores": len(STORES), "products": 400, "listings": 1200, "penalties": 60}
        rows = fixed | {name: max(round(self.orders * part), 1) for name, part in share.items()}
        return {name: (rows[name], getattr(self, f"_{name}")) for name in rows}

    def _placed(self) -> pl.Expr:
        """When an order was placed: evenly over the days."""
        step = DAYS * 86_400_000_000 // self.orders
        return pl.lit(START) + pl.duration(microseconds=pl.col("n").cast(pl.Int64) % self.orders * step)

    @property
    def _channel(self) -> pl.Expr:
        return one_of(1, ("web", "web", "app", "store"))

    def _of_order(self, seed: int) -> pl.Expr:
        """An order's number for a row of a table with fewer or more rows, in the order of time."""
        return drawn(seed, self.orders)

    def _orders(self) -> Columns:
        in_store = self._channel == "store"
        cancelled = happens(3, 0.05)
        paid_at = self._placed() + pl.duration(minutes=drawn(4, 30))
        return {
            "order_id": named("o"), "placed_at": self._placed(), "channel": self._channel,
            "status": pl.when(cancelled).then(pl.lit("cancelled")).otherwise(pl.lit("confirmed")),
            "kind": pl.lit("sale"), "net_amount": money(5, 900), "currency": pl.lit("CNY"),
            "gross_amount": money(5, 900) + 10, "tax_amount": money(6, 20), "shipping_amount": money(7, 10),
            "paid_at": pl.when(happens(8, 0.97)).then(paid_at), "payment_method": one_of(9, METHODS),
            "customer_ref": pl.when(happens(10, 0.9)).then(named("c", drawn(11, max(self.orders // 3, 1)))),
            "store_id": pl.when(in_store).then(one_of(12, STORES)), "region": one_of(13, REGIONS),
            "fulfilment": pl.when(in_store).then(pl.lit("instore")).otherwise(pl.lit("ship")),
            "promised_ship_at": pl.when(~in_store).then(paid_at + pl.duration(hours=48)),
            "promised_at": pl.when(~in_store).then(paid_at + pl.duration(days=4)),
            "cancelled_at": pl.when(cancelled).then(paid_at + pl.duration(hours=drawn(14, 60))),
            "cancelled_by": pl.when(cancelled).then(one_of(15, ("customer", "seller"))),
            "cancel_reason": pl.when(cancelled).then(one_of(16, ("stock", "customer", "other"))),
            "tier": one_of(17, TIERS), "is_test": pl.lit(value=False),
        }  # fmt: skip

    def _order_lines(self) -> Columns:
        pieces = (drawn(21, 3) + 1).cast(pl.Decimal(18, 4))
        return {
            "order_id": named("o", pl.col("n") % self.orders), "line_id": named("l"),
            "sku": pl.format("sku{}", drawn(22, 400)), "quantity": pieces, "net_amount": money(23, 400),
            "quantity_kept": pl.when(happens(24, 0.98)).then(pieces).otherwise(pieces - 1),
            "category": one_of(25, CATEGORIES),
        }  # fmt: skip

    def _shipments(self) -> Columns:
        left = self._placed() + pl.duration(hours=drawn(31, 60))
        arrived = pl.when(happens(32, 0.97)).then(left + pl.duration(minutes=1440 + drawn(33, 4000)))
        return {
            "shipment_id": named("s"), "order_id": named("o", pl.col("n") % self.orders),
            "kind": pl.lit("parcel"), "carrier": one_of(34, CARRIERS), "shipped_at": left,
            "first_scan_at": left + pl.duration(hours=3), "delivered_at": arrived,
            "promised_at": self._placed() + pl.duration(days=4), "tracked": pl.lit(value=True),
            "delivered_source": pl.lit("carrier"), "exception": happens(35, 0.02),
            "damaged": happens(36, 0.01), "ready_at": pl.lit(None, pl.Datetime("us", "UTC")),
            "expires_at": pl.lit(None, pl.Datetime("us", "UTC")),
        }  # fmt: skip

    def _returns(self) -> Columns:
        of = self._of_order(41)
        return {
            "return_id": named("r"), "order_id": named("o", of), "line_id": named("l", of),
            "requested_at": self._moment(of, 42, 40), "kind": one_of(43, ("return", "exchange")),
            "reason": one_of(44, ("quality", "size", "description", "other", None)),
            "return_channel": one_of(45, ("web", "store")), "quantity": pl.lit(1).cast(pl.Decimal(18, 4)),
        }  # fmt: skip

    def _refunds(self) -> Columns:
        asked = self._moment(self._of_order(41), 42, 40)
        return {
            "refund_id": named("f"), "return_id": named("r"), "status": pl.lit("settled"),
            "amount": money(51, 300), "currency": pl.lit("CNY"), "requested_at": asked,
            "refunded_at": asked + pl.duration(hours=drawn(52, 200)), "order_id": pl.lit(None, pl.String),
        }  # fmt: skip

    def _moment(self, of: pl.Expr, seed: int, days: int) -> pl.Expr:
        """Up to so many days after an order was placed."""
        step = DAYS * 86_400_000_000 // self.orders
        return pl.lit(START) + pl.duration(microseconds=of * step, minutes=drawn(seed, days * 1440))

    def _surveys(self) -> Columns:
        of = self._of_order(61)
        asked = self._moment(of, 62, 20)
        return {
            "survey_id": named("q"), "kind": one_of(63, ("nps", "csat", "ease")), "channel": self._channel,
            "invited_at": asked, "answered_at": pl.when(happens(64, 0.3)).then(asked + pl.duration(hours=5)),
            "score": pl.when(happens(64, 0.3)).then((drawn(65, 5) + 1).cast(pl.Float64)),
            "order_id": named("o", of), "touchpoint": one_of(66, ("delivery", "service", "store")),
        }  # fmt: skip

    def _reviews(self) -> Columns:
        of = self._of_order(71)
        return {
            "review_id": named("v"), "created_at": self._moment(of, 72, 50), "channel": self._channel,
            "stars": drawn(73, 5) + 1, "order_id": named("o", of), "sku": pl.format("sku{}", drawn(74, 400)),
        }  # fmt: skip

    def _cases(self) -> Columns:
        of = self._of_order(81)
        return {
            "case_id": named("k"), "opened_at": self._moment(of, 82, 60), "channel": self._channel,
            "kind": one_of(83, KEPT_CASES), "order_id": named("o", of), "escalated": happens(84, 0.1),
            "seller_liable": happens(85, 0.3),
        }  # fmt: skip

    def _conversations(self) -> Columns:
        asked = self._moment(self._of_order(91), 92, 30)
        return {
            "conversation_id": named("t"), "asked_at": asked, "channel": self._channel,
            "medium": one_of(93, ("chat", "phone", "email")),
            "first_human_reply_at": asked + pl.duration(seconds=drawn(94, 900)),
            "resolved_at": asked + pl.duration(minutes=drawn(95, 6000)), "reopened": happens(96, 0.05),
            "rating": (drawn(97, 5) + 1).cast(pl.Float64), "in_service_hours": happens(98, 0.8),
        }  # fmt: skip

    def _carts(self) -> Columns:
        bought = pl.col("n") < self.orders
        return {
            "cart_id": named("b"), "started_at": self._placed() - pl.duration(minutes=drawn(101, 90)),
            "channel": self._channel, "completed": bought,
            "completed_at": pl.when(bought).then(self._placed()),
            "order_id": pl.when(bought).then(named("o")),
        }  # fmt: skip

    def _payments(self) -> Columns:
        return {
            "payment_id": named("p"), "attempted_at": self._placed(), "succeeded": happens(111, 0.94),
            "order_id": named("o", pl.col("n") % self.orders), "cart_id": pl.lit(None, pl.String),
            "method": one_of(112, METHODS), "channel": self._channel, "amount": money(5, 900),
        }  # fmt: skip

    def _visits(self) -> Columns:
        online = self._channel != "store"
        ordered = online & happens(121, 0.1)
        return {
            "visit_id": pl.when(online).then(named("w")), "started_at": self._placed(),
            "channel": self._channel, "visits": pl.when(online).then(1).otherwise(12).cast(pl.Int64),
            "visitor_id": pl.when(online).then(named("u", drawn(122, max(self.orders // 2, 1)))),
            "store_id": pl.when(~online).then(one_of(123, STORES)), "region": one_of(124, REGIONS),
            "device": pl.when(online).then(one_of(125, DEVICES)), "source": one_of(126, SOURCES),
            "campaign": pl.when(happens(127, 0.2)).then(pl.format("campaign {}", drawn(128, 20))),
            "bounced": happens(129, 0.3).cast(pl.Int64), "product_viewed": happens(130, 0.6).cast(pl.Int64),
            "searched": happens(131, 0.2).cast(pl.Int64), "added_to_cart": happens(132, 0.2).cast(pl.Int64),
            "reached_checkout": ordered.cast(pl.Int64),
            "ordered": pl.when(online).then(ordered.cast(pl.Int64)),
            "lcp_ms": pl.when(online).then(700 + drawn(133, 1500) + drawn(134, 1500)),
            "order_id": pl.when(ordered).then(named("o")),
        }  # fmt: skip

    def _customers(self) -> Columns:
        return {"customer_ref": named("c"), "tier": one_of(141, TIERS), "region": one_of(142, REGIONS)}

    def _stores(self) -> Columns:
        names = pl.format("shop {}", pl.col("n"))
        return {"store_id": names, "channel": pl.lit("store"), "region": one_of(151, REGIONS)}

    def _products(self) -> Columns:
        return {"sku": pl.format("sku{}", pl.col("n")), "category": one_of(161, CATEGORIES)}

    def _listings(self) -> Columns:
        return {
            "sku": pl.format("sku{}", pl.col("n") % 400), "channel": one_of(171, ("web", "app")),
            "from_day": pl.lit(START.date()) + pl.duration(days=drawn(172, DAYS)),
            "listed": happens(173, 0.9), "title_hash": pl.lit("title"), "has_image": happens(174, 0.9),
            "has_description": happens(175, 0.9),
        }  # fmt: skip

    def _penalties(self) -> Columns:
        return {
            "channel": pl.lit("web"), "at": pl.lit(START) + pl.duration(days=drawn(181, DAYS)),
            "points": drawn(182, 4).cast(pl.Float64), "amount": money(183, 200), "currency": pl.lit("CNY"),
        }  # fmt: skip
