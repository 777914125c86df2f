"""Choose and pay, visit by visit: how visits become orders.

A door counter's hour has visits but no visitors: the receipts of that door and day stand above the line, so
the share may exceed 1, and no interval is given where it does. Cells (channel, shop and day) in which only
one side is known stay out of both sides and count as excluded. What is bought on a website and collected in a
shop stands over the website's visits, which are told without shops, and not over the people in that shop.

A shop had 200 people through its door and 30 receipts, its web store 800 visits, 10 with a paid order. These
visits are of 500 visitors, 10 of whom bought:

    >>> conversion_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04
    >>> buyer_conversion.value_of(numerator=10, denominator=500)
    0.02

The shop's 30 receipts stand over its 200 people; with the 10 paid orders of the web they came to 2,500.00:

    >>> store_conversion.value_of(numerator=30, denominator=200)
    0.15
    >>> orders_per_visit.value_of(numerator=30 + 10, denominator=200 + 800)
    0.04
    >>> value_per_visit.value_of(numerator=2500, denominator=200 + 800)
    2.5
"""

from connectors.facts import OrderCells, OrderFacts, VisitFacts, VisitorDays
from connectors.text import Text
from kpis.catalogue import pay
from kpis.kpi import LeftOut
from kpis.measure import col, count, total
from kpis.of_sums import Ratio

stage = pay.stage

_counted_door = col("is_door") & col("outcome_known")
_uncounted_receipt = col("paid") & (col("channel_kind") == "offline") & ~col("visits_known")
_first_in_period = col("previous_day").is_null() | (col("previous_day") < col("period_start"))
_known_visitor = col("visitor_known") & col("outcome_known")

conversion_per_visit = Ratio(
    title=Text("Conversion per visit", "访问转化率"),
    short=Text("Conversion", "访问转化率"),
    question=Text("Of the visits, how many led to a paid order?", "每百次访问中有多少带来已付款订单？"),
    above=Text(
        "visits that led to a paid order; at a counted door, till receipts",
        "带来已付款订单的访问；有客流计数的门店按收银小票计",
    ),
    below=Text("visits, and people counted in at doors, with known outcome", "结果已知的访问与进店人数"),
    numerator=total(VisitFacts, "converted", when=col("outcome_known")),
    denominator=total(VisitFacts, "visits", when=col("outcome_known")),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=~col("outcome_known")),
            Text(
                "visits and people counted in at doors whose outcome is not known", "结果未知的访问与进店人数"
            ),
        ),
    ),
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
    excluded=(
        LeftOut(
            total(OrderCells, "orders", when=~col("visits_known")),
            Text("paid orders where and when no visits are counted", "没有访问计数之处的已付款订单"),
        ),
    ),
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
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=~(col("visitor_known") & col("outcome_known"))),
            Text("visits whose visitor or outcome is not known", "访客或结果未知的访问"),
        ),
    ),
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
        LeftOut(
            total(VisitFacts, "visits", when=col("is_door") & ~col("outcome_known")),
            Text("people counted in at doors whose receipts are not known", "没有小票数据门店的进店人数"),
        ),
        LeftOut(
            count(OrderFacts, when=_uncounted_receipt, dated_by="paid_day"),
            Text(
                "paid offline orders where and when nobody is counted in", "没有客流计数之处的线下已付款订单"
            ),
        ),
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
        LeftOut(
            total(OrderCells, "orders", when=~col("visits_known")),
            Text("paid orders where and when no visits are counted", "没有访问计数之处的已付款订单"),
        ),
        LeftOut(
            total(OrderCells, "orders_unpriced", when=col("visits_known")),
            Text("paid orders whose amount has no exchange rate", "金额缺少汇率的已付款订单"),
        ),
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
