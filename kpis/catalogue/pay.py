"""Choose and pay: how visits become orders, and what an order is worth.

A door counter's hour has visits but no visitors: the receipts of that door and day stand above the line, so
the share may exceed 1, and no interval is given where it does. Cells (channel, shop and day) in which only
one side is known stay out of both sides and count as excluded.

A shop had 200 people through its door and 30 receipts, its web store 800 visits and 10 that ordered:

    >>> conversion_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04
"""

from connectors.facts import OrderFacts, VisitFacts, VisitorDays
from connectors.text import Text
from kpis.kpi import Comparable, Mean, Ratio
from kpis.measure import col, count, total
from kpis.stage import Stage

stage = Stage(Text("Choose and pay", "选购与支付"), order=2)

_with_visits = col("paid") & col("visits_known")
_without_visits = col("paid") & ~col("visits_known")
_with_amount = col("paid") & ~col("net_amount").is_null()
_with_lines = col("paid") & col("lines_known")
_counted_door = col("is_door") & col("outcome_known")
_uncounted_receipt = col("paid") & (col("channel_kind") == "offline") & ~col("visits_known")
_first_in_period = col("previous_day").is_null() | (col("previous_day") < col("period_start"))
_known_visitor = col("visitor_known") & col("outcome_known")

add_to_cart_rate = Ratio(
    title=Text("Add-to-cart", "加购率"),
    question=Text("Of the visits, how many put something into the cart?", "访问中有多少将商品加入购物车？"),
    numerator=total(VisitFacts, "added_to_cart"),
    denominator=total(VisitFacts, "visits", when=~col("added_to_cart").is_null()),
    excluded=(total(VisitFacts, "visits", when=col("added_to_cart").is_null()),),
    told_by="visits.added_to_cart",
    dated_by="day",
    unit="percent",
    better="up",
    needs=("visits.added_to_cart",),
)

checkout_completion = Ratio(
    title=Text("Checkout completion", "结账完成率"),
    question=Text(
        "Of the visits that began to check out, how many ordered?", "进入结账的访问中有多少完成下单？"
    ),
    numerator=total(VisitFacts, "checked_out"),
    denominator=total(VisitFacts, "reached_checkout", when=~col("checked_out").is_null()),
    excluded=(total(VisitFacts, "visits", when=col("checked_out").is_null()),),
    covered=total(VisitFacts, "visits", when=~col("checked_out").is_null()),
    told_by="visits.reached_checkout",
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("visits.reached_checkout", "visits.ordered|visits.order_id"),
)

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

buyer_conversion = Ratio(
    title=Text("Visitor conversion", "访客转化率"),
    question=Text(
        "Of the visitors, each counted once, how many led to a paid order?",
        "去重后的访客中有多少带来已付款订单？",
    ),
    numerator=count(VisitorDays, when=_first_in_period & (col("next_buying_day") <= col("period_end"))),
    denominator=count(VisitorDays, when=_first_in_period),
    excluded=(total(VisitFacts, "visits", when=~(col("visitor_known") & col("outcome_known"))),),
    covered=total(VisitFacts, "visits", when=_known_visitor),
    told_by="visits.visitor_id",
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("visits.visitor_id", "visits.order_id|visits.ordered"),
    assumes=("orders.paid_at",),
)

store_conversion = Ratio(
    title=Text("Store conversion", "门店转化率"),
    question=Text(
        "How many till receipts are there for each person counted in?", "每位进店客人对应多少张收银小票？"
    ),
    numerator=total(VisitFacts, "converted", when=_counted_door),
    denominator=total(VisitFacts, "visits", when=_counted_door),
    excluded=(
        total(VisitFacts, "visits", when=col("is_door") & ~col("outcome_known")),
        count(OrderFacts, when=_uncounted_receipt, dated_by="paid_day"),
    ),
    told_by="visits.store_id",
    dated_by="day",
    unit="percent",
    better="up",
    needs=("visits.store_id", "orders"),
    assumes=("orders.paid_at",),
    may_exceed_one=True,
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
