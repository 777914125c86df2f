"""Shops of a few customers whose days of paid orders are written down, each with the channel of its first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from kpis.shop import Shop
from tests.kpis.frames import manifest, shop_of
from tests.kpis.frames.firsts import customer_firsts, customer_months

KINDS = {"web": "online", "app": "online", "store": "offline"}
BEGAN = dt.date(2025, 1, 1)
Lives = Mapping[str, Mapping[dt.date, str]]

# Up to five days of orders within two years for each of up to a dozen customers.
_DAYS = st.dictionaries(
    st.integers(0, 730).map(lambda days: BEGAN + dt.timedelta(days=days)),
    st.sampled_from(sorted(KINDS)),
    min_size=1,
    max_size=5,
)
lives = st.lists(_DAYS, min_size=1, max_size=12).map(
    lambda drawn: {f"customer {place}": days for place, days in enumerate(drawn)}
)

# Each example makes and asks whole shops: as many as find what hundred find, where a comparison is broken.
few_shops = settings(max_examples=40)


def shop_of_lives(told: Lives, last_day: dt.date, first_day: dt.date = BEGAN) -> Shop:
    """A shop that has seen these days up to `last_day`."""
    days = customer_days(told, last_day)
    return shop_of(
        None,
        manifest(first_day=first_day, last_day=last_day),
        customer_days=days,
        customer_firsts=customer_firsts(days),
        customer_months=customer_months(days),
    )


def customer_days(told: Lives, last_day: dt.date) -> list[dict[str, Any]]:
    """The days up to the last one, as rows of the derived table."""
    found = []
    for customer, channels in told.items():
        days = sorted(day for day in channels if day <= last_day)
        for place, day in enumerate(days):
            following = days[place + 1] if place + 1 < len(days) else None
            kind = KINDS[channels[day]]
            found.append(
                {
                    "customer_id": customer,
                    "day": day,
                    "channel": channels[day],
                    "channel_kind": kind,
                    "previous_day": days[place - 1] if place else None,
                    "next_day": following,
                    "next_online_day": _next(channels, days[place:], "online"),
                    "next_offline_day": _next(channels, days[place:], "offline"),
                    "days_observed": (last_day - day).days,
                    "days_to_next": following and (following - day).days,
                    "orders": 1,
                    "orders_priced": 1,
                    "net_amount": 10,
                }
            )
    return found


def _next(channels: Mapping[dt.date, str], days: list[dt.date], kind: str) -> dt.date | None:
    return next((day for day in days if KINDS[channels[day]] == kind), None)
