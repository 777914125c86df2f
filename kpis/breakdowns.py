"""What stands behind a figure: breakdowns of it into parts that no dimension tells apart.

Of twelve orders due, three were not perfect: one came late and broken, one late, one incomplete. Any of the
faults are four, but only two orders would have been perfect without one single fault:

    >>> faults = BREAKDOWNS["perfect_order_faults"].parts
    >>> round(faults["late"].kpi.value_of(numerator=2, denominator=12), 3)
    0.167
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

import narwhals as nw

from connectors.facts import OrderFacts, ParcelFacts, ReturnFacts
from connectors.text import Text
from kpis.catalogue import deliver
from kpis.kpi import Better, LeftOut
from kpis.measure import Measure, col, count
from kpis.of_sums import Ratio


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, and the share it makes up."""

    title: Text
    kpi: Ratio


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure taken apart.

    Attributes:
        title: what is told apart.
        parts: by code, in the order they are shown.
        adds_up: whether each thing counted is in exactly one part, so that their counts add up to the whole.
    """

    title: Text
    parts: Mapping[str, Part]
    adds_up: bool


def _when(measure: Measure) -> nw.Expr:
    """The condition of a measure, which all rows without one fulfil."""
    return nw.lit(value=True) if measure.when is None else measure.when


def _days(column: str, low: int | None, high: int | None) -> nw.Expr:
    """The condition that a number of days lies between two, both included; null: no end."""
    ends = [col(column) >= low] if low is not None else []
    ends += [col(column) <= high] if high is not None else []
    return reduce(and_, ends)


_judged = _when(deliver.perfect_order_rate.denominator)
_due = _when(deliver.on_time_delivery.denominator)
_punctual = _when(deliver.on_time_delivery.numerator)
_FAULTS: dict[str, tuple[Text, nw.Expr]] = {
    "late": (Text("Late", "迟到"), col("days_late") > 0),
    "incomplete": (Text("Incomplete", "缺件"), ~col("in_full")),
    "damaged": (Text("Damaged", "破损"), col("damaged")),
    "complaint": (Text("Complaint", "投诉"), col("complaint_15d")),
    "quality_return": (Text("Quality return", "品质退货"), col("quality_returned_15d")),
}
_LATENESS: dict[str, tuple[Text, nw.Expr]] = {
    "early_3": (Text("3 or more days early", "提前 3 天及以上"), _days("days_late", None, -3)),
    "early_2": (Text("2 days early", "提前 2 天"), _days("days_late", -2, -2)),
    "early_1": (Text("1 day early", "提前 1 天"), _days("days_late", -1, -1)),
    "on_day": (Text("On the promised day", "承诺日当天"), _days("days_late", 0, 0)),
    "late_1": (Text("1 day late", "迟 1 天"), _days("days_late", 1, 1)),
    "late_2": (Text("2–3 days late", "迟 2–3 天"), _days("days_late", 2, 3)),
    "late_4": (Text("4 or more days late", "迟 4 天及以上"), _days("days_late", 4, None)),
}
_PROMISES: dict[str, tuple[Text, nw.Expr]] = {
    "next_day": (Text("Same or next day", "当日或次日"), _days("days_promised", None, 1)),
    "days_2": (Text("2 days", "2 天"), _days("days_promised", 2, 2)),
    "days_3": (Text("3 days", "3 天"), _days("days_promised", 3, 3)),
    "days_4": (Text("4–5 days", "4–5 天"), _days("days_promised", 4, 5)),
    "days_6": (Text("6 days or more", "6 天及以上"), _days("days_promised", 6, None)),
}
_REASONS: dict[str, Text] = {
    "quality": Text("Quality", "品质问题"),
    "logistics": Text("Damaged or late", "物流问题"),
    "description": Text("Not as described", "与描述不符"),
    "size": Text("Size", "尺码不合"),
    "preference": Text("Changed mind", "不喜欢或不想要"),
    "other": Text("Other", "其他"),
}
_parcel = col("counted") & (col("kind") == "parcel") & ~col("promised_day").is_null()


def _of_orders(above: nw.Expr, below: nw.Expr, like: Ratio, better: Better = "none") -> Ratio:
    """A share of orders, dated, needed and clustered like a KPI of the catalogue."""
    return Ratio(
        title=like.title, question=like.question, numerator=count(OrderFacts, when=above),
        denominator=count(OrderFacts, when=below), excluded=like.excluded, cluster=like.cluster,
        dated_by=like.dated_by, unit="percent", better=better, lag_days=like.lag_days, needs=like.needs,
        assumes=like.assumes,
    )  # fmt: skip


def _on_time(days: nw.Expr) -> Ratio:
    """On-time delivery of the orders of some promises, and those of them that were left out."""
    left_out = tuple(
        LeftOut(count(OrderFacts, when=_when(each.measure) & days), each.words)
        for each in deliver.on_time_delivery.excluded
    )
    shares = _of_orders(_punctual & days, _due & days, deliver.on_time_delivery, "up")
    return replace(shares, excluded=left_out)


def _alone(fault: str) -> nw.Expr:
    """The condition that an order has this fault and no other."""
    others = [~condition for name, (_, condition) in _FAULTS.items() if name != fault]
    return reduce(and_, others, _FAULTS[fault][1])


def _reason(told: nw.Expr) -> Ratio:
    return Ratio(
        title=Text("Reasons of returns", "退货原因"),
        question=Text("Why did customers send goods back?", "顾客为什么退货？"),
        numerator=count(ReturnFacts, when=told),
        denominator=count(ReturnFacts, when=~col("reason").is_null()),
        excluded=(
            LeftOut(
                count(ReturnFacts, when=col("reason").is_null()),
                Text("returned lines whose reason is not known", "退货原因未知的退回商品行"),
            ),
        ),
        dated_by="requested_day",
        unit="percent",
        better="none",
        needs=("returns", "returns.reason"),
    )


BREAKDOWNS: Mapping[str, Breakdown] = {
    "perfect_order_faults": Breakdown(
        Text("Faults, whatever else went wrong", "含该问题的订单"),
        {
            name: Part(title, _of_orders(_judged & fault, _judged, deliver.perfect_order_rate, "down"))
            for name, (title, fault) in _FAULTS.items()
        },
        adds_up=False,
    ),
    "perfect_order_single_faults": Breakdown(
        Text("The only fault", "仅有该问题的订单"),
        {
            name: Part(
                title,
                _of_orders(_judged & _alone(name), _judged, deliver.perfect_order_rate, "down"),
            )
            for name, (title, _) in _FAULTS.items()
        },
        adds_up=False,
    ),
    "promised_and_actual": Breakdown(
        Text("Promised and actual day", "承诺日与实际送达日"),
        {
            name: Part(title, _of_orders(_due & days, _due, deliver.on_time_delivery))
            for name, (title, days) in _LATENESS.items()
        },
        adds_up=True,
    ),
    "on_time_by_promise": Breakdown(
        Text("On time by length of the promise", "按承诺时长的准时率"),
        {name: Part(title, _on_time(days)) for name, (title, days) in _PROMISES.items()},
        adds_up=False,
    ),
    "parcels_on_time": Breakdown(
        Text("Parcels on time", "包裹准时率"),
        {
            "parcels": Part(
                Text("Parcels", "包裹"),
                Ratio(
                    title=Text("Parcels on time", "包裹准时率"),
                    question=Text(
                        "Of the parcels due, how many arrived by the promised day?",
                        "到期包裹中有多少在承诺日当天或之前送达？",
                    ),
                    numerator=count(ParcelFacts, when=_parcel & (col("days_late") <= 0)),
                    denominator=count(ParcelFacts, when=_parcel & ~col("days_late").is_null()),
                    excluded=(
                        LeftOut(
                            count(ParcelFacts, when=_parcel & col("days_late").is_null()),
                            Text(
                                "parcels of which it is not known whether they came in time",
                                "是否准时未知的包裹",
                            ),
                        ),
                    ),
                    cluster="order",
                    dated_by="promised_day",
                    unit="percent",
                    better="up",
                    lag_days=7,
                    needs=deliver.on_time_delivery.needs,
                ),
            )
        },
        adds_up=False,
    ),
    "return_reasons": Breakdown(
        Text("Reasons of returns", "退货原因"),
        {code: Part(title, _reason(col("reason") == code)) for code, title in _REASONS.items()},
        adds_up=True,
    ),
}
