"""Fulfil and deliver, by time: how long an order is under way, how soon it comes, and how early.

An order counts once its last parcel has arrived. What is still under way stands beside, because nobody knows
yet how long it takes.

Five orders took 20, 24, 40, 44 and 120 hours. Half of the customers had everything after 40 hours; the slow
one moves the mean to 49.6, and nine of ten had theirs within 89.6, between the fourth and the fifth:

    >>> hours = [20, 24, 40, 44, 120]
    >>> delivery_hours.value_from(of=[3600 * each for each in hours])
    40.0
    >>> delivery_hours_mean.value_of(numerator=3600 * sum(hours), denominator=5)
    49.6
    >>> round(delivery_hours_p90.value_from(of=[3600 * each for each in hours]), 1)
    89.6

Two of the five came by the next calendar day. Four had a promised day, and one of them came before it:

    >>> next_day_share.value_of(numerator=2, denominator=5)
    0.4
    >>> early_share.value_of(numerator=1, denominator=4)
    0.25
"""

from dataclasses import replace

from connectors.facts import OrderFacts
from connectors.text import Text
from kpis.catalogue import deliver
from kpis.distribution import Quantile
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, histogram, total
from kpis.of_sums import Mean, Ratio
from kpis.source import ours

stage = deliver.stage

_delivered = col("paid") & ~col("delivery_seconds").is_null()
_under_way = LeftOut(
    count(OrderFacts, when=col("paid") & col("undelivered")),
    Text(
        "paid orders of which not all has been delivered as far as is known",
        "尚未全部送达或送达情况未知的已付款订单",
    ),
)
_arrived = col("counted") & col("outcome_known") & ~col("delivery_seconds").is_null()

delivery_hours = Quantile(
    title=Text("Order-to-delivery time", "到货时长"),
    short=Text("Delivery time", "到货时长"),
    question=Text(
        "How long does half of the customers wait from paying to the last parcel?",
        "从付款到最后一件包裹送达，一半顾客等待多久？",
    ),
    below=Text("paid orders of which all has been delivered", "已全部送达的已付款订单"),
    of=histogram(OrderFacts, "delivery_seconds", when=_delivered),
    excluded=(_under_way,),
    dated_by="paid_day",
    unit="hours",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.delivered_at"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=12, group="deliver"),
    follows=Text("Shopify fulfilment times (median)", "Shopify 履约时长（中位数）"),
)

delivery_hours_mean = Mean(
    title=Text("Order-to-delivery time, mean", "平均到货时长"),
    short=Text("Mean delivery time", "平均到货时长"),
    question=Text(
        "How long do customers wait on average from paying to the last parcel?",
        "从付款到最后一件包裹送达，平均等待多久？",
    ),
    above=Text("hours from paying to the last parcel, added up", "从付款到最后一件送达的小时数合计"),
    below=Text("paid orders of which all has been delivered", "已全部送达的已付款订单"),
    numerator=total(OrderFacts, "delivery_seconds", when=_delivered),
    denominator=count(OrderFacts, when=_delivered),
    per=3600,
    excluded=(_under_way,),
    cluster="order",
    dated_by="paid_day",
    unit="hours",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.delivered_at"),
    assumes=("orders.paid_at",),
    follows=Text("Taobao shop experience score: mean time to arrival", "淘宝店铺体验分“到货时长”（平均值）"),
)

delivery_hours_p90 = replace(
    delivery_hours,
    title=Text("Order-to-delivery time, P90", "到货时长 P90"),
    short=Text("Delivery time, P90", "到货时长 P90"),
    question=Text(
        "Within what time have nine of ten customers got everything?", "十位顾客中有九位在多长时间内收齐？"
    ),
    at=0.9,
    comparable=None,
    follows=ours(
        "the slow end of the time whose median Shopify shows", "与 Shopify 中位数相同的时长，取较慢的一端"
    ),
)

next_day_share = Ratio(
    title=Text("Same or next day", "当日次日达占比"),
    question=Text(
        "Of the orders delivered, how many were there by the next calendar day?",
        "已送达订单中有多少在当日或次日送达？",
    ),
    above=Text("orders that arrived by the next calendar day", "当日或次日送达的订单"),
    below=Text("paid orders of which all has been delivered", "已全部送达的已付款订单"),
    numerator=count(OrderFacts, when=_delivered & (col("days_to_deliver") <= 1)),
    denominator=count(OrderFacts, when=_delivered),
    excluded=(_under_way,),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("orders", "shipments.delivered_at"),
    assumes=("orders.paid_at",),
    follows=ours("calendar days, as customers count them", "按自然日计，与顾客的感受一致"),
)

early_share = Ratio(
    title=Text("Ahead of promise", "提前送达率"),
    question=Text(
        "Of the orders delivered with a promise, how many came at least a calendar day early?",
        "有承诺且已送达的订单中有多少至少提前一天送达？",
    ),
    above=Text("orders that arrived at least a calendar day early", "至少提前一天送达的订单"),
    below=Text("orders with a promised day that have arrived", "有承诺日且已送达的订单"),
    numerator=count(OrderFacts, when=_arrived & (col("days_late") < 0)),
    denominator=count(OrderFacts, when=_arrived),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("counted") & ~col("outcome_known")),
            Text("orders with a promised day whose outcome is not known", "有承诺日但结果未知的订单"),
        ),
    ),
    cluster="customer",
    dated_by="promised_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("orders", "shipments.delivered_at", "shipments.promised_at|orders.promised_at"),
    follows=ours(
        "the other side of on-time delivery, since too early can be wrong too",
        "准时送达的另一面，送得过早也可能不便",
    ),
)
