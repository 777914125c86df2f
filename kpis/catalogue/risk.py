"""Risk: orders that go wrong for good, and what platforms make the seller pay for it.

Of 1,000 orders paid in April four got a review of one or two stars and two a dispute that was decided against
the seller, one of them among the four: five defective orders. An order counts once, however often it went
wrong, and only where all three kinds are told. What happens later than 60 days after payment does not count
in any of these shares, so that none of them changes once it is final. What was carried out of a shop when it
was paid stays away from defects and disputes: no platform decides about it. A bank takes back its money too.

    >>> order_defect_rate.value_of(numerator=5, denominator=1000)
    0.005
    >>> penalty_points.value_of(numerator=12)
    12.0

Of the same 1,000 orders two had a dispute decided against the seller, and one of the five was taken back by a
bank too. The platform took 12 points for them, and fines of 200.00 and 50.00:

    >>> dispute_rate.value_of(numerator=2, denominator=1000)
    0.002
    >>> chargeback_rate.value_of(numerator=1, denominator=1000)
    0.001
    >>> penalty_amount.value_of(numerator=200 + 50)
    250.0
"""

from connectors.facts import CaseFacts, OrderFacts, PenaltyFacts, ReviewFacts
from connectors.text import Text
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, total
from kpis.of_sums import Count, Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Risk", "经营风险"), order=8)

_HIGHEST_BAD = 2

_sent = col("paid") & ~col("handed_over")
_defects_unknown = (
    col("bad_review_60d").is_null() | col("dispute_lost_60d").is_null() | col("chargeback_60d").is_null()
)
_defective = col("bad_review_60d") | col("dispute_lost_60d") | col("chargeback_60d")
_with_defects = (
    _sent
    & ~col("bad_review_60d").is_null()
    & ~col("dispute_lost_60d").is_null()
    & ~col("chargeback_60d").is_null()
)
_with_disputes = _sent & ~col("dispute_lost_60d").is_null()
_with_chargebacks = col("paid") & ~col("chargeback_60d").is_null()
_lost_unlinked = LeftOut(
    count(CaseFacts, when=~col("linked") & col("lost"), dated_by="opened_day"),
    Text("lost disputes whose order is not known", "所属订单未知的商责纠纷"),
)
_charged_back_unlinked = LeftOut(
    count(CaseFacts, when=~col("linked") & (col("kind") == "chargeback"), dated_by="opened_day"),
    Text("chargebacks whose order is not known", "所属订单未知的拒付"),
)

order_defect_rate = Ratio(
    title=Text("Order defects", "订单缺陷率"),
    question=Text(
        "Of the paid orders not carried out of a shop, how many had a bad review, a lost dispute or a "
        "chargeback within 60 days?",
        "已付款订单（不含门店当场取走的）中有多少在 60 天内出现差评、商责纠纷或拒付？",
    ),
    above=Text(
        "orders with a bad review, a lost dispute or a chargeback within 60 days",
        "60 天内出现差评、商责纠纷或拒付的订单",
    ),
    below=Text(
        "paid orders not carried out of a shop, all three known", "三项均已知、非门店当场取走的已付款订单"
    ),
    numerator=count(OrderFacts, when=_with_defects & _defective),
    denominator=count(OrderFacts, when=_with_defects),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_sent & _defects_unknown),
            Text(
                "paid orders not carried out of a shop whose reviews, disputes or chargebacks are not known",
                "评价、纠纷或拒付情况未知且非门店当场取走的已付款订单",
            ),
        ),
        _lost_unlinked,
        _charged_back_unlinked,
        LeftOut(
            count(ReviewFacts, when=~col("linked") & (col("stars") <= _HIGHEST_BAD), dated_by="created_day"),
            Text("bad reviews whose order is not known", "所属订单未知的差评"),
        ),
    ),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=60,
    needs=("orders", "cases.order_id", "cases.seller_liable", "reviews.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=Text(
        "Amazon order defect rate; as there, nothing carried out of a shop is among the orders",
        "亚马逊“订单缺陷率”；与平台一致，不含门店当场取走的订单",
    ),
)

dispute_rate = Ratio(
    title=Text("Disputes lost", "商责纠纷率"),
    question=Text(
        "Of the paid orders not carried out of a shop, how many had a dispute that was decided against the "
        "seller within 60 days?",
        "已付款订单（不含门店当场取走的）中有多少在 60 天内产生了判定商家责任的纠纷？",
    ),
    above=Text(
        "orders with a dispute decided against the seller within 60 days", "60 天内被判商家责任的订单"
    ),
    below=Text(
        "paid orders not carried out of a shop, disputes known", "纠纷情况已知、非门店当场取走的已付款订单"
    ),
    numerator=count(OrderFacts, when=_with_disputes & col("dispute_lost_60d")),
    denominator=count(OrderFacts, when=_with_disputes),
    excluded=(
        LeftOut(
            count(OrderFacts, when=_sent & col("dispute_lost_60d").is_null()),
            Text(
                "paid orders not carried out of a shop whose disputes are not known",
                "纠纷情况未知且非门店当场取走的已付款订单",
            ),
        ),
        _lost_unlinked,
    ),
    told_by="cases.seller_liable",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=60,
    needs=("orders", "cases.order_id", "cases.seller_liable"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=ours(
        "each order followed for 60 days, near to Douyin's rate of disputes that are the seller's fault",
        "每笔订单跟踪 60 天，接近抖音“纠纷商责率”",
    ),
)

chargeback_rate = Ratio(
    title=Text("Chargebacks", "拒付率"),
    question=Text(
        "Of the paid orders, how many did the customer's bank take back within 60 days?",
        "已付款订单中有多少在 60 天内被银行拒付？",
    ),
    above=Text("paid orders that a bank took back within 60 days", "60 天内被银行拒付的订单"),
    below=Text("paid orders whose chargebacks are known", "拒付情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_with_chargebacks & col("chargeback_60d")),
    denominator=count(OrderFacts, when=_with_chargebacks),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("chargeback_60d").is_null()),
            Text("paid orders whose chargebacks are not known", "拒付情况未知的已付款订单"),
        ),
        _charged_back_unlinked,
    ),
    told_by="cases.order_id",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=60,
    needs=("orders", "cases.order_id"),
    assumes=("orders.paid_at",),
    follows=ours(
        "each order followed for 60 days; card networks set a month's chargebacks over its sales",
        "每笔订单跟踪 60 天；卡组织按当月拒付与当月交易之比计",
    ),
)

penalty_points = Count(
    title=Text("Penalties, points", "平台处罚扣分"),
    question=Text("How many penalty points did platforms give us?", "平台共扣了多少分？"),
    above=Text("points that platforms took away", "平台扣除的分数"),
    numerator=total(PenaltyFacts, "points"),
    none_is_zero=True,
    dated_by="day",
    unit="points",
    better="down",
    needs=("penalties.points",),
    follows=ours("points as the platforms give them, added up", "按平台给出的扣分相加"),
)

penalty_amount = Count(
    title=Text("Penalties, money", "平台处罚金额"),
    question=Text("How much money did platforms fine us?", "平台共罚款多少？"),
    above=Text("fines of platforms", "平台罚款金额"),
    numerator=total(PenaltyFacts, "amount"),
    none_is_zero=True,
    excluded=(
        LeftOut(
            count(PenaltyFacts, when=col("unpriced")),
            Text("fines whose amount has no exchange rate", "金额缺少汇率的罚款"),
        ),
    ),
    covered=count(PenaltyFacts, when=~col("amount").is_null()),
    dated_by="day",
    unit="money",
    better="down",
    needs=("penalties.amount",),
    follows=ours("fines as the platforms charge them, added up", "按平台收取的罚款相加"),
)
