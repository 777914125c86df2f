"""Figures of customers who come back, or buy in several channels, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from connectors.manifest import ChannelEntry
from connectors.text import Text
from kpis.evaluate import Query, evaluate
from tests.kpis.frames import manifest, shop_of
from tests.kpis.told import DAY, JAN, january, says, tell


def _bought(customer: str, *days: dt.date, kinds: str = "") -> list[dict[str, Any]]:
    """A customer's days of paid orders; `kinds` has an n, f or u, online, offline or unknown, per day."""
    last = dt.date(2025, 6, 30)
    kinds = kinds or "n" * len(days)
    rows = []
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        left = list(zip(days[place:], kinds[place:], strict=True))
        rows.append(
            {
                "customer_id": customer,
                "day": day,
                "previous_day": days[place - 1] if place else None,
                "next_day": following,
                "next_online_day": min((d for d, kind in left if kind == "n"), default=None),
                "next_offline_day": min((d for d, kind in left if kind == "f"), default=None),
                "days_observed": (last - day).days,
                "days_to_next": (following - day).days if following else None,
                "channel": "web" if kinds[place] == "n" else "store",
            }
        )
    return rows


def test_repurchase_rate_needs_two_days_of_the_period() -> None:
    days = [
        *_bought("twice in it", january(3), january(20)),
        *_bought("once before, once in it", dt.date(2024, 12, 1), january(20)),
        *_bought("once in it, once after", january(20), dt.date(2025, 2, 2)),
        *_bought("before, twice in it", dt.date(2024, 12, 1), january(5), january(6), january(7)),
        *_bought("never in it", dt.date(2024, 12, 1), dt.date(2025, 2, 2)),
    ]
    says(tell("repurchase_rate", customer_days=days), 2, 4, 0.5, 0)


def test_a_customer_belongs_to_the_channel_of_the_first_order_in_the_period() -> None:
    days = _bought("a", dt.date(2024, 12, 1), january(5), january(9), kinds="nfn")
    for channel, customers in (("web", 0), ("store", 1)):
        told = tell("repurchase_rate", customer_days=days, where=(("channel", (channel,)),))
        assert (told["numerator"], told["denominator"]) == (customers, customers)


def test_repurchase_within_so_many_days_follows_only_who_can_be_followed() -> None:
    days = [
        *_bought("on the 30th day", JAN, JAN + 30 * DAY),
        *_bought("on the 31st day", JAN, JAN + 31 * DAY),
        *_bought("never again", JAN),
        *_bought("too young", dt.date(2025, 6, 1), dt.date(2025, 6, 2)),
    ]
    end = dt.date(2025, 6, 30)
    says(tell("repurchase_rate_30d", customer_days=days, end=end), 1, 3, 1 / 3, 1)
    says(tell("repurchase_rate_90d", customer_days=days, end=end), 2, 3, 2 / 3, 1)
    says(tell("repurchase_rate_180d", customer_days=days, end=end), 2, 3, 2 / 3, 1)
    told = tell("repurchase_rate_365d", customer_days=days, end=end)
    assert (told["value"], told["excluded"], told["coverage"]) == (None, 4, 0)


def test_cross_channel_share_looks_back_a_year() -> None:
    days = [
        *_bought("both", dt.date(2024, 6, 1), january(5), kinds="nf"),
        *_bought("both, but one long ago", dt.date(2024, 2, 1), january(5), kinds="nf"),
        *_bought("both on the first of the 365 days", dt.date(2024, 2, 2), january(31), kinds="fn"),
        *_bought("one", january(5), january(6), kinds="nn"),
        *_bought("the other only after", january(5), dt.date(2025, 2, 5), kinds="nf"),
    ]
    told = tell("cross_channel_share", customer_days=days)
    says(told, 2, 5, 0.4, 0)
    assert (told["from"], told["to"]) == (JAN, january(31))


def test_customers_of_unclassified_channels_only_are_left_out_of_cross_channel_share() -> None:
    days = [
        *_bought("both, and one nobody classified", january(2), january(5), january(6), kinds="unf"),
        *_bought("one", january(5)),
        *_bought("unclassified only", january(5), january(6), kinds="uu"),
        *_bought("classified only after", january(5), dt.date(2025, 2, 5), kinds="uf"),
    ]
    says(tell("cross_channel_share", customer_days=days), 1, 2, 0.5, 2)


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        (("online", "offline", "unknown"), "none"),
        (("online", "unknown"), "missing: an offline channel"),
        (("offline",), "missing: an online channel"),
        (("unknown", "unknown"), "missing: channel kinds (business.toml)"),
    ],
)
def test_a_shop_of_one_kind_of_channel_has_no_cross_channel_share(
    kinds: tuple[str, ...], status: str
) -> None:
    channels = tuple(ChannelEntry(f"c{n}", kind, Text("c", "c")) for n, kind in enumerate(kinds))
    shop = shop_of(about=manifest(channels=channels), customer_days=_bought("a", january(5)))
    row = evaluate(shop, Query(("cross_channel_share",))).row(0, named=True)
    assert row["status"] == status
    assert row["value"] == (0 if status == "none" else None)
