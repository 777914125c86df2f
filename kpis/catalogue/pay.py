"""Choose and pay: how visits become orders, and what an order is worth.

A door counter's hour has visits but no visitors: the receipts of that door and day stand above the line, so
the share may exceed 1, and no interval is given where it does. Cells (channel, shop and day) in which only
one side is known stay out of both sides and count as excluded.

A shop had 200 people through its door and 30 receipts, its web store 800 visits and 10 that ordered:

    >>> conversion_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04
"""

from connectors.facts import OrderFacts, VisitFacts
from connectors.text import Text
from kpis.kpi import Comparable, Mean, Ratio
from kpis.measure import col, count, total
from kpis.stage import Stage

stage = Stage(Text("Choose and pay", "选购与支付"), order=2)

_with_visits = col("paid") & col("visits_known")
_without_visits = col("paid") & ~col("visits_known")
_with_amount = col("paid") & ~col("net_amount").is_null()
_with_lines = col("paid") & col("lines_known")

conversion_per_visit = Ratio(
    title=Text("Conversion per visit", "访问转化率"),
    question=Text("Of the visits, how many led to a paid order?", "每百次访问中有多少带来已付款订单？"),
    numerator=total(VisitFacts, "converted", when=col("outcome_known")),
    denominator=total(VisitFacts, "visits", when=col("outcome_known")),
    excluded=(total(VisitFacts, "visits", when=~col("outcome_known")),),
    told_by="visits.ordered",
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("visits", "visits.order_id|visits.ordered|orders"),
    assumes=("orders.paid_at",),
    follows="Shopify online store conversion rate",
    headline=1,
    may_exceed_one=True,
)

orders_per_visit = Ratio(
    title=Text("Orders per visit", "每访问订单数"),
    question=Text("How many paid orders are there for each visit?", "每次访问对应多少已付款订单？"),
    numerator=count(OrderFacts, when=_with_visits, dated_by="paid_day"),
    denominator=total(VisitFacts, "visits", when=col("orders_known")),
    excluded=(count(OrderFacts, when=_without_visits, dated_by="paid_day"),),
    covered=count(OrderFacts, when=_with_visits, dated_by="paid_day"),
    dated_by="day",
    unit="ratio",
    better="up",
    lag_days=1,
    needs=("visits", "orders"),
    assumes=("orders.paid_at",),
    may_exceed_one=True,
    interval=False,
)

value_per_visit = Ratio(
    title=Text("Value per visit", "访问价值"),
    question=Text("How much does a visit bring in?", "每次访问带来多少成交金额？"),
    numerator=total(OrderFacts, "net_amount", when=_with_visits, dated_by="paid_day"),
    denominator=total(VisitFacts, "visits", when=col("orders_known")),
    excluded=(
        count(OrderFacts, when=_without_visits, dated_by="paid_day"),
        count(OrderFacts, when=_with_visits & col("net_amount").is_null(), dated_by="paid_day"),
    ),
    covered=count(OrderFacts, when=_with_visits & _with_amount, dated_by="paid_day"),
    dated_by="day",
    unit="money",
    better="up",
    lag_days=1,
    needs=("visits", "orders"),
    assumes=("orders.paid_at",),
    may_exceed_one=True,
    interval=False,
)

average_order_value = Mean(
    title=Text("Average order value", "笔单价"),
    question=Text(
        "How much is a paid order worth, before tax and shipping?", "一笔已付款订单平均金额是多少？"
    ),
    numerator=total(OrderFacts, "net_amount", when=_with_amount),
    denominator=count(OrderFacts, when=_with_amount),
    excluded=(count(OrderFacts, when=col("paid") & col("net_amount").is_null()),),
    dated_by="paid_day",
    unit="money",
    better="up",
    lag_days=1,
    needs=("orders",),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.10, group="pay"),
)

units_per_order = Mean(
    title=Text("Units per order", "连带率"),
    question=Text("How many pieces does a paid order hold?", "一笔已付款订单平均有多少件商品？"),
    numerator=total(OrderFacts, "units", when=_with_lines),
    denominator=count(OrderFacts, when=_with_lines),
    excluded=(count(OrderFacts, when=col("paid") & ~col("lines_known")),),
    dated_by="paid_day",
    unit="ratio",
    better="up",
    lag_days=1,
    needs=("orders", "order_lines"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.10, group="pay"),
)
