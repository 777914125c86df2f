"""Returns and refunds: what comes back, and how long the money takes.

On the cohort basis an order is followed for 30 days from its payment; on the event basis the period's
requests stand over the period's orders, so the share may exceed 1 and has no interval.
In January 100 orders were paid, of which 8 came back by the end of February; in January itself 12 orders
came back, most of them bought at Christmas: 8 % of January's orders, or 12 returns per 100 orders.

    >>> return_rate.value_of(numerator=8, denominator=100)
    0.08
    >>> return_rate.on("event").value_of(numerator=12, denominator=100)
    0.12

Of ten customers with a return in summer four had bought again 90 days later:

    >>> repurchase_after_return.value_of(numerator=4, denominator=10)
    0.4

January's 100 orders held 250 pieces, of which 10 came back; of two orders something for its quality. Of 12
lines sent back three were for another size. They were of ten online orders, four of them brought to a shop:

    >>> return_rate_units.value_of(numerator=10, denominator=250)
    0.04
    >>> quality_return_rate.value_of(numerator=2, denominator=100)
    0.02
    >>> exchange_share.value_of(numerator=3, denominator=12)
    0.25
    >>> in_store_return_share.value_of(numerator=4, denominator=10)
    0.4
"""

from connectors.facts import OrderFacts, ReturnDays, ReturnerDays, ReturnFacts
from connectors.text import Text
from kpis.kpi import Comparable, LeftOut
from kpis.measure import col, count, total
from kpis.of_sums import Mean, Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Returns and refunds", "退货与退款"), order=4)

_FOLLOWED_DAYS = 90

_followed = col("paid") & col("returns_known")
_not_followed = LeftOut(
    count(OrderFacts, when=col("paid") & ~col("returns_known"), dated_by="paid_day"),
    Text("paid orders whose returns are not known", "退货情况未知的已付款订单"),
)
_followed_lines = _followed & col("lines_known")
_no_lines = LeftOut(
    count(OrderFacts, when=_followed & ~col("lines_known"), dated_by="paid_day"),
    Text("paid orders whose lines are not known", "明细未知的已付款订单"),
)
_unlinked = LeftOut(
    count(ReturnFacts, when=~col("linked"), dated_by="requested_day"),
    Text("returned lines whose order is not known", "所属订单未知的退回商品行"),
)
_first_in_period = col("previous_day").is_null() | (col("previous_day") < col("period_start"))
_back_online = col("channel_kind") == "online"

return_rate = Ratio(
    title=Text("Return rate, orders", "退货率"),
    short=Text("Return rate", "退货率"),
    question=Text(
        "Of the paid orders, how many had a return requested within 30 days?",
        "已付款订单中有多少在 30 天内申请退货？",
    ),
    above=Text("paid orders with a return requested within 30 days", "30 天内申请退货的已付款订单"),
    below=Text("paid orders whose returns are known", "退货情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_followed & col("returned_30d")),
    denominator=count(OrderFacts, when=_followed),
    excluded=(_not_followed, _unlinked),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "returns.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    follows=ours(
        "each order followed for 30 days; platforms set a period's returns over its orders",
        "每笔订单跟踪 30 天；平台多用同期退货与同期订单之比",
    ),
    headline=3,
    event=Ratio(
        title=Text("Return rate, orders", "退货率"),
        short=Text("Return rate", "退货率"),
        question=Text(
            "How many orders had a return requested in the period, per order paid in it?",
            "期内申请退货的订单与期内付款订单之比是多少？",
        ),
        above=Text("orders with a return requested in the period", "期内申请退货的订单"),
        below=Text("orders paid in the period, returns known", "期内付款且退货情况已知的订单"),
        numerator=count(ReturnDays, when=_first_in_period, dated_by="day"),
        denominator=count(OrderFacts, when=_followed),
        excluded=(_not_followed, _unlinked),
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
    above=Text("pieces with a return requested within 30 days", "30 天内申请退货的商品件数"),
    below=Text("pieces in paid orders, returns known", "退货情况已知的售出件数"),
    numerator=total(OrderFacts, "units_returned_30d", when=_followed_lines),
    denominator=total(OrderFacts, "units", when=_followed_lines),
    excluded=(_not_followed, _no_lines, _unlinked),
    covered=count(OrderFacts, when=_followed_lines),
    cluster="order",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "order_lines", "returns.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    follows=ours(
        "the return rate by pieces, since orders often come back in part",
        "按件计的退货率，因为订单常只退一部分",
    ),
    event=Ratio(
        title=Text("Return rate, units", "退货件数率"),
        question=Text(
            "How many pieces had a return requested in the period, per piece sold in it?",
            "期内申请退货件数与期内售出件数之比是多少？",
        ),
        above=Text("pieces with a return requested in the period", "期内申请退货的商品件数"),
        below=Text("pieces sold in the period, returns known", "期内售出且退货情况已知的件数"),
        numerator=total(ReturnDays, "units", when=col("lines_known"), dated_by="day"),
        denominator=total(OrderFacts, "units", when=_followed_lines),
        excluded=(_not_followed, _no_lines, _unlinked),
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

quality_return_rate = Ratio(
    title=Text("Quality returns", "品质退货率"),
    question=Text(
        "Of the paid orders, how many had something returned for its quality within 30 days?",
        "已付款订单中有多少在 30 天内因品质问题退货？",
    ),
    above=Text(
        "paid orders with something returned for its quality within 30 days",
        "30 天内因品质问题退货的已付款订单",
    ),
    below=Text("paid orders whose return reasons are known", "退货原因已知的已付款订单"),
    numerator=count(OrderFacts, when=col("paid") & col("quality_returned_30d")),
    denominator=count(OrderFacts, when=col("paid") & ~col("quality_returned_30d").is_null()),
    excluded=(
        LeftOut(
            count(OrderFacts, when=col("paid") & col("quality_returned_30d").is_null()),
            Text("paid orders whose return reasons are not known", "退货原因未知的已付款订单"),
        ),
        _unlinked,
    ),
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "returns.order_id", "returns.reason"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    follows=Text(
        "Kuaishou shop experience score: quality returns of paid orders",
        "快手店铺体验分“品质退货率”，分母为已付款订单",
    ),
)

exchange_share = Ratio(
    title=Text("Exchanges", "换货占比"),
    question=Text(
        "Of the lines sent back, for how many did the customer want another piece?",
        "退回的商品行中有多少是换货？",
    ),
    above=Text("lines sent back for another piece", "换货的退回商品行"),
    below=Text("lines sent back of which it is known", "是否换货已知的退回商品行"),
    numerator=count(ReturnFacts, when=col("exchange")),
    denominator=count(ReturnFacts, when=~col("exchange").is_null()),
    excluded=(
        LeftOut(
            count(ReturnFacts, when=col("exchange").is_null()),
            Text(
                "lines sent back of which it is not known whether for another piece",
                "是否换货未知的退回商品行",
            ),
        ),
    ),
    dated_by="requested_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("returns", "returns.kind"),
    follows=ours("by lines, since one return may hold both", "按商品行计，因为一次退货可能两者兼有"),
    told_by="returns.kind",
)

in_store_return_share = Ratio(
    title=Text("Bought online, returned in store", "线上购门店退"),
    short=Text("Returned in store", "线上购门店退"),
    question=Text(
        "Of the online orders with a return, of how many did goods come back in a shop?",
        "有退货的线上订单中有多少在门店退回？",
    ),
    above=Text("online orders of which goods came back in a shop", "在门店退回商品的线上订单"),
    below=Text("online orders with a return whose place is known", "有退货且退回地点已知的线上订单"),
    numerator=count(
        ReturnDays, when=_back_online & _first_in_period & (col("next_in_store_day") <= col("period_end"))
    ),
    denominator=count(
        ReturnDays, when=_back_online & _first_in_period & (col("next_told_day") <= col("period_end"))
    ),
    excluded=(
        LeftOut(
            count(
                ReturnDays,
                when=_back_online & (col("next_told_day").is_null() | (col("next_told_day") > col("day"))),
            ),
            Text("returns of online orders whose place is not known", "退回地点未知的线上订单退货"),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="none",
    lag_days=7,
    needs=("orders", "returns.order_id", "returns.return_channel"),
    follows=ours("buy online, return in store (BORIS), by orders", "即“线上购、门店退”（BORIS），按订单计"),
    told_by="returns.return_channel",
    kinds=("online", "offline"),
)

repurchase_after_return = Ratio(
    title=Text("Comes back after a return", "退货后复购率"),
    short=Text("Back after return", "退货后复购率"),
    question=Text(
        "Of the customers who returned something, how many bought again within 90 days?",
        "退过货的顾客中有多少在 90 天内再次购买？",
    ),
    above=Text("customers who bought again within 90 days of a return", "退货后 90 天内再次购买的顾客"),
    below=Text("customers with a return at least 90 days ago", "退货已满 90 天的顾客"),
    numerator=count(ReturnerDays, when=_first_in_period & (col("next_followed_day") <= col("period_end"))),
    denominator=count(ReturnerDays, when=_first_in_period & (col("days_observed") >= _FOLLOWED_DAYS)),
    excluded=(
        LeftOut(
            count(ReturnerDays, when=col("days_observed") < _FOLLOWED_DAYS),
            Text("returns that could not be followed for 90 days yet", "退货后未满 90 天的退货"),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=90,
    needs=(
        "orders",
        "orders.customer_ref|orders.email_hash|orders.phone_hash|orders.member_hash",
        "returns.order_id",
    ),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="after"),
    follows=ours(
        "returners followed for 90 days each, as first-time buyers are",
        "每位退货顾客各跟踪 90 天，与首购顾客一致",
    ),
)
