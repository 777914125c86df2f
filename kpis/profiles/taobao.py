"""Taobao and Tmall: figures of orders paid and signed for, over 30 days."""

from __future__ import annotations

from connectors.facts import CustomerDays, OrderFacts
from connectors.text import Text
from kpis.kpi import LeftOut
from kpis.measure import col, count, total
from kpis.profile import Platform, Variant

_signed = col("paid") & ~col("delivery_seconds").is_null()
_told = _signed & ~col("quality_returned_30d").is_null()
_reviewed = _signed & ~col("bad_review_60d").is_null()
_signed_only = Text(
    "of orders signed for, not of all paid ones", "分母为已付款且已签收订单，而非全部已付款订单"
)
_past_known = col("history_from") < col("period_start")
_old = _past_known & (col("previous_day") < col("period_start")) & (col("previous_day") >= col("year_before"))

platform = Platform(
    title=Text("Taobao and Tmall", "淘宝天猫"),
    source=Text("shop experience score in the seller's console", "卖家中心“店铺体验分”"),
    seen="2024-2026",
    variants={
        "quality_return_rate": Variant(
            differs=_signed_only,
            changes={
                "numerator": count(OrderFacts, when=_told & col("quality_returned_30d")),
                "denominator": count(OrderFacts, when=_told),
                "excluded": (
                    LeftOut(
                        count(OrderFacts, when=_signed & col("quality_returned_30d").is_null()),
                        Text(
                            "orders signed for whose return reasons are not known", "退货原因未知的已签收订单"
                        ),
                    ),
                ),
                "needs": ("orders", "returns.order_id", "returns.reason", "shipments.delivered_at"),
            },
        ),
        "escalation_rate": Variant(
            differs=Text("over the last 30 days", "统计最近 30 天的已付款订单"),
        ),
        "bad_review_rate": Variant(
            differs=Text(
                "orders with a bad review of orders received, not bad reviews of reviews",
                "有差评的订单占已确认收货订单，而非差评占评价",
            ),
            changes={
                "cluster": "customer",
                "numerator": count(OrderFacts, when=_reviewed & col("bad_review_60d")),
                "denominator": count(OrderFacts, when=_reviewed),
                "excluded": (
                    LeftOut(
                        count(OrderFacts, when=_signed & col("bad_review_60d").is_null()),
                        Text("orders signed for whose reviews are not known", "评价情况未知的已签收订单"),
                    ),
                ),
                "dated_by": "paid_day",
                "needs": ("orders", "reviews.order_id", "shipments.delivered_at"),
                "lag_days": 60,
            },
        ),
        "delivery_hours_mean": Variant(
            differs=Text(
                "over the last 30 days of paid orders signed for", "统计最近 30 天已付款且已签收的订单"
            ),
            changes={
                "numerator": total(OrderFacts, "delivery_seconds", when=_signed),
                "denominator": count(OrderFacts, when=_signed),
            },
        ),
        "returning_customer_share": Variant(
            differs=Text(
                "old means bought in the 365 days before, not ever before",
                "“老客”指此前 365 天内购买过，而非此前任何时候",
            ),
            changes={
                "numerator": count(CustomerDays, when=_old),
            },
        ),
    },
)
