"""Choose and pay: how visits become orders.

A door counter's hour has visits but no visitors: the receipts of that door and day stand above the line, so
the share may exceed 1, and no interval is given where it does. Cells (channel, shop and day) in which only
one side is known stay out of both sides and count as excluded. What is bought on a website and collected in a
shop stands over the website's visits, which are told without shops, and not over the people in that shop.

A shop had 200 people through its door and 30 receipts, its web store 800 visits, 10 with a paid order:

    >>> conversion_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04

The web store's 800 visits are of 500 visitors, 10 of whom bought. 80 of the visits filled a cart and 20 began
to check out, of which 12 ordered. Of 80 carts 68 were no order a day later:

    >>> add_to_cart_rate.value_of(numerator=80, denominator=800)
    0.1
    >>> checkout_completion.value_of(numerator=12, denominator=20)
    0.6
    >>> cart_abandonment.value_of(numerator=68, denominator=80)
    0.85
    >>> buyer_conversion.value_of(numerator=10, denominator=500)
    0.02

Twelve purchases took 16 attempts to pay, ten of them were paid in the end. The shop's 30 receipts stand over
its 200 people; with the 10 paid orders of the web they came to 2,500.00:

    >>> payment_success.value_of(numerator=10, denominator=12)
    0.8333333333333334
    >>> payment_attempt_success.value_of(numerator=10, denominator=16)
    0.625
    >>> store_conversion.value_of(numerator=30, denominator=200)
    0.15
    >>> orders_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04
    >>> value_per_visit.value_of(numerator=2500, denominator=200 + 800)
    2.5
"""

from connectors.facts import (
    CartFacts,
    OrderCells,
    OrderFacts,
    PaymentFacts,
    VisitFacts,
    VisitorDays,
)
from connectors.text import Text
from kpis.kpi import Comparable
from kpis.measure import col, count, total
from kpis.of_sums import Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Choose and pay", "选购与支付"), order=2)

_counted_door = col("is_door") & col("outcome_known")
_uncounted_receipt = col("paid") & (col("channel_kind") == "offline") & ~col("visits_known")
_first_in_period = col("previous_day").is_null() | (col("previous_day") < col("period_start"))
_known_visitor = col("visitor_known") & col("outcome_known")

add_to_cart_rate = Ratio(
    title=Text("Add-to-cart", "加购率"),
    question=Text("Of the visits, how many put something into the cart?", "访问中有多少将商品加入购物车？"),
    above=Text("visits that put something into the cart", "将商品加入购物车的访问"),
    below=Text("visits of which it is known whether they did", "已知是否加购的访问"),
    numerator=total(VisitFacts, "added_to_cart"),
    denominator=total(VisitFacts, "visits", when=~col("added_to_cart").is_null()),
    excluded=(total(VisitFacts, "visits", when=col("added_to_cart").is_null()),),
    told_by="visits.added_to_cart",
    dated_by="day",
    unit="percent",
    better="up",
    needs=("visits.added_to_cart",),
    follows=Text(
        "Shopify analytics, conversion funnel: sessions with cart additions",
        "Shopify 数据分析转化漏斗：有加购的会话占比",
    ),
)

cart_abandonment = Ratio(
    title=Text("Cart abandonment", "弃购率"),
    question=Text(
        "Of the carts, how many had not become an order after 24 hours?",
        "购物车中有多少在 24 小时内没有成为订单？",
    ),
    above=Text("carts without an order after 24 hours", "24 小时后仍未下单的购物车"),
    below=Text("carts that are at least 24 hours old", "已满 24 小时的购物车"),
    numerator=count(CartFacts, when=col("old") & ~col("completed_24h")),
    denominator=count(CartFacts, when=col("old")),
    excluded=(count(CartFacts, when=~col("old")),),
    dated_by="day",
    unit="percent",
    better="down",
    lag_days=1,
    needs=("carts",),
    assumes=("carts.completed_at",),
    follows=ours(
        "24 hours for a cart to become an order; others count within one visit",
        "购物车有 24 小时成为订单；他处多按单次访问计",
    ),
)

checkout_completion = Ratio(
    title=Text("Checkout completion", "结账完成率"),
    question=Text(
        "Of the visits that began to check out, how many ordered?", "进入结账的访问中有多少完成下单？"
    ),
    above=Text("visits that began to check out and ordered", "进入结账并下单的访问"),
    below=Text("visits that began to check out, outcome known", "进入结账且结果已知的访问"),
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
    follows=Text(
        "Google Universal Analytics, shopping behaviour: of sessions with check-out, those that bought",
        "Google Universal Analytics 购物行为报告：进入结账的会话中有交易的占比",
    ),
)

payment_success = Ratio(
    title=Text("Payment success", "支付成功率"),
    question=Text(
        "Of the purchases that somebody tried to pay, how many were paid in the end?",
        "尝试过支付的购买中有多少最终支付成功？",
    ),
    above=Text("purchases paid in the end", "最终支付成功的购买"),
    below=Text("purchases that somebody tried to pay", "尝试过支付的购买"),
    numerator=count(PaymentFacts, when=col("opens_purchase") & col("purchase_succeeded")),
    denominator=count(PaymentFacts, when=col("opens_purchase")),
    excluded=(count(PaymentFacts, when=~col("purchase_known")),),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("payments", "payments.order_id|payments.cart_id"),
    comparable=Comparable(margin=0.01, group="pay"),
    follows=ours(
        "a purchase counts once, however often paying was tried", "每笔购买只计一次，不论尝试支付多少次"
    ),
)

payment_attempt_success = Ratio(
    title=Text("Attempt success", "支付尝试成功率"),
    question=Text("Of the attempts to pay, how many succeeded?", "支付尝试中有多少成功？"),
    above=Text("attempts to pay that succeeded", "成功的支付尝试"),
    below=Text("attempts to pay", "支付尝试"),
    numerator=count(PaymentFacts, when=col("succeeded")),
    denominator=count(PaymentFacts),
    dated_by="day",
    unit="percent",
    better="up",
    needs=("payments",),
    follows=ours(
        "every attempt counts, near to the authorisation rate of payment services",
        "每次尝试都计入，接近支付服务商的授权成功率",
    ),
)

conversion_per_visit = Ratio(
    title=Text("Conversion per visit", "访问转化率"),
    question=Text("Of the visits, how many led to a paid order?", "每百次访问中有多少带来已付款订单？"),
    above=Text(
        "visits that led to a paid order; at a counted door, till receipts",
        "带来已付款订单的访问；有客流计数的门店按收银小票计",
    ),
    below=Text("visits, and people counted in at doors, with known outcome", "结果已知的访问与进店人数"),
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
    follows=Text(
        "Shopify online store conversion rate; for doors, receipts over people counted in, Seamline's own",
        "Shopify 网店转化率；门店按小票与进店人数之比，为 Seamline 自有定义",
    ),
    headline=1,
    may_exceed_one=True,
)

orders_per_visit = Ratio(
    title=Text("Orders per visit", "每访问订单数"),
    question=Text("How many paid orders are there for each visit?", "每次访问对应多少已付款订单？"),
    above=Text("paid orders where and when visits are counted", "有访问计数之处的已付款订单"),
    below=Text("visits where and when orders are known", "有订单数据之处的访问"),
    numerator=total(OrderCells, "orders", when=col("visits_known")),
    denominator=total(VisitFacts, "visits", when=col("orders_known")),
    excluded=(total(OrderCells, "orders", when=~col("visits_known")),),
    covered=total(OrderCells, "orders", when=col("visits_known")),
    dated_by="day",
    own_days=True,
    unit="ratio",
    better="up",
    lag_days=1,
    needs=("visits", "orders"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Google Universal Analytics ecommerce conversion rate: transactions over sessions",
        "Google Universal Analytics 电子商务转化率：交易数与会话数之比",
    ),
    may_exceed_one=True,
    interval=False,
)

buyer_conversion = Ratio(
    title=Text("Visitor conversion", "访客转化率"),
    question=Text(
        "Of the visitors, each counted once, how many led to a paid order?",
        "去重后的访客中有多少带来已付款订单？",
    ),
    above=Text("visitors with a paid order in the period", "期内有已付款订单的访客"),
    below=Text("visitors of the period, each counted once", "期内去重访客"),
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
    follows=Text(
        "Alibaba Business Advisor: paying buyers over visitors",
        "阿里巴巴生意参谋“支付转化率”：支付买家数与访客数之比",
    ),
)

store_conversion = Ratio(
    title=Text("Store conversion", "门店转化率"),
    question=Text(
        "How many till receipts are there for each person counted in?", "每位进店客人对应多少张收银小票？"
    ),
    above=Text("till receipts at counted doors", "有客流计数门店的收银小票"),
    below=Text("people counted in at doors whose receipts are known", "有小票数据门店的进店人数"),
    numerator=total(VisitFacts, "converted", when=_counted_door),
    denominator=total(VisitFacts, "visits", when=_counted_door),
    excluded=(
        total(VisitFacts, "visits", when=col("is_door") & ~col("outcome_known")),
        count(OrderFacts, when=_uncounted_receipt, dated_by="paid_day"),
    ),
    told_by="visits.store_id",
    dated_by="day",
    own_days=True,
    unit="percent",
    better="up",
    needs=("visits.store_id", "orders"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Perdikaki, Kesavan & Swaminathan 2012, M&SOM 14(1): transactions over store traffic",
        "Perdikaki、Kesavan 与 Swaminathan（2012），M&SOM 14(1)：交易笔数与客流之比",
    ),
    may_exceed_one=True,
)

value_per_visit = Ratio(
    title=Text("Value per visit", "访问价值"),
    question=Text("How much does a visit bring in?", "每次访问带来多少成交金额？"),
    above=Text("net amount of paid orders where and when visits are counted", "有访问计数之处的已付款净额"),
    below=Text("visits where and when orders are known", "有订单数据之处的访问"),
    numerator=total(OrderCells, "net_amount", when=col("visits_known")),
    denominator=total(VisitFacts, "visits", when=col("orders_known")),
    excluded=(
        total(OrderCells, "orders", when=~col("visits_known")),
        total(OrderCells, "orders_unpriced", when=col("visits_known")),
    ),
    covered=total(OrderCells, "orders_priced", when=col("visits_known")),
    dated_by="day",
    own_days=True,
    unit="money",
    better="up",
    lag_days=1,
    needs=("visits", "orders"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Google Universal Analytics per session value: revenue over sessions",
        "Google Universal Analytics 每次会话价值：收入与会话数之比",
    ),
    may_exceed_one=True,
    interval=False,
)
