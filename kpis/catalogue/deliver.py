"""Fulfil and deliver: whether orders arrive when they should, and how long they take.

Ten orders were promised for Monday. Eight had come by Monday night, one came on Tuesday, of one the carrier
tells nothing: eight of nine were on time, one is excluded, and the figure covers 90 % of what was due.

    >>> on_time_delivery.value_of(numerator=8, denominator=9)
    0.8888888888888888
"""

from dataclasses import replace

from connectors.facts import OrderFacts
from connectors.text import Text
from kpis.kpi import Comparable, Mean, Quantile, Ratio
from kpis.measure import col, count, histogram, total
from kpis.stage import Stage

stage = Stage(Text("Fulfil and deliver", "履约与配送"), order=3)

_due = col("counted") & col("outcome_known")
_delivered = col("paid") & ~col("delivery_seconds").is_null()
_under_way = count(OrderFacts, when=col("paid") & col("shipped") & col("delivery_seconds").is_null())

on_time_delivery = Ratio(
    title=Text("On-time delivery", "准时送达率"),
    question=Text(
        "Of the orders due, how many arrived by the promised day?", "到期订单中有多少在承诺日当天或之前送达？"
    ),
    numerator=count(OrderFacts, when=_due & (col("days_late") <= 0)),
    denominator=count(OrderFacts, when=_due),
    excluded=(count(OrderFacts, when=col("counted") & ~col("outcome_known")),),
    dated_by="promised_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("orders", "shipments.delivered_at", "shipments.promised_at|orders.promised_at"),
    comparable=Comparable(margin=0.02, group="deliver"),
    follows="Amazon on-time delivery rate",
    headline=2,
)

delivery_hours = Quantile(
    title=Text("Order-to-delivery time", "到货时长"),
    question=Text(
        "How long does half of the customers wait from paying to the last parcel?",
        "从付款到最后一件包裹送达，一半顾客等待多久？",
    ),
    of=histogram(OrderFacts, "delivery_seconds", when=_delivered),
    excluded=(_under_way,),
    dated_by="paid_day",
    unit="hours",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.delivered_at"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=12, group="deliver"),
    follows="Shopify fulfilment times (median)",
)

delivery_hours_mean = Mean(
    title=Text("Order-to-delivery time, mean", "平均到货时长"),
    question=Text(
        "How long do customers wait on average from paying to the last parcel?",
        "从付款到最后一件包裹送达，平均等待多久？",
    ),
    numerator=total(OrderFacts, "delivery_seconds", when=_delivered),
    denominator=count(OrderFacts, when=_delivered),
    per=3600,
    excluded=(_under_way,),
    dated_by="paid_day",
    unit="hours",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.delivered_at"),
    assumes=("orders.paid_at",),
)

delivery_hours_p90 = replace(
    delivery_hours,
    title=Text("Order-to-delivery time, P90", "到货时长 P90"),
    question=Text(
        "Within what time have nine of ten customers got everything?", "十位顾客中有九位在多长时间内收齐？"
    ),
    at=0.9,
    comparable=None,
    follows=None,
)
