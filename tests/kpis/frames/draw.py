"""Chance that comes out the same for a seed, and the slices and days it draws."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from tests.kpis.frames.base import FIRST, LAST

CHANNELS = {"web": "online", "app": "online", "store": "offline", "窗口": "unknown"}


class Draw:
    """Chance that comes out the same for a seed."""

    def __init__(self, seed: int) -> None:
        self.generator = np.random.default_rng(seed)

    def below(self, limit: int) -> int:
        return int(self.generator.integers(limit))

    def one_of(self, choices: list[Any]) -> Any:
        return choices[self.below(len(choices))]

    def chance(self, share: float) -> bool:
        return bool(self.generator.random() < share)


def drawn_slice(draw: Draw) -> dict[str, Any]:
    channel = draw.one_of(list(CHANNELS))
    return {
        "channel": channel,
        "channel_kind": CHANNELS[channel],
        "store": draw.one_of(["north", "south"]) if channel == "store" else None,
        "region": draw.one_of(["华东", "华南", None]),
        "category": draw.one_of(["shoes", "hats", None]),
        "customer_type": draw.one_of(["new", "returning", "unknown"]),
        "tier": draw.one_of(["gold", None]),
        "device": draw.one_of(["phone", "desktop", None]),
        "source": draw.one_of(["search", "ad", None]),
        "campaign": draw.one_of(["spring", None]),
        "payment_method": draw.one_of(["card", "wallet"]),
        "touchpoint": draw.one_of(["delivery", "purchase"]),
        "carrier": draw.one_of(["Crane", "Swift", None]),
    }


def drawn_day(draw: Draw) -> dt.date:
    return FIRST + dt.timedelta(days=draw.below((LAST - FIRST).days + 1))
