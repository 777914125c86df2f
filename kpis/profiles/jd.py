"""JD: the mean reply time of the conversations of 6 to 35 days ago."""

from __future__ import annotations

from connectors.text import Text
from kpis.profile import Platform, Variant

platform = Platform(
    title=Text("JD", "京东"),
    source=Text("customer service score in the seller's console", "商家后台“客服体验”"),
    seen="2024-2026",
    variants={
        "reply_seconds_mean": Variant(
            differs=Text(
                "of the conversations of 6 to 35 days before, not of the period's own",
                "统计此前第 35 天至第 6 天的会话，而非本期会话",
            ),
            window_days=30,
            ends_before=6,
            lag_days=6,
        ),
    },
)
