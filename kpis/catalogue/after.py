"""Returns and refunds: what comes back, and how long the money takes.

On the cohort basis an order is followed for 30 days from its payment; on the event basis the period's
requests stand over the period's orders, so the share may exceed 1 and has no interval.
In January 100 orders were paid, of which 8 came back by the end of February; in January itself 12 orders
came back, most of them bought at Christmas: 8 % of January's orders, or 12 returns per 100 orders.

    >>> return_rate.value_of(numerator=8, denominator=100)
    0.08
    >>> return_rate.on("event").value_of(numerator=12, denominator=100)
    0.12
"""

from connectors.facts import OrderFacts, RefundFacts, ReturnDays
from connectors.text import Text
from kpis.kpi import Comparable, Mean, Quantile, Ratio
from kpis.measure import col, count, histogram, total
from kpis.stage import Stage

stage = Stage(Text("Returns and refunds", "退货与退款"), order=4)

_followed = col("paid") & col("returns_known")
_not_followed = count(OrderFacts, when=col("paid") & ~col("returns_known"), dated_by="paid_day")
_followed_lines = _followed & col("lines_known")
_no_lines = count(OrderFacts, when=_followed & ~col("lines_known"), dated_by="paid_day")
_refunded = ~col("refund_seconds").is_null()
_open = (
    count(RefundFacts, when=col("status") == "pending"),
    count(
        RefundFacts,
        when=(col("status") == "settled") & col("refund_seconds").is_null(),
        dated_by="refunded_day",
    ),
)

return_rate = Ratio(
    title=Text("Return rate, orders", "退货率"),
    question=Text(
        "Of the paid orders, how many had a return requested within 30 days?",
        "已付款订单中有多少在 30 天内申请退货？",
    ),
    numerator=count(OrderFacts, when=_followed & col("returned_30d")),
    denominator=count(OrderFacts, when=_followed),
    excluded=(_not_followed,),
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "returns.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    headline=3,
    event=Ratio(
        title=Text("Return rate, orders", "退货率"),
        question=Text(
            "How many orders had a return requested in the period, per order paid in it?",
            "期内申请退货的订单与期内付款订单之比是多少？",
        ),
        numerator=count(
            ReturnDays,
            when=col("previous_day").is_null() | (col("previous_day") < col("period_start")),
            dated_by="day",
        ),
        denominator=count(OrderFacts, when=_followed),
        excluded=(_not_followed,),
        dated_by="paid_day",
        unit="percent",
        better="down",
        needs=("orders", "returns.order_id"),
        assumes=("orders.paid_at",),
        may_exceed_one=True,
        interval=False,
    ),
)

return_rate_units = Mean(
    title=Text("Return rate, units", "退货件数率"),
    question=Text(
        "Of the pieces sold, how many had a return requested within 30 days?",
        "售出商品中有多少件在 30 天内申请退货？",
    ),
    numerator=total(OrderFacts, "units_returned_30d", when=_followed_lines),
    denominator=total(OrderFacts, "units", when=_followed_lines),
    excluded=(_not_followed, _no_lines),
    covered=count(OrderFacts, when=_followed_lines),
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "order_lines", "returns.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    event=Ratio(
        title=Text("Return rate, units", "退货件数率"),
        question=Text(
            "How many pieces had a return requested in the period, per piece sold in it?",
            "期内申请退货件数与期内售出件数之比是多少？",
        ),
        numerator=total(ReturnDays, "units", dated_by="day"),
        denominator=total(OrderFacts, "units", when=_followed_lines),
        excluded=(_not_followed, _no_lines),
        covered=count(OrderFacts, when=_followed_lines),
        dated_by="paid_day",
        unit="percent",
        better="down",
        needs=("orders", "order_lines", "returns.order_id"),
        assumes=("orders.paid_at",),
        may_exceed_one=True,
        interval=False,
    ),
)

refund_hours = Quantile(
    title=Text("Refund time", "退款时长"),
    question=Text(
        "How long does half of the customers wait for their money?", "从申请到退款到账，一半顾客等待多久？"
    ),
    of=histogram(RefundFacts, "refund_seconds", when=_refunded),
    excluded=_open,
    dated_by="requested_day",
    unit="hours",
    better="down",
    lag_days=3,
    needs=("refunds", "refunds.requested_at|refunds.return_id"),
    comparable=Comparable(margin=12, group="after"),
    headline=4,
)

refund_hours_mean = Mean(
    title=Text("Refund time, mean", "平均退款时长"),
    question=Text(
        "How long do customers wait on average for their money?", "从申请到退款到账，平均等待多久？"
    ),
    numerator=total(RefundFacts, "refund_seconds", when=_refunded),
    denominator=count(RefundFacts, when=_refunded),
    per=3600,
    excluded=_open,
    dated_by="requested_day",
    unit="hours",
    better="down",
    lag_days=3,
    needs=("refunds", "refunds.requested_at|refunds.return_id"),
)
