"""Choose and pay, step by step: from the cart over the checkout to what is paid.

Of a web store's 800 visits 80 filled a cart and 20 began to check out, of which 12 ordered. Of 80 carts 68
were no order a day later:

    >>> add_to_cart_rate.value_of(numerator=80, denominator=800)
    0.1
    >>> checkout_completion.value_of(numerator=12, denominator=20)
    0.6
    >>> cart_abandonment.value_of(numerator=68, denominator=80)
    0.85

Twelve purchases took 16 attempts to pay, ten of them were paid in the end:

    >>> payment_success.value_of(numerator=10, denominator=12)
    0.8333333333333334
    >>> payment_attempt_success.value_of(numerator=10, denominator=16)
    0.625
"""

from connectors.facts import CartFacts, PaymentFacts, VisitFacts
from connectors.text import Text
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, total
from kpis.of_sums import Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Choose and pay", "选购与支付"), order=2)

add_to_cart_rate = Ratio(
    title=Text("Add-to-cart", "加购率"),
    question=Text("Of the visits, how many put something into the cart?", "访问中有多少将商品加入购物车？"),
    above=Text("visits that put something into the cart", "将商品加入购物车的访问"),
    below=Text("visits of which it is known whether they did", "已知是否加购的访问"),
    numerator=total(VisitFacts, "added_to_cart"),
    denominator=total(VisitFacts, "visits", when=~col("added_to_cart").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("added_to_cart").is_null()),
            Text(
                "visits of which it is not known whether they put something into the cart",
                "未知是否加购的访问",
            ),
        ),
    ),
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
    excluded=(
        LeftOut(
            count(CartFacts, when=~col("old")),
            Text("carts that are not 24 hours old yet", "未满 24 小时的购物车"),
        ),
    ),
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
    short=Text("Checkout finished", "结账完成率"),
    question=Text(
        "Of the visits that began to check out, how many ordered?", "进入结账的访问中有多少完成下单？"
    ),
    above=Text("visits that began to check out and ordered", "进入结账并下单的访问"),
    below=Text("visits that began to check out, outcome known", "进入结账且结果已知的访问"),
    numerator=total(VisitFacts, "checked_out"),
    denominator=total(VisitFacts, "reached_checkout", when=~col("checked_out").is_null()),
    excluded=(
        LeftOut(
            total(VisitFacts, "visits", when=col("checked_out").is_null()),
            Text("visits whose checkout or outcome is not known", "是否进入结账或结果未知的访问"),
        ),
    ),
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
    excluded=(
        LeftOut(
            count(PaymentFacts, when=~col("purchase_known")),
            Text("attempts to pay whose purchase is not known", "所属购买未知的支付尝试"),
        ),
    ),
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
