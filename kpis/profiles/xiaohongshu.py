"""Xiaohongshu: quality returns of the orders of 15 to 104 days ago."""

from __future__ import annotations

from connectors.text import Text
from kpis.profile import Platform, Variant

platform = Platform(
    title=Text("Xiaohongshu", "小红书"),
    source=Text("shop score in the seller's console", "商家后台“店铺分”"),
    seen="2024-2026",
    variants={
        "quality_return_rate": Variant(
            differs=Text(
                "of the orders of 15 to 104 days before, not of the period's own",
                "分母为此前第 104 天至第 15 天的订单，而非本期订单",
            ),
            window_days=90,
            ends_before=15,
            lag_days=15,
        ),
    },
)
