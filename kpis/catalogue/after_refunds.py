"""Returns and refunds, by money: how much of what was paid goes back, and how long it takes.

Of 50,000.00 paid in January 2,500.00 had gone back 30 days after each payment. Three customers waited 24, 30
and 96 hours for theirs: half of them up to 30, on average 50. A refund still open stands beside.

    >>> refund_rate_amount.value_of(numerator=2500, denominator=50000)
    0.05
    >>> refund_hours.value_from(of=[24 * 3600, 30 * 3600, 96 * 3600])
    30.0
    >>> refund_hours_mean.value_of(numerator=(24 + 30 + 96) * 3600, denominator=3)
    50.0
"""

from connectors.facts import OrderFacts, RefundFacts
from connectors.text import Text
from kpis.catalogue import after
from kpis.distribution import Quantile
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, histogram, total
from kpis.of_sums import Mean
from kpis.source import ours

stage = after.stage

_paid_back = col("paid") & ~col("refunded_30d").is_null()
_refunded = ~col("refund_seconds").is_null()
_open = (
    LeftOut(
        count(RefundFacts, when=col("status") == "pending"),
        Text("refunds that are not settled yet", "尚未完成的退款"),
    ),
    LeftOut(
        count(
            RefundFacts,
            when=(col("status") == "settled") & col("refund_seconds").is_null(),
            dated_by="refunded_day",
        ),
        Text("settled refunds of which not both times are known", "起止时间未全部已知的已完成退款"),
    ),
)

refund_rate_amount = Mean(
    title=Text("Refund rate, amount", "退款金额率"),
    short=Text("Refund rate", "退款金额率"),
    question=Text(
        "Of the money paid, how much had gone back within 30 days?", "已付金额中有多少在 30 天内退还？"
    ),
    above=Text("money given back within 30 days", "30 天内退还的金额"),
    below=Text("money paid for orders whose refunds are known", "退款情况已知订单的实付金额"),
    numerator=total(OrderFacts, "refunded_30d", when=_paid_back),
    denominator=total(OrderFacts, "paid_amount", when=_paid_back),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("refunded_30d").is_null()),
            Text("paid orders whose refunds are not known", "退款情况未知的已付款订单"),
        ),
        LeftOut(
            count(RefundFacts, when=(col("status") == "settled") & ~col("linked"), dated_by="refunded_day"),
            Text("settled refunds whose order is not known", "所属订单未知的已完成退款"),
        ),
    ),
    covered=count(OrderFacts, when=_paid_back),
    cluster="order",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "refunds.order_id|refunds.return_id", "refunds.refunded_at"),
    assumes=("orders.paid_at", "orders.tax_amount|orders.shipping_amount"),
    comparable=Comparable(margin=0.02, group="after"),
    follows=ours("the return rate in money, settled refunds only", "按金额计的退货率，只计已到账退款"),
)

refund_hours = Quantile(
    title=Text("Refund time", "退款时长"),
    question=Text(
        "How long does half of the customers wait for their money?", "从申请到退款到账，一半顾客等待多久？"
    ),
    below=Text("settled refunds of which both times are known", "已完成且起止时间已知的退款"),
    of=histogram(RefundFacts, "refund_seconds", when=_refunded),
    excluded=_open,
    dated_by="requested_day",
    unit="hours",
    better="down",
    lag_days=3,
    needs=("refunds", "refunds.requested_at|refunds.return_id"),
    comparable=Comparable(margin=12, group="after"),
    follows=ours(
        "from the customer's request to the money, a median that few slow cases do not move",
        "从顾客申请到退款到账，取中位数以免受少数慢单影响",
    ),
)

refund_hours_mean = Mean(
    title=Text("Refund time, mean", "平均退款时长"),
    question=Text(
        "How long do customers wait on average for their money?", "从申请到退款到账，平均等待多久？"
    ),
    above=Text("hours from request to refund, added up", "从申请到退款的小时数合计"),
    below=Text("settled refunds of which both times are known", "已完成且起止时间已知的退款"),
    numerator=total(RefundFacts, "refund_seconds", when=_refunded),
    denominator=count(RefundFacts, when=_refunded),
    per=3600,
    excluded=_open,
    dated_by="requested_day",
    unit="hours",
    better="down",
    lag_days=3,
    needs=("refunds", "refunds.requested_at|refunds.return_id"),
    follows=ours("the mean beside the median, which slow cases do move", "与中位数并列的平均值，能反映慢单"),
)
