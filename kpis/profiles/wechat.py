"""WeChat shops: quality returns of what was shipped."""

from __future__ import annotations

from connectors.facts import OrderFacts
from connectors.text import Text
from kpis.kpi import LeftOut
from kpis.measure import col, count
from kpis.profile import Platform, Variant

_shipped = col("paid") & (col("parcels") > 0)
_told = _shipped & ~col("quality_returned_30d").is_null()

platform = Platform(
    title=Text("WeChat shop", "微信小店"),
    source=Text("shop score in the seller's console", "微信小店后台“店铺评分”"),
    seen="2024-2026",
    variants={
        "quality_return_rate": Variant(
            differs=Text("of shipped orders, not of all paid ones", "分母为已发货订单，而非全部已付款订单"),
            changes={
                "numerator": count(OrderFacts, when=_told & col("quality_returned_30d")),
                "denominator": count(OrderFacts, when=_told),
                "excluded": (
                    LeftOut(
                        count(OrderFacts, when=_shipped & col("quality_returned_30d").is_null()),
                        Text("shipped orders whose return reasons are not known", "退货原因未知的已发货订单"),
                    ),
                ),
                "needs": (
                    "orders",
                    "returns.order_id",
                    "returns.reason",
                    "shipments.shipped_at|shipments.delivered_at",
                ),
            },
        ),
    },
)
