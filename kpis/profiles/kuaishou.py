"""Kuaishou: quality returns of paid orders over 30 days."""

from __future__ import annotations

from connectors.text import Text
from kpis.profile import Platform, Variant

platform = Platform(
    title=Text("Kuaishou", "快手"),
    source=Text("shop experience score in the seller's console", "商家后台“店铺体验分”"),
    seen="2024-2026",
    variants={
        "quality_return_rate": Variant(differs=Text("over the last 30 days", "统计最近 30 天的已付款订单")),
    },
)
