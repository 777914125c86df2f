"""Customer service, case by case: how often customers have to complain, call for the platform, or ask.

Of 400 orders paid in March two had a complaint within 30 days, counted from the day of payment; a question
where the parcel is counts for 7 days, because then its share is final:

    >>> complaint_rate.value_of(numerator=2, denominator=400)
    0.005

Of March's 400 orders 250 were sent: for one of them the customer called in the platform, and ten customers
asked within a week where theirs was:

    >>> escalation_rate.value_of(numerator=1, denominator=250)
    0.004
    >>> where_is_my_order_rate.value_of(numerator=10, denominator=250)
    0.04
"""

from connectors.facts import CaseFacts, OrderFacts
from connectors.text import Text
from kpis.catalogue import serve
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count
from kpis.of_sums import Ratio
from kpis.source import ours

stage = serve.stage

_unlinked = ~col("linked")
_with_complaints = col("paid") & ~col("complaint_30d").is_null()
_not_carried = col("paid") & ~col("handed_over")
_with_escalations = _not_carried & ~col("escalated_30d").is_null()
_sent = col("paid") & (col("parcels") > 0)
_with_questions = _sent & ~col("where_is_my_order_7d").is_null()

complaint_rate = Ratio(
    title=Text("Complaints", "投诉率"),
    question=Text(
        "Of the paid orders, how many had a complaint within 30 days?", "已付款订单中有多少在 30 天内被投诉？"
    ),
    above=Text("paid orders with a complaint within 30 days", "30 天内有投诉的已付款订单"),
    below=Text("paid orders whose complaints are known", "投诉情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_with_complaints & col("complaint_30d")),
    denominator=count(OrderFacts, when=_with_complaints),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("complaint_30d").is_null()),
            Text("paid orders whose complaints are not known", "投诉情况未知的已付款订单"),
        ),
        LeftOut(
            count(CaseFacts, when=_unlinked & (col("kind") == "complaint"), dated_by="opened_day"),
            Text("complaints whose order is not known", "所属订单未知的投诉"),
        ),
    ),
    told_by="cases.order_id",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "cases.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=ours(
        "each order followed for 30 days, by what the shop's own system calls a complaint",
        "每笔订单跟踪 30 天，以商家系统登记的投诉为准",
    ),
)

escalation_rate = Ratio(
    title=Text("Platform help", "平台求助率"),
    question=Text(
        "Of the paid orders not carried out of a shop, how many led the customer to call in the platform "
        "within 30 days?",
        "已付款订单（不含门店当场取走的）中有多少在 30 天内由顾客向平台求助？",
    ),
    above=Text("orders for which the platform was called in within 30 days", "30 天内求助平台的订单"),
    below=Text(
        "paid orders not carried out of a shop of which it is known",
        "求助情况已知、非门店当场取走的已付款订单",
    ),
    numerator=count(OrderFacts, when=_with_escalations & col("escalated_30d")),
    denominator=count(OrderFacts, when=_with_escalations),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_not_carried & col("escalated_30d").is_null()),
            Text(
                "paid orders not carried out of a shop whose calls for the platform are not known",
                "求助情况未知且非门店当场取走的已付款订单",
            ),
        ),
        LeftOut(
            count(CaseFacts, when=_unlinked & col("escalated"), dated_by="opened_day"),
            Text("calls for the platform whose order is not known", "所属订单未知的平台求助"),
        ),
    ),
    told_by="cases.escalated",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "cases.order_id", "cases.escalated"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=Text(
        "Taobao platform help rate; as there, nothing carried out of a shop is among the orders",
        "淘宝“平台求助率”；与平台一致，不含门店当场取走的订单",
    ),
)

where_is_my_order_rate = Ratio(
    title=Text("Where is my order", "查件咨询率"),
    question=Text(
        "Of the orders with a parcel on its way, how many made the customer ask where it is within 7 days?",
        "已发货订单中有多少在 7 天内引来顾客查询包裹去向？",
    ),
    above=Text("orders whose customer asked within 7 days where they are", "7 天内咨询到货进度的订单"),
    below=Text("paid orders with a parcel of which it is known", "有包裹且咨询情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_with_questions & col("where_is_my_order_7d")),
    denominator=count(OrderFacts, when=_with_questions),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_sent & col("where_is_my_order_7d").is_null()),
            Text(
                "paid orders with a parcel whose questions are not known", "有包裹但咨询情况未知的已付款订单"
            ),
        ),
        LeftOut(
            count(CaseFacts, when=_unlinked & (col("kind") == "where_is_my_order"), dated_by="opened_day"),
            Text("questions where a parcel is whose order is not known", "所属订单未知的查件咨询"),
        ),
    ),
    told_by="cases.order_id",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=7,
    needs=("orders", "cases.order_id", "shipments.shipped_at|shipments.delivered_at"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=ours(
        "what retailers call WISMO, by orders and for 7 days", "即零售业所说的 WISMO，按订单计，为期 7 天"
    ),
)
