"""What the reader of figures should know of a snapshot, one plain line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from connectors.identity import MOST_ORDERS, MOST_RECORDS
from connectors.manifest import ChannelEntry, ConnectionReport
from connectors.text import Text


def unclassified(channels: Iterable[ChannelEntry]) -> list[Text]:
    """Which channels are neither online nor offline yet."""
    unknown = ", ".join(entry.id for entry in channels if entry.kind == "unknown")
    if not unknown:
        return []
    return [
        Text(
            f"channels that business.toml does not say to be online or offline: {unknown}.",
            f"business.toml 未注明线上或线下的渠道：{unknown}。",
        )
    ]


def joining_nobody(shared: int) -> list[Text]:
    """How many e-mail addresses and phone numbers too many customers share to tell one from another."""
    if not shared:
        return []
    return [
        Text(
            f"{shared} e-mail addresses or phone numbers are shared by more than {MOST_RECORDS} customer "
            f"records, or {MOST_ORDERS} orders without one, and join nobody.",
            f"有 {shared} 个邮箱或电话被超过 {MOST_RECORDS} 条客户记录、"
            f"或超过 {MOST_ORDERS} 张无客户记录的订单共用，不用于识别同一客户。",
        )
    ]


def without_rate(
    connections: Mapping[str, ConnectionReport], currency: str | None, above: float = 0.0
) -> list[Text]:
    """How many orders no money figure counts, because their currency has no exchange rate.

    Args:
        connections: what was read of each.
        currency: the reporting currency; null without any order.
        above: the share of orders up to which nothing is said.
    """
    orders = [report.tables["orders"] for report in connections.values() if "orders" in report.tables]
    counts = Counter[str]()
    for told in orders:
        counts.update(told.without_rate)
    lost, every = counts.total(), sum(told.accepted for told in orders)
    if lost <= above * every:
        return []
    listed = ", ".join(name for name, _ in counts.most_common())
    return [
        Text(
            f"{lost:,} of {every:,} orders are in a currency without an exchange rate to {currency} "
            f"({listed}), so no money figure counts them. business.toml can say the rate under [rates], or "
            "another `currency`.",
            f"{every:,} 张订单中有 {lost:,} 张的币种没有兑 {currency} 的汇率（{listed}），"
            "金额类指标均不计入。可在 business.toml 的 [rates] 中填写汇率，或更改 `currency`。",
        )
    ]
