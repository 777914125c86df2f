"""Words every Oscar shop chooses for itself: statuses, types of events, codes of shipping methods."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.sql_system import Setting
from connectors.text import Text


def _words(en: str, zh: str, default: str) -> Setting:
    return Setting(
        Text(
            f"{en}, separated by commas; '{default}' unless set",
            f"{zh}，以逗号分隔；默认为“{default}”",
        ),
        default,
    )


SETTINGS: Mapping[str, Setting] = {
    "cancelled": _words(
        "statuses and shipping events of what is cancelled",
        "表示取消的状态与物流事件",
        "Cancelled, Canceled, 已取消",
    ),
    "unpaid": _words(
        "statuses of orders nobody has paid or confirmed yet",
        "尚未付款或确认的订单状态",
        "Draft, Unpaid, Awaiting payment, Pending payment, Payment pending, Payment failed, 待付款",
    ),
    "shipped": _words(
        "shipping events of parcels that leave", "包裹发出的物流事件", "Shipped, Dispatched, Sent, 已发货"
    ),
    "ready": _words(
        "shipping events of goods that wait to be collected",
        "商品可自提的物流事件",
        "Ready, Ready for collection, Ready for pickup, Ready to collect, 待自提",
    ),
    "delivered": _words(
        "shipping events of goods that arrived or were collected",
        "商品送达或被取走的物流事件",
        "Delivered, Collected, Picked up, 已送达, 已自提",
    ),
    "return_requested": _words(
        "shipping events of returns that customers ask for",
        "顾客申请退货的物流事件",
        "Return requested, 申请退货",
    ),
    "returned": _words("shipping events of goods that are back", "商品已退回的物流事件", "Returned, 已退货"),
    "authorised": _words(
        "transactions and payment events that reserve money",
        "预授权的交易与支付事件",
        "Authorise, Authorised, Authorize, Authorized, Pre-auth, Auth, 预授权",
    ),
    "paid": _words(
        "transactions and payment events that bring money",
        "收款的交易与支付事件",
        "Debit, Paid, Settle, Settled, Capture, Captured, Charge, Charged, 已付款",
    ),
    "refunded": _words(
        "transactions and payment events that give money back",
        "退款的交易与支付事件",
        "Refund, Refunded, 已退款",
    ),
    "failed": _words(
        "payment events, and statuses of transactions, that failed",
        "表示失败的支付事件与交易状态",
        "Failed, Failure, Declined, Refused, Rejected, Error, Cancelled, Canceled, Expired, 失败",
    ),
    "pending": _words(
        "statuses of transactions that are not decided yet",
        "尚无结果的交易状态",
        "Pending, Processing, Waiting, 处理中",
    ),
    "pickup": _words(
        "codes of shipping methods by which customers collect",
        "顾客自提的配送方式代码",
        "click-and-collect, collect, collection, pickup, pick-up, in-store, store-pickup",
    ),
    "prices_include_tax": Setting(
        Text(
            "whether prices of stock records contain tax: yes, no or unknown; 'unknown' unless set",
            "库存记录的价格是否含税：yes、no 或 unknown；默认为“unknown”",
        ),
        "unknown",
        ("yes", "no", "unknown"),
    ),
}


def is_any(value: str, setting: str) -> str:
    """The SQL condition that a word is one of a setting's; case, hyphens and underscores do not matter.

    Args:
        value: the word as SQL; null is none of them.
        setting: the name of the setting.
    """
    given = f"unnest(string_to_array(translate(setting.{setting}, '，、', ',,'), ','))"
    listed = f"SELECT {_plain('word')} FROM setting CROSS JOIN {given} AS word WHERE trim(word) <> ''"
    known = f"coalesce({value}, '')"
    return f"{_plain(known)} IN ({listed})"


def kinds(name: str, types: str, *settings: str) -> str:
    """A CTE of what the types of a shop's events mean: `id`, and as `kind` the first setting that names it.

    Args:
        name: the name of the CTE.
        types: the table of types, which a setting may name by code or by name.
        settings: the settings that tell.
    """
    choices = " ".join(
        f"WHEN {is_any('type.code', setting)} OR {is_any('type.name', setting)} THEN '{setting}'"
        for setting in settings
    )
    return f"{name} AS MATERIALIZED (\n    SELECT type.id, CASE {choices} END AS kind FROM {types} AS type\n)"


def _plain(word: str) -> str:
    return f"lower(trim(translate({word}, '_-', '  ')))"
