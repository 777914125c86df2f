"""Amazon: account health over 30 or 60 days, with the targets it asks for."""

from __future__ import annotations

from connectors.facts import ParcelFacts
from connectors.text import Text
from kpis.kpi import LeftOut
from kpis.measure import col, count
from kpis.profile import Platform, Variant

_tracked = col("counted") & (col("kind") == "parcel") & col("tracked")
_judged = _tracked & ~col("days_late").is_null()

platform = Platform(
    title=Text("Amazon", "亚马逊"),
    source=Text("account health in Seller Central", "卖家平台“账户状况”"),
    seen="2024-2026",
    variants={
        "on_time_delivery": Variant(
            differs=Text("of tracked parcels, not of orders", "分母为可追踪的包裹，而非订单"),
            changes={
                "cluster": "order",
                "numerator": count(ParcelFacts, when=_judged & (col("days_late") <= 0)),
                "denominator": count(ParcelFacts, when=_judged),
                "excluded": (
                    LeftOut(
                        count(ParcelFacts, when=_tracked & col("days_late").is_null()),
                        Text(
                            "tracked parcels of which it is not known whether they came in time",
                            "是否准时未知的可追踪包裹",
                        ),
                    ),
                ),
                "needs": (
                    "orders",
                    "shipments.tracked",
                    "shipments.delivered_at",
                    "shipments.promised_at|orders.promised_at",
                ),
            },
            at_least=0.9,
        ),
        "late_shipment_rate": Variant(
            differs=Text("over the last 30 days", "统计最近 30 天的订单"),
            at_most=0.04,
        ),
        "valid_tracking_rate": Variant(
            differs=Text("over the last 30 days", "统计最近 30 天的包裹"),
            lag_days=14,
            at_least=0.95,
        ),
        "order_defect_rate": Variant(
            differs=Text("over the last 60 days", "统计最近 60 天的订单"),
            window_days=60,
            at_most=0.01,
        ),
    },
)
