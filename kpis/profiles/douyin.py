"""Douyin: quality returns of what was signed for, platform help of buyers who got in touch."""

from __future__ import annotations

from connectors.facts import OrderFacts
from connectors.text import Text
from kpis.kpi import LeftOut
from kpis.measure import col, count
from kpis.profile import Platform, Variant

_signed = col("paid") & ~col("delivery_seconds").is_null()
_told = _signed & ~col("quality_returned_30d").is_null()
_in_touch = col("paid") & ~col("handed_over") & col("contacted_30d")
_contacted = _in_touch & ~col("escalated_30d").is_null()

platform = Platform(
    title=Text("Douyin", "抖音"),
    source=Text("shop experience score in the seller's console", "商家后台“商家体验分”"),
    seen="2024-2026",
    variants={
        "quality_return_rate": Variant(
            differs=Text(
                "of orders signed for, not of all paid ones", "分母为已签收订单，而非全部已付款订单"
            ),
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
            differs=Text(
                "of orders whose buyer got in touch, not of all paid ones",
                "分母为买家联系过商家的订单，而非全部已付款订单",
            ),
            changes={
                "numerator": count(OrderFacts, when=_contacted & col("escalated_30d")),
                "denominator": count(OrderFacts, when=_contacted),
                "excluded": (
                    LeftOut(
                        count(OrderFacts, when=_in_touch & col("escalated_30d").is_null()),
                        Text(
                            "orders whose buyer got in touch and whose calls for the platform are not known",
                            "买家联系过商家但求助情况未知的订单",
                        ),
                    ),
                ),
            },
        ),
    },
)
