"""Fulfil and deliver: whether orders arrive when they should, and how long they take.

Ten orders were promised for Monday. Eight had come by Monday night, one came on Tuesday, of one the carrier
tells nothing: eight of nine were on time, one is excluded, and the figure covers 90 % of what was due.
Of the eight, one came broken and one was sent back for its quality, so six of nine orders were perfect: each
order is so or not, shares of single faults are never multiplied. A complaint or return on the 16th day after
payment changes nothing any more, and what was promised for later than the 15th is excluded: by then the
figure is final.

    >>> on_time_delivery.value_of(numerator=8, denominator=9)
    0.8888888888888888
    >>> perfect_order_rate.value_of(numerator=6, denominator=9)
    0.6666666666666666

Of 200 orders paid for, two were cancelled by the shop before they were sent. Of 50 promised to leave by
Friday two left later and one not at all; 20 of 160 shipped went out in two parcels or more:

    >>> seller_cancel_rate.value_of(numerator=2, denominator=200)
    0.01
    >>> late_shipment_rate.value_of(numerator=2 + 1, denominator=50)
    0.06
    >>> split_rate.value_of(numerator=20, denominator=160)
    0.125
"""

from connectors.facts import OrderFacts
from connectors.text import Text
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count
from kpis.of_sums import Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Fulfil and deliver", "履约与配送"), order=3)

_to_send = col("sold") & ~col("handed_over")
_due = col("counted") & col("outcome_known")
_promised = col("paid") & ~col("promised_day").is_null()
_unjudged = (
    ~col("outcome_known")
    | ~col("promised_15d")
    | col("in_full").is_null()
    | col("damaged").is_null()
    | col("complaint_15d").is_null()
    | col("quality_returned_15d").is_null()
)
_judged = (
    _promised
    & col("outcome_known")
    & col("promised_15d")
    & ~col("in_full").is_null()
    & ~col("damaged").is_null()
    & ~col("complaint_15d").is_null()
    & ~col("quality_returned_15d").is_null()
)
_perfect = (
    (col("days_late") <= 0)
    & col("in_full")
    & ~col("damaged")
    & ~col("complaint_15d")
    & ~col("quality_returned_15d")
)

late_shipment_rate = Ratio(
    title=Text("Late shipment", "延迟发货率"),
    question=Text(
        "Of the orders promised to be shipped, how many had a parcel leave after the promise, or not at all?",
        "有发货承诺的订单中有多少超时发货或仍未发货？",
    ),
    above=Text(
        "orders with a parcel that left after the promise, or not at all", "超过承诺时间发货或仍未发货的订单"
    ),
    below=Text("orders promised to be shipped, shipping known", "有发货承诺且发货情况已知的订单"),
    numerator=count(OrderFacts, when=col("counted") & col("shipped_late")),
    denominator=count(OrderFacts, when=col("counted") & ~col("shipped_late").is_null()),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("counted") & col("shipped_late").is_null()),
            Text(
                "orders promised to be shipped whose shipping is not known", "有发货承诺但发货情况未知的订单"
            ),
        ),
    ),
    cluster="customer",
    dated_by="promised_ship_day",
    unit="percent",
    better="down",
    lag_days=3,
    needs=("orders", "orders.promised_ship_at", "shipments.shipped_at"),
    comparable=Comparable(margin=0.02, group="deliver"),
    follows=Text("Amazon late shipment rate", "亚马逊“迟发率”"),
)

seller_cancel_rate = Ratio(
    title=Text("Seller cancellations", "商家取消率"),
    short=Text("Seller cancels", "商家取消率"),
    question=Text(
        "Of the orders paid for but not carried out of a shop, how many did we cancel before shipping?",
        "已付款订单（含之后取消的，不含门店当场取走的）中有多少在发货前被商家取消？",
    ),
    above=Text("orders that we cancelled before shipping", "发货前由商家取消的订单"),
    below=Text("paid orders to be sent of which it is known", "需发货且是否商家取消已知的已付款订单"),
    numerator=count(OrderFacts, when=_to_send & col("seller_cancelled")),
    denominator=count(OrderFacts, when=_to_send & ~col("seller_cancelled").is_null()),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_to_send & col("seller_cancelled").is_null()),
            Text(
                "paid orders to be sent of which it is not known who cancelled them",
                "取消方未知的需发货已付款订单",
            ),
        ),
    ),
    cluster="customer",
    dated_by="sold_day",
    unit="percent",
    better="down",
    lag_days=1,
    needs=("orders", "orders.cancelled_by"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="deliver"),
    follows=Text(
        "Amazon pre-fulfilment cancel rate; as there, nothing carried out of a shop is among the orders",
        "亚马逊“配送前取消率”；与平台一致，不含门店当场取走的订单",
    ),
)

on_time_delivery = Ratio(
    title=Text("On-time delivery", "准时送达率"),
    question=Text(
        "Of the orders due, how many arrived by the promised day?", "到期订单中有多少在承诺日当天或之前送达？"
    ),
    above=Text("orders that arrived by their promised day", "在承诺日当天或之前送达的订单"),
    below=Text("orders with a promised day, due and with known outcome", "有承诺日、已到期且结果已知的订单"),
    numerator=count(OrderFacts, when=_due & (col("days_late") <= 0)),
    denominator=count(OrderFacts, when=_due),
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
    comparable=Comparable(margin=0.02, group="deliver"),
    follows=Text(
        "Amazon on-time delivery rate; here of orders, there of tracked parcels",
        "亚马逊“准时送达率”；此处按订单计，亚马逊按可追踪包裹计",
    ),
    headline=2,
)


split_rate = Ratio(
    title=Text("Split orders", "拆单率"),
    question=Text(
        "Of the orders shipped, how many went out in two or more parcels?",
        "已发货订单中有多少拆成两个或以上包裹？",
    ),
    above=Text("orders sent in two or more parcels", "拆成两个或以上包裹的订单"),
    below=Text("paid orders with a parcel", "有包裹的已付款订单"),
    numerator=count(OrderFacts, when=col("paid") & (col("parcels") > 1)),
    denominator=count(OrderFacts, when=col("paid") & (col("parcels") > 0)),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=7,
    needs=("orders", "shipments.shipped_at|shipments.delivered_at"),
    assumes=("orders.paid_at",),
    follows=ours("parcels per order as the shop sent them", "按实际发出的包裹数判断"),
)

perfect_order_rate = Ratio(
    title=Text("Perfect order", "完美订单率"),
    question=Text(
        "Of the orders due, how many came in full, on time, undamaged, without complaint or quality return "
        "within 15 days?",
        "到期订单中有多少齐全、准时、无破损，且 15 天内无投诉、无品质退货？",
    ),
    above=Text(
        "orders in full, on time, undamaged, without complaint or quality return",
        "齐全、准时、无破损且无投诉与品质退货的订单",
    ),
    below=Text("orders due of which all of this is known", "已到期且上述各项均已知的订单"),
    numerator=count(OrderFacts, when=_judged & _perfect),
    denominator=count(OrderFacts, when=_judged),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_promised & _unjudged),
            Text(
                "orders due whose arrival, completeness, damage, complaints or quality returns are untold, "
                "or promised for later than 15 days after payment",
                "送达、齐全、破损、投诉或品质退货情况未知，或承诺日晚于付款后 15 天的已到期订单",
            ),
        ),
    ),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="up",
    lag_days=15,
    needs=(
        "orders",
        "order_lines.quantity_kept",
        "shipments.delivered_at",
        "shipments.promised_at|orders.promised_at",
        "shipments.damaged",
        "cases.order_id",
        "returns.order_id",
        "returns.reason",
    ),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="deliver"),
    follows=Text(
        "SCOR RL.1.1 perfect order fulfilment; complaints and quality returns within 15 days are Seamline's",
        "SCOR RL.1.1 完美订单履行；15 天内的投诉与品质退货为 Seamline 所加",
    ),
)
