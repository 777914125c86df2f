"""Choose and pay, order by order: what an order is worth, what is let go of its price, what was out of stock.

Four orders came to 260.00 of 320.00 before discount:

    >>> average_order_value.value_of(numerator=260, denominator=4)
    65.0
    >>> discount_rate.value_of(numerator=60, denominator=320)
    0.1875

They held seven pieces and were placed by three customers we know, who spent all of it. Of 200 orders to be
sent three were cancelled because nothing was left:

    >>> units_per_order.value_of(numerator=7, denominator=4)
    1.75
    >>> round(revenue_per_customer.value_of(numerator=260, denominator=3), 2)
    86.67
    >>> stockout_cancel_rate.value_of(numerator=3, denominator=200)
    0.015
"""

from connectors.facts import CustomerDays, OrderFacts
from connectors.text import Text
from kpis.catalogue import pay
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, total
from kpis.needs import IDENTITIES
from kpis.of_sums import Mean, Ratio
from kpis.source import ours

stage = pay.stage

_with_amount = col("paid") & ~col("net_amount").is_null()
_with_lines = col("paid") & col("lines_known")
_first_spending = ~col("net_amount").is_null() & (
    col("previous_priced_day").is_null() | (col("previous_priced_day") < col("period_start"))
)
_with_gross = col("paid") & ~col("discount").is_null()
_sent = col("sold") & ~col("handed_over")
_stock_known = _sent & ~col("stock_cancelled").is_null()

average_order_value = Mean(
    title=Text("Average order value", "笔单价"),
    short=Text("Order value", "笔单价"),
    question=Text(
        "How much is a paid order worth, before tax and shipping?", "一笔已付款订单平均金额是多少？"
    ),
    above=Text("net amount of paid orders, before tax and shipping", "已付款订单净额（不含税与运费）"),
    below=Text("paid orders whose amount is known", "金额已知的已付款订单"),
    numerator=total(OrderFacts, "net_amount", when=_with_amount),
    denominator=count(OrderFacts, when=_with_amount),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("net_amount").is_null()),
            Text("paid orders whose amount has no exchange rate", "金额缺少汇率的已付款订单"),
        ),
    ),
    cluster="order",
    dated_by="paid_day",
    unit="money",
    better="up",
    lag_days=1,
    needs=("orders",),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.10, group="pay"),
    follows=Text(
        "Shopify analytics: average order value, after discounts, before tax and shipping",
        "Shopify 数据分析：平均订单金额，扣除折扣，不含税与运费",
    ),
)

revenue_per_customer = Mean(
    title=Text("Revenue per customer", "客单价"),
    short=Text("Customer spend", "客单价"),
    question=Text(
        "How much does a customer we know spend in the period, before tax and shipping?",
        "已识别的顾客在期内平均消费多少？",
    ),
    above=Text("net amount that known customers spent in the period", "已识别顾客的期内消费净额"),
    below=Text("known customers who bought in the period", "期内购买的已识别顾客"),
    numerator=total(CustomerDays, "net_amount", when=_first_spending, each="customer_id"),
    denominator=count(CustomerDays, when=_first_spending),
    excluded=(
        LeftOut(
            total(CustomerDays, "orders_unpriced"),
            Text("paid orders whose amount has no exchange rate", "金额缺少汇率的已付款订单"),
        ),
    ),
    covered=total(CustomerDays, "orders_priced"),
    dated_by="day",
    unit="money",
    better="up",
    lag_days=1,
    needs=("orders", IDENTITIES),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.10, group="pay"),
    follows=Text(
        "Alibaba Business Advisor: amount per buyer; here net, of identified customers",
        "阿里巴巴生意参谋“客单价”；此处取净额，仅计已识别顾客",
    ),
)

units_per_order = Mean(
    title=Text("Units per order", "连带率"),
    question=Text("How many pieces does a paid order hold?", "一笔已付款订单平均有多少件商品？"),
    above=Text("pieces in paid orders", "已付款订单中的商品件数"),
    below=Text("paid orders whose lines are known", "明细已知的已付款订单"),
    numerator=total(OrderFacts, "units", when=_with_lines),
    denominator=count(OrderFacts, when=_with_lines),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & ~col("lines_known")),
            Text("paid orders whose lines are not known", "明细未知的已付款订单"),
        ),
    ),
    cluster="order",
    dated_by="paid_day",
    unit="ratio",
    better="up",
    lag_days=1,
    needs=("orders", "order_lines"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.10, group="pay"),
    follows=Text(
        "units per transaction (UPT), as retailers count it at the till",
        "零售业通用的连带率（UPT）：每笔交易的件数",
    ),
)

discount_rate = Mean(
    title=Text("Discount depth", "折扣率"),
    question=Text(
        "How much of the price before discount do we let go, over paid orders?",
        "已付款订单中折扣金额占折前金额的多少？",
    ),
    above=Text("discounts on paid orders", "已付款订单的折扣金额"),
    below=Text("price of the same orders before discount", "同一批订单的折前金额"),
    numerator=total(OrderFacts, "discount", when=_with_gross),
    denominator=total(OrderFacts, "gross_amount", when=_with_gross),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("discount").is_null()),
            Text("paid orders whose discount is not known", "折扣情况未知的已付款订单"),
        ),
    ),
    covered=count(OrderFacts, when=_with_gross),
    cluster="order",
    dated_by="paid_day",
    unit="percent",
    better="none",
    lag_days=1,
    needs=("orders.gross_amount",),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="pay"),
    follows=ours("of money, so that large orders weigh more than small ones", "按金额计，大额订单权重更大"),
)

stockout_cancel_rate = Ratio(
    title=Text("Out-of-stock cancellations", "缺货取消率"),
    short=Text("Stock-out cancels", "缺货取消率"),
    question=Text(
        "Of the orders paid for but not carried out of a shop, how many were cancelled because goods were "
        "out of stock?",
        "已付款订单（含之后取消的，不含门店当场取走的）中有多少因缺货被取消？",
    ),
    above=Text("orders cancelled because goods were out of stock", "因缺货取消的订单"),
    below=Text("paid orders to be sent of which it is known", "需发货且是否缺货取消已知的已付款订单"),
    numerator=count(OrderFacts, when=_stock_known & col("stock_cancelled")),
    denominator=count(OrderFacts, when=_stock_known),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_sent & col("stock_cancelled").is_null()),
            Text(
                "paid orders to be sent whose reason of cancellation is not known",
                "取消原因未知的需发货已付款订单",
            ),
        ),
    ),
    cluster="customer",
    dated_by="sold_day",
    unit="percent",
    better="down",
    lag_days=3,
    needs=("orders", "orders.cancel_reason"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="pay"),
    follows=ours(
        "one cause of the seller cancellations, which platforms count together",
        "平台合并统计商家取消，此处单列缺货一项",
    ),
)
